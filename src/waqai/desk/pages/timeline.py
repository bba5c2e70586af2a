"""Timeline: events by day, what is planned apart from what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from fastapi import APIRouter, Request, Response

from waqai.desk.asking import Asked
from waqai.desk.cards import Card
from waqai.desk.charts.days import Bar, day_chart
from waqai.desk.finding import PLANNED, Found
from waqai.desk.pages.events import beside, listed, read_query
from waqai.desk.rendering import render, taste_of
from waqai.desk.setting import desk_of

router = APIRouter()
PAGE = 80
_BARS = 60


@dataclass(frozen=True, slots=True)
class Day:
    """A day (or month, or year, where no more is known) and its events, "" for those without a date."""

    date: str
    happened: list[Card] = field(default_factory=list)
    planned: list[Card] = field(default_factory=list)
    other: list[Card] = field(default_factory=list)


@router.get("/timeline", include_in_schema=False)
def timeline(request: Request) -> Response:
    """The events that fit, by day, the newest day first unless the oldest is asked for."""
    desk, language = desk_of(request), taste_of(request).language
    asked = read_query(request, desk)
    if asked.sort not in ("newest", "oldest"):
        asked = replace(asked, sort="newest")
    shown = listed(desk, asked, PAGE)

    def chart() -> object:
        return day_chart(_bars(shown["found"], asked), language, desk.texts, ("happened", "planned"))

    drawn = desk.keeping.answer(("timeline", asked.words, asked.filters, language), chart)
    around = beside(desk, asked, "/timeline", language)
    return render(request, "pages/timeline.html", **shown, **around, days=by_day(shown["cards"]), chart=drawn)


def by_day(cards: Sequence[Card]) -> list[Day]:
    """The cards by day, in the order they come in."""
    days: dict[str, Day] = {}
    for event in cards:
        day = days.setdefault(event.date[:10], Day(event.date[:10]))
        lists = {"happened": day.happened} | dict.fromkeys(PLANNED, day.planned)
        lists.get(event.status, day.other).append(event)
    return list(days.values())


def _bars(found: Found, asked: Asked) -> list[Bar]:
    """Periods with events: days where they are few, else months, else years; the last _BARS of them."""
    for length in (10, 7, 4):
        periods = found.periods(length)
        if len(periods) <= _BARS or length == 4:
            break
    skipped = max(0, len(periods) - _BARS)
    return [
        Bar(period, done, due, f"/timeline?{asked.query(since=period, until=period)}")
        for period, (done, due) in islice(periods.items(), skipped, None)
    ]
