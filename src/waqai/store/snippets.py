"""The passage of an article that shows why it was found."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from waqai.store.keys import WRITTEN, Keys
from waqai.store.lettered import Lettered

_BEFORE, _LENGTH = 6, 32  # words before the first mark, and in all
_WORD = 6  # code points of text that a word and its space take, about
_REACH = (_LENGTH - _BEFORE) * _WORD
_MOST = 200  # marks looked at: an article that has more shows its best passage early
Mark = tuple[int, int, int]  # start, end, which of the things asked for


@dataclass(frozen=True, slots=True)
class Passage:
    """Spans, in code points of the text: the passage, and in it what was searched for."""

    span: tuple[int, int]
    marks: tuple[tuple[int, int], ...]


class Marker:
    """Finds what was searched for: words by `wanted`, a group of keys each, and `phrases` by folded words.

    A word is analysed only where letters that all words with one of the keys have stand in it.
    """

    def __init__(self, wanted: Sequence[Sequence[str]], phrases: Sequence[tuple[str, ...]], keys: Keys) -> None:
        self._group = {key: number for number, group in enumerate(wanted) for key in group}
        self._stems = tuple(frozenset[str]().union(*map(keys.stems.of, self._group)))
        self._phrases = [(len(wanted) + number, _phrase(words)) for number, words in enumerate(phrases)]
        self._group_of: dict[str, int] = {}
        self._keys_of = keys.of

    def passage(self, text: str) -> Passage:
        """The first passage of `text` with the most of what was searched for; its beginning where nothing is."""
        letters = Lettered(text)
        closed = letters.folded.replace("ة", "ه")
        found = sorted({*self._words(letters.folded, closed), *self._said(closed)})
        marks = [(*letters.written(start, end), group) for start, end, group in found[:_MOST]]
        start, end = _around(text, _best(marks) if marks else 0)
        return Passage((start, end), tuple((a, b) for a, b, _ in marks if start <= a and b <= end))

    def _words(self, folded: str, closed: str) -> Iterator[Mark]:
        """Words that share a key with one asked for; in `closed` ة is ه."""
        for stem in self._stems:
            at = closed.find(stem)
            while at >= 0:
                start, end = _word_at(folded, at)
                if (group := self._group_at(folded[start:end])) >= 0:
                    yield start, end, group
                at = closed.find(stem, end)

    def _group_at(self, word: str) -> int:
        """Which of the words asked for shares a key with a word, -1 for none."""
        if (group := self._group_of.get(word)) is None:
            shared = (self._group[key] for key in self._keys_of(word) if key in self._group)
            group = self._group_of[word] = next(shared, -1)
        return group

    def _said(self, closed: str) -> Iterator[Mark]:
        for group, phrase in self._phrases:
            yield from ((*match.span(), group) for match in phrase.finditer(closed))


def _phrase(words: Sequence[str]) -> re.Pattern[str]:
    between = r"[\W_]+".join(map(re.escape, words))
    return re.compile(rf"(?<![^\W_]){between}(?![^\W_])")


def _word_at(folded: str, at: int) -> tuple[int, int]:
    """The word that a letter is of."""
    start = end = at
    while start and folded[start - 1].isalnum():
        start -= 1
    while end < len(folded) and folded[end].isalnum():
        end += 1
    return start, end


def _best(marks: Sequence[Mark]) -> int:
    """Where the passage with the most different things asked for begins, or of several such with the most marks."""
    best, chosen = (0, 0), 0
    for at, (first, *_) in enumerate(marks):
        inside = [mark for mark in marks[at : at + _LENGTH] if mark[1] <= first + _REACH]
        worth = len({group for _, _, group in inside}), len(inside)
        if worth > best:
            best, chosen = worth, first
    return chosen


def _around(text: str, mark: int) -> tuple[int, int]:
    """From some words before `mark` on as many words as a passage has; nothing of a text without words."""
    before = deque((match.start() for match in WRITTEN.finditer(text, max(0, mark - _REACH), mark)), maxlen=_BEFORE)
    if before and before[0] == mark - _REACH:  # perhaps the end of a word
        before.popleft()
    start = before[0] if before else mark
    spans = [match.span() for match in islice(WRITTEN.finditer(text, start), _LENGTH)]
    return (spans[0][0], spans[-1][1]) if spans else (0, 0)
