"""Values of dates, times of day, weeks, months, years and feasts."""

from __future__ import annotations

from datetime import date

from waqai.analysis.times import days
from waqai.analysis.times.items import Item
from waqai.analysis.times.lexicon import NUMBER_KINDS, UNIT_KINDS
from waqai.analysis.times.phrase import Phrase

Meaning = tuple[str, str]  # value, kind

GREGORIAN = ("month", "month_guarded", "month_strict")
LUNAR = ("hijri", "hijri_guarded", "hijri_strict")
_DAY = ("small", "small_word", "ordinal")
_YEAR = ("unit", "the_unit")
_LICENCE = ("since", "within", "of", "to", "edge", "slash", "dash", "term", "or")
_EIDS = ((10, 1), (12, 10))  # Hijri month and day of the lesser and the greater feast


def iso_date(phrase: Phrase) -> Meaning | None:
    """2018-05-29."""
    year, month, day = (int(item.value) for item in phrase.all("year", "small"))
    return _on(phrase, days.day_of(year, month, day))


def slash_date(phrase: Phrase) -> Meaning | None:
    """29/5/2018, or 5/29/2018 where only that can be."""
    day, month, year = (int(item.value) for item in phrase.all("year", "small"))
    return _on(phrase, days.day_of(year, month, day) or days.day_of(year, day, month))


def dated(phrase: Phrase) -> Meaning | None:
    """A day and month, with a year told or to be found: "الاثنين 28 أبريل/نيسان المقبل"."""
    if phrase.follows("dated_name"):
        return None
    month_item = phrase.find(*GREGORIAN)
    day_item = _last_before(phrase, _DAY, GREGORIAN)
    if month_item is None or day_item is None or not _is_twin(phrase):
        return None
    if any(item.value not in ("D", "M", "Y") for item in phrase.all("unit", "the_unit")):
        return None
    month, day = int(month_item.value), int(day_item.value)
    if not 1 <= day <= 31:
        return None
    year = _year(phrase, month, day)
    found = days.day_of(year or 2000, month, day)
    if found is None:
        return None
    return _on(phrase, found) if year else ("", "date")


def part_of_month(phrase: Phrase) -> Meaning | None:
    """"الأسبوع الأول من يونيو", "النصف الثاني من آذار": the month."""
    part, named = phrase.find("the_unit", "fraction"), phrase.find(*GREGORIAN)
    if part is None or named is None or (part.kind == "the_unit" and part.value != "W"):
        return None
    number = int(named.value)
    return days.iso_month(_year(phrase, number, 0), number), "date"


def day_pair(phrase: Phrase) -> Meaning | None:
    """"يومي 11 و12 يوليو": the first of the days."""
    month_item, day_item = phrase.find(*GREGORIAN), phrase.find(*_DAY)
    if month_item is None or day_item is None:
        return None
    month, day = int(month_item.value), int(day_item.value)
    return _on(phrase, days.day_of(_year(phrase, month, day), month, day))


def day_in_range(phrase: Phrase) -> Meaning | None:
    """The first day of a range whose month comes later: "من 19" … "إلى 20 يونيو"."""
    before = phrase.before()
    if before is None or before.kind not in ("of", "within", "since", "other", "pair", "unit"):
        return None
    day_item = phrase.find(*_DAY)
    month_at = next((n for n in range(phrase.last, len(phrase.items)) if phrase.items[n].kind in GREGORIAN), -1)
    if day_item is None or month_at < 0:
        return None
    wide = Phrase(phrase.items, phrase.first, min(len(phrase.items), month_at + 5), phrase.reading, phrase.lexicon)
    month, day = int(phrase.items[month_at].value), int(day_item.value)
    return _on(phrase, days.day_of(_year(wide, month, day), month, day))


def day_of_month(phrase: Phrase) -> Meaning | None:
    """"11 من الشهر الجاري"."""
    unit, day_item = _last(phrase, "the_unit"), phrase.find(*_DAY)
    anchor = phrase.reading.anchor
    if unit is None or unit.value != "M" or day_item is None:
        return None
    if not anchor.year or not anchor.month:
        return "", "date"
    steps = {"before": -1, "after": 1}.get(phrase.direction() if phrase.has("past", "next", "current") else "", 0)
    year, month = anchor.year + (anchor.month - 1 + steps) // 12, (anchor.month - 1 + steps) % 12 + 1
    return _on(phrase, days.day_of(year, month, int(day_item.value)))


def day_current(phrase: Phrase) -> Meaning | None:
    """"25 الجاري"."""
    day_item, anchor = phrase.find(*_DAY), phrase.reading.anchor
    if day_item is None or not 1 <= int(day_item.value) <= 31 or day_item.kind == "small_word":
        return None
    found = days.day_of(anchor.year, anchor.month, int(day_item.value)) if anchor.year and anchor.month else None
    return _on(phrase, found) or ("", "date")


def weekday(phrase: Phrase) -> Meaning | None:
    """A weekday, اليوم, أمس or غدا, with its part of the day: "مساء الاثنين", "اليوم الأحد", "الخميس المقبل"."""
    day, name = phrase.find("day"), phrase.find("weekday", "weekday_bare")
    if (unit := phrase.find("unit")) and unit.value not in ("D", "N"):
        return None
    if day is not None:
        if phrase.follows("day") and day.value == "0":
            return None
        offset = int(day.value)
        after = phrase.after()
        if offset == 0 and after is not None and after.kind in ("ordinal", "recent", "following", "same", "previous"):
            return None
        found = days.moved(phrase.reading.anchor.day, offset)
    elif name is not None:
        if phrase.first == phrase.last - 1 and name.value == "1" and _is_two(phrase):
            return None
        lean = phrase.direction()
        if lean == "until":
            lean = phrase.lean() or "future"
        if lean in ("", "current"):
            lean = "past"
        if week := phrase.find("the_unit"):
            if week.value == "W":
                return _in_week(phrase, int(name.value))
        found = days.weekday_near(phrase.reading.anchor, int(name.value), lean)
        if phrase.has("following") and phrase.reading.day:
            ahead = (int(name.value) - phrase.reading.day.isoweekday()) % 7 or 7
            found = days.moved(phrase.reading.day, ahead)
    else:
        return None
    return _on(phrase, found) or ("", "time" if _part(phrase) else "date")


def bare_part(phrase: Phrase) -> Meaning | None:
    """"هذا الصباح", "الليلة", "الليلة الماضية"."""
    part = phrase.find("part_definite")
    if part is None:
        return None
    night = part.value == "TNI"
    if not night and not phrase.has("this"):
        return None
    day = days.moved(phrase.reading.anchor.day, -1 if phrase.has("past") else 0)
    return (days.iso(day) + part.value if day else ""), "time"


def consecutive(phrase: Phrase) -> Meaning | None:
    """"لليوم الثاني على التوالي": the day, week, month or year of publication."""
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
    return _here(phrase, unit.value, 0) or "", "date"


def month(phrase: Phrase) -> Meaning | None:
    """A month with or without its year."""
    named = phrase.find(*GREGORIAN)
    if named is None or not _month_is_sure(phrase, named.kind) or phrase.follows("month"):
        return None
    if (unit := phrase.find("unit", "the_unit", "pair")) and unit.value not in ("M", "Y"):
        return None
    if not _is_twin(phrase):
        return None
    number = int(named.value)
    year = _year(phrase, number, 0)
    if not phrase.has("year", "past", "next", "current", "the_unit"):
        year = _year_of_range(phrase) or year
    if year:
        phrase.reading.year = year
    return days.iso_month(year, number), "date"


def year(phrase: Phrase) -> Meaning | None:
    """"عام 2011", "مطلع 2018", "أعوام 2006", or a bare year where it can be nothing else."""
    named = _last(phrase, "year", "number")
    if named is None:
        return None
    unit = phrase.find("unit", "the_unit", "plural", "pair", "dual", "the_dual")
    if named.kind == "number" and not _old_year(phrase, named, unit):
        return None
    if unit is not None:
        if unit.value != "Y":
            return None
    elif not phrase.has("edge", "season") and not _bare_year(phrase):
        return None
    told = f"{int(named.value):04}"
    phrase.reading.year = int(told)
    if season := phrase.find("season"):
        return f"{told}-{season.value}", "date"
    return told, "date"


def season(phrase: Phrase) -> Meaning | None:
    """"صيف 2015", "الخريف الماضي"."""
    named, told = phrase.find("season"), phrase.find("year")
    if named is None:
        return None
    if told:
        return f"{told.value}-{named.value}", "date"
    if not phrase.has("past", "next", "current", "this", "the_unit"):
        return None
    anchor = phrase.reading.anchor
    middle = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[named.value]
    if phrase.has("the_unit"):
        found = _of_year(phrase)
    else:
        found = days.year_of_month(anchor, middle, phrase.direction() if not phrase.has("this") else "current")
        if phrase.has("this", "current"):
            found = anchor.year
    return (f"{days.iso_year(found)}-{named.value}" if found else ""), "date"


def decade(phrase: Phrase) -> Meaning | None:
    """"ثمانينيات القرن الماضي": 198."""
    named = phrase.find("decade")
    return (named.value, "date") if named else None


def century(phrase: Phrase) -> Meaning | None:
    """"القرن التاسع عشر": 18."""
    unit, ordinal = phrase.find("the_unit"), phrase.find("ordinal", "small_word")
    if unit is None or ordinal is None or unit.value != "100Y":
        return None
    return f"{int(ordinal.value) - 1:02}", "date"


def quarter(phrase: Phrase) -> Meaning | None:
    """"الربع الأول من عام 2018": 2018-Q1; halves are H1 and H2."""
    part, ordinal, told = phrase.find("fraction"), phrase.find("ordinal"), phrase.find("year")
    if part is None or ordinal is None or part.value == "3" or int(ordinal.value) > int(part.value):
        return None
    unit = phrase.find("the_unit", "unit")
    if unit and unit.value != "Y":
        return None
    found = int(told.value) if told else _of_year(phrase)
    return (f"{days.iso_year(found)}-{'H' if part.value == '2' else 'Q'}{ordinal.value}" if found else ""), "date"


def deictic(phrase: Phrase) -> Meaning | None:
    """"الأسبوع الماضي", "هذا العام", "نهاية الشهر الجاري", "العام نفسه"."""
    if phrase.has("day"):
        return _from_last(phrase, "D")
    unit = phrase.find("the_unit")
    if unit is None or (unit.value == "Y" and phrase.follows("year")):
        return None
    if phrase.has("recent") and unit.value != "W":
        return None
    if phrase.has("same", "following", "previous"):
        return _from_last(phrase, unit.value)
    step = 0
    if phrase.has("past", "recent"):
        step = -1
    elif phrase.has("next"):
        step = 1
    value = _here(phrase, unit.value, step)
    if value is None:
        return None
    if unit.value == "W" and (edge := phrase.find("edge")) and edge.value == "end" and value:
        value += "-WE"
    return (value + "TNI" if unit.value == "N" and value else value), "time" if unit.value == "N" else "date"


def edge_unit(phrase: Phrase) -> Meaning | None:
    """"نهاية العام", "منتصف الشهر", "نهاية الأسبوع"."""
    unit = phrase.find("the_unit")
    return deictic(phrase) if unit and unit.value in ("W", "M", "Y") else None


def clock_time(phrase: Phrase) -> Meaning | None:
    """"الساعة الثامنة مساء الأحد", "07.00 بتوقيت غرينتش"."""
    unit, told = phrase.find("the_unit"), phrase.find("clock", "small", "small_word", "ordinal")
    if (unit and unit.value != "TH") or told is None:
        return None
    if told.kind == "clock":
        hour, minute = (int(piece) for piece in told.value.split(":"))
    else:
        hour, minute = int(told.value), 0
        if (part := phrase.find("fraction")) and part.value in ("2", "3", "4"):
            minute = 60 // int(part.value)
    if hour > 24:
        return None
    part_of_day = phrase.find("part", "part_adverb", "part_definite")
    if part_of_day and hour < 12 and part_of_day.value in ("TEV", "TAF"):
        hour += 12
    zone = phrase.find("zone")
    name = phrase.find("day", "weekday")
    day = phrase.reading.day or phrase.reading.anchor.day
    if name is not None:
        found = weekday(phrase)
        day = phrase.reading.day if found and found[0] else None
    clock = f"T{hour:02}:{minute:02}{zone.value if zone else ''}"
    return (days.iso(day) + clock if day else ""), "time"


def until_now(phrase: Phrase) -> Meaning | None:
    """"حتى الساعة" with no hour after it."""
    unit, after = phrase.find("the_unit"), phrase.after()
    if unit is None or unit.value != "TH" or phrase.items[phrase.first].value != "future":
        return None
    if after is not None and after.kind in (*NUMBER_KINDS, "ordinal"):
        return None
    return "PRESENT_REF", "date"


def midnight(phrase: Phrase) -> Meaning | None:
    """"منتصف ليل الأحد": T24:00 of that day; "منتصف نهار الأحد": T12:00."""
    named = phrase.find("midnight")
    if named is None:
        return None
    day = phrase.reading.day or phrase.reading.anchor.day
    if phrase.has("day", "weekday"):
        weekday(phrase)
        day = phrase.reading.day
    return (days.iso(day) + named.value if day else ""), "time"


def hijri_dated(phrase: Phrase) -> Meaning | None:
    """"15 شعبان 1439": its Gregorian day."""
    named, day_item = phrase.find(*LUNAR), phrase.find(*_DAY)
    if named is None or day_item is None:
        return None
    lunar_month, day = int(named.value), int(day_item.value)
    if phrase.has("year"):
        return None
    lunar_year = _lunar_year(phrase, lunar_month, day)
    if not phrase.reading.anchor.year and not phrase.has("hijri_year"):
        return "", "date"
    return _on(phrase, days.hijri_day(lunar_year, lunar_month, day))


def hijri_month(phrase: Phrase) -> Meaning | None:
    """"شهر رمضان", "رجب 1439هـ": the Gregorian month its first day lies in."""
    named = phrase.find(*LUNAR)
    if named is None:
        return None
    told = phrase.has("hijri_year", "past", "next", "current")
    unit = phrase.find("unit")
    sure = told or (unit is not None and unit.value == "M")
    before = phrase.before()
    if named.kind == "hijri_guarded":
        sure = sure or (before is not None and before.kind in ("within", "since", "edge")) or phrase.has("since", "edge", "term")
    if named.kind != "hijri" and not sure:
        return None
    lunar_month = int(named.value)
    found = days.hijri_day(_lunar_year(phrase, lunar_month, 1), lunar_month, 1)
    return (days.iso_month(found.year, found.month) if found else ""), "date"


def hijri_year(phrase: Phrase) -> Meaning | None:
    """"1439هـ": the Gregorian year it begins in."""
    told = phrase.find("hijri_year")
    found = days.hijri_day(int(told.value), 1, 1) if told else None
    return (days.iso_year(found.year), "date") if found else None


def feast(phrase: Phrase) -> Meaning | None:
    """"عيد الفطر": its day; its holiday: the month."""
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
        found = days.day_of(_year(phrase, number, day), number, day)
    if found is None:
        return "", "date"
    return (days.iso_month(found.year, found.month) if named.kind == "feast_holiday" else days.iso(found)), "date"


def reference(phrase: Phrase) -> Meaning | None:
    """PRESENT_REF, PAST_REF, FUTURE_REF; LATER after the tense."""
    named = phrase.find("reference", "stretch")
    if named is None or phrase.follows("reference") or (named.kind == "stretch" and named.value[:1] == "T"):
        return None
    if named.value == "LATER":
        return ("FUTURE_REF" if phrase.lean() == "future" else "PAST_REF"), "date"
    return named.value, "date"


# --- pieces ------------------------------------------------------------------------------------------------


def _on(phrase: Phrase, day: date | None) -> Meaning | None:
    """The day with the part of day the phrase names; remembered as the day last spoken of."""
    if day is None:
        return None
    phrase.reading.day, phrase.reading.year = day, day.year
    part = _part(phrase)
    return days.iso(day) + part, "time" if part else "date"


def _part(phrase: Phrase) -> str:
    part = phrase.find("part", "part_adverb", "part_definite", "midnight") or phrase.find("stretch")
    return part.value if part and part.value.startswith("T") else ""


def _last(phrase: Phrase, *kinds: str) -> Item | None:
    found = phrase.all(*kinds)
    return found[-1] if found else None


def _last_before(phrase: Phrase, kinds: tuple[str, ...], limit: tuple[str, ...]) -> Item | None:
    found = None
    for item in phrase.items[phrase.first : phrase.last]:
        if item.kind in limit:
            break
        if item.kind in kinds:
            found = item
    return found


def _year(phrase: Phrase, number: int, day: int) -> int:
    """The year of a month: told, told by a phrase ("من العام الماضي"), or found from publication; 0 where unknown."""
    if told := _last(phrase, "year"):
        return int(told.value)
    unit = _last(phrase, "the_unit")
    if unit is not None and unit.value == "Y":
        return _of_year(phrase)
    direction = phrase.direction()
    if direction == "current":
        return phrase.reading.anchor.year
    return days.year_of_month(phrase.reading.anchor, number, direction, day)


def _of_year(phrase: Phrase) -> int:
    anchor = phrase.reading.anchor
    if phrase.has("same"):
        return phrase.reading.year or anchor.year
    if phrase.has("following", "previous"):
        return phrase.reading.year + (1 if phrase.has("following") else -1) if phrase.reading.year else 0
    if not anchor.year:
        return 0
    return anchor.year + (1 if phrase.has("next") else -1 if phrase.has("past") else 0)


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
    if gregorian := _last(phrase, "year"):
        middle = days.Anchor.of(f"{gregorian.value}-07-01")
        return days.hijri_year_near(middle, number, day, "")
    return days.hijri_year_near(phrase.reading.anchor, number, day, phrase.direction())


def _month_is_sure(phrase: Phrase, kind: str) -> bool:
    if kind == "month" or len(phrase.all(*GREGORIAN)) > 1:
        return True
    if phrase.has("year", "past", "next", "current", "the_unit", "unit", "pair"):
        return True
    if kind == "month_strict":
        return False
    if phrase.has("since", "edge", "term"):
        return True
    before = phrase.before()
    if before is None:
        return False
    if before.kind in _LICENCE:
        return True
    return before.kind == "and" and phrase.first >= 2 and phrase.items[phrase.first - 2].kind in GREGORIAN


def _bare_year(phrase: Phrase) -> bool:
    """Whether four digits alone are a year: after a preposition, in a list of years, or after a noun and before no counted one."""
    before, after = phrase.before(), phrase.after()
    if phrase.follows("bare_year", reach=2) or before is None:
        return False
    value = int(phrase.all("year")[-1].value)
    ends = after is None or after.kind != "other" or not after.form[:1].isalpha() or after.form[:1] in "وفبل"
    ends = ends or (phrase.follows("dated_event", reach=3) and not phrase.follows("bare_year", reach=1))
    if before.kind in ("and", "to", "or", "dash", "slash", "comma"):
        back = phrase.items[max(0, phrase.first - 4) : phrase.first]
        if any(item.kind == "year" for item in back):
            return True
        return before.kind in ("to",) and value % 100 != 0
    if before.kind == "open" and after is not None and after.kind in ("dash", "close", "comma", "and"):
        return True
    if phrase.has("since", "term") or before.kind in ("within", "edge", "since"):
        return 1800 <= value <= 2060 and (value % 100 != 0 or ends)
    if before.kind == "of":
        return 1900 <= value <= 2060 and ends
    return 1945 <= value <= 2045 and before.kind == "other" and before.form[:1].isalpha() and ends


def _is_twin(phrase: Phrase) -> bool:
    """Whether all Gregorian month names of the phrase name one month."""
    return len({item.value for item in phrase.all(*GREGORIAN)}) == 1


def _year_of_range(phrase: Phrase) -> int:
    """The year told after the second month: "في يناير وفبراير 2017"; 0 where none is."""
    follow = phrase.items[phrase.last : phrase.last + 6]
    if len(follow) < 3 or follow[0].kind not in ("and", "to", "dash", "or", "since"):
        return 0
    named = [n for n, item in enumerate(follow) if item.kind in GREGORIAN]
    if not named or named[0] > 3 or named[-1] + 1 >= len(follow) or follow[named[-1] + 1].kind != "year":
        return 0
    told = int(follow[named[-1] + 1].value)
    own = next(item for item in phrase.items[phrase.first : phrase.last] if item.kind in GREGORIAN)
    return told - (int(own.value) > int(follow[named[0]].value) and follow[0].kind in ("to", "dash", "since"))


def _old_year(phrase: Phrase, named: Item, unit: Item | None) -> bool:
    """Whether a number is a year before 1800: digits right after عام or سنة, and nothing counted after them."""
    after = phrase.after()
    if unit is None or unit.value != "Y" or not unit.kind.endswith("unit") or not named.form.isdecimal():
        return False
    return 100 <= int(named.value) < 1800 and (after is None or after.kind not in (*UNIT_KINDS, "hijri_mark"))


def _is_two(phrase: Phrase) -> bool:
    if phrase.follows("weekday_two"):
        return True
    before = phrase.items[phrase.first - 1] if phrase.first else None
    return before is not None and before.form.startswith("ال") and before.form.endswith("ين") and len(before.form) > 5


def _in_week(phrase: Phrase, number: int) -> Meaning | None:
    step = 1 if phrase.has("next") else -1 if phrase.has("past") else 0
    monday = phrase.reading.anchor.day
    if monday is None:
        return "", "date"
    return _on(phrase, days.moved(monday, 7 * step + number - monday.isoweekday()))


def _here(phrase: Phrase, unit: str, step: int) -> str | None:
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


def _from_last(phrase: Phrase, unit: str) -> Meaning | None:
    """"اليوم نفسه", "العام التالي": from the day or year last spoken of."""
    step = 1 if phrase.has("following") else -1 if phrase.has("previous") else 0
    reading = phrase.reading
    day = reading.day or reading.anchor.day
    if unit == "D":
        return _on(phrase, days.moved(day, step)) or ("", "date")
    if unit == "Y":
        known = reading.year or reading.anchor.year
        return (days.iso_year(known + step) if known else ""), "date"
    if unit == "W":
        return days.iso_week(days.moved(day, 7 * step)), "date"
    if unit == "M":
        return (days.iso_month(day.year, day.month + step) if day else ""), "date"
    return None
