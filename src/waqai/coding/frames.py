"""Frames: which act a word names. Rows of data/frames, by verb lemma and by the forms of nouns and participles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple

from waqai.arabic import fold
from waqai.errors import TableError
from waqai.model import Frame, Trigger, Word
from waqai.resources import Library, Row

# How far the second part of a multiword frame may stand from the first, in words: "شن الجيش العراقي فجر اليوم هجوما".
REACH = 10
PREPOSITION_REACH = 14
# How many types of act one word may be read as; whoever judges the acts decides between them.
READINGS = 2
# How far before its verb a `with` word may stand: "الأسلحة الثقيلة التي أرسلتها الحكومة".
LEAD = 6
STOPS = frozenset('.!؟?:؛;«»"“”()')
COMMAS = frozenset("،,")


class _Entry(NamedTuple):
    """A frame, and the words one of which must be near for its multiword parts to be looked for at all."""

    frame: Frame
    rest: frozenset[str]
    having: frozenset[str]
    without: frozenset[str]


@dataclass(slots=True)
class _Index:
    verbs: dict[str, list[_Entry]] = field(default_factory=dict)
    nouns: dict[str, list[_Entry]] = field(default_factory=dict)
    participles: dict[str, list[_Entry]] = field(default_factory=dict)
    passives: dict[str, list[_Entry]] = field(default_factory=dict)


class FrameFinder:
    """Finds the triggers of a sentence."""

    def __init__(self, library: Library) -> None:
        self._index = _Index()
        self._particles = _particles(library)
        self.frames: dict[str, Frame] = {}
        for row in library.rows("frames", "frame"):
            self._add(row)

    def find(self, words: Sequence[Word]) -> list[Trigger]:
        """The triggers among `words`, in order; of each type that a word may be read as, the most specific row wins."""
        line = _Line(words, self._particles)
        found: list[Trigger] = []
        taken = -1
        for index in range(len(words)):
            if index <= taken:
                continue
            readings = self._at(index, line)
            if readings:
                found.extend(readings)
                taken = readings[0].last - 1
        completed = {trigger.object_index for trigger in found if trigger.object_index >= 0}
        return [trigger for trigger in found if trigger.index not in completed]

    def tried(self, words: Sequence[Word], index: int) -> list[tuple[Frame, str, str]]:
        """Every row that names the word at `index`, how it reads it, and why it does not fit ("" where it does)."""
        line = _Line(words, self._particles)
        rows = self._rows(words[index], line.bare[index])
        fits = [(entry.frame, part, _fit(entry, part, index, line)) for part, entry in rows]
        return [(frame, part, fit if isinstance(fit, str) else "") for frame, part, fit in fits]

    def _at(self, index: int, line: _Line) -> list[Trigger]:
        """The readings of the word at `index`: of each type that fits the most specific row, the surest first."""
        best: dict[str, Trigger] = {}
        construct = line.bare[index].endswith("ه") and line.construct(index)
        for part, entry in self._rows(line.words[index], line.bare[index]):
            if part == "participle" and construct and self._index.nouns.get(line.bare[index]):
                continue  # with a genitive behind it, "مطالبة" is the demand, not "demanding"
            trigger = _fit(entry, part, index, line)
            if not isinstance(trigger, Trigger):
                continue
            known = best.get(entry.frame.type)
            if known is None or entry.frame.weight > known.frame.weight:
                best[entry.frame.type] = trigger
        return sorted(best.values(), key=lambda trigger: trigger.frame.weight, reverse=True)[:READINGS]

    def _rows(self, word: Word, folded: str) -> Iterator[tuple[str, _Entry]]:
        if word.pos == "VERB":
            seen: set[str] = set()
            for reading in word.readings[:2]:
                lemma = fold(reading.lemma)
                if lemma not in seen:
                    seen.add(lemma)
                    for entry in self._index.verbs.get(lemma, ()):
                        yield "verb", entry
            return
        if word.pos in ("PUNCT", "ADP", "CONJ", "PART", "PROPN"):
            return
        for entry in self._index.participles.get(folded, ()):
            yield "participle", entry
        for entry in self._index.passives.get(folded, ()):
            yield "passive", entry
        if word.pos == "ADJ" and folded.endswith(("ي", "يه")):
            return  # a relation to the act, not the act: "التواصل الاجتماعي"
        for entry in self._index.nouns.get(folded, ()):
            yield "noun", entry

    def _add(self, row: Row) -> None:
        _checked(row)
        try:
            base = _frame(row)
        except (KeyError, TypeError) as error:
            raise TableError(f"frames/: row {row['id']!r}: missing or wrong key {error}") from error
        self.frames[base.id] = base
        plain = _Entry(base, frozenset(), _openings(base.having), _openings(base.without))
        for entry in row.get("verb", ()):
            _put(self._index.verbs, [fold(entry.split()[0])], plain, entry)
        for entry in row.get("noun", ()):
            _put(self._index.nouns, _noun_forms(fold(entry.split()[0])), plain, entry)
        for entry in row.get("participle", ()):
            _put(self._index.participles, _participle_forms(fold(entry.split()[0])), plain, entry)
        for entry in row.get("passive", ()):
            _put(self._index.passives, _participle_forms(fold(entry.split()[0])), plain, entry)


# What a row may hold, and which of its values are lists of words.
_LISTS = frozenset({"verb", "noun", "participle", "passive", "with", "without", "needs", "when"})
WHENS = frozenset({"first", "future", "negated"})
_KEYS = _LISTS | {
    "id",
    "type",
    "mode",
    "cameo",
    "source",
    "target",
    "genitive",
    "symmetric",
    "fallback",
    "example",
    "gives",
}


def _checked(row: Row) -> None:
    """Raises TableError where a row has a key nobody reads, or a word where a list of words is wanted."""
    unknown = sorted(set(row) - _KEYS)
    if unknown:
        raise TableError(f"frames/: row {row['id']!r}: no such key: {', '.join(unknown)}")
    for key in sorted(_LISTS & set(row)):
        if not isinstance(row[key], list):
            raise TableError(f'frames/: row {row["id"]!r}: {key} should be a list, written ["…"]')
    strange = sorted(set(row.get("when", ())) - WHENS)
    if strange:
        raise TableError(f"frames/: row {row['id']!r}: no such when: {', '.join(strange)}; {', '.join(sorted(WHENS))}")


def _frame(row: Row) -> Frame:
    def words(key: str) -> tuple[tuple[str, ...], ...]:
        return tuple(_key(phrase) for phrase in row.get(key, ()))

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
        when=frozenset(row.get("when", ())),
        fallback=bool(row.get("fallback", False)),
    )


def _particles(library: Library) -> dict[str, str]:
    """Words that stand right before a verb -> whether they make it planned or denied."""
    rows = (row for row in library.rows("status", "cue") if row["kind"] == "particle")
    return {fold(word): row["status"] for row in rows for word in row["words"]}


def _slots(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _put(table: dict[str, list[_Entry]], forms: Sequence[str], plain: _Entry, words: str) -> None:
    rest = _key(words)[1:]
    entry = plain._replace(frame=replace(plain.frame, rest=rest), rest=_openings([rest])) if rest else plain
    for form in dict.fromkeys(forms):
        table.setdefault(form, []).append(entry)


def _openings(phrases: Iterable[Sequence[str]]) -> frozenset[str]:
    """Every shape of the first words of `phrases`."""
    return frozenset(shape for phrase in phrases for word in phrase[:1] for shape in _shapes(word))


def _noun_forms(word: str) -> list[str]:
    """Folded forms of a noun: with accusative alif, dual, sound plurals; before a pronoun ة shows as ت."""
    forms = [word, word + "ا"]  # a bare final ي is left out: "قتلي" is "قتلى", "نقدي" a relation
    if word.endswith("ه"):
        stem = word[:-1]
        forms += [stem + "ت", stem + "تان", stem + "تين", stem + "تي", stem + "تا", stem + "ات"]
    else:
        forms += [word + "ان", word + "ين", word + "ات"]
    if word.endswith("اء"):
        forms += [word[:-1] + "ي", word[:-1] + "و"]  # "لقائه", "لقاؤه"
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


class _Line:
    """The words of a sentence as frames see them: folded, bare and with the prepositions fused to them ("بزيارة")."""

    def __init__(self, words: Sequence[Word], particles: Mapping[str, str]) -> None:
        self.words = words
        self._particles = particles
        self.bare = [fold(word.form) for word in words]
        self.fused = [_fused(word) + bare for word, bare in zip(words, self.bare, strict=True)]

    def has(self, index: int, wanted: str) -> bool:
        """Whether the word at `index` is `wanted`, give or take accusative alif and ة before a pronoun."""
        if index >= len(self.bare):
            return False
        forms = _shapes(wanted)
        return self.bare[index] in forms or self.fused[index] in forms

    def state(self, index: int) -> set[str]:
        """What holds of the verb at `index`: "first" person, "future", "negated"."""
        word = self.words[index]
        before = self._particles.get(self.bare[index - 1], "") if index else ""
        found = {"first"} if word.readings and word.readings[0].agreement[:1] == "1" else set()
        if "س" in word.proclitics or before == "planned":
            found.add("future")
        if before == "denied":
            found.add("negated")
        return found

    def construct(self, index: int) -> bool:
        """Whether a bare noun follows directly, as the second part of an idafa does."""
        following = self.words[index + 1] if index + 1 < len(self.words) else None
        if following is None or following.pos not in ("NOUN", "PROPN"):
            return False
        return not set(following.proclitics) - {"ال"}

    def phrase(self, index: int, wanted: Sequence[str]) -> bool:
        """Whether the words from `index` on are those of the phrase."""
        return all(self.has(index + n, word) for n, word in enumerate(wanted))

    def led_by(self, phrases: Sequence[tuple[str, ...]], openings: frozenset[str], index: int) -> bool:
        """Whether one of the phrases stands before the verb at `index`, as its subject or what it describes.

        "المحكمة حكمت على …", "الأسلحة التي أرسلتها …": within LEAD words, and no other verb or stop between.
        """
        start = index
        while start > max(0, index - LEAD) and self._leads(start - 1):
            start -= 1
        return self.any_of(phrases, openings, start, index) >= 0

    def _leads(self, index: int) -> bool:
        word = self.words[index]
        if word.pos == "VERB" or word.form in STOPS:
            return False
        return word.form not in COMMAS or self.words[index + 1].pos == "PRON"

    def any_of(self, phrases: Sequence[tuple[str, ...]], openings: frozenset[str], start: int, end: int) -> int:
        """The index in [start, end) where one of the phrases begins, -1 where none does.

        `openings` are the shapes of their first words: nearly always none of them is there, and that is seen at once.
        """
        if openings.isdisjoint(self.bare[start:end]) and openings.isdisjoint(self.fused[start:end]):
            return -1
        stop = min(end, len(self.bare))
        return next((i for i in range(start, stop) if any(self.phrase(i, phrase) for phrase in phrases)), -1)


@lru_cache(maxsize=1 << 14)
def _shapes(wanted: str) -> tuple[str, ...]:
    return (wanted, wanted + "ا", wanted[:-1] + "ت" if wanted.endswith("ه") else wanted)


def _key(words: str) -> tuple[str, ...]:
    """A phrase of a table as the words of a sentence are looked up: folded, each without its article."""
    return tuple(_bare(word) for word in words.split())


def _bare(word: str) -> str:
    # The article is cut before folding, since fold would make "إلكتروني" begin like it.
    return fold(word[2:] if word.startswith("ال") and len(word) > 4 else word)


def _fused(word: Word) -> str:
    return fold("".join(clitic for clitic in word.proclitics if clitic in ("ب", "ل", "ك")))


def _fit(entry: _Entry, part: str, index: int, line: _Line) -> Trigger | str:
    """The trigger, where every condition of the row holds at `index`, else which one does not."""
    frame = entry.frame
    last, completion = index + 1, -1
    if frame.when and not (part == "verb" and frame.when <= line.state(index)):
        return f"is not {' and '.join(sorted(frame.when))}"
    if frame.rest:
        start = _rest(entry, index, line, REACH if part == "verb" else len(frame.rest))
        if start < 0:
            return f"«{' '.join(frame.rest)}» does not follow"
        if start > index + 1:
            completion = start + len(frame.rest) - 1
        else:
            last = start + len(frame.rest)
    if frame.having:
        completion = line.any_of(frame.having, entry.having, index + 1, index + 1 + REACH)
        if completion < 0 and not (part == "verb" and line.led_by(frame.having, entry.having, index)):
            return "none of its `with` words is near"
    if frame.without and line.any_of(frame.without, entry.without, index + 1, index + 1 + REACH) >= 0:
        return "one of its `without` words follows"
    if frame.needs and "" not in frame.needs and not _has_preposition(frame.needs, last, line):
        return f"needs {' or '.join(sorted(frame.needs))} after it"
    return Trigger(frame, index, last, part, completion)


def _rest(entry: _Entry, index: int, line: _Line, reach: int) -> int:
    """The index within `reach` words where the rest of a multiword entry stands, -1 where it does not."""
    rest = entry.frame.rest
    return line.any_of((rest,), entry.rest, index + 1, index + 1 + reach - len(rest) + 1)


def _has_preposition(needs: frozenset[str], start: int, line: _Line) -> bool:
    """Whether one of the prepositions follows before the sentence moves on to another verb."""
    for n in range(start, min(len(line.words), start + PREPOSITION_REACH)):
        word = line.words[n]
        if line.bare[n] in needs and not word.definite:
            return True
        if any(clitic in needs for clitic in word.proclitics if clitic not in ("و", "ف", "ال", "س")):
            return True
        if word.pos == "VERB" and n > start:
            return False
    return False
