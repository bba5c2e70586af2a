"""Arithmetic on dates of known precision, and ISO spellings of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

_PREFIX = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SOON_DAY, _SOON_MONTH = 45, 15  # days: a bare day or month no further ahead is read as coming


@dataclass(frozen=True, slots=True)
class Anchor:
    """When an article was published, as far as known: 0 for an unknown year or month, None for an unknown day."""

    year: int = 0
    month: int = 0
    day: date | None = None

    @classmethod
    def of(cls, published: str) -> Anchor:
        """The anchor an ISO prefix gives; what is no date gives an empty one."""
        match = _PREFIX.match(published)
        if not match or not 1 <= int(match[1]) <= 9998:
            return cls()
        year, month = int(match[1]), int(match[2] or 0)
        if not 1 <= month <= 12:
            return cls(year)
        return cls(year, month, day_of(year, month, int(match[3] or 0)))


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def moved(day: date | None, days: int) -> date | None:
    """`day` moved by `days`; None stays None, and so what leaves the calendar."""
    try:
        return day + timedelta(days) if day else None
    except OverflowError:
        return None


def iso(day: date | None) -> str:
    """The ISO day, "" for None."""
    return day.isoformat() if day else ""


def iso_week(day: date | None) -> str:
    """The ISO week of a day, "2018-W22"; "" for None."""
    if day is None:
        return ""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def iso_month(year: int, month: int) -> str:
    """«2018-05»; «» where the year is unknown (0). Months over 12 or under 1 run into other years."""
    if not year:
        return ""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04}-{month:02}" if 0 < year < 10_000 else ""


def iso_year(year: int) -> str:
    """«2018»; «» for an impossible or unknown year."""
    return f"{year:04}" if 0 < year < 10_000 else ""


def weekday_near(anchor: Anchor, weekday: int, lean: str) -> date | None:
    """The day of that weekday (1 Monday … 7 Sunday) nearest publication.

    `lean` "past" is the latest up to publication, "before" strictly before; "future" the next from publication on,
    "after" strictly after.
    """
    if anchor.day is None:
        return None
    ahead = (weekday - anchor.day.isoweekday()) % 7
    if lean == "future":
        return moved(anchor.day, ahead)
    if lean == "after":
        return moved(anchor.day, ahead or 7)
    if lean == "before" or ahead:
        return moved(anchor.day, ahead - 7)
    return anchor.day


def year_of_month(anchor: Anchor, month: int, lean: str, day: int = 0) -> int:
    """The year of a month (and day) named without one; `lean` as for weekdays, "" where nothing tells."""
    if not anchor.year or not anchor.month:
        return 0
    here, there = (anchor.month, 0), (month, 0)
    if day and anchor.day:
        here, there = (anchor.month, anchor.day.day), (month, day)
    if lean in ("before", "after"):
        if lean == "before":
            return anchor.year - (there >= here if not day else there > here)
        return anchor.year + (there <= here)
    if lean == "future":
        return anchor.year + (there < here)
    if lean == "until":
        return anchor.year + _nearest_step(anchor, month)
    if there <= here or ((lean == "" or day) and _is_soon(anchor, month, day)):
        return anchor.year
    return anchor.year - 1


def _nearest_step(anchor: Anchor, month: int) -> int:
    """Whether that month is nearest in the year before (-1), of (0) or after (1) publication."""
    return min((0, 1, -1), key=lambda step: abs(12 * step + month - anchor.month))


def _is_soon(anchor: Anchor, month: int, day: int) -> bool:
    named = day_of(anchor.year, month, day or 1)
    return bool(named and anchor.day and (named - anchor.day).days <= (_SOON_DAY if day else _SOON_MONTH))


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri date; None outside the converter's range (1343 to 1500)."""
    try:
        return Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None


def hijri_year_near(anchor: Anchor, month: int, day: int, lean: str) -> int:
    """The Hijri year whose `month` and `day` lie nearest publication in the direction of `lean`; 0 where unknown."""
    if not anchor.year or not anchor.month:
        return 0
    here = anchor.day or date(anchor.year, anchor.month, 15)
    try:
        year = Gregorian(here.year, here.month, here.day).to_hijri().year
    except (ValueError, OverflowError):
        return 0
    found = [(named, y) for y in (year - 1, year, year + 1) if (named := hijri_day(y, month, day))]
    if lean in ("future", "after"):
        found = [pair for pair in found if pair[0] >= here] or found
    elif lean in ("past", "before"):
        found = [pair for pair in found if pair[0] <= here] or found
    return min(found, key=lambda pair: abs((pair[0] - here).days))[1] if found else 0
