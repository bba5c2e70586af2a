"""Saved searches: kept by name, each with an Atom feed of what it finds."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from waqai.desk import written
from waqai.desk.asking import Asked, asked_in
from waqai.desk.atom import feed
from waqai.desk.cards import card
from waqai.desk.failures import unsearchable
from waqai.desk.finding import find
from waqai.desk.refusals import UnfitValue
from waqai.desk.rendering import render, taste_of
from waqai.desk.setting import Desk, desk_of
from waqai.errors import StoreError
from waqai.store import saved
from waqai.store.event_list import events_numbered
from waqai.store.values import Unfit

router = APIRouter()
_ENTRIES, _LONGEST = 50, 2_000


@router.get("/saved", include_in_schema=False)
def searches(request: Request) -> Response:
    """All saved searches."""
    return render(request, "pages/saved.html", searches=saved.saved_in(desk_of(request).store))


@router.post("/saved", include_in_schema=False)
def save(
    request: Request,
    name: Annotated[str, Form(max_length=200)],
    query: Annotated[str, Form(max_length=_LONGEST)] = "",
) -> Response:
    """Saves a search; what it asks for is read first, so that none is kept that could never be shown."""
    desk = desk_of(request)
    if not name.strip() or "\0" in name:
        raise HTTPException(400, desk.texts.say(taste_of(request).language)("saved.unnamed"))
    asked = _read(desk, query)
    who = getattr(getattr(request.state, "user", None), "name", "")
    saved.save(desk.store, written.clip(name, 200), asked.query(), who)
    return RedirectResponse("/saved", 303)


@router.post("/saved/{token}/forget", include_in_schema=False)
def forget(request: Request, token: str) -> Response:
    """Deletes a saved search."""
    if not saved.forget(desk_of(request).store, token):
        raise HTTPException(404)
    return RedirectResponse("/saved", 303)


@router.get("/saved/{token}.atom", include_in_schema=False)
def atom(request: Request, token: str) -> Response:
    """The newest events that a saved search finds, as an Atom feed (RFC 4287)."""
    desk, language = desk_of(request), taste_of(request).language
    kept = saved.saved_by_token(desk.store, token)
    if kept is None:
        raise HTTPException(404)
    try:
        found = find(desk.keeping, desk.store, _read(desk, kept.query))
    except StoreError as error:
        raise HTTPException(400, unsearchable(desk)) from error
    cards = [card(event) for event in events_numbered(desk.store, found.newest(_ENTRIES))]
    base = f"{request.url.scheme}://{request.url.netloc}"
    return Response(feed(desk, kept, cards, base, language), media_type="application/atom+xml; charset=utf-8")


def _read(desk: Desk, query: str) -> Asked:
    try:
        return asked_in(dict(parse_qsl(query)), desk.ontology)
    except Unfit as error:
        raise UnfitValue(error) from error
