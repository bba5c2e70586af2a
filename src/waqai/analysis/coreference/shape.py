"""What of a mention decides whom it may stand for: its words, head, country, and whether it is definite."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from waqai.arabic import fold
from waqai.model import Mention, Sentence, Span, Word
from waqai.resources import Library

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """A mention made ready; all words folded, hosts without article.

    `name` are the words of its name, `words` the hosts of its phrase, `role` those of a named person's role;
    `any_office` says whether its head may stand for every office. `plain` is its name as one folded string,
    `wrapped` the same without a word that only wraps it, "" where none does.
    """

    name: tuple[str, ...]
    words: tuple[str, ...]
    role: tuple[str, ...]
    countries: frozenset[str]
    country_words: frozenset[str]
    definite: bool
    any_office: bool
    plain: str
    wrapped: str

    @property
    def head(self) -> str:
        """The host of the first word."""
        return self.words[0] if self.words else ""


class Shaper:
    """Makes shapes of mentions."""

    def __init__(self, library: Library) -> None:
        self._country: dict[str, str] = {}
        for row in library.rows("actors", "country"):
            for form in (row["name"], *row.get("capital", ()), *row.get("adjective", ())):
                words = _hosts(form)
                self._country.setdefault(" ".join(words), row["id"])
                if len(words) == 1 and form in row.get("adjective", ()):
                    self._country.setdefault(words[0] + "ه", row["id"])
        self._any_office = {fold(word) for row in library.rows("mentions", "any_office") for word in row["words"]}
        self._shells = {fold(word) for row in library.rows("mentions", "shell") for word in row["words"]}

    def shape(self, text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Shape]:
        """One shape for each mention."""
        by_start: dict[int, Word] = {}
        ends: list[Word] = []
        for sentence in sentences:
            ends.extend(sentence.words)
        by_start = {at: word for word in ends for at in range(word.span.start, word.span.end)}
        return [self._of(text, mention, by_start) for mention in mentions]

    def _of(self, text: str, mention: Mention, word_at: dict[int, Word]) -> Shape:
        name = tuple(fold(word) for word in _WORD.findall(mention.name))
        role = _hosts(mention.role)
        words = role if mention.kind == "person" and not mention.generic else _in(mention.name_span, word_at)
        countries, country_words = self._countries(words)
        first = word_at.get(mention.span.start)
        definite = first is not None and (first.definite or _is_idafa(mention.span, word_at))
        wrapped = " ".join(name[1:]) if len(name) > 1 and name[0] in self._shells else ""
        any_office = bool(words) and words[0] in self._any_office
        return Shape(name, words, role, countries, country_words, definite, any_office, " ".join(name), wrapped)

    def _countries(self, words: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
        found: set[str] = set()
        spelt: set[str] = set()
        for size in (2, 1):
            for n in range(len(words) - size + 1):
                country = self._country.get(" ".join(words[n : n + size]))
                if country and not spelt & set(words[n : n + size]):
                    found.add(country)
                    spelt.update(words[n : n + size])
        return frozenset(found), frozenset(spelt)


def plain(name: str) -> str:
    """The words of `name`, folded, without what ties hashtags together."""
    return " ".join(fold(word) for word in _WORD.findall(name))


def _hosts(phrase: str) -> tuple[str, ...]:
    return tuple(
        fold(word[2:] if word.startswith(("ال", "لل")) and len(word) > 4 else word) for word in _WORD.findall(phrase)
    )


def _in(span: Span, word_at: dict[int, Word]) -> tuple[str, ...]:
    """The hosts of the words inside `span`."""
    hosts, at = [], span.start
    while at < span.end:
        word = word_at.get(at)
        if word is None:
            at += 1
            continue
        if word.pos != "PUNCT":
            hosts.append(fold(word.form))
        at = word.span.end
    return tuple(hosts)


def _is_idafa(span: Span, word_at: dict[int, Word]) -> bool:
    """Whether some later word of the phrase is definite, as the last of an idafa."""
    first = word_at.get(span.start)
    at = first.span.end if first is not None else span.start
    while at < span.end:
        word = word_at.get(at)
        if word is not None and (word.definite or word.pos == "PROPN"):
            return True
        at = word.span.end if word is not None else at + 1
    return False
