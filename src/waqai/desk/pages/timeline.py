"""Timeline: events by day, what is planned apart from what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from waqai.desk.asking import Asked
from waqai.desk.charts.days import Bar, day_chart
from waqai.desk.finding import PLANNED, Found
from waqai.desk.lines import Line
from waqai.desk.pages.events import beside, listed, read_query
from waqai.desk.rendering import kept, taste_of
from waqai.desk.setting import desk_of

router = APIRouter()
PAGE = 80
_BARS = 60
_FEW = 40  # one in so many dates at either end


@dataclass(frozen=True, slots=True)
class Day:
    """A day (or month, or year, where no more is known) and its events, "" for those without a date."""

    date: str
    happened: list[Markup] = field(default_factory=list)
    planned: list[Markup] = field(default_factory=list)
    other: list[Markup] = field(default_factory=list)


@router.get("/timeline", include_in_schema=False)
def timeline(request: Request) -> Response:
    """The events that fit, by day, the newest day first unless the oldest is asked for."""
    desk, language = desk_of(request), taste_of(request).language
    asked = read_query(request, desk)
    if asked.sort not in ("newest", "oldest"):
        asked = replace(asked, sort="newest")

    def shown() -> dict[str, Any]:
        page = listed(desk, asked, PAGE, "entry", language)
        chart = day_chart(_bars(page["found"], asked), language, desk.texts, ("happened", "planned"))
        return page | beside(desk, asked, "/timeline", language) | {"days": by_day(page["lines"]), "chart": chart}

    return kept(request, "pages/timeline.html", shown)


def by_day(lines: Sequence[Line]) -> list[Day]:
    """The lines by day, in the order they come in."""
    days: dict[str, Day] = {}
    for event in lines:
        day = days.setdefault(event.date[:10], Day(event.date[:10]))
        lists = {"happened": day.happened} | dict.fromkeys(PLANNED, day.planned)
        lists.get(event.status, day.other).append(event.html)
    return list(days.values())


def _bars(found: Found, asked: Asked) -> list[Bar]:
    """Every period from the first to the last: days where they are few, else months, else years.

    Where there are many events, the first and the last few in a hundred set no bounds: history is told in the news.
    """
    if (ends := found.days_between(_FEW)) is None:
        return []
    first, last = ends
    length = next((length for length in (10, 7) if _apart(first, last, length) < _BARS), 4)
    periods = periods_between(first, last, length)
    counted = found.periods(length)
    return [
        Bar(period, *counted.get(period, (0, 0)), f"/timeline?{asked.query(since=period, until=period)}")
        for period in periods[-_BARS:]
    ]


def periods_between(first: str, last: str, length: int) -> list[str]:
    """The days (`length` 10), months (7) or years (4) from that of the day `first` to that of the day `last`."""
    if length == len("2024"):
        return [f"{year:04}" for year in range(int(first[:4]), int(last[:4]) + 1)]
    if length == len("2024-05"):
        months = range(_month(first), _month(last) + 1)
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]
    start, end = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    return [(start + timedelta(days=ahead)).isoformat() for ahead in range((end - start).days + 1)]


def _apart(first: str, last: str, length: int) -> int:
    """How many days (`length` 10) or months (7) lie between two days."""
    if length == len("2024-05"):
        return _month(last) - _month(first)
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days


def _month(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1
