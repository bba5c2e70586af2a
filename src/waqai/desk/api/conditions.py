"""The conditions that lists can be narrowed down by, the same as those of the commands."""

from __future__ import annotations

from typing import Annotated

from fastapi import HTTPException, Query, Request

from waqai.desk.setting import desk_of
from waqai.store.filters import Filters
from waqai.store.values import checked

_LONGEST = 200
Words = Annotated[str, Query(max_length=_LONGEST)]
Limit = Annotated[int, Query(ge=1, le=200, description="At most this many")]
Cursor = Annotated[str, Query(max_length=500, description="From the next of the page before")]


def conditions(  # noqa: PLR0913 (one for each condition)
    request: Request,
    outlet: Annotated[str, Query(max_length=_LONGEST, description="The outlet's name")] = "",
    since: Annotated[str, Query(max_length=10, description="From this day, month or year on")] = "",
    until: Annotated[str, Query(max_length=10, description="To this day, month or year, included")] = "",
    actor: Annotated[str, Query(max_length=_LONGEST, description="Part of a name, a country or a code")] = "",
    country: Annotated[str, Query(max_length=3, description="Country of a party: EGY")] = "",
    sector: Annotated[str, Query(max_length=3, description="Sector of a party: GOV")] = "",
    type: Annotated[str, Query(max_length=20, description="Event type: CONSULT")] = "",
    mode: Annotated[str, Query(max_length=30, description="Mode of the type")] = "",
    status: Annotated[str, Query(max_length=20, description="happened, planned, called-for, conditional, denied")] = "",
    place: Annotated[str, Query(max_length=_LONGEST, description="Part of a place's name, or its country")] = "",
) -> Filters:
    """The filters that the address asks for. Raises a 422 that names the allowed values."""
    asked = Filters(
        outlet=outlet, since=since, until=until, actor=actor, country=country, sector=sector, type=type, mode=mode,
        status=status, place=place,
    )  # fmt: skip
    refuse_nul(outlet, actor, place)
    try:
        return checked(asked, desk_of(request).ontology)
    except ValueError as error:
        raise HTTPException(422, str(error).removeprefix("--")) from error


def refuse_nul(*words: str) -> None:
    """Raises a 422 for what no database can look for."""
    if any("\0" in word for word in words):
        raise HTTPException(422, "a value has a character in it that no text has")
