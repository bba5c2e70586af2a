"""The passage of an article that shows why it was found."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from waqai.store.keys import WRITTEN, form
from waqai.store.search_index import KeysOf

_BEFORE, _LENGTH = 6, 32  # words before the first mark, and in all


@dataclass(frozen=True, slots=True)
class Passage:
    """Spans, in code points of the text: the passage, and in it what was searched for."""

    span: tuple[int, int]
    marks: tuple[tuple[int, int], ...]


class Marker:
    """Finds what was searched for: words by `wanted`, a group of keys each, and `phrases` by folded words."""

    def __init__(self, wanted: Sequence[Sequence[str]], phrases: Sequence[tuple[str, ...]], keys_of: KeysOf) -> None:
        self._group = {key: number for number, keys in enumerate(wanted) for key in keys}
        self._group_of: dict[str, int] = {}
        self._phrases = phrases
        self._longest = max((len(phrase) for phrase in phrases), default=0)
        self._groups = len(wanted) + len(phrases)
        self._keys_of = keys_of

    def passage(self, text: str) -> Passage:
        """The first passage of `text` with the most of what was searched for; its beginning where nothing is."""
        spans: list[tuple[int, int]] = []
        marks: list[tuple[int, int, int]] = []  # first word, last word, group
        recent: deque[str] = deque(maxlen=self._longest)
        missing, stop, group_of = set(range(self._groups)), -1, self._group_of
        for place, match in enumerate(WRITTEN.finditer(text)):
            word = match[0]
            spans.append(match.span())
            if (group := group_of.get(word)) is None:
                group = group_of[word] = self._of(word)
            if group >= 0:
                marks.append((place, place, group))
            if self._phrases:
                recent.append(form(word))
                marks += self._ended(tuple(recent), place)
            if missing and marks and marks[-1][1] == place:
                missing.difference_update(mark[2] for mark in marks[-len(self._phrases) - 1 :])
                stop = -1 if missing else place + _LENGTH
            if place == stop:
                break
        if not spans:
            return Passage((0, 0), ())
        first, last = _window(marks, len(spans))
        shown = tuple((spans[a][0], spans[b][1]) for a, b, _ in marks if first <= a and b < last)
        return Passage((spans[first][0], spans[last - 1][1]), shown)

    def _of(self, word: str) -> int:
        """The group that a word belongs to, -1 for none."""
        return next((self._group[key] for key in self._keys_of(word) if key in self._group), -1)

    def _ended(self, said: tuple[str, ...], place: int) -> list[tuple[int, int, int]]:
        """Marks of the phrases that end with the last of `said`, which is word `place`."""
        numbers = range(self._groups - len(self._phrases), self._groups)
        return [
            (place - len(phrase) + 1, place, number)
            for number, phrase in zip(numbers, self._phrases, strict=True)
            if said[-len(phrase) :] == phrase
        ]


def _window(marks: Sequence[tuple[int, int, int]], count: int) -> tuple[int, int]:
    """First word and the word after the last of the window with the most different groups, then marks."""
    best, chosen = (0, 0), 0
    for at, (first, *_) in enumerate(marks):
        inside = [mark for mark in marks[at : at + _LENGTH] if mark[1] < first + _LENGTH - _BEFORE]
        worth = len({group for _, _, group in inside}), len(inside)
        if worth > best:
            best, chosen = worth, first
    start = max(0, chosen - _BEFORE)
    return start, min(count, start + _LENGTH)
