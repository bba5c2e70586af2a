"""Search: articles that have the words, with a passage of each; names that are like them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from waqai.arabic import fold
from waqai.desk.cards import actor_page
from waqai.desk.failures import unsearchable
from waqai.desk.ledger import Ledger
from waqai.desk.marking import snippet
from waqai.desk.refusals import UnfitValue
from waqai.desk.rendering import kept, render
from waqai.desk.setting import Desk, desk_of
from waqai.errors import StoreError
from waqai.store.article_page import numbers_of
from waqai.store.search import Hit, hits, matching
from waqai.store.values import Unfit

router = APIRouter()
PAGE, MOST = 20, 200
_LONGEST, _NAMES = 500, 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as the page shows it."""

    number: int
    title: str
    source: str
    published: str
    passage: Markup


@router.get("/search", include_in_schema=False)
def search(request: Request, q: str = "", most: int = PAGE) -> Response:
    """The articles that have the words of `q`, the best first, at most `most` of them."""
    desk = desk_of(request)
    asked, most = q.strip(), max(PAGE, min(most, MOST))
    if len(asked) > _LONGEST or "\0" in asked:
        raise UnfitValue(Unfit(f"q: at most {_LONGEST} letters", "q", asked, "long"))
    if not asked:
        return render(request, "pages/search.html", hits=[], count=0, told="", names=[], more=None, events="")
    return kept(request, "pages/search.html", lambda: _page(desk, asked, most))


def _page(desk: Desk, asked: str, most: int) -> dict[str, Any]:
    try:
        found, count = _found(desk, asked, most)
        told = ""
    except StoreError:
        found, count, told = [], 0, unsearchable(desk)
    return {
        "asked": asked,
        "hits": found,
        "count": count,
        "told": told,
        "names": _names(desk.keeping.ledger(), asked),
        "more": urlencode({"q": asked, "most": most + PAGE}) if count > most and most < MOST else None,
        "events": urlencode({"q": asked}),
    }


def _found(desk: Desk, asked: str, most: int) -> tuple[list[Shown], int]:
    found = desk.keeping.answer(("matching", asked), lambda: matching(desk.store, asked))
    return _shown(desk, hits(desk.store, asked, found[:most])), len(found)


def _shown(desk: Desk, found: Sequence[Hit]) -> list[Shown]:
    numbers = numbers_of(desk.store, [hit.revision for hit in found])
    return [
        Shown(numbers[hit.revision], hit.title, hit.source, hit.published, snippet(hit.snippet, hit.span[0], hit.marks))
        for hit in found
        if hit.revision in numbers
    ]


def _names(ledger: Ledger, asked: str) -> list[tuple[str, str]]:
    """Actors whose names hold what was asked, the busiest first, and their pages."""
    return [(name, actor_page(name)) for name in ledger.named_like(fold(asked), _NAMES)]
