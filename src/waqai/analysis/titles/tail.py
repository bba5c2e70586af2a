"""What may stand between a role and the name of who has it: "رئيس اتحاد الطلاب لشؤون السكن سالم البحري"."""

from __future__ import annotations

from collections.abc import Callable, Collection

from waqai.analysis.titles.extent import COMMAS, QUOTES, Line, Named

_OF_A_PHRASE = frozenset({"NOUN", "ADJ", "PROPN", "ADP", "X"})
_CONJUNCTIONS = frozenset({"و", "ف"})
_LETTERS = 3  # words: what a body is called for short, in quotation marks or brackets
_LONGEST = 7  # words: a field, a house or a town; longer ones are mostly the next part of the sentence


def past_tail(
    line: Line,
    n: int,
    prepositions: Collection[str],
    past_titles: Callable[[int], int],
    role: Callable[[int], object | None],
) -> int:
    """The index past a phrase at `n`, and a comma, where a person's name or title follows; else `n`.

    The phrase is a body's short name in marks, or begins with one of `prepositions`. `past_titles` gives the index past
    the titles that begin at a word, `role` whether somebody's role begins there: the name behind those is theirs. The
    phrase must be definite, or the name could stand in its genitive ("في بيت سالم"), and what is parted off by a comma
    must be closed behind the name.
    """
    called = _past_short_name(line, n)
    if called > n:
        return called if _person(line, called, past_titles) is not None else n
    if n >= len(line.words) or not _begins(line, n, prepositions):
        return n
    last = n
    while last < min(len(line.words), n + _LONGEST):
        comma = line.folded[last] in COMMAS
        if last > n and _closed(line, last - 1):
            name = _person(line, last + comma, past_titles)
            if name is not None:
                return last + comma if not comma or line.ends(name.last) else n
        inner = line.names.get(last)
        if not _goes_on(line, last, n) or past_titles(last) > last or role(last) is not None:
            return n
        last = inner.last if inner is not None and inner.kind != "person" else last + 1
    return n


def _person(line: Line, at: int, past_titles: Callable[[int], int]) -> Named | None:
    """The person whose name, or whose titles and name, begin at word `at`, no particle before them."""
    name = line.names.get(past_titles(at))
    tied = at >= len(line.words) or bool(line.loose(at))
    return name if name is not None and name.kind == "person" and not name.cut and not tied else None


def _past_short_name(line: Line, n: int) -> int:
    """The index past a body's short name in marks behind its full one; `n` where none stands there."""
    closing = QUOTES.get(line.folded[n]) if n < len(line.words) else None
    if closing is None:
        return n
    return next((k + 1 for k in range(n + 2, min(n + 2 + _LETTERS, len(line.words))) if line.folded[k] == closing), n)


def _begins(line: Line, n: int, prepositions: Collection[str]) -> bool:
    loose = line.loose(n)
    return loose[0] in prepositions if loose else line.folded[n] in prepositions


def _goes_on(line: Line, at: int, n: int) -> bool:
    """Whether word `at` can belong to the phrase that begins at `n`."""
    conjoined = at > n and any(clitic in _CONJUNCTIONS for clitic in line.loose(at))
    return line.words[at].pos in _OF_A_PHRASE and not conjoined and line.words[at].enclitic == ""


def _closed(line: Line, last: int) -> bool:
    """Whether a phrase that ends with word `last` takes no further noun in its genitive."""
    word = line.words[last]
    return word.definite or word.pos == "PROPN" or any(name.last == last + 1 for name in line.names.values())
