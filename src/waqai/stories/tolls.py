"""What a sentence counts: killed, wounded, held, displaced; reports that count differently disagree."""

from __future__ import annotations

import re

from waqai.arabic import fold
from waqai.resources import Library
from waqai.stories.words import stem

_WORD = re.compile(r"[^\W_]+")
_NEAR = 3  # words between a number and what it counts
_YEARS = range(1900, 2100)


class Tolls:
    """Reads numbers beside the words of data/stories."""

    def __init__(self, library: Library) -> None:
        self._kinds = {stem(word): str(row["id"]) for row in library.rows("stories", "toll") for word in row["words"]}
        self._numbers = {
            fold(word): int(row["value"]) for row in library.rows("stories", "number") for word in row["words"]
        }

    def of(self, sentence: str) -> dict[str, int]:
        """By kind the number that stands nearest to a word of it; years count for nothing."""
        words = _WORD.findall(fold(sentence))
        counted = [(at, value) for at, word in enumerate(words) if (value := self._value(word)) is not None]
        found: dict[str, tuple[int, int]] = {}
        for at, word in enumerate(words):
            if kind := self._kinds.get(stem(word)):
                near = min(((abs(place - at), place < at, value) for place, value in counted), default=None)
                if near and near[0] <= _NEAR and (kind not in found or near[0] < found[kind][0]):
                    found[kind] = near[0], near[2]
        return {kind: value for kind, (_, value) in found.items()}

    def _value(self, word: str) -> int | None:
        if word.isascii() and word.isdigit():
            value = int(word)
            return None if value in _YEARS or value > 10**7 else value
        return self._numbers.get(word) or self._numbers.get(word.removeprefix("و"))
