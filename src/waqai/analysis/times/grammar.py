"""What a time expression looks like, as patterns over kinds of items, most telling first.

A pattern is written with the kinds of `items.py` as words; it is compiled to a regular expression over one letter for
each item, with no unbounded repeat, so that matching is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_ALIASES = {
    "NUM": "(number|small|small_word|year|hijri_year|clock)",
    "DAY": "(article? (small|small_word|ordinal))",
    "PART": "(part|part_adverb)",
    "ZONE": "(zone|zone_of other)",
    "GREG": "(month|month_guarded|month_strict)",
    "TWIN": "(GREG (slash GREG|open GREG close|dash GREG|GREG)?)",
    "LUNAR": "(hijri|hijri_guarded|hijri_strict)",
    "MOD": "(past|next|current)",
    "DEIXIS": "(past|next|current|same|following|previous)",
    "OFYEAR": "(of? this the_unit|of? the_unit DEIXIS|of this the_unit|OFTOLD|comma? year era?)",
    "OFTOLD": "of? clitic? (unit|the_unit) year",
    "TAIL": "(OFYEAR|MOD){0,2}",
    "LEAD": "(since|about|term){0,2}",
    "HOWMANY": "(few|several|consecutive){0,2}",
    "ONE": "(unit|unit_acc|the_unit)",
    "MANY": "(plural|plural_acc|the_plural)",
    "WHEN": "((stretch of?)? ((PART|midnight) of?)?)",
    "DAYNAME": "((unit|the_unit)? day weekday?|(unit|the_unit|pair)? weekday)",
}

# name of the reading, pattern; the first that matches and makes sense wins.
_RULES: tuple[tuple[str, str], ...] = (
    ("iso_date", "year dash small dash small"),
    ("slash_date", "small (slash|dash) small (slash|dash) year"),
    ("part_of_month", "LEAD (the_unit|fraction) ordinal of unit? TWIN TAIL"),
    ("dated",
     "LEAD edge? WHEN (DAYNAME comma? corresponding?)? unit? corresponding? DAY of? unit? TWIN "
     "TAIL"),
    ("hijri_dated",
     "LEAD DAYNAME? corresponding? unit? DAY of? unit? LUNAR (of? unit? (year|hijri_year|number) "
     "hijri_mark?|MOD|OFYEAR hijri_mark?)?"),
    ("day_pair", "LEAD (pair|plural) DAY (and|or|to|dash) DAY of? TWIN TAIL"),
    ("day_in_range", "DAY(?=((to|and|comma|dash|or|since) article? (small|small_word|ordinal)){1,3} of? TWIN)"),
    ("day_of_month", "LEAD WHEN unit? DAY of (this the_unit|the_unit DEIXIS)"),
    ("day_current", "unit? DAY current"),
    ("clock_time",
     "LEAD the_unit (clock|small|small_word|ordinal) (and fraction|and NUM unit|and the_unit NUM)? (open ZONE "
     "close|open PART close)? (of? (PART|part_definite))? DAYNAME? (ZONE|open ZONE close)?"),
    ("clock_time", "LEAD clock (PART|part_definite)? ZONE"),
    ("clock_time", "LEAD (small|clock) part_adverb"),
    ("clock_time", "LEAD ordinal (and fraction)? part_adverb ZONE?"),
    ("clock_time", "clock(?=(to|dash) clock ZONE)"),
    ("until_now", "since the_unit"),
    ("midnight", "LEAD midnight (of? DAYNAME ((slash|dash)? weekday)?)?"),
    ("set", "every (unit? (weekday|weekday_bare)|unit|dual|NUM MANY|NUM ONE)"),
    ("set", "set"),
    ("set", "plural weekday"),
    ("feast", "LEAD edge? (feast|feast_holiday) TAIL"),
    ("hijri_month",
     "LEAD edge? unit? LUNAR (of? this the_unit hijri_year? hijri_mark?|of? unit? hijri_year "
     "hijri_mark?|OFYEAR|MOD)?"),
    ("hijri_year", "LEAD edge? (unit|the_unit)? (hijri_year hijri_mark|hijri_mark hijri_year)"),
    ("quarter", "LEAD fraction ordinal of (year|(unit|the_unit) year|this the_unit|the_unit DEIXIS)"),
    ("month", "LEAD (stretch of?)? (edge of?)? (this? the_unit|unit|pair)? TWIN TAIL"),
    ("season", "LEAD edge? this? season (MOD|OFYEAR|of? year)?"),
    ("decade", "LEAD edge? decade (of? the_unit MOD)?"),
    ("year", "LEAD (edge of?)? (unit|the_unit|dual|the_dual|pair|plural|season) (year|number) era?"),
    ("consecutive", "((the_unit|day) ordinal|ordinal_bare unit weekday_bare?) consecutive?"),
    ("deictic", "LEAD day (same|following|previous) (weekday|comma weekday)?"),
    ("weekday", "LEAD (stretch of?)? PART (unit|the_unit)? weekday (slash|dash|to)? weekday"),
    ("weekday",
     "LEAD edge? WHEN DAYNAME ((slash|dash) weekday)? (past|next|current|following|of "
     "the_unit DEIXIS)? part_adverb?"),
    ("bare_part", "((this|same_before) part_definite|part_definite past?)"),
    ("span_past",
     "LEAD article? (the_dual|NUM ((dash|or|to) NUM)? ONE|NUM MANY|the_plural (article? NUM)?) "
     "few_definite? (past|next|recent|current|following) HOWMANY"),
    ("fraction_length", "LEAD fraction (unit|the_unit)"),
    ("length",
     "LEAD article? NUM ((dash|or|to|and) NUM)? (ONE|MANY) "
     "(and fraction (the_unit)?|(and NUM (ONE|MANY)){1,2}|and (dual|unit)(?!year))? HOWMANY"),
    ("dual_length", "LEAD (dual|the_dual) (and fraction (the_unit)?|(and NUM (ONE|MANY)){1,2})? HOWMANY"),
    ("length", "LEAD article? NUM (ONE|MANY) HOWMANY"),
    ("dual_length", "LEAD (dual|the_dual) HOWMANY"),
    ("vague_length", "LEAD several (ONE|MANY) HOWMANY"),
    ("vague_length", "LEAD (plural|plural_acc) HOWMANY"),
    (
        "deictic",
        "LEAD (stretch of?)? edge? (this the_unit|same_before (the_unit|day)|that the_unit(?!MOD)|"
        "the_unit (DEIXIS|recent))",
    ),
    ("edge_unit", "LEAD (edge|stretch of) the_unit"),
    ("one_length", "LEAD unit (small_word|and fraction the_unit?)? HOWMANY"),
    ("one_length", "unit_acc small_word? HOWMANY"),
    ("century", "LEAD edge? the_unit (ordinal|small_word)"),
    ("year", "LEAD edge? year"),
    ("reference", "reference"),
    ("stretch", "stretch"),
)  # fmt: skip


class Rule(NamedTuple):
    """A reading's name and its pattern over item letters."""

    name: str
    pattern: re.Pattern[str]


_WORD = re.compile("[A-Za-z_]+")


def _expanded(pattern: str) -> str:
    while any(name in _ALIASES for name in _WORD.findall(pattern)):
        pattern = _WORD.sub(lambda match: _ALIASES.get(match[0], match[0]), pattern)
    return pattern


class Grammar:
    """The rules compiled over one letter for each kind of item.

    `any` finds where some rule matches; its `lastindex` is the number of the first such rule, from 1.
    """

    def __init__(self) -> None:
        patterns = [(name, _expanded(pattern)) for name, pattern in _RULES]
        kinds = sorted({kind for _, pattern in patterns for kind in _WORD.findall(pattern)})
        self._letters = {kind: chr(0xE000 + n) for n, kind in enumerate(kinds)}
        self.rules = tuple(Rule(name, re.compile(self._compile(pattern))) for name, pattern in patterns)
        self.any = re.compile("|".join(f"({rule.pattern.pattern})" for rule in self.rules))

    def spell(self, kinds: Iterable[str]) -> str:
        """One letter for each item kind; kinds that no rule knows are a space."""
        get = self._letters.get
        return "".join([get(kind, " ") for kind in kinds])

    def _compile(self, pattern: str) -> str:
        pattern = re.sub(r"\((?!\?)", "(?:", pattern)
        pattern = _WORD.sub(lambda match: self._letters[match[0]], pattern)
        return pattern.replace(" ", "")
