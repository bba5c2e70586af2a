"""Events: a table with facets, all of them in the address; what is shown can be saved, followed and taken along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import StreamingResponse

from waqai.desk.asking import SORTS, Asked, asked_in
from waqai.desk.exporting import FORMS, exported
from waqai.desk.facet_views import chosen_conditions, facet_views
from waqai.desk.failures import unsearchable
from waqai.desk.finding import facets, find
from waqai.desk.refusals import UnfitValue
from waqai.desk.rendering import kept, taste_of
from waqai.desk.setting import Desk, desk_of
from waqai.errors import StoreError
from waqai.store.values import Unfit

router = APIRouter()
PAGE = 30


@router.get("/events", include_in_schema=False)
def events(request: Request) -> Response:
    """A page of the events that fit."""
    desk = desk_of(request)
    asked = read_query(request, desk)

    def shown() -> dict[str, Any]:
        page = listed(desk, asked, PAGE, "row", taste_of(request).language)
        around = beside(desk, asked, "/events", taste_of(request).language)
        return page | around | {"sorts": SORTS, "forms": FORMS}

    return kept(request, "pages/events.html", shown)


@router.get("/events/export/{form}", include_in_schema=False)
def export(request: Request, form: str) -> Response:
    """All the events that fit, in their order, in one of the formats."""
    desk = desk_of(request)
    if form not in FORMS:
        raise HTTPException(404)
    found = or_refused(desk, read_query(request, desk))
    media_type, name, pieces = exported(desk.store, desk.library, found, form)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_first_told(pieces), media_type=media_type, headers=headers)


def _first_told(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first already made: what goes wrong at once is told as an error, not as half a file."""
    first = next(pieces, b"")

    def rest() -> Iterator[bytes]:
        yield first
        yield from pieces

    return rest()


def read_query(request: Request, desk: Desk) -> Asked:
    """What the address asks for; 400 where it holds what cannot be."""
    try:
        return asked_in(request.query_params, desk.ontology)
    except Unfit as error:
        raise UnfitValue(error) from error


def or_refused(desk: Desk, asked: Asked) -> Any:
    """What is found; 400 where its words are none to search for."""
    try:
        return find(desk.keeping, desk.store, asked)
    except StoreError as error:
        raise HTTPException(400, unsearchable(desk)) from error


def listed(desk: Desk, asked: Asked, size: int, kind: str, language: str) -> dict[str, Any]:
    """A page of the events asked for, for a template; `kind` is that of its lines."""
    found = or_refused(desk, asked)
    first = (asked.page - 1) * size
    numbers = found.numbers(first, first + size)
    last = first + len(numbers)
    return {
        "found": found,
        "count": len(found.rows),
        "lines": desk.lines.of(desk, kind, numbers, language),
        "first": first + 1,
        "last": last,
        "newer": asked.query(page=asked.page - 1) if asked.page > 1 else None,
        "older": asked.query(page=asked.page + 1) if last < len(found.rows) else None,
    }


def beside(desk: Desk, asked: Asked, path: str, language: str) -> dict[str, Any]:
    """What stands beside a list: facets, the conditions that are set, and what was asked itself."""
    counted = facets(desk.keeping, desk.store, asked)
    return {
        "query": asked,
        "asked": asked.words,
        "base": path,
        "facets": facet_views(desk, asked, counted, path, language),
        "conditions": chosen_conditions(desk, asked, path, language),
    }
