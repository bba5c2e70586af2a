"""Values of weeks, months, quarters, seasons, years, decades and centuries."""

from __future__ import annotations

from waqai.analysis.times import days
from waqai.analysis.times.items import Item
from waqai.analysis.times.lexicon import UNIT_KINDS
from waqai.analysis.times.phrase import Phrase
from waqai.analysis.times.resolve import (
    GREGORIAN,
    Meaning,
    from_last,
    is_one_month,
    last_item,
    period_here,
    year_of_month,
    year_spoken_of,
)

_LICENCE = ("since", "within", "of", "to", "edge", "slash", "dash", "term", "or")


def month(phrase: Phrase) -> Meaning | None:
    """A month with or without its year."""
    named = phrase.find(*GREGORIAN)
    if named is None or not _month_is_sure(phrase, named.kind) or phrase.follows("month"):
        return None
    if (unit := phrase.find("unit", "the_unit", "pair")) and unit.value not in ("M", "Y"):
        return None
    if not is_one_month(phrase):
        return None
    number = int(named.value)
    year = year_of_month(phrase, number, 0)
    if not phrase.has("year", "past", "next", "current", "the_unit"):
        year = _year_of_range(phrase) or year
    if year:
        phrase.reading.year = year
    return days.iso_month(year, number), "date"


def year(phrase: Phrase) -> Meaning | None:
    """«عام 2011», «مطلع 2018», «أعوام 2006», or a bare year where it can be nothing else."""
    named = last_item(phrase, "year", "number")
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
    """«صيف 2015», «الخريف الماضي»."""
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
        found = year_spoken_of(phrase)
    else:
        found = days.year_of_month(anchor, middle, phrase.direction() if not phrase.has("this") else "current")
        if phrase.has("this", "current"):
            found = anchor.year
    return (f"{days.iso_year(found)}-{named.value}" if found else ""), "date"


def decade(phrase: Phrase) -> Meaning | None:
    """«ثمانينيات القرن الماضي»: 198."""
    named = phrase.find("decade")
    return (named.value, "date") if named else None


def century(phrase: Phrase) -> Meaning | None:
    """«القرن التاسع عشر»: 18."""
    unit, ordinal = phrase.find("the_unit"), phrase.find("ordinal", "small_word")
    if unit is None or ordinal is None or unit.value != "100Y":
        return None
    return f"{int(ordinal.value) - 1:02}", "date"


def quarter(phrase: Phrase) -> Meaning | None:
    """«الربع الأول من عام 2018»: 2018-Q1; halves are H1 and H2."""
    part, ordinal, told = phrase.find("fraction"), phrase.find("ordinal"), phrase.find("year")
    if part is None or ordinal is None or part.value == "3" or int(ordinal.value) > int(part.value):
        return None
    unit = phrase.find("the_unit", "unit")
    if unit and unit.value != "Y":
        return None
    found = int(told.value) if told else year_spoken_of(phrase)
    return (f"{days.iso_year(found)}-{'H' if part.value == '2' else 'Q'}{ordinal.value}" if found else ""), "date"


def deictic(phrase: Phrase) -> Meaning | None:
    """«الأسبوع الماضي», «هذا العام», «نهاية الشهر الجاري», «العام نفسه»."""
    if phrase.has("day"):
        return from_last(phrase, "D")
    if phrase.has("that") and (named := phrase.find("the_unit")) and named.value not in ("Y", "M", "W"):
        return None
    unit = phrase.find("the_unit")
    if unit is None or (unit.value == "Y" and phrase.follows("year")):
        return None
    if phrase.has("recent") and unit.value != "W":
        return None
    if phrase.has("same", "same_before", "that", "following", "previous"):
        return from_last(phrase, unit.value)
    step = 0
    if phrase.has("past", "recent"):
        step = -1
    elif phrase.has("next"):
        step = 1
    if (modifier := phrase.find("past", "next")) and modifier.value:
        step *= int(modifier.value)
    value = period_here(phrase, unit.value, step)
    if value is None:
        return None
    if unit.value == "W" and (edge := phrase.find("edge")) and edge.value == "end" and value:
        value += "-WE"
    return (value + "TNI" if unit.value == "N" and value else value), "time" if unit.value == "N" else "date"


def edge_unit(phrase: Phrase) -> Meaning | None:
    """«نهاية العام», «منتصف الشهر», «نهاية الأسبوع»."""
    unit = phrase.find("the_unit")
    return deictic(phrase) if unit and unit.value in ("W", "M", "Y") else None


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
    """Whether four digits alone are a year: after a preposition, in a list, or after a noun with nothing counted."""
    before, after = phrase.before(), phrase.after()
    if phrase.follows("bare_year", reach=2):
        return False
    if before is None:
        return phrase.has("since", "term")
    value = int(phrase.all("year")[-1].value)
    ends = after is None or after.kind != "other" or not after.form[:1].isalpha() or after.form[:1] in "وف"
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
    """Whether a number right after عام or سنة is a year: before 1800, or in words, and with nothing counted after."""
    after = phrase.after()
    if unit is None or unit.value != "Y" or not unit.kind.endswith("unit") or not named.value.isdecimal():
        return False
    low, high = (100, 1800) if named.form.isdecimal() else (1800, 2100)
    return low <= int(named.value) < high and (after is None or after.kind not in (*UNIT_KINDS, "hijri_mark"))
