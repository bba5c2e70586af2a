"""What readings of dates share: the day meant, the year meant, the period around publication."""

from __future__ import annotations

from datetime import date

from waqai.analysis.times import days
from waqai.analysis.times.items import Item
from waqai.analysis.times.phrase import Phrase

GREGORIAN = ("month", "month_guarded", "month_strict")
DAY = ("small", "small_word", "ordinal")
Meaning = tuple[str, str]  # value, kind


def on_day(phrase: Phrase, day: date | None) -> Meaning | None:
    """The day with the part of day the phrase names; remembered as the day last spoken of."""
    if day is None:
        return None
    phrase.reading.day, phrase.reading.year = day, day.year
    part = part_of_day(phrase)
    return days.iso(day) + part, "time" if part else "date"


def part_of_day(phrase: Phrase) -> str:
    part = phrase.find("part", "part_adverb", "part_definite", "midnight") or phrase.find("stretch")
    return part.value if part and part.value.startswith("T") else ""


def last_item(phrase: Phrase, *kinds: str) -> Item | None:
    found = phrase.all(*kinds)
    return found[-1] if found else None


def is_one_month(phrase: Phrase) -> bool:
    """Whether all Gregorian month names of the phrase name one month."""
    return len({item.value for item in phrase.all(*GREGORIAN)}) == 1


def year_of_month(phrase: Phrase, number: int, day: int) -> int:
    """The year of a month: told, told by a phrase ("من العام الماضي"), or found from publication; 0 where unknown."""
    if told := last_item(phrase, "year"):
        return int(told.value)
    unit = last_item(phrase, "the_unit")
    if unit is not None and unit.value == "Y":
        return year_spoken_of(phrase)
    direction = phrase.direction()
    if direction == "current":
        return phrase.reading.anchor.year
    return days.year_of_month(phrase.reading.anchor, number, direction, day)


def year_spoken_of(phrase: Phrase) -> int:
    anchor = phrase.reading.anchor
    if phrase.has("same"):
        return phrase.reading.year or anchor.year
    if phrase.has("following", "previous"):
        return phrase.reading.year + (1 if phrase.has("following") else -1) if phrase.reading.year else 0
    if not anchor.year:
        return 0
    return anchor.year + (1 if phrase.has("next") else -1 if phrase.has("past") else 0)


def period_here(phrase: Phrase, unit: str, step: int) -> str | None:
    """The day, week, month, year … of publication moved by `step`; None for a unit that has no such value."""
    anchor = phrase.reading.anchor
    if unit in ("D", "N"):
        day = days.moved(anchor.day, step)
        return days.iso(day)
    if unit == "W":
        return days.iso_week(days.moved(anchor.day, 7 * step))
    if unit == "M":
        return days.iso_month(anchor.year if anchor.month else 0, anchor.month + step)
    if unit == "Y":
        return days.iso_year(anchor.year + step) if anchor.year else ""
    if unit == "10Y":
        return days.iso_year(anchor.year + 10 * step)[:3] if anchor.year else ""
    if unit == "100Y":
        return days.iso_year(anchor.year + 100 * step)[:2] if anchor.year else ""
    return None


def from_last(phrase: Phrase, unit: str) -> Meaning | None:
    """«اليوم نفسه», «العام التالي»: from the day or year last spoken of."""
    step = 1 if phrase.has("following") else -1 if phrase.has("previous") else 0
    reading = phrase.reading
    day = reading.day or reading.anchor.day
    if unit == "D":
        return on_day(phrase, days.moved(day, step)) or ("", "date")
    if unit == "Y":
        known = reading.year or reading.anchor.year
        return (days.iso_year(known + step) if known else ""), "date"
    if unit == "W":
        return days.iso_week(days.moved(day, 7 * step)), "date"
    if unit == "M":
        return (days.iso_month(day.year, day.month + step) if day else ""), "date"
    return None
