"""Occasions a text names for a coming day (an election, a summit, a deadline), and what it tells of planned ones.

A sentence says planned where a word of planning stands by; dated where only a coming day does.

Elections and the like are no events of the record: they are read here, from the sentence around a time that the record
has. Words are rows of data/stories/occasions.toml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from waqai.arabic import fold
from waqai.resources import Library, Row
from waqai.store.story_tables import story_occasions
from waqai.store.tables import times
from waqai.stories.words import stem

_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.!?؟…](?=\s|$)|\n+")
_DAY, _MONTH = len("2018-05-29"), len("2018-05")
_AWAY = 10  # words between the occasion and its day
_TOLD_BY = 4  # words between a noun such as "cancellation" and who tells of it
_LONGEST = 120  # words of a sentence that are looked at
_TELLING = ("postponed", "cancelled", "held")
_ISO = 3  # letters of a country's id
_COUNTRIES = 3  # of a sentence, those nearest to the occasion


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by offsets in the text, its words' offsets, folded forms and stems."""

    start: int
    end: int
    spots: tuple[tuple[int, int], ...]
    forms: tuple[str, ...]
    stems: tuple[str, ...]


class Cue:
    """The words of a row `told` that tell what became of an occasion, or that it is planned."""

    def __init__(self, row: Row) -> None:
        self.near = int(row["near"])
        self._words, self._nouns = _forms(row), _forms(row, "nouns")
        self._told_by, self._without = _forms(row, "told_by"), _forms(row, "without")

    def at(self, forms: Sequence[str], word: int) -> bool:
        """Whether the word at this place tells it."""
        found = _clitics_off(forms[word])
        if any(_before(forms, word, phrase) for phrase in self._without):
            return False
        if found & self._words:
            return True
        before = forms[max(0, word - _TOLD_BY) : word]
        return bool(found & self._nouns and any(_clitics_off(form) & self._told_by for form in before))


class Occasions:
    """Finds occasions with the rows of `library`."""

    def __init__(self, library: Library) -> None:
        self._named_by: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._without: dict[str, list[tuple[str, ...]]] = {}
        self._other: dict[str, frozenset[str]] = {}
        for row in library.rows("stories", "occasion"):
            self._without[str(row["id"])] = _phrases(row, "without")
            self._other[str(row["id"])] = _forms(row, "other")
            for phrase in _phrases(row):
                self._named_by.setdefault(phrase[0], []).append((str(row["id"]), phrase))
        self._told = {str(row["id"]): Cue(row) for row in library.rows("stories", "told")}
        self._apart = frozenset(form for row in library.rows("stories", "apart") for form in _forms(row))
        self._countries = _countries(library)

    def add(self, connection: Connection, row: Mapping[str, Any], day: str, _found: object = None) -> None:
        """Keeps the occasions of one article, a row of `revisions`, published on `day`."""
        chosen = select(times.c.text_start, times.c.text_end, times.c.value).where(times.c.revision == row["id"])
        told = [(found.text_start, found.text_end, found.value) for found in connection.execute(chosen)]
        rows = [{"revision": row["id"]} | found for found in self.find(row["text"], told, day)]
        if rows:
            connection.execute(insert(story_occasions), rows)

    def find(self, text: str, told: Sequence[tuple[int, int, str]], day: str) -> Iterator[dict[str, Any]]:
        """The occasions of `text`, with `told` its times (start, end, value), as columns of `story_occasions`."""
        if not day:
            return
        about: str | None = None
        seen: set[tuple[str, str, str]] = set()
        for sentence in sentences(text):
            for name, at in self._named(sentence):
                for says, date, cue in self._says(sentence, at, told, day):
                    if (name, says, date) in seen:
                        continue
                    seen.add((name, says, date))
                    country = self._around(sentence, at)
                    if not country:
                        about = self._subject(text) if about is None else about
                    yield {
                        "occasion": name, "country": country or about or "", "says": says, "date": date,
                        "evidence_start": sentence.start, "evidence_end": sentence.end,
                        "cue_start": cue[0], "cue_end": cue[1],
                    }  # fmt: skip

    def _named(self, sentence: Sentence) -> Iterator[tuple[str, int]]:
        """The occasions a sentence names, each with the first word that does."""
        found: set[str] = set()
        for at, word in enumerate(sentence.stems):
            for name, phrase in self._named_by.get(word, ()):
                if name in found or not _stands(sentence.stems, at, phrase):
                    continue
                if _clitics_off(sentence.forms[at]) & self._other[name]:
                    continue
                if not any(_stands(sentence.stems, at, other) for other in self._without[name]):
                    found.add(name)
                    yield name, at

    def _says(
        self, sentence: Sentence, at: int, told: Sequence[tuple[int, int, str]], day: str
    ) -> Iterator[tuple[str, str, tuple[int, int]]]:
        """What a sentence tells of the occasion at word `at`, for which day, and the span of the words that tell."""
        dated = sorted(
            (abs(word - at), value[:_DAY], (start, end))
            for start, end, value in told
            if sentence.start <= start < sentence.end and re.match(r"\d{4}-\d\d", value)
            for word in [_word_at(sentence, start)]
            if abs(word - at) <= _AWAY
        )
        for says in _TELLING:
            if (cue := self._cue(sentence, at, says)) is not None:
                past = [date for _, date, _ in dated if date[:_DAY] <= day and len(date) >= _DAY]
                coming = [date for _, date, _ in dated if date > day[: len(date)]]
                if says == "held" and coming and not past:
                    continue
                due = next(iter(past), day) if says == "held" else next((d for _, d, _ in dated), "")
                yield says, due, sentence.spots[cue]
                if says != "postponed":
                    return
        if at and _clitics_off(sentence.forms[at - 1]) & self._apart:
            return
        coming_first = next(((date, span) for _, date, span in dated if date > day[: len(date)]), None)
        if coming_first:
            sure = self._cue(sentence, at, "planned") is not None
            yield "planned" if sure else "dated", coming_first[0], coming_first[1]

    def _cue(self, sentence: Sentence, at: int, says: str) -> int | None:
        cue = self._told[says]
        words = range(max(0, at - cue.near), min(len(sentence.forms), at + cue.near + 1))
        return next((word for word in words if cue.at(sentence.forms, word)), None)

    def _around(self, sentence: Sentence, at: int) -> str:
        """The countries named nearest to word `at`, sorted, parted by spaces."""
        near: dict[str, int] = {}
        for word, form in enumerate(sentence.forms):
            if country := self._country(form):
                near[country] = min(abs(word - at), near.get(country, abs(word - at)))
        return " ".join(sorted(sorted(near, key=lambda name: (near[name], name))[:_COUNTRIES]))

    def _country(self, form: str) -> str:
        return next(
            (self._countries[bare] for bare in sorted(_clitics_off(form), key=len)[::-1] if bare in self._countries), ""
        )

    def _subject(self, text: str) -> str:
        """The country that a text names most, "" for none."""
        counts = Counter(country for word in _WORD.findall(text) if (country := self._country(fold(word))))
        best = sorted(counts, key=lambda name: (-counts[name], name))
        return best[0] if best else ""


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of `text`, by stops and line ends."""
    start = 0
    for stop in (*(match.end() for match in _STOP.finditer(text)), len(text)):
        spots = tuple(match.span() for match in _WORD.finditer(text, start, stop))[:_LONGEST]
        if spots:
            words = [text[a:b] for a, b in spots]
            end = len(text[:stop].rstrip())
            yield Sentence(spots[0][0], end, spots, tuple(map(fold, words)), tuple(map(stem, words)))
        start = stop


def _phrases(row: Row, key: str = "words") -> list[tuple[str, ...]]:
    return [tuple(stem(word) for word in entry.split()) for entry in row.get(key, ())]


def _forms(row: Row, key: str = "words") -> frozenset[str]:
    return frozenset(fold(word) for word in row.get(key, ()))


def _stands(found: Sequence[str], at: int, phrase: tuple[str, ...]) -> bool:
    return tuple(found[at : at + len(phrase)]) == phrase


def _before(forms: Sequence[str], at: int, phrase: str) -> bool:
    """Whether `phrase` stands at `at`, or ends there, or begins there."""
    words = phrase.split()
    return any(
        list(forms[at - shift : at - shift + len(words)]) == words for shift in range(len(words)) if at - shift >= 0
    )


def _clitics_off(form: str) -> set[str]:
    found = {form}
    for clitic in ("و", "ف", "ب", "ل", "ال", "وال", "بال", "لل"):
        if form.startswith(clitic):
            found.add(form[len(clitic) :])
    return found


def _word_at(sentence: Sentence, offset: int) -> int:
    return next((number for number, (_, end) in enumerate(sentence.spots) if end > offset), len(sentence.spots))


def _countries(library: Library) -> dict[str, str]:
    """By folded form of a country's name, capital or adjective, without its article, its id."""
    found: dict[str, str] = {}
    for row in library.rows("actors", "country"):
        if len(str(row["id"])) != _ISO:
            continue
        names = [name for name in (row["name"], *row.get("aliases", ()), *row.get("capital", ())) if " " not in name]
        adjectives = [word + ending for word in row.get("adjective", ()) for ending in ("", "ة", "ين", "ون", "ا")]
        for word in (*names, *adjectives, *row.get("plural", ())):
            found.setdefault(fold(word), str(row["id"]))
            found.setdefault(fold(word).removeprefix("ال"), str(row["id"]))
    return found
