"""Columns of numbers that stand for words, to count and to compare many at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
_FEW = 8  # so many times fewer rows than words are few


@dataclass(frozen=True)
class Column:
    """A word for each row: `codes[row]` is its place in `words`."""

    words: list[str]
    codes: Numbers
    places: dict[str, int]

    def equal(self, word: str) -> Mask:
        """The rows that have `word`."""
        found: Mask = self.codes == self.places.get(word, -1)
        return found

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        """All words in one string, a line each, and where each begins."""
        lines = [word.replace("\n", " ") for word in self.words]
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        return "\n".join(lines), starts

    def holding(self, part: str) -> Mask:
        """The rows whose word holds `part`."""
        fits = np.zeros(max(1, len(self.words)), dtype=np.bool_)
        fits[self.places_holding(part)] = True
        found: Mask = fits[self.codes]
        return found

    def places_holding(self, part: str) -> list[int]:
        """The places of the words that hold `part`. One search through all at once costs a tenth of one in each."""
        every, starts = self._joined
        found: list[int] = []
        at = every.find(part)
        while at >= 0:
            found.append(bisect_right(starts, at) - 1)
            at = every.find(part, starts[found[-1] + 1])
        return found

    def counts(self, rows: NDArray[np.intp], most: int | None = None) -> list[tuple[str, int]]:
        """How many of `rows` have each word, the `most` commonest, the commonest first; "" is left out."""
        found, counted = self._counted(self.codes[rows])
        if (nothing := self.places.get("", -1)) >= 0:
            counted = np.where(found == nothing, 0, counted)
            found, counted = found[counted > 0], counted[counted > 0]
        if most is not None and len(found) > most:
            best = np.argpartition(-counted, most)[:most]
            found, counted = found[best], counted[best]
        order = np.lexsort((found, -counted))
        return [
            (self.words[at], count) for at, count in zip(found[order].tolist(), counted[order].tolist(), strict=True)
        ]

    def _counted(self, codes: Numbers) -> tuple[Numbers, Numbers]:
        """The codes there are, in order, and how often; few among many words are not worth a row of all of them."""
        if len(codes) * _FEW < len(self.words):
            return np.unique(codes, return_counts=True)
        counted = np.bincount(codes, minlength=len(self.words))
        found = np.flatnonzero(counted)
        return found, counted[found]

    @cached_property
    def _index(self) -> Index:
        return index(self.codes, len(self.words))

    def rows_of(self, places: Sequence[int]) -> NDArray[np.intp]:
        """The rows that have the words at `places`, those of one word after those of another."""
        return self._index.rows(np.array(places, dtype=np.intp))


@dataclass(frozen=True)
class Index:
    """Which rows have a number: those with `n` stand in `order` from `starts[n]` to before `starts[n + 1]`."""

    order: NDArray[np.int32]
    starts: NDArray[np.int32]

    def rows(self, numbers: NDArray[np.intp]) -> NDArray[np.intp]:
        """The rows with any of `numbers`."""
        firsts = self.starts[numbers]
        lengths = self.starts[numbers + 1] - firsts
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        within = np.arange(total) - np.repeat(ends - lengths, lengths)
        found: NDArray[np.intp] = self.order[np.repeat(firsts, lengths) + within].astype(np.intp)
        return found


def index(numbers: NDArray[Any], count: int) -> Index:
    """The index of rows by their `numbers`, each from 0 to before `count`."""
    order = np.argsort(numbers, kind="stable").astype(np.int32)
    starts = np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=count)))).astype(np.int32)
    return Index(order, starts)


def column(words: Iterable[str]) -> Column:
    """The column of `words`, a row each."""
    places: dict[str, int] = {}
    codes = np.array([places.setdefault(word, len(places)) for word in words], dtype=np.int64)
    return Column(list(places), codes, places)
