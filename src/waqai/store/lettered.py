"""A whole text as `keys.plain` writes words, and where each of its letters stands in the text as written."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from waqai.store.keys import SPOKEN, plain

# Letters that most texts have, replaced one for one: many times as fast as a table for all letters is.
_COMMON = tuple((letter, plain(letter)) for letter in "أإآىؤئ")
# All but those that stand for themselves.
_ODD = re.compile(r"[^\x00-@\[-~\xabء-غف-ي،؛؟\xbb\u2013\u2014\u2018\u2019\u201c\u201d]")


class Lettered:
    """`folded` is the text as words are compared; offsets of the text count code points as written."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at: list[int] = []  # offsets in `folded` from which on …
        self._shift: list[int] = []  # … what was written stands so much further on
        folded = text
        for letter, instead in _COMMON:
            folded = folded.replace(letter, instead)
        longer = []
        for letter in set(_ODD.findall(folded)):
            if len(instead := _letter(letter)) == 1:
                folded = folded.replace(letter, instead)
            else:
                longer.append(letter)
        self.folded = self._shortened(folded, "".join(sorted(longer))) if longer else folded

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where the word `folded[start:end]` stands in the text, tatweel before it and marks after it included."""
        first = at = self._origin(start)
        while at and SPOKEN.match(self._text, at - 1):
            at -= 1
            first = at if self._text[at].isalnum() else first
        last = self._origin(end - 1) + 1
        while last < len(self._text) and SPOKEN.match(self._text, last):
            last += 1
        return first, last

    def _origin(self, offset: int) -> int:
        at = bisect_right(self._at, offset)
        return offset + self._shift[at - 1] if at else offset

    def _shortened(self, folded: str, letters: str) -> str:
        """Without marks, and with letters in place of ligatures; notes where that moves what comes after."""
        pieces: list[str] = []
        length = before = 0
        for match in _any_of(letters).finditer(folded):
            instead = _letter(match[0])
            pieces += (folded[before : match.start()], instead)
            length += match.start() - before + len(instead)
            before = match.end()
            self._note(length, before, len(instead))
        return "".join([*pieces, folded[before:]])

    def _note(self, length: int, before: int, put: int) -> None:
        """What stands from `length` on was written from `before` on; the letters of a ligature all where it was."""
        for back in range(put - 1, 0, -1):
            self._at.append(length - back)
            self._shift.append(before - 1 - length + back)
        self._at.append(length)
        self._shift.append(before - length)


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    """What stands for a letter: its fold, a space for what is none, nothing for a mark."""
    if SPOKEN.match(letter):
        return ""
    folded = "".join(piece for piece in plain(letter) if piece.isalnum())
    return folded or " "


@lru_cache(maxsize=4096)
def _any_of(letters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(letters)}]")
