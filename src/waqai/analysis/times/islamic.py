"""Values of Islamic dates and of feasts."""

from __future__ import annotations

from waqai.analysis.times import days
from waqai.analysis.times.phrase import Phrase
from waqai.analysis.times.resolve import DAY, Meaning, last_item, on_day, year_of_month

LUNAR = ("hijri", "hijri_guarded", "hijri_strict")
_EIDS = ((10, 1), (12, 10))  # Hijri month and day of the lesser and the greater feast


def hijri_dated(phrase: Phrase) -> Meaning | None:
    """«15 شعبان 1439»: its Gregorian day."""
    named, day_item = phrase.find(*LUNAR), phrase.find(*DAY)
    if named is None or day_item is None:
        return None
    lunar_month, day = int(named.value), int(day_item.value)
    if phrase.has("year"):
        return None
    lunar_year = _lunar_year(phrase, lunar_month, day)
    if not phrase.reading.anchor.year and not phrase.has("hijri_year"):
        return "", "date"
    return on_day(phrase, days.hijri_day(lunar_year, lunar_month, day))


def hijri_month(phrase: Phrase) -> Meaning | None:
    """«شهر رمضان», «رجب 1439هـ»: the Gregorian month its first day lies in."""
    named = phrase.find(*LUNAR)
    if named is None:
        return None
    told = phrase.has("hijri_year", "past", "next", "current")
    unit = phrase.find("unit")
    sure = told or (unit is not None and unit.value == "M")
    before = phrase.before()
    if named.kind == "hijri_guarded":
        sure = (
            sure
            or (before is not None and before.kind in ("within", "since", "edge"))
            or phrase.has("since", "edge", "term")
        )
    if named.kind != "hijri" and not sure:
        return None
    lunar_month = int(named.value)
    found = days.hijri_day(_lunar_year(phrase, lunar_month, 1), lunar_month, 1)
    return (days.iso_month(found.year, found.month) if found else ""), "date"


def hijri_year(phrase: Phrase) -> Meaning | None:
    """«1439هـ»: the Gregorian year it begins in."""
    told = phrase.find("hijri_year")
    found = days.hijri_day(int(told.value), 1, 1) if told else None
    return (days.iso_year(found.year), "date") if found else None


def feast(phrase: Phrase) -> Meaning | None:
    """«عيد الفطر»: its day; its holiday: the month."""
    named = phrase.find("feast", "feast_holiday")
    if named is None:
        return None
    calendar, month_text, day_text = named.value.split()
    number, day = int(month_text), int(day_text)
    if calendar == "eid":
        number, day = _nearest_eid(phrase.reading.anchor)
    if calendar in ("hijri", "eid"):
        found = days.hijri_day(_lunar_year(phrase, number, day), number, day)
    else:
        found = days.day_of(year_of_month(phrase, number, day), number, day)
    if found is None:
        return "", "date"
    return (days.iso_month(found.year, found.month) if named.kind == "feast_holiday" else days.iso(found)), "date"


def _nearest_eid(anchor: days.Anchor) -> tuple[int, int]:
    """The Hijri month and day of the greater or lesser feast, whichever is nearer publication."""

    def apart(feast: tuple[int, int]) -> int:
        found = days.hijri_day(days.hijri_year_near(anchor, *feast, ""), *feast)
        return abs((found - anchor.day).days) if found and anchor.day else 0

    return min(_EIDS, key=apart)


def _lunar_year(phrase: Phrase, number: int, day: int) -> int:
    told = phrase.find("hijri_year", "number")
    if told and told.value.isdecimal() and 1300 <= int(told.value) <= 1500:
        return int(told.value)
    if gregorian := last_item(phrase, "year"):
        middle = days.Anchor.of(f"{gregorian.value}-07-01")
        return days.hijri_year_near(middle, number, day, "")
    return days.hijri_year_near(phrase.reading.anchor, number, day, phrase.direction())
