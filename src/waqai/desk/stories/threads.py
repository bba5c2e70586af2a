"""Threads: the list of them, and one: its people, timeline, quotes and open ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from waqai.desk.cards import actor_page
from waqai.desk.outlines import Outline, Outlines, outlined
from waqai.desk.rendering import kept, taste_of
from waqai.desk.setting import Desk, desk_of
from waqai.desk.stories.days import period, today_of
from waqai.desk.stories.parts import first_of, last_of
from waqai.desk.stories.register import THREADS, entries_as_of
from waqai.desk.stories.telling import Act, told
from waqai.desk.stories.views import Items, code_of, linked_page
from waqai.errors import StoreError
from waqai.store.thread_page import articles_of, in_use, said_in
from waqai.stories.register import Entry
from waqai.stories.threads import Threads

router = APIRouter()
PAGE = 30
_ACTS, _ARTICLES, _OPEN, _QUOTES = 50, 50, 10, 20


@router.get("/threads")
def threads(request: Request) -> Response:
    """The threads that fit, the longest first."""
    desk, query = desk_of(request), request.query_params
    about, since, until = code_of(query, "about"), period(query, "since"), period(query, "until")
    page = max(1, int(code_of(query, "page", 6))) if code_of(query, "page", 6).isdecimal() else 1

    def shown() -> dict[str, Any]:
        held = _outlines(desk)
        found = held.narrowed(about, since, until)
        return {
            "threads": [held.at(place) for place in found[(page - 1) * PAGE : page * PAGE]],
            "count": len(found), "about": about, "since": since, "until": until, "page": page,
            "further": page * PAGE < len(found),
        }  # fmt: skip

    return kept(request, "stories/threads.html", shown)


@router.get("/thread/{asked}")
def thread(request: Request, asked: str) -> Response:
    """The thread that an article, by its record's id, belongs to."""
    desk, language = desk_of(request), taste_of(request).language
    return kept(
        request,
        "stories/thread.html",
        lambda: _told(desk, asked.replace("\0", ""), request.query_params, language),
    )


def _told(desk: Desk, asked: str, query: Mapping[str, str], language: str) -> dict[str, Any]:
    found = in_use(desk.store, asked)
    if found is None:
        raise HTTPException(404)
    own = _thread_of(desk, asked, found[1])
    if own is None:
        return {"thread": None, "article_number": found[0]}
    revisions = own.revisions.tolist()
    tells = told(desk.keeping.ledger(), revisions)
    acts = last_of(tells.acts, "page", query, _ACTS)
    members = last_of(revisions, "articles", query, _ARTICLES)
    ends = first_of(_open_ends(desk, revisions), "open", query, _OPEN)
    return {
        "thread": own,
        "article_number": found[0],
        "acts": acts,
        "timeline": _lines(desk, acts.shown, language),
        "members": members,
        "articles": articles_of(desk.store, members.shown),
        "people": [(person, actor_page(person.name)) for person in tells.people],
        "quotes": said_in(desk.store, members.shown, tells.spellings, _QUOTES),
        "ends": ends,
        "open_ends": Items(desk.library).of(desk, ends.shown, language),
    }


def _outlines(desk: Desk) -> Outlines:
    found: Outlines = desk.keeping.work(THREADS)
    return found


def _thread_of(desk: Desk, asked: str, revision: int) -> Outline | None:
    """The thread of an article; of one that has come since the outlines were made as the store has it."""
    held = _outlines(desk)
    if (found := held.of(revision)) or revision <= held.newest:
        return found
    try:
        return outlined([Threads(desk.store, desk.library).of(asked)]).at(0)
    except StoreError:  # it goes on from no other, and none from it
        return None


def _lines(desk: Desk, acts: Sequence[Act], language: str) -> list[dict[str, Any]]:
    """The acts as lines; those that are gone or rejected are left out."""
    made = desk.lines.by_number(desk, "act", [act.number for act in acts], language)
    return [
        {"act": act, "html": made[act.number].html, "reports": linked_page(made[act.number].event)}
        for act in acts
        if act.number in made
    ]


def _open_ends(desk: Desk, revisions: Sequence[int]) -> list[Entry]:
    """What is due or overdue of what these articles plan, by day."""
    entries = entries_as_of(desk, today_of(desk))
    places = desk.keeping.answer(("open ends", id(entries)), lambda: _by_revision(entries))
    return [entries[at] for at in sorted({at for number in revisions for at in places.get(number, ())})]


def _by_revision(entries: Sequence[Entry]) -> dict[int, list[int]]:
    """The places of open entries by the revisions that tell them."""
    found: dict[int, list[int]] = {}
    for at, entry in enumerate(entries):
        if entry.state in ("due", "overdue"):
            for number in {telling.revision for telling in entry.tellings}:
                found.setdefault(number, []).append(at)
    return found
