"""The units of a phrase that names an actor: its roles, organs, bodies and countries, found by longest match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from waqai.arabic import fold
from waqai.coding.actors.forms import name_key, noun_forms, peelings, table_words
from waqai.resources import Library, Row

_CACHED = 1 << 15  # spellings whose table words are remembered
_COUNTRY_KEYS = (
    ("country", ("name", "aliases")),
    ("capital", ("capital",)),
    ("demonym", ("adjective",)),
    ("people", ("plural",)),
)


class Entry(NamedTuple):
    """What one table row says of an actor.

    `kind`: role, institution, body, country, capital, demonym, people, cut, former, topic. `country` is "" where the
    row tells none, "---" where it says there is none. `weak`: a later unit may overrule the sector; `group`: the word
    names many, and as a weak head yields to any other.
    """

    kind: str
    id: str
    sector: str = ""
    country: str = ""
    weak: bool = False
    group: bool = False
    plain: bool = False


class Unit(NamedTuple):
    """An entry found at words [first, last) of a phrase."""

    entry: Entry
    first: int
    last: int


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    entry: Entry | None = None


class UnitFinder:
    """Finds the units of phrases; built once from the tables of `actors/`."""

    def __init__(self, library: Library) -> None:
        self._lemmas: dict[str, list[str]] = {}
        self._learnt: set[str] = set()
        self._root = _Node()
        entries = list(_entries(library))
        self._plain = _plain_words(entries)
        for phrase, entry in entries:
            self._add(phrase, entry)
        self._known = lru_cache(maxsize=_CACHED)(self._options)

    def units(self, words: Sequence[str]) -> list[Unit]:
        """The units of the folded `words`, left to right, longest first, none overlapping."""
        found: list[Unit] = []
        options = [self._known(word) for word in words]
        place = 0
        while place < len(words):
            unit = self._longest(options, place) if options[place] else None
            if unit is not None:
                found.append(unit)
            place = unit.last if unit is not None else place + 1
        return found

    def _longest(self, options: Sequence[Sequence[str]], first: int) -> Unit | None:
        best: Unit | None = None
        front = [self._root]
        for place in range(first, len(options)):
            front = [node.next[lemma] for node in front for lemma in options[place] if lemma in node.next]
            if not front:
                break
            entry = next((node.entry for node in front if node.entry is not None), None)
            if entry is not None:
                best = Unit(entry, first, place + 1)
        return best

    def _options(self, word: str) -> tuple[str, ...]:
        """The table words that `word` may stand for: those of the least peeling first, and of one peeling the exact."""
        found: dict[str, None] = {}
        for form in peelings(word):
            for lemma in sorted(self._lemmas.get(form, ()), key=lambda lemma: lemma != form):
                found.setdefault(lemma)
        return tuple(found)

    def _add(self, phrase: str, entry: Entry) -> None:
        node = self._root
        words = name_key(phrase) if entry.kind == "body" else table_words(phrase)
        for word in words:
            self._learn(word)
            node = node.next.setdefault(word, _Node())
        if words and node.entry is None:
            node.entry = entry

    def _learn(self, word: str) -> None:
        """Lets every form of `word` be found; once is enough."""
        if word in self._learnt:
            return
        self._learnt.add(word)
        for form in noun_forms(word, plain=word in self._plain):
            self._lemmas.setdefault(form, []).append(word)


def _plain_words(entries: Iterable[tuple[str, Entry]]) -> set[str]:
    """The words that are plain in every entry they make up alone: not عسكري, for "قوة عسكرية" is one."""
    plain: set[str] = set()
    inflected: set[str] = set()
    for phrase, entry in entries:
        words = table_words(phrase)
        if len(words) == 1:
            (plain if entry.plain else inflected).add(words[0])
    return plain - inflected


def split_code(code: str) -> tuple[str, str]:
    """Country and sector of "EGY SPY", of a bare country, or of ""."""
    country, _, sector = code.partition(" ")
    return country, sector


def phrases(row: Row, *keys: str) -> Iterator[str]:
    """All words a row lists under `keys`, which hold a string or a list."""
    for key in keys:
        value = row.get(key, ())
        yield from [value] if isinstance(value, str) else value


def _entries(library: Library) -> Iterator[tuple[str, Entry]]:
    """Phrases and what they say, those that take precedence first."""
    for row in library.rows("actors", "marker"):
        if row["does"] != "name":
            yield from ((words, Entry(row["does"], row["id"], row.get("sector", ""))) for words in row["words"])
    for row in library.rows("actors", "body"):
        country, sector = split_code(row["code"])
        entry = Entry("body", row["id"], sector, country)
        yield from ((name, entry) for name in phrases(row, "name", "aliases"))
    yield from _country_entries(library)
    for row in library.rows("actors", "role"):
        yield from ((name, _entry("role", row)) for name in phrases(row, "name"))
    for row in library.rows("actors", "institution"):
        entry = _entry("institution", row)
        yield from ((name, entry) for name in phrases(row, "name"))
        yield from ((name, entry._replace(plain=False)) for name in phrases(row, "adjective"))


def _entry(kind: str, row: Row) -> Entry:
    weak, group, plain = (bool(row.get(flag, False)) for flag in ("weak", "group", "plain"))
    return Entry(kind, row["id"], row["sector"], row.get("country", ""), weak, group, plain)


def _country_entries(library: Library) -> Iterator[tuple[str, Entry]]:
    rows = library.rows("actors", "country")
    for kind, keys in _COUNTRY_KEYS:
        for row in rows:
            country, sector = split_code(row.get("code", row["id"]))
            entry = Entry(kind, row["id"], sector, country)
            yield from ((name, entry) for name in phrases(row, *keys) if fold(name))
