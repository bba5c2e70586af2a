"""Columns of numbers that stand for words, to count and to compare many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """A word for each row: `codes[row]` is its place in `words`."""

    words: list[str]
    codes: Numbers
    places: dict[str, int]

    def equal(self, word: str) -> Mask:
        """The rows that have `word`."""
        found: Mask = self.codes == self.places.get(word, -1)
        return found

    def counts(self, rows: NDArray[np.intp], most: int | None = None) -> list[tuple[str, int]]:
        """How many of `rows` have each word, the `most` commonest, the commonest first; "" is left out."""
        counted = np.bincount(self.codes[rows], minlength=len(self.words))
        if "" in self.places:
            counted[self.places[""]] = 0
        found = np.flatnonzero(counted)
        if most is not None and len(found) > most:
            found = found[np.argpartition(-counted[found], most)[:most]]
        order = found[np.lexsort((found, -counted[found]))]
        return [(self.words[at], int(counted[at])) for at in order]


def column(words: Iterable[str]) -> Column:
    """The column of `words`, a row each."""
    places: dict[str, int] = {}
    codes = np.array([places.setdefault(word, len(places)) for word in words], dtype=np.int64)
    return Column(list(places), codes, places)
