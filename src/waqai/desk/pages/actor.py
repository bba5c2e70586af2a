"""Actors: the busiest of them, and a page for each: spellings, offices, events, counterparts, quotes."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from waqai.desk.cards import actor_page
from waqai.desk.charts.days import Bar, day_chart
from waqai.desk.charts.network import Node, network
from waqai.desk.dossier import Dossier, dossier_of
from waqai.desk.pages.timeline import periods_between
from waqai.desk.refusals import UnfitValue
from waqai.desk.rendering import kept, taste_of
from waqai.desk.setting import Desk, desk_of
from waqai.store.actor_page import offices, quotes_about, quotes_by
from waqai.store.values import Unfit

router = APIRouter()
_LISTED, _EVENTS, _MONTHS, _LONGEST = 100, 15, 36, 500


@router.get("/actors", include_in_schema=False)
def actors(request: Request, country: str = "") -> Response:
    """The busiest actors, of one country where `country` names one."""
    desk = desk_of(request)
    ledger = desk.keeping.ledger()
    if len(country) > 3 or not (country.isascii() and country.isprintable()):
        raise UnfitValue(Unfit("country: a code of three letters", "country", country, "country"))

    def shown() -> dict[str, Any]:
        countries = desk.keeping.answer("countries", lambda: ledger.counted("country", ledger.every, 24))
        return {"rows": ledger.busiest(_LISTED, country), "country": country, "countries": countries}

    return kept(request, "pages/actors.html", shown)


@router.get("/actor", include_in_schema=False)
def actor(request: Request, name: str = "") -> Response:
    """The page of the actor who bears `name`, in any spelling of it."""
    desk, language = desk_of(request), taste_of(request).language
    if not 0 < len(name) <= _LONGEST or "\0" in name:
        raise HTTPException(404)

    def shown() -> dict[str, Any]:
        found = dossier_of(desk.keeping.ledger(), name)
        told = _told(desk, found, name, language)
        if not found.count and not any(told.values()):
            raise HTTPException(404)
        return {"actor": found} | told | _drawn(desk, found, language)

    return kept(request, "pages/actor.html", shown)


def _told(desk: Desk, found: Dossier, name: str, language: str) -> dict[str, Any]:
    names = sorted({name, *found.spellings})
    return {
        "offices": offices(desk.store, names),
        "said": quotes_by(desk.store, names),
        "about": quotes_about(desk.store, names),
        "lines": desk.lines.of(desk, "line", found.latest[:_EVENTS], language),
    }


def _drawn(desk: Desk, found: Dossier, language: str) -> dict[str, Any]:
    say = desk.texts.say(language)
    counted = {month: (given, taken) for month, given, taken in found.months}
    every = periods_between(min(counted), max(counted), len("2024-05")) if counted else []
    months = [
        Bar(month, *counted.get(month, (0, 0)), f"/events?{found.query}&since={month}&until={month}")
        for month in every[-_MONTHS:]
    ]
    centre = Node(found.name, 0, actor_page(found.name))
    others = [Node(other.name, other.count, actor_page(other.name)) for other in found.counterparts]
    picture = network(centre, others, found.ties, say("actor.network", name=found.name)) if others else ""
    return {"months": day_chart(months, language, desk.texts, ("source", "target")), "network": picture}
