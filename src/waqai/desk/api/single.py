"""One article's record, one event."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request, Response
from sqlalchemy import select

from waqai.desk.api.answers import answered, documented
from waqai.desk.api.conditions import refuse_nul
from waqai.desk.api.shapes import ListedEvent, Record
from waqai.desk.setting import desk_of
from waqai.errors import StoreError
from waqai.store.event_list import events_numbered
from waqai.store.queries import revision_of
from waqai.store.review import verdicts_of
from waqai.store.tables import articles, events

router = APIRouter(prefix="/api/v1", tags=["single"])


@router.get("/articles/{id:path}", responses=documented(Record, 404), summary="The record of an article")
def article(
    request: Request, id: Annotated[str, Path(max_length=2_000, description="Its id, number or address")]
) -> Response:
    """Events that people rejected are left out."""
    store = desk_of(request).store
    refuse_nul(id)
    try:
        revision = _numbered(request, id) or revision_of(store, id)
    except StoreError as error:
        raise HTTPException(404, str(error)) from error
    record, verdicts = store.record(revision), verdicts_of(store, revision)
    record["events"] = [event for event in record["events"] if verdicts.get(event["id"]) != "rejected"]
    return answered(request, record)


@router.get("/events/{id}", responses=documented(ListedEvent, 404), summary="One event")
def event(request: Request, id: Annotated[str, Path(max_length=200)]) -> Response:
    """Also one that people rejected."""
    store = desk_of(request).store
    refuse_nul(id)
    query = select(events.c.id).join(articles, articles.c.current == events.c.revision).where(events.c.event == id)
    with store.reading() as connection:
        number = connection.execute(query).scalar()
    if number is None:
        raise HTTPException(404, f"{id}: no such event")
    return answered(request, events_numbered(store, [number])[0])


def _numbered(request: Request, id: str) -> int | None:
    """The revision in use of the article with this number, where `id` is one and nothing has it as its id."""
    if not (id.isascii() and id.isdigit() and len(id) < 18):
        return None
    with desk_of(request).store.reading() as connection:
        found = connection.execute(select(articles.c.current).where(articles.c.id == int(id))).scalar()
    return int(found) if found is not None else None
