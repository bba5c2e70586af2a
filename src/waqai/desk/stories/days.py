"""The day that pages of stories go by, and days in addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from waqai.desk.refusals import UnfitValue
from waqai.desk.setting import Desk
from waqai.desk.stories.views import code_of
from waqai.store import today as of_today
from waqai.store.values import Unfit

_PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def today_of(desk: Desk) -> str:
    """The day of the newest article: a store may end before the calendar does."""
    now = datetime.now(UTC).date().isoformat()
    return of_today.last_day(desk.store, now) or now


def period(query: Mapping[str, str], name: str) -> str:
    """A day, month or year of an address, "" where it says none. Raises HTTPException, 400, for what is none."""
    said = code_of(query, name, 20)
    if said and not _is_period(said):
        raise UnfitValue(Unfit(f"{name} {said}: a date as 2024-05-13, 2024-05 or 2024", name, said, "day"))
    return said


def _is_period(said: str) -> bool:
    if not (said.isascii() and _PERIOD.fullmatch(said)):
        return False
    try:
        date.fromisoformat(said + "-01-01"[len(said) - 4 :])
    except ValueError:
        return False
    return True
