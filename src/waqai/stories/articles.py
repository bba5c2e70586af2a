"""Wire copies: articles whose text is nearly the same, found by bands of a signature, told by their word groups.

A signature is one-permutation MinHash (Li, Owen, Zhang 2012): the least hash in each of BINS equal parts. Two
articles are
compared when the bins of one band agree, and are copies by their word groups themselves, not by the estimate.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from waqai.arabic import fold

_WORD = re.compile(r"[^\W_]+")
_GROUP = 4  # words of a group
BINS = 64
_ROWS = 3  # bins of a band: of texts with half their groups in common nine in ten pairs share a band
COPY = 0.75  # of the shorter text's groups are in the longer one, of another outlet
SAME_OUTLET = 0.8  # of all groups of both: an outlet's next report repeats what it told of the matter before
DAYS = 2  # between two copies; what is repeated later is background
_LONGER = 4  # and the longer one has at most so many times the shorter's groups: no chronicle that holds a report
_SPREAD, _KEYS = 0x9E3779B97F4A7C15, 1 << 63  # so that weeks of one band fall far apart, in 63 bits
_LEAST = 25  # groups that a text must have to be told a copy


def word_groups(text: str) -> set[int]:
    """A hash of each run of four folded words of `text`."""
    words = _WORD.findall(fold(text))
    runs = (" ".join(words[at : at + _GROUP]) for at in range(len(words) - _GROUP + 1))
    return {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=7).digest(), "big") for run in runs}


def bands(found: Collection[int]) -> list[int]:
    """The hashes of the bands of a text with these word groups; those with an empty bin are left out."""
    least: dict[int, int] = {}
    for group in found:
        place, value = group % BINS, group // BINS
        if value < least.get(place, value + 1):
            least[place] = value
    made = []
    for band in range(BINS // _ROWS):
        bins = [least.get(band * _ROWS + row) for row in range(_ROWS)]
        if None not in bins:
            digest = hashlib.blake2b(repr((band, bins)).encode(), digest_size=8).digest()
            made.append(int.from_bytes(digest, "big") >> 1)
    return made


def in_week(found: Collection[int], week: int) -> list[int]:
    """The keys under which bands are filed for a week: copies are looked for among the articles of their days."""
    return [(band + week * _SPREAD) % _KEYS for band in found]


def share(one: Collection[int], other: Collection[int], *, same_outlet: bool = False) -> float:
    """How much of the shorter text is in the longer one, 0 where they are no copies.

    Of one outlet's two articles most of both must be the same.
    """
    short, long = sorted((set(one), set(other)), key=len)
    if len(short) < _LEAST or len(long) > _LONGER * len(short):
        return 0.0
    both = len(short & long)
    if same_outlet and both < SAME_OUTLET * len(short | long):
        return 0.0
    return both / len(short) if both >= COPY * len(short) else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch that differs: `left` of one text, `right` of the other, half-open code points."""

    left: tuple[int, int]
    right: tuple[int, int]


def differences(one: str, other: str) -> Iterator[Difference]:
    """Where two copies differ, by words, in order."""
    spots = [[match.span() for match in re.finditer(r"\S+", text)] for text in (one, other)]
    words = [[text[start:end] for start, end in found] for text, found in zip((one, other), spots, strict=True)]
    for tag, a, b, c, d in difflib.SequenceMatcher(a=words[0], b=words[1], autojunk=False).get_opcodes():
        if tag != "equal":
            yield Difference(_span(spots[0], a, b), _span(spots[1], c, d))


def _span(spots: list[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    if first < last:
        return spots[first][0], spots[last - 1][1]
    at = spots[first][0] if first < len(spots) else (spots[-1][1] if spots else 0)
    return at, at
