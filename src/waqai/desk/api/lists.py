"""Lists: articles, events, actors, quotes, and what a search finds."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from sqlalchemy import select

from waqai.desk.api.answers import counted, documented, keyed, listed
from waqai.desk.api.conditions import Cursor, Limit, Words, conditions, refuse_nul
from waqai.desk.api.shapes import Actors, Articles, Events, Hits, Quotes
from waqai.desk.setting import desk_of
from waqai.errors import StoreError
from waqai.store.filters import Filters
from waqai.store.paging import article_page, event_page, quote_page
from waqai.store.queries import actors_of
from waqai.store.search import search as searched
from waqai.store.store import Store
from waqai.store.tables import articles as article_rows

router = APIRouter(prefix="/api/v1", tags=["lists"])
Narrowed = Annotated[Filters, Depends(conditions)]
_ACTORS, _HITS = 5_000, 500  # as far as these lists go


@router.get("/articles", responses=documented(Articles), summary="Articles, the newest first")
def articles(request: Request, filters: Narrowed, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Dates are those of publication. Conditions of events choose articles that have such an event."""
    return listed(request, *article_page(desk_of(request).store, filters, keyed(cursor), limit))


@router.get("/events", responses=documented(Events), summary="Events, the latest first, undated ones last")
def events(request: Request, filters: Narrowed, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Dates are those of the events. Events that people rejected are left out."""
    return listed(request, *event_page(desk_of(request).store, filters, keyed(cursor), limit))


@router.get("/quotes", responses=documented(Quotes), summary="Quotes, from the newest article on")
def quotes(
    request: Request, filters: Narrowed, speaker: Words = "", limit: Limit = 50, cursor: Cursor = ""
) -> Response:
    """`speaker` is a part of a name. Conditions of events choose articles that have such an event."""
    refuse_nul(speaker)
    return listed(request, *quote_page(desk_of(request).store, speaker, filters, keyed(cursor), limit))


@router.get("/actors", responses=documented(Actors), summary="Who takes part in events, the busiest first")
def actors(request: Request, filters: Narrowed, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Goes as far as the 5,000 busiest."""
    desk, start = desk_of(request), counted(cursor, _ACTORS)
    found = desk.keeping.answer(("api actors", filters), lambda: actors_of(desk.store, filters, _ACTORS))
    end = start + limit
    return listed(request, found[start:end], end if end < len(found) else None)


@router.get("/search", responses=documented(Hits), summary="Articles with given words, the best first")
def search(
    request: Request,
    filters: Narrowed,
    q: Annotated[str, Query(max_length=500, description="Words in any form, «exact phrases», -excluded words")],
    limit: Limit = 20,
    cursor: Cursor = "",
) -> Response:
    """Goes as far as the 500 best. Dates are those of publication."""
    store, start = desk_of(request).store, counted(cursor, _HITS)
    end = min(start + limit, _HITS)
    refuse_nul(q)
    try:
        found = searched(store, q, filters, end + 1)
    except StoreError as error:
        raise HTTPException(422, str(error)) from error
    shown = found[start:end]
    numbers = _numbers(store, [hit.revision for hit in shown])
    items = [
        {"id": hit.id, "number": numbers.get(hit.revision, 0), "title": hit.title, "source": hit.source,
         "published": hit.published, "url": hit.url, "snippet": hit.snippet, "span": list(hit.span),
         "marks": [list(mark) for mark in hit.marks]}
        for hit in shown
    ]  # fmt: skip
    return listed(request, items, end if len(found) > end and end < _HITS else None)


def _numbers(store: Store, revisions: list[int]) -> dict[int, int]:
    """The numbers of the articles by their revisions in use."""
    query = select(article_rows.c.current, article_rows.c.id).where(article_rows.c.current.in_(revisions))
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}
