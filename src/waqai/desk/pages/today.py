"""Today: the newest articles, the latest events, what is due next, activity by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from waqai.desk import written
from waqai.desk.asking import Asked
from waqai.desk.charts.days import Bar, day_chart
from waqai.desk.finding import find
from waqai.desk.lines import Line
from waqai.desk.rendering import kept, taste_of
from waqai.desk.setting import Desk, desk_of
from waqai.store import today as of_today
from waqai.store.filters import Filters

router = APIRouter()
_ARTICLES, _EVENTS, _DUE, _DAYS = 12, 8, 8, 30


@router.get("/", include_in_schema=False)
def today(request: Request) -> Response:
    """The first page. The day it goes by is that of the newest article: a store may end before the calendar does."""
    desk, language = desk_of(request), taste_of(request).language
    now = datetime.now(UTC).date().isoformat()

    def shown() -> dict[str, Any]:
        page = _shown(desk, now, language)
        chart = day_chart(_bars(page), language, desk.texts)
        return page | {"chart": chart, "heading": _heading(language)}

    return kept(request, "pages/today.html", shown, now)


def _shown(desk: Desk, now: str, language: str) -> dict[str, Any]:
    last = of_today.last_day(desk.store, now)
    done = Filters(status="happened", until=last or now)
    return {
        "last": last,
        "current": last == now,
        "articles": of_today.newest(desk.store, _ARTICLES, now),
        "latest": _lines(desk, Asked(done, sort="published"), _EVENTS, language),
        "due": _lines(desk, Asked(Filters(status="planned", since=last or now), sort="oldest"), _DUE, language),
        "published": of_today.days_published(desk.store, _DAYS, now),
        "happened": _by_day(desk, done),
        "articles_in_all": of_today.count_articles(desk.store),
        "events_in_all": desk.keeping.ledger().size,
    }


def _lines(desk: Desk, asked: Asked, most: int, language: str) -> list[Line]:
    return desk.lines.of(desk, "line", find(desk.keeping, desk.store, asked).numbers(0, most), language)


def _by_day(desk: Desk, filters: Filters) -> dict[str, int]:
    return {day: done for day, (done, _) in find(desk.keeping, desk.store, Asked(filters)).periods(10).items()}


def _bars(shown: dict[str, Any]) -> list[Bar]:
    """A bar for each of the days up to the last one: articles published, events that happened."""
    if not shown["last"]:
        return []
    last = date.fromisoformat(shown["last"])
    days = [(last - timedelta(days=back)).isoformat() for back in range(_DAYS - 1, -1, -1)]
    return [
        Bar(day, shown["published"].get(day, 0), shown["happened"].get(day, 0), f"/events?since={day}&until={day}")
        for day in days
    ]


def _heading(language: str) -> str:
    now = datetime.now(UTC).date()
    return f"{written.weekday(now, language)} {written.day(now.isoformat(), language)}"
