"""A trained linear-chain CRF, read from the file crfsuite writes; used by the steps that tag words.

crfsuite's own tagger looks up some forty strings for each word of a text, and that is nearly all its time. What a word
brings to a sentence depends on its spelling alone, so its weights are summed once and kept; what is left for each
sentence is the search for the best row of labels.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from pathlib import Path

from waqai.errors import TableError

_HEADER = struct.Struct("<4sI4sIIIIIIIII")  # magic, size, type, version, three counts, five offsets
_FEATURE = struct.Struct("<IIId")  # kind, from, to, weight
_PAIR = struct.Struct("<II")
_CHUNK = 12  # mark, size, number of entries
_STRINGS = 24 + 256 * _PAIR.size  # header and hash tables that stand before the strings of a dictionary

Scores = Sequence[float]  # a number for each label
Weights = tuple[tuple[int, float], ...]  # some labels, by number, and a weight for each


class Chain:
    """The model of one file. Raises TableError where it is none of crfsuite's."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        if len(self._data) < _HEADER.size or self._data[:4] != b"lCRF":
            raise TableError(f"{path}: not a model of crfsuite; reinstall the package or run its script in train/")
        *_, features, labels, attributes, label_refs, attribute_refs = _HEADER.unpack_from(self._data)
        self._features, self._attribute_refs = features, attribute_refs
        self.labels = [label for label, _ in sorted(self._strings(labels), key=lambda pair: pair[1])]
        # the number of each attribute, and once it was met its weights in place of that
        self._attributes: dict[str, int | Weights] = dict(self._strings(attributes))
        self._onward = [self._row(self._weights(label_refs, number)) for number in range(len(self.labels))]
        self._most = [max(row) for row in self._onward]
        self._least = [min(row) for row in self._onward]

    def scores(self, attributes: Iterable[str]) -> Scores:
        """What the attributes together say for each label; those the model does not know say nothing."""
        total = [0.0] * len(self.labels)
        for attribute in attributes:
            weights = self._attributes.get(attribute, ())
            if isinstance(weights, int):
                weights = self._attributes[attribute] = self._weights(self._attribute_refs, weights)
            for label, weight in weights:
                total[label] += weight
        # Tens of thousands of these are kept: as an array each takes a third of the memory of a tuple of floats.
        return array("d", total)

    def best(self, scores: Iterable[Sequence[float]]) -> list[str]:
        """The likeliest row of labels for words with these scores; of equally likely ones the first."""
        fronts: list[list[float]] = []  # for each word and label, the score of the best row that ends there
        live: list[list[int]] = []  # the labels of each word from which the best row may go on
        for score in scores:
            if fronts:
                before = fronts[-1]
                rows = [[before[label] + weight for weight in self._onward[label]] for label in live[-1]]
                reached = rows[0] if len(rows) == 1 else map(max, *rows)
                front = list(map(add, reached, score))
            else:
                front = list(score)
            fronts.append(front)
            live.append(self._live(front))
        return [self.labels[label] for label in self._back(fronts, live)]

    def _live(self, front: Sequence[float]) -> list[int]:
        """The labels that some label of the next word may be reached from best: none beaten whatever comes next."""
        floor = max(map(add, front, self._least))
        return [label for label, most in enumerate(map(add, front, self._most)) if most >= floor]

    def _back(self, fronts: Sequence[Sequence[float]], live: Sequence[Sequence[int]]) -> list[int]:
        """The labels of the best row, from the last word's back."""
        if not fronts:
            return []
        label = fronts[-1].index(max(fronts[-1]))
        row = [label]
        for front, labels in zip(fronts[-2::-1], live[-2::-1], strict=True):
            reached = [front[before] + self._onward[before][label] for before in labels]
            label = labels[reached.index(max(reached))]
            row.append(label)
        return row[::-1]

    def _strings(self, offset: int) -> Iterator[tuple[str, int]]:
        """The strings of a dictionary and their numbers."""
        count = struct.unpack_from("<I", self._data, offset + 16)[0]
        at = offset + _STRINGS
        for _ in range(count):
            number, size = _PAIR.unpack_from(self._data, at)
            at += _PAIR.size
            yield self._data[at : at + size - 1].decode("utf-8"), number
            at += size

    def _row(self, weights: Weights) -> Scores:
        row = dict(weights)
        return tuple(row.get(label, 0.0) for label in range(len(self.labels)))

    def _weights(self, refs: int, number: int) -> Weights:
        """The features listed at entry `number` of a table of references."""
        (at,) = struct.unpack_from("<I", self._data, refs + _CHUNK + 4 * number)
        (count,) = struct.unpack_from("<I", self._data, at)
        first = self._features + _CHUNK
        listed = struct.unpack_from(f"<{count}I", self._data, at + 4)
        return tuple(_FEATURE.unpack_from(self._data, first + _FEATURE.size * feature)[2:] for feature in listed)
