"""Values of clock times, midnight, and of words that point at now, before or later."""

from __future__ import annotations

from waqai.analysis.times import days
from waqai.analysis.times.dates import weekday
from waqai.analysis.times.lexicon import NUMBER_KINDS
from waqai.analysis.times.phrase import Phrase
from waqai.analysis.times.resolve import Meaning


def clock_time(phrase: Phrase) -> Meaning | None:
    """«الساعة الثامنة مساء الأحد», «07.00 بتوقيت غرينتش»."""
    unit, told = phrase.find("the_unit"), phrase.find("clock", "small", "small_word", "ordinal")
    if (unit and unit.value != "TH") or told is None or (told.kind == "ordinal" and int(told.value) > 12):
        return None
    if told.kind == "clock":
        hour, minute = (int(piece) for piece in told.value.split(":"))
    else:
        hour, minute = int(told.value), 0
        if (part := phrase.find("fraction")) and part.value in ("2", "3", "4"):
            minute = 60 // int(part.value)
        elif len(numbers := phrase.all(*NUMBER_KINDS)) > (told.kind != "ordinal") and phrase.has("and"):
            minute = int(numbers[-1].value) if numbers[-1].value.isdecimal() else 0
    if hour > 24 or minute > 59:
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
    """«حتى الساعة» with no hour after it."""
    unit, after = phrase.find("the_unit"), phrase.after()
    if unit is None or unit.value != "TH" or phrase.items[phrase.first].value != "future":
        return None
    if after is not None and after.kind in (*NUMBER_KINDS, "ordinal"):
        return None
    return "PRESENT_REF", "date"


def midnight(phrase: Phrase) -> Meaning | None:
    """«منتصف ليل الأحد»: T24:00 of that day; «منتصف نهار الأحد»: T12:00."""
    named = phrase.find("midnight")
    if named is None:
        return None
    day = phrase.reading.day or phrase.reading.anchor.day
    if phrase.has("day", "weekday"):
        weekday(phrase)
        day = phrase.reading.day
    return (days.iso(day) + named.value if day else ""), "time"


def reference(phrase: Phrase) -> Meaning | None:
    """PRESENT_REF, PAST_REF, FUTURE_REF; LATER after the tense."""
    named = phrase.find("reference", "stretch")
    if named is None or phrase.follows("reference") or (named.kind == "stretch" and named.value[:1] == "T"):
        return None
    if named.value == "LATER":
        return ("FUTURE_REF" if phrase.lean() == "future" else "PAST_REF"), "date"
    return named.value, "date"
