"""The head nouns of phrases that name actors: roles, organs, titles, demonyms, quantities, in all their forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from waqai.arabic import fold
from waqai.model import Word
from waqai.resources import Library, Row

T = TypeVar("T")
_SHORTEST_STEM = 3
_ACTOR = 5  # letters of مفاعل, whose feminine is also a masdar


class Head(NamedTuple):
    """What a head noun names: `kind` person or group; `source` role, organ, counted; the row's id."""

    kind: str
    source: str
    row: str
    length: int


class Complement(NamedTuple):
    """A preposition and what it may bring after a role; `roles` empty for every role."""

    roles: frozenset[str]
    after: frozenset[str]
    takes: frozenset[str]
    indefinite: bool


class Key(NamedTuple):
    """A word as phrases are looked up by: its host, the same with its prepositions, and its whole spelling."""

    host: str
    joined: str
    whole: str


def key_of(word: Word, surface: str) -> Key:
    """The key of `word`, written as `surface`."""
    return _key(word.form, word.proclitics, surface)


@lru_cache(maxsize=1 << 15)
def _key(form: str, proclitics: tuple[str, ...], surface: str) -> Key:
    host = fold(form)
    loose = "".join(fold(clitic) for clitic in proclitics if clitic != "ال")
    return Key(host, f"{loose}+{host}" if loose else host, _bare(surface))


def _bare(surface: str) -> str:
    """The folded spelling without the article ("آلاف" has none)."""
    article = surface.startswith("ال") and len(surface) > _SHORTEST_STEM
    return fold(surface[2:] if article else surface)


def _phrase(name: str) -> tuple[str, ...]:
    """A table's phrase as host keys, prepositions joined with +: "قيادة للقوات" is "قياده", "ل+قوات"."""
    return tuple("ل+" + fold(word[2:]) if word.startswith("لل") else _bare(word) for word in name.split())


class Phrases(Generic[T]):
    """Phrases of one or more words, found by their first host; the longest wins."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}

    def add(self, words: tuple[str, ...], value: T) -> None:
        """Adds a phrase; of equal phrases the first stays."""
        if words:
            entries = self._by_first.setdefault(words[0], [])
            if all(entry[0] != words for entry in entries):
                entries.append((words, value))
                entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, keys: Sequence[Key], n: int) -> tuple[int, T] | None:
        """The longest phrase that begins at word `n`: the index past it and its value."""
        for words, value in self._by_first.get(keys[n].host, ()):
            last = n + len(words)
            if last <= len(keys) and all(
                wanted in (key.host, key.whole) if "+" not in wanted else wanted == key.joined
                for wanted, key in zip(words[1:], keys[n + 1 : last], strict=True)
            ):
                return last, value
        return None

    def has(self, host: str) -> bool:
        """Whether a phrase of the one word `host` is there."""
        return any(len(words) == 1 for words, _ in self._by_first.get(host, ()))


class Lexicon:
    """The tables of `data/actors` and `data/mentions` as phrases and sets of folded hosts."""

    def __init__(self, library: Library) -> None:
        self.quantities: Phrases[str] = Phrases()
        for row in library.rows("mentions", "quantity"):
            for words in row["words"]:
                self.quantities.add(_phrase(words), row["join"])
        self.heads: Phrases[Head] = Phrases()
        self.madda: set[str] = set()  # hosts that name a person only where spelt with آ (آمر; but أمر is a matter)
        for row in library.rows("actors", "institution"):
            self._add_organ(row)
        for row in library.rows("actors", "role"):
            self._add_role(row)
        self.titles: Phrases[str] = Phrases()
        for row in library.rows("actors", "title"):
            for name in row["name"]:
                for form in _genders(_phrase(name)):
                    self.titles.add(form, row.get("kind", ""))
        self.demonyms: frozenset[str] = frozenset(_demonym_forms(library, many=False))
        self.peoples: frozenset[str] = frozenset(_demonym_forms(library, many=True))
        self.not_before = {
            fold(word): frozenset(map(fold, row["before"]))
            for row in library.rows("mentions", "not_before")
            for word in row["words"]
        }
        self.not_after = frozenset(_words(library.rows("mentions", "not_after")))
        self.outside = frozenset(_words(library.rows("mentions", "outside")))
        self.portfolios = frozenset(_words(library.rows("mentions", "portfolio")))
        self.areas = frozenset(_words(library.rows("mentions", "area")))
        self.described = self.demonyms | self.peoples
        self.counted = frozenset(_words(library.rows("mentions", "counted")))
        self.times = frozenset(
            _bare(word)
            for row in library.rows("times", "word")
            if row.get("class") in ("weekday", "month")
            for words in row["words"]
            for word in words.split()
        )
        self.called = frozenset(_words(library.rows("mentions", "called")))
        self.tails = frozenset(_words(library.rows("mentions", "tail")))
        affiliations = library.rows("mentions", "affiliation")
        self.affiliated = {
            fold(word): frozenset(map(fold, row["after"])) for row in affiliations for word in row["words"]
        }
        self.standalone = frozenset(_words([row for row in affiliations if row.get("alone")]))
        self.complements = [
            Complement(
                frozenset(row["roles"]),
                frozenset(map(fold, row["after"])),
                frozenset(row["takes"]),
                bool(row.get("indefinite")),
            )
            for row in library.rows("mentions", "complement")
        ]

    def _add_role(self, row: Row) -> None:
        many = bool(row.get("group"))
        seen: dict[str, bool] = {}
        for name in row["name"]:
            words = _phrase(name)
            if len(words) == 1 and self.quantities.has(words[0]):
                continue
            plural = seen.setdefault(words[0], many or _looks_plural(words[0], list(seen)))
            kind = "group" if plural else "person"
            if name.startswith("آ"):
                self.madda.add(words[0])
            self.heads.add(words, Head(kind, "role", row["id"], len(words)))
            if not plural:
                for first, number in _inflected(words[0]):
                    self.heads.add((first, *words[1:]), Head(number, "role", row["id"], len(words)))
            elif len(words) == 1 and not words[0].endswith(("ون", "ات", "ه", "ء", "ي")):
                self.heads.add((words[0] + "ا",), Head("group", "role", row["id"], 1))
            if plural and words[0].endswith("ون"):
                for ending in ("ين", "و", "ي"):
                    self.heads.add((words[0][:-2] + ending, *words[1:]), Head("group", "role", row["id"], len(words)))

    def _add_organ(self, row: Row) -> None:
        for name in row["name"]:
            words = _phrase(name)
            head = Head("group", "organ", row["id"], len(words))
            self.heads.add(words, head)
            if len(words) == 1 and not words[0].endswith("ات") and not _names_act(words[0]):
                stem = words[0][:-1] if words[0].endswith("ه") else words[0]
                self.heads.add((stem + "ات",), head)
                for ending in ("ان", "ين") if stem == words[0] else ("تان", "تين"):
                    self.heads.add((stem + ending,), head)


def _words(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield from map(fold, row["words"])


def _genders(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield words
    if len(words) == 1 and not words[0].endswith("ه"):
        yield (words[0] + "ه",)


def _looks_plural(word: str, before: Sequence[str]) -> bool:
    """Whether a role's word is a plural: sound, or broken, with the consonants of a word before it in the row."""
    if word.endswith(("ون", "ات")) and len(word) > _SHORTEST_STEM + 1:
        return True
    if word.endswith("يه"):
        return False
    if before and len(word) > _ACTOR - 1 and word.startswith("ا") and word[-2] == "ا":
        return True
    bones = _consonants(word)
    return any(
        bones == _consonants(other)
        and word not in (other + "ه", other + "ي")
        and word.replace("و", "ي") != other.replace("و", "ي")
        for other in before
    )


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in "اويهء")


def _inflected(word: str) -> Iterator[tuple[str, str]]:
    """Other forms of a singular, and whether they name one ("person") or several ("group")."""
    stem = word[:-1] if word.endswith("ه") else word
    feminine = stem != word
    # مساعدة is help before it is a woman, مفاوضات are talks, حاجة is need
    thing = _names_act(word) or len(word) <= _SHORTEST_STEM
    if not feminine:
        if not thing:
            yield word + "ه", "person"
        yield word + "ا", "person"
        for ending in ("ون", "ين", "و", "ان"):
            yield stem + ending, "group"
        if not word.endswith("ي"):
            yield stem + "ي", "group"
    if not thing:
        yield stem + "ات", "group"
    for ending in ("تان", "تين", "تا", "تي"):
        yield stem + ending, "group"


def _names_act(word: str) -> bool:
    """Whether the feminine of `word`, of the pattern مفاعل, is also a masdar."""
    return len(word) == _ACTOR and word[0] == "م" and word[2] == "ا"


def _demonym_forms(library: Library, *, many: bool) -> Iterator[str]:
    for row in library.rows("actors", "country"):
        if many:
            yield from (_bare(form) for form in row.get("plural", ()))
        for adjective in row.get("adjective", ()):
            stem = fold(adjective)
            if many:
                yield from (stem + "ون", stem + "ين")
            else:
                yield from (stem, stem + "ه", stem + "ون", stem + "ين", stem + "ان", stem + "ات")
                yield from (stem + "تين", stem + "تان")
