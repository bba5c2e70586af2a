"""Where the host of a word begins after the particles written onto it; used by the steps that find actors.

Only particles that can be cut off leave a host in the text: of "للجيش" nothing can be cut, since the article has
lost its alif to the preposition.
"""

from __future__ import annotations

from collections.abc import Iterator

from waqai.arabic import fold, strip_marks
from waqai.model import Word

CONJUNCTIONS, PREPOSITIONS = "وف", "بلك"
_SHORTEST_HOST = 2


def after_letters(text: str, word: Word, letters: int) -> int:
    """The offset in `text` just after the first `letters` letters of `word`, marks and tatweel not counted."""
    at, seen = word.span.start, 0
    while at < word.span.end and seen < letters:
        seen += bool(strip_marks(text[at]))
        at += 1
    while at < word.span.end and not strip_marks(text[at]):
        at += 1
    return at if at < word.span.end else word.span.start


def cuts(folded: str) -> Iterator[tuple[int, str]]:
    """How many letters may be cut from a folded word, none first, and the host that stays ("للجيش": 0, "الجيش")."""
    yield 0, folded
    for outer in (0, 1):
        if outer and folded[:1] not in CONJUNCTIONS:
            return
        rest = folded[outer:]
        if outer and len(rest) >= _SHORTEST_HOST:
            yield outer, rest
        if rest.startswith("لل") and len(rest) > _SHORTEST_HOST + 1:
            yield outer, "ا" + rest[0] + rest[2:] if rest[2:3] == "ل" else "ال" + rest[2:]
        elif rest[:1] in PREPOSITIONS and len(rest) > _SHORTEST_HOST:
            yield outer + 1, rest[1:]


def loose_letters(word: Word) -> int:
    """How many letters of `word` are particles that can be cut from it, as the reader of words parted it."""
    loose = [clitic for clitic in word.proclitics if clitic != "ال"]
    if loose and word.definite and loose[-1] == "ل":
        loose.pop()
    return sum(len(fold(clitic)) for clitic in loose)
