"""Values of days: calendar dates, weekdays, yesterday and tomorrow, with their part of the day."""

from __future__ import annotations

from datetime import date

from waqai.analysis.times import days
from waqai.analysis.times.items import Item
from waqai.analysis.times.phrase import Phrase
from waqai.analysis.times.resolve import (
    DAY,
    GREGORIAN,
    Meaning,
    is_one_month,
    last_item,
    on_day,
    part_of_day,
    period_here,
    year_of_month,
)

_NO_TODAY = ("ordinal", "recent", "following", "same", "previous")  # after اليوم
_BEFORE_RANGE = ("of", "within", "since", "other", "pair", "unit", "plural")


def iso_date(phrase: Phrase) -> Meaning | None:
    """2018-05-29."""
    year, month, day = (int(item.value) for item in phrase.all("year", "small"))
    return on_day(phrase, days.day_of(year, month, day))


def slash_date(phrase: Phrase) -> Meaning | None:
    """29/5/2018, or 5/29/2018 where only that can be."""
    day, month, year = (int(item.value) for item in phrase.all("year", "small"))
    return on_day(phrase, days.day_of(year, month, day) or days.day_of(year, day, month))


def dated(phrase: Phrase) -> Meaning | None:
    """A day and month, with a year told or to be found: "الاثنين 28 أبريل/نيسان المقبل"."""
    if phrase.follows("dated_name", reach=2):
        return None
    month_item = phrase.find(*GREGORIAN)
    day_item = _last_before(phrase, DAY, GREGORIAN)
    if month_item is None or day_item is None or not is_one_month(phrase):
        return None
    if any(item.value not in ("D", "M", "Y") for item in phrase.all("unit", "the_unit")):
        return None
    month, day = int(month_item.value), int(day_item.value)
    if not 1 <= day <= 31:
        return None
    year = year_of_month(phrase, month, day)
    found = days.day_of(year or 2000, month, day)
    if found is None:
        return None
    return on_day(phrase, found) if year else ("", "date")


def part_of_month(phrase: Phrase) -> Meaning | None:
    """«الأسبوع الأول من يونيو», «النصف الثاني من آذار»: the month."""
    part, named = phrase.find("the_unit", "fraction"), phrase.find(*GREGORIAN)
    if part is None or named is None or (part.kind == "the_unit" and part.value != "W"):
        return None
    number = int(named.value)
    return days.iso_month(year_of_month(phrase, number, 0), number), "date"


def day_pair(phrase: Phrase) -> Meaning | None:
    """«يومي 11 و12 يوليو»: the first of the days."""
    month_item, day_item = phrase.find(*GREGORIAN), phrase.find(*DAY)
    if month_item is None or day_item is None:
        return None
    month, day = int(month_item.value), int(day_item.value)
    return on_day(phrase, days.day_of(year_of_month(phrase, month, day), month, day))


def day_in_range(phrase: Phrase) -> Meaning | None:
    """The first day of a range whose month comes later: "من 19" … "إلى 20 يونيو"."""
    before = phrase.before()
    listed = phrase.first > 1 and phrase.items[phrase.first - 2].kind in DAY
    if before is None or (before.kind not in _BEFORE_RANGE and not listed):
        return None
    day_item = phrase.find(*DAY)
    month_at = next((n for n in range(phrase.last, len(phrase.items)) if phrase.items[n].kind in GREGORIAN), -1)
    if day_item is None or month_at < 0:
        return None
    wide = Phrase(phrase.items, phrase.first, min(len(phrase.items), month_at + 5), phrase.reading, phrase.lexicon)
    month, day = int(phrase.items[month_at].value), int(day_item.value)
    return on_day(phrase, days.day_of(year_of_month(wide, month, day), month, day))


def day_of_month(phrase: Phrase) -> Meaning | None:
    """«11 من الشهر الجاري»."""
    unit, day_item = last_item(phrase, "the_unit"), phrase.find(*DAY)
    anchor = phrase.reading.anchor
    if unit is None or unit.value != "M" or day_item is None:
        return None
    if not anchor.year or not anchor.month:
        return "", "date"
    steps = {"before": -1, "after": 1}.get(phrase.direction() if phrase.has("past", "next", "current") else "", 0)
    year, month = anchor.year + (anchor.month - 1 + steps) // 12, (anchor.month - 1 + steps) % 12 + 1
    return on_day(phrase, days.day_of(year, month, int(day_item.value)))


def day_current(phrase: Phrase) -> Meaning | None:
    """«25 الجاري»."""
    day_item, anchor = phrase.find(*DAY), phrase.reading.anchor
    if day_item is None or not 1 <= int(day_item.value) <= 31 or day_item.kind == "small_word":
        return None
    found = days.day_of(anchor.year, anchor.month, int(day_item.value)) if anchor.year and anchor.month else None
    return on_day(phrase, found) or ("", "date")


def weekday(phrase: Phrase) -> Meaning | None:
    """A weekday, اليوم, أمس or غدا, with its part of the day: «مساء الاثنين», «اليوم الأحد», «الخميس المقبل»."""
    if (unit := phrase.find("unit")) and unit.value not in ("D", "N", "TM"):
        return None
    if (day := phrase.find("day")) is not None:
        if day.value == "0" and not _is_today(phrase):
            return ("P1D", "set") if _is_rate(phrase) else None
        found = days.moved(phrase.reading.anchor.day, int(day.value))
    elif (name := phrase.find("weekday", "weekday_bare")) is not None:
        if phrase.last - phrase.first == 1 and name.value == "1" and _is_two(phrase):
            return None
        found = _named_day(phrase, int(name.value))
    else:
        return None
    return on_day(phrase, found) or ("", "time" if part_of_day(phrase) else "date")


def _is_today(phrase: Phrase) -> bool:
    """Whether اليوم is today, and not part of an outlet's name, «اليوم الأول», or «مرتين في اليوم»."""
    if phrase.follows("day") or phrase.after_kind() in _NO_TODAY or phrase.precedes("no_today_after"):
        return False
    return not (phrase.last - phrase.first == 1 and phrase.follows("per"))


def _is_rate(phrase: Phrase) -> bool:
    after = phrase.after_kind()
    return phrase.follows("per") and after not in _NO_TODAY and not phrase.precedes("no_today_after")


def _named_day(phrase: Phrase, number: int) -> date | None:
    """The day of a weekday's name, after its modifier or the tense."""
    reading = phrase.reading
    if (week := phrase.find("the_unit")) and week.value == "W" and reading.anchor.day:
        step = 1 if phrase.has("next") else -1 if phrase.has("past") else 0
        return days.moved(reading.anchor.day, 7 * step + number - reading.anchor.day.isoweekday())
    if phrase.has("following") and reading.day:
        return days.moved(reading.day, (number - reading.day.isoweekday()) % 7 or 7)
    lean = phrase.direction()
    if lean == "until":
        lean = phrase.lean() or "future"
    found = days.weekday_near(reading.anchor, number, "past" if lean in ("", "current") else lean)
    if (modifier := phrase.find("past", "next")) and modifier.value:
        found = days.moved(found, -7 if modifier.kind == "past" else 7)
    return found


def bare_part(phrase: Phrase) -> Meaning | None:
    """«هذا الصباح», «الليلة», «الليلة الماضية»."""
    part = phrase.find("part_definite")
    if part is None:
        return None
    night = part.value == "TNI"
    if phrase.has("same_before"):
        day = phrase.reading.day or phrase.reading.anchor.day
        return (days.iso(day) + part.value if day else ""), "time"
    if not night and not phrase.has("this"):
        return None
    day = days.moved(phrase.reading.anchor.day, -1 if phrase.has("past") else 0)
    return (days.iso(day) + part.value if day else ""), "time"


def consecutive(phrase: Phrase) -> Meaning | None:
    """«لليوم الثاني على التوالي»: the day, week, month or year of publication."""
    unit = phrase.find("the_unit", "unit")
    opening = phrase.items[phrase.first]
    if not phrase.has("consecutive") and not (opening.kind in ("the_unit", "day") and opening.form.startswith("لل")):
        return None
    if unit is None:
        return days.iso(phrase.reading.anchor.day), "date"
    if unit.value not in ("D", "W", "M", "Y"):
        return None
    if name := phrase.find("weekday_bare"):
        return days.iso(days.weekday_near(phrase.reading.anchor, int(name.value), "past")), "date"
    return period_here(phrase, unit.value, 0) or "", "date"


def _last_before(phrase: Phrase, kinds: tuple[str, ...], limit: tuple[str, ...]) -> Item | None:
    found = None
    for item in phrase.items[phrase.first : phrase.last]:
        if item.kind in limit:
            break
        if item.kind in kinds:
            found = item
    return found


def _is_two(phrase: Phrase) -> bool:
    if phrase.follows("weekday_two"):
        return True
    before = phrase.items[phrase.first - 1] if phrase.first else None
    return before is not None and before.form.startswith("ال") and before.form.endswith("ين") and len(before.form) > 5
