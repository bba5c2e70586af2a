"""Expressions of date, time, period and duration, and what they mean relative to publication."""

from __future__ import annotations

import re
from collections.abc import Callable

from waqai.analysis.times import clock, dates, islamic, lengths, periods
from waqai.analysis.times.days import Anchor
from waqai.analysis.times.grammar import Grammar
from waqai.analysis.times.items import Item, ItemReader
from waqai.analysis.times.lexicon import Lexicon
from waqai.analysis.times.phrase import Phrase, Reading
from waqai.model import Span, Timex
from waqai.resources import Library

__all__ = ["TimeFinder"]

_MEANINGS: dict[str, Callable[[Phrase], tuple[str, str] | None]] = {
    "iso_date": dates.iso_date,
    "slash_date": dates.slash_date,
    "part_of_month": dates.part_of_month,
    "dated": dates.dated,
    "hijri_dated": islamic.hijri_dated,
    "day_pair": dates.day_pair,
    "day_in_range": dates.day_in_range,
    "day_of_month": dates.day_of_month,
    "day_current": dates.day_current,
    "clock_time": clock.clock_time,
    "until_now": clock.until_now,
    "midnight": clock.midnight,
    "set": lengths.repeated,
    "feast": islamic.feast,
    "hijri_month": islamic.hijri_month,
    "hijri_year": islamic.hijri_year,
    "quarter": periods.quarter,
    "month": periods.month,
    "season": periods.season,
    "decade": periods.decade,
    "year": periods.year,
    "weekday": dates.weekday,
    "bare_part": dates.bare_part,
    "consecutive": dates.consecutive,
    "span_past": lengths.span_past,
    "fraction_length": lengths.fraction_length,
    "length": lengths.length,
    "dual_length": lengths.dual_length,
    "vague_length": lengths.vague_length,
    "deictic": periods.deictic,
    "edge_unit": periods.edge_unit,
    "one_length": lengths.one_length,
    "century": periods.century,
    "reference": clock.reference,
    "stretch": clock.reference,
}


class TimeFinder:
    """Finds time expressions with the words of `data/times/`.

    Raises TableError (from the library) where a table is broken. A finder may be used again and again; it holds
    nothing of a text but the readings of its written words.
    """

    def __init__(self, library: Library) -> None:
        self._lexicon = Lexicon(library)
        self._reader = ItemReader(self._lexicon)
        self._grammar = Grammar()

    def find(self, text: str, published: str) -> tuple[Timex, ...]:
        """The time expressions of `text`, in order, spans apart, offsets in code points of `text`.

        `published` is an ISO 8601 prefix, its local date taken as written; where it tells too little for a value
        ("" tells nothing), the value is "".
        """
        items = self._reader.read(text)
        codes = self._grammar.spell([item.kind for item in items])
        reading = Reading(Anchor.of(published))
        found: list[Timex] = []
        at = 0
        while match := self._grammar.any.search(codes, at):
            at = match.start()
            timex, last = self._read(items, codes, match, reading)
            if timex is None:
                at += 1
            else:
                found.append(timex)
                at = last
        return tuple(found)

    def _read(self, items: list[Item], codes: str, first: re.Match[str], reading: Reading) -> tuple[Timex | None, int]:
        """The first rule that makes sense of the items where `first` matched, and where it ends."""
        at = first.start()
        for rule in self._grammar.rules[(first.lastindex or 1) - 1 :]:
            match = rule.pattern.match(codes, at)
            if match is None or match.end() == at:
                continue
            phrase = Phrase(items, at, match.end(), reading, self._lexicon)
            meaning = _MEANINGS[rule.name](phrase)
            if meaning is not None:
                span = Span(items[_opening(items, at, rule.name)].start, items[match.end() - 1].end)
                return Timex(span, *meaning), match.end()
        return None, at


def _opening(items: list[Item], at: int, rule: str) -> int:
    """Where the span opens: a ل before a bare dual belongs to it ("لأسبوعين"), other clitics do not."""
    return (
        at - 1 if rule == "dual_length" and items[at].kind == "dual" and at and items[at - 1].kind == "clitic" else at
    )
