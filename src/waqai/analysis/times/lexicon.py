"""The words of time: every surface form of the tables of `data/times/`, with what it is and means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from waqai.arabic import fold
from waqai.errors import TableError
from waqai.resources import Library, Row

NUMBER_KINDS = ("number", "small", "small_word", "year", "hijri_year", "clock")
UNIT_KINDS = ("unit", "the_unit", "dual", "the_dual", "plural", "the_plural", "unit_acc", "plural_acc")

_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك")
_SHAPES = ("particle", "noun", "proper", "definite", "adjective")


class Entry(NamedTuple):
    """One reading of a word or phrase.

    `rest` are the folded words that must follow; `conjunction` and `preposition` are how many folded letters of
    clitics stand before the word itself; `value` is what the table gives: an ISO piece, a number, a unit letter.
    """

    kind: str
    value: str
    rest: tuple[str, ...]
    conjunction: int
    preposition: int


@dataclass(frozen=True)
class Tense:
    """Folded words that turn a bare weekday or month to the past or the future."""

    future: frozenset[str]
    past: frozenset[str]
    prefixes: tuple[str, ...]
    but: tuple[str, ...]

    def of(self, word: str, verbs_only: bool = False) -> str:
        """«future», «past» or «» for one folded word; `verbs_only` looks only for the future particle."""
        for form in (word, word[1:] if word[:1] in "وف" else word):
            if not verbs_only and form in self.past:
                return "past"
            if not verbs_only and form in self.future:
                return "future"
            if len(form) > 4 and form.startswith(self.prefixes) and not form.startswith(self.but):
                return "future"
        return ""


class Lexicon:
    """All time words of a library; raises TableError where a row has an unknown shape or no words."""

    def __init__(self, library: Library) -> None:
        self.entries: dict[str, list[Entry]] = {}
        self._add_numbers(library, "ordinal", definite=True)
        for row in library.rows("times", "word"):
            self._add_words(row)
        self.alone: dict[str, bool] = {}
        for row in library.rows("times", "unit"):
            self._add_unit(row)
        self._add_numbers(library, "number", definite=True)
        self._add_numbers(library, "number", definite=False)
        self._add_numbers(library, "ordinal", definite=False)
        for found in self.entries.values():
            found.sort(key=lambda entry: (-len(entry.rest), entry.conjunction + entry.preposition))
        self.guards = {row["class"]: frozenset(map(fold, row["words"])) for row in library.rows("times", "guard")}
        self.tense = _tense(library)

    def _add_words(self, row: Row) -> None:
        shape, value = row.get("shape", "particle"), str(row.get("value", ""))
        if shape not in _SHAPES or not row.get("words"):
            raise TableError(f"times: row {row['id']!r} needs words and one of the shapes {', '.join(_SHAPES)}")
        for word in row["words"]:
            for surface, conjunction, preposition in _forms(fold(word), shape):
                self._put(surface, row["class"], value, conjunction, preposition)

    def _add_numbers(self, library: Library, key: str, definite: bool) -> None:
        """Ordinals count as such with the article alone; "الثانية" is the second before it is a second of time."""
        kind = "ordinal_bare" if key == "ordinal" and not definite else key
        for row in library.rows("times", key):
            for word in row["words"]:
                for surface, conjunction, preposition, article in _noun(fold(word)):
                    if article == definite:
                        self._put(surface, kind, str(row["value"]), conjunction, preposition)

    def _add_unit(self, row: Row) -> None:
        letter = row["letter"]
        self.alone[letter] = bool(row["alone"])
        for word in map(fold, row["singular"]):
            stem = word[:-1] + "ت" if word.endswith("ه") else word
            self._inflect(word, letter, "unit", "the_unit")
            self._inflect(stem + "ين", letter, "dual", "the_dual")
            self._inflect(stem + "ان", letter, "dual", "the_dual")
            if stem == word:
                self._inflect(word + "ا", letter, "unit_acc", "")
        for word in map(fold, row["plural"]):
            self._inflect(word, letter, "plural", "the_plural")
            if not word.endswith(("ات", "ين", "ي")):
                self._inflect(word + "ا", letter, "plural_acc", "")

    def _inflect(self, word: str, letter: str, bare: str, definite: str) -> None:
        for surface, conjunction, preposition, article in _noun(word):
            if kind := definite if article else bare:
                self._put(surface, kind, letter, conjunction, preposition)

    def _put(self, surface: str, kind: str, value: str, conjunction: int, preposition: int) -> None:
        first, *rest = surface.split()
        entry = Entry(kind, value, tuple(rest), conjunction, preposition)
        self.entries.setdefault(first, []).append(entry)


def _forms(word: str, shape: str) -> Iterator[tuple[str, int, int]]:
    if shape == "particle":
        yield from ((conjunction + word, len(conjunction), 0) for conjunction in _CONJUNCTIONS)
    elif shape == "adjective":
        yield from (("ال" + form, 0, 0) for form in (word, word + "ه", word + "ين", word + "ات"))
        yield "ال" + word + "تين", 0, 0
        if word.endswith("ي"):
            yield "ال" + word[:-1] + "ين", 0, 0
    elif shape == "noun":
        yield from ((surface, conjunction, preposition) for surface, conjunction, preposition, _ in _noun(word))
    else:
        yield from _proper(word)


def _proper(word: str) -> Iterator[tuple[str, int, int]]:
    for conjunction in _CONJUNCTIONS:
        for preposition in _PREPOSITIONS:
            if preposition == "ل" and word.startswith("ال"):
                yield conjunction + "لل" + word[2:], len(conjunction), 0
            else:
                yield conjunction + preposition + word, len(conjunction), len(preposition)


def _noun(word: str) -> Iterator[tuple[str, int, int, bool]]:
    for surface, conjunction, preposition in _proper(word):
        yield surface, conjunction, preposition, False
    for surface, conjunction, preposition in _proper("ال" + word):
        yield surface, conjunction, preposition, True


def _tense(library: Library) -> Tense:
    rows = library.rows("times", "cue")

    def pick(lean: str, key: str) -> list[str]:
        return [fold(word) for row in rows if row["lean"] == lean for word in row.get(key, ())]

    return Tense(
        frozenset(pick("future", "words")),
        frozenset(pick("past", "words")),
        tuple(pick("future", "prefixes")),
        tuple(pick("future", "but")),
    )
