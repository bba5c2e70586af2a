"""Finds the rows of the actor tables in a text: countries, capitals, bodies, people, places, longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from waqai.analysis.particles import cuts, loose_letters
from waqai.arabic import fold
from waqai.model import Word
from waqai.resources import Library, Row

_FOLDERS = (("country", "place"), ("body", "group"), ("person", "person"), ("place", "place"))
_BETWEEN = frozenset("\"'«»“”‘’-")  # marks that may stand between the words of a name
QUOTES = frozenset("\"'«»“”‘’")
_ENDINGS = (("ون", "ين"), ("ان", "ين"))  # a name in the nominative, and as it stands after a preposition


class Entity(NamedTuple):
    """A name found among the words of a sentence: indices [first, last), letters cut from the first word, kind."""

    first: int
    last: int
    cut: int
    kind: str
    known: bool = False


class Names:
    """Names of the actor tables by their first folded word."""

    def __init__(self, library: Library) -> None:
        self._adjectives = {
            fold(form) + "ه" for row in library.rows("actors", "country") for form in row.get("adjective", ())
        }
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for key, kind in _FOLDERS:
            for row in library.rows("actors", key):
                for name in _spellings(row):
                    self._add(name, kind)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._begun = lru_cache(maxsize=1 << 15)(self._beginnings)

    def _add(self, name: str, kind: str) -> None:
        words = tuple(fold(name).replace("_", " ").replace("-", " ").replace('"', " ").split())
        if not words:
            return
        for form in _cases(words):
            self._by_first.setdefault(form[0], []).append((form, kind))

    def find(self, words: Sequence[Word], folded: Sequence[str]) -> Iterator[Entity]:
        """Matches that do not overlap, left to right, the longest at each place."""
        at = 0
        while at < len(words):
            found = self._at(words, folded, at)
            if found:
                yield found
            at = found.last if found else at + 1

    def _at(self, words: Sequence[Word], folded: Sequence[str], at: int) -> Entity | None:
        best: Entity | None = None
        for cut, host, entries in self._begun(folded[at]):
            for form, kind in entries:
                last = _follows(folded, at + 1, form[1:])
                if last is None or (best and last - at <= best.last - best.first):
                    continue
                if last - at > 1 or (
                    (kind == "person" or words[at].pos != "VERB")
                    and self._stands_alone(words[at], folded[at], cut, host)
                ):
                    best = Entity(at, last, cut, kind, True)
        return best

    def _beginnings(self, folded: str) -> list[tuple[int, str, list[tuple[tuple[str, ...], str]]]]:
        """The names that a folded word may begin, with the letters to cut and the host."""
        return [(cut, host, self._by_first[host]) for cut, host in cuts(folded) if host in self._by_first]

    def _stands_alone(self, word: Word, folded: str, cut: int, host: str) -> bool:
        """Whether a name of one word is meant: no adjective that is spelt like it, no particle cut that is none."""
        if word.pos in ("ADP", "CONJ", "PRON", "PUNCT"):
            return False
        if word.pos == "ADJ" and (host.endswith("ي") or host in self._adjectives):
            return False
        if word.enclitic and not host.startswith("ال") and len(fold(word.form)) < len(host):
            return False
        return host == folded or cut <= loose_letters(word)


def _spellings(row: Row) -> Iterator[str]:
    name = row.get("name", "")
    yield from name if isinstance(name, list) else [name]
    yield from row.get("aliases", ())
    yield from row.get("capital", ())


def _cases(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    yield words
    if words[0].startswith("ال"):
        for ending, other in _ENDINGS:
            if words[0].endswith(ending) and len(words[0]) > 5:
                yield (words[0][:-2] + other, *words[1:])


def _follows(folded: Sequence[str], at: int, form: Sequence[str]) -> int | None:
    """The index past `form` where its words stand from `at` on, marks between them left out; else None."""
    for wanted in form:
        while at < len(folded) and folded[at] in _BETWEEN:
            at += 1
        if at >= len(folded) or folded[at] != wanted:
            return None
        at += 1
    return at
