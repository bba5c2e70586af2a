"""When and where: which time expression and which place of the sentence govern an act."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from waqai.model import Clause, Mention, Parse, Sentence, Timex, Trigger

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=$|T)")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_WITHIN = {
    "في",
    "ب",
    "قرب",
    "وسط",
    "داخل",
    "من",
    "على",
    "إلى",
    "شمال",
    "جنوب",
    "شرق",
    "غرب",
    "خارج",
    "عند",
    "عبر",
    "أمام",
}


def iso_date(value: str) -> str:
    """The ISO prefix of a TIMEX3 value; a week gives its month; "" for durations, sets and vague references."""
    week = _WEEK.match(value)
    if week:
        try:
            monday = datetime.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        except ValueError:
            return ""
        return monday.strftime("%Y-%m")
    day = _DAY.match(value)
    return day[0] if day else ""


def governing_time(
    trigger: Trigger, sentence: Sentence, parse: Parse, times: Sequence[Timex], announcing: bool
) -> Timex | None:
    """The time expression that dates the act.

    It stands in the act's own clause. For a noun, one before it dates the verb over it, and so the act only where that
    verb tells the act rather than announces it (`announcing`).
    """
    first, last = _bounds(trigger, parse)
    here = sentence.words[trigger.index].span.start
    best: tuple[int, Timex] | None = None
    for number in range(first, last):
        unit = parse.units[number]
        if unit.kind != "time":
            continue
        start = sentence.words[unit.first].span
        timex = next((time for time in times if time.span.start < start.end and start.start < time.span.end), None)
        if timex is None or not iso_date(timex.value):
            continue
        if announcing and timex.span.start < here:
            continue
        distance = abs(timex.span.start - here) + (40 if timex.span.start < here else 0)
        if best is None or distance < best[0]:
            best = (distance, timex)
    return best[1] if best else None


def governing_place(
    trigger: Trigger, sentence: Sentence, parse: Parse, mentions: Sequence[Mention], taken: frozenset[int]
) -> int | None:
    """The number of the place mention where the act happens: after في or its like, in the act's own clause."""
    first, last = _bounds(trigger, parse)
    own = parse.unit_at[trigger.index]
    best: tuple[int, int] | None = None
    for number in range(first, last):
        unit = parse.units[number]
        if unit.mention is None or mentions[unit.mention].kind != "place" or unit.mention in taken:
            continue
        if mentions[unit.mention].generic or not (unit.preposition in _WITHIN or _placed(parse, number)):
            continue
        distance = number - own if number > own else 3 + own - number
        if best is None or distance < best[0]:
            best = (distance, unit.mention)
    return best[1] if best else None


def _placed(parse: Parse, number: int) -> bool:
    """Whether a noun such as "مدينة" or "محافظة" carries the preposition: "في مدينة حلب"."""
    host = parse.units[number].genitive_of
    hops = 0
    while host is not None and hops < 4:
        if parse.units[host].preposition in _WITHIN:
            return True
        host = parse.units[host].genitive_of
        hops += 1
    return False


def _bounds(trigger: Trigger, parse: Parse) -> tuple[int, int]:
    unit = parse.unit_at[trigger.index]
    clause: Clause | None = None
    for candidate in parse.clauses:
        if candidate.verb == unit or candidate.first <= unit < candidate.last:
            clause = candidate
    if clause is None:
        return _segment(unit, parse)
    return clause.first, clause.last


def _segment(unit: int, parse: Parse) -> tuple[int, int]:
    """The stretch without verbs around a noun that no clause holds, as in headlines."""
    first = unit
    while first > 0 and parse.units[first - 1].kind not in ("verb", "stop", "colon"):
        first -= 1
    last = unit + 1
    while last < len(parse.units) and parse.units[last].kind not in ("verb", "stop", "colon"):
        last += 1
    return first, last
