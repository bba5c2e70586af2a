"""Frames: which act a word names. Rows of data/frames, by verb lemma and by the forms of nouns and participles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from waqai.arabic import fold
from waqai.errors import TableError
from waqai.model import Frame, Trigger, Word
from waqai.resources import Library, Row

# How far the second part of a multiword frame may stand from the first, in words: "شن الجيش العراقي فجر اليوم هجوما".
REACH = 6
PREPOSITION_REACH = 10


@dataclass(slots=True)
class _Index:
    verbs: dict[str, list[Frame]] = field(default_factory=dict)
    nouns: dict[str, list[Frame]] = field(default_factory=dict)
    participles: dict[str, list[Frame]] = field(default_factory=dict)
    passives: dict[str, list[Frame]] = field(default_factory=dict)


class FrameFinder:
    """Finds the triggers of a sentence."""

    def __init__(self, library: Library) -> None:
        self._index = _Index()
        self.types: dict[str, str] = {}
        for row in library.rows("frames", "frame"):
            self._add(row)

    def find(self, words: Sequence[Word]) -> list[Trigger]:
        """The triggers among `words`, one a word at most, in order; the most specific row wins."""
        folded = [fold(word.form) for word in words]
        found: list[Trigger] = []
        taken = -1
        for index in range(len(words)):
            if index <= taken:
                continue
            trigger = self._at(index, words, folded)
            if trigger is not None:
                found.append(trigger)
                taken = trigger.last - 1
        completed = {trigger.object_index for trigger in found if trigger.object_index >= 0}
        return [trigger for trigger in found if trigger.index not in completed]

    def tried(self, words: Sequence[Word], index: int) -> list[Trigger]:
        """Every row that names the word at `index`, fitting or not; for explaining."""
        word, folded = words[index], fold(words[index].form)
        return [Trigger(frame, index, index + 1, part) for part, frame in self._rows(word, folded)]

    def _at(self, index: int, words: Sequence[Word], folded: Sequence[str]) -> Trigger | None:
        best: Trigger | None = None
        for part, frame in self._rows(words[index], folded[index]):
            trigger = _fit(frame, part, index, words, folded)
            if trigger is not None and (best is None or frame.weight > best.frame.weight):
                best = trigger
        return best

    def _rows(self, word: Word, folded: str) -> Iterator[tuple[str, Frame]]:
        if word.pos == "VERB":
            seen: set[str] = set()
            for reading in word.readings[:2]:
                lemma = fold(reading.lemma)
                if lemma not in seen:
                    seen.add(lemma)
                    for frame in self._index.verbs.get(lemma, ()):
                        yield "verb", frame
            return
        if word.pos in ("PUNCT", "ADP", "CONJ", "PART"):
            return
        for frame in self._index.participles.get(folded, ()):
            yield "participle", frame
        for frame in self._index.passives.get(folded, ()):
            yield "passive", frame
        for frame in self._index.nouns.get(folded, ()):
            yield "noun", frame

    def _add(self, row: Row) -> None:
        try:
            base = _frame(row)
        except (KeyError, TypeError) as error:
            raise TableError(f"frames/: row {row['id']!r}: missing or wrong key {error}") from error
        self.types[base.id] = base.type
        for entry in row.get("verb", ()):
            _put(self._index.verbs, [fold(entry.split()[0])], base, entry)
        for entry in row.get("noun", ()):
            _put(self._index.nouns, _noun_forms(fold(entry.split()[0])), base, entry)
        for entry in row.get("participle", ()):
            _put(self._index.participles, _participle_forms(fold(entry.split()[0])), base, entry)
        for entry in row.get("passive", ()):
            _put(self._index.passives, _participle_forms(fold(entry.split()[0])), base, entry)


def _frame(row: Row) -> Frame:
    def words(key: str) -> frozenset[str]:
        return frozenset(fold(word) for word in row.get(key, ()))

    return Frame(
        id=row["id"],
        type=row["type"],
        mode=row.get("mode", ""),
        cameo=row.get("cameo", ""),
        source=_slots(row.get("source", ())),
        target=_slots(row.get("target", ())),
        genitive=row.get("genitive", ""),
        symmetric=bool(row.get("symmetric", False)),
        having=words("with"),
        without=words("without"),
        needs=frozenset("" if not need else fold(need) for need in row.get("needs", ())),
    )


def _slots(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _put(table: dict[str, list[Frame]], forms: Sequence[str], base: Frame, entry: str) -> None:
    rest = tuple(fold(word) for word in entry.split()[1:])
    frame = replace(base, rest=rest) if rest else base
    for form in dict.fromkeys(forms):
        table.setdefault(form, []).append(frame)


def _noun_forms(word: str) -> list[str]:
    """Folded forms of a noun: with accusative alif, dual, sound plurals; before a pronoun ة shows as ت."""
    forms = [word, word + "ا"]
    if word.endswith("ه"):
        stem = word[:-1]
        forms += [stem + "ت", stem + "تان", stem + "تين", stem + "تي", stem + "تا", stem + "ات"]
    else:
        forms += [word + "ان", word + "ين", word + "ات", word + "ي"]
    return forms


def _participle_forms(word: str) -> list[str]:
    """Folded forms of a participle: accusative, feminine, dual and plurals; defective ones (داع) with their ي."""
    forms = [
        word,
        word + "ا",
        word + "ه",
        word + "ين",
        word + "ون",
        word + "ان",
        word + "ات",
        word + "تين",
        word + "و",
        word + "ت",
    ]
    if len(word) == 3 and word[1] == "ا":
        forms += [word + "ي", word + "يا", word + "يه", word + "يين", word + "يات"]
    return forms


def _fit(frame: Frame, part: str, index: int, words: Sequence[Word], folded: Sequence[str]) -> Trigger | None:
    """The trigger, where every condition of the row holds at `index`."""
    last, completion = index + 1, -1
    if frame.rest:
        reach = REACH if part == "verb" else len(frame.rest)
        place = _follows(frame.rest, index, folded, reach)
        if place is None:
            return None
        first, end = place
        if part == "verb" and first > index + 1:
            completion = first
        else:
            last = end
    window = folded[index + 1 : index + 1 + REACH]
    if frame.having:
        completion = next((index + 1 + n for n, word in enumerate(window) if _matches(word, frame.having)), -1)
        if completion < 0:
            return None
    if frame.without and any(_matches(word, frame.without) for word in window):
        return None
    if frame.needs and "" not in frame.needs and not _has_preposition(frame.needs, last, words, folded):
        return None
    return Trigger(frame, index, last, part, completion)


def _follows(rest: Sequence[str], index: int, folded: Sequence[str], reach: int) -> tuple[int, int] | None:
    """Where `rest` follows `index` within `reach` words: (index of its first word, index after its last)."""
    for start in range(index + 1, min(len(folded), index + 1 + reach - len(rest) + 1)):
        if all(start + n < len(folded) and _same(folded[start + n], word) for n, word in enumerate(rest)):
            return start, start + len(rest)
    return None


def _same(written: str, wanted: str) -> bool:
    """Whether a written form is the wanted word, give or take the article, accusative alif and ة before a pronoun."""
    if wanted.startswith("ال") and len(wanted) > 4:
        wanted = wanted[2:]
    return written in (wanted, wanted + "ا", wanted[:-1] + "ت" if wanted.endswith("ه") else wanted)


def _matches(written: str, wanted: frozenset[str]) -> bool:
    return written in wanted or any(_same(written, word) for word in wanted)


def _has_preposition(needs: frozenset[str], start: int, words: Sequence[Word], folded: Sequence[str]) -> bool:
    """Whether one of the prepositions follows before the sentence moves on to another verb."""
    for n in range(start, min(len(words), start + PREPOSITION_REACH)):
        word = words[n]
        if word.pos == "ADP" and folded[n] in needs:
            return True
        if any(clitic in needs for clitic in word.proclitics if clitic not in ("و", "ف", "ال", "س")):
            return True
        if folded[n] in needs and not word.definite:
            return True
        if word.pos == "VERB" and n > start:
            return False
    return False
