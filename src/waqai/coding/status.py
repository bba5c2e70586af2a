"""Whether an act happened, is planned, called for, conditional or denied, and the word that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from waqai.arabic import fold
from waqai.model import Clause, Parse, Sentence, Span, Status, Trigger, Word
from waqai.resources import Library, Row

# A particle stands right before its verb; "لم يكن قد التقى" leaves up to three words between.
PARTICLE_REACH = 3
# "عدم", "ضرورة" and their like stand right before the masdar, or one preposition away ("الحاجة إلى إرسال").
NOUN_REACH = 4
ADJECTIVE_REACH = 5
# "يلتقي القادة الأسبوع المقبل": the time word of a verb stands farther off than an adjective of a noun.
LATER_REACH = 12
# "وهو ما نفاه": a denial told in a relative clause after the act.
DENIAL_REACH = 25


@dataclass(slots=True)
class _Cues:
    """Folded words of one kind -> status."""

    particle: dict[str, tuple[str, str, frozenset[str]]] = field(default_factory=dict)
    verb: dict[str, tuple[str, str]] = field(default_factory=dict)
    noun: dict[str, str] = field(default_factory=dict)
    eve: dict[str, str] = field(default_factory=dict)
    adjective: dict[str, str] = field(default_factory=dict)
    clause: dict[tuple[str, ...], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Acts done by being said: their words' own tense and negation belong to what is said, not to the saying."""

    modes: frozenset[str] | None
    keeps: frozenset[str]


HAPPENED = Status("happened")
SAID = Status("happened", sure=True)


class StatusReader:
    """Reads the status of a trigger from the words around it."""

    def __init__(self, library: Library) -> None:
        self._cues = _Cues()
        for row in library.rows("status", "cue"):
            for words in row["words"]:
                self._add(row["kind"], words, row)
        self._spoken = {type_: _spoken(row) for row in library.rows("status", "spoken") for type_ in row["types"]}
        self._background = _folded(library, "background")
        self._light = _folded(library, "light")
        self._relative = _folded(library, "relative")
        carriers = (fold(word) for row in library.rows("status", "carrier") for word in row["words"])
        self._passed = {*self._cues.noun, *self._cues.eve, *carriers}

    def _add(self, kind: str, words: str, row: Row) -> None:
        status, needs = row["status"], row.get("needs", "")
        if kind == "clause":
            self._cues.clause[tuple(_bare(word) for word in words.split())] = status
            return
        key = fold(words)
        if kind == "particle":
            without = frozenset(fold(word) for word in row.get("without", ()))
            self._cues.particle[key] = (status, needs, without)
        elif kind == "verb":
            self._cues.verb[key] = (status, needs)
        else:
            getattr(self._cues, kind)[key] = status

    def read(self, trigger: Trigger, sentence: Sentence, parse: Parse) -> Status:
        """The status of `trigger`, nearest cue first: its own particle, what governs it, the clause it stands in."""
        spoken = self._spoken.get(trigger.frame.type)
        if spoken is None or (spoken.modes is not None and trigger.frame.mode not in spoken.modes):
            return self._told(trigger, sentence, parse)
        own = self._tense(trigger, sentence) or self._particle(trigger, sentence)
        return own if own is not None and own.value in spoken.keeps else SAID

    def _told(self, trigger: Trigger, sentence: Sentence, parse: Parse) -> Status:
        return (
            self._refuted(trigger, sentence, parse)
            or self._tense(trigger, sentence)
            or self._particle(trigger, sentence)
            or self._adjective(trigger, sentence)
            or self._later(trigger, sentence)
            or self._noun(trigger, sentence)
            or self._clause(trigger, sentence, parse)
            or self._governor(trigger, sentence, parse)
            or self._disowned(trigger, sentence)
            or HAPPENED
        )

    def _refuted(self, trigger: Trigger, sentence: Sentence, parse: Parse) -> Status | None:
        """The denial over a future verb: what "نفت أنها ستزود" denies is no plan."""
        if self._tense(trigger, sentence) is None:
            return None
        governor = self._governor(trigger, sentence, parse)
        return governor if governor is not None and governor.value == "denied" else None

    def _tense(self, trigger: Trigger, sentence: Sentence) -> Status | None:
        word = sentence.words[trigger.index]
        if trigger.part == "verb" and "س" in word.proclitics:
            return Status("planned", word.span)
        return None

    def _particle(self, trigger: Trigger, sentence: Sentence) -> Status | None:
        if trigger.part != "verb" or "negated" in trigger.frame.when:
            return None  # where the negation makes the act, it does not deny it: "لن نتخلى عن …" is a promise
        words = sentence.words
        verb = words[trigger.index]
        for index in range(trigger.index - 1, max(-1, trigger.index - 1 - PARTICLE_REACH), -1):
            word = words[index]
            if word.pos in ("PUNCT", "NOUN", "PROPN"):
                return None
            if word.pos == "VERB" and fold(word.lemma) not in self._light:
                return None  # the particle before it is that verb's own: "لن ينفع أن تزور"
            found = self._cues.particle.get(fold(word.form))
            if found is None:
                continue
            status, needs, without = found
            following = fold(words[index + 1].form)
            if following in without or (needs and not _is_aspect(verb, needs, word)):
                return None
            return Status(status, word.span)
        return None

    def _adjective(self, trigger: Trigger, sentence: Sentence) -> Status | None:
        if trigger.part != "noun":
            return None
        for word in sentence.words[trigger.last : trigger.last + ADJECTIVE_REACH]:
            if word.pos in ("VERB", "PUNCT", "ADP"):
                return None
            status = self._cues.adjective.get(fold(word.form))
            if status and word.pos in ("ADJ", "NOUN"):
                return Status(status, word.span)
        return None

    def _later(self, trigger: Trigger, sentence: Sentence) -> Status | None:
        """A time to come after an imperfect verb, a future verb in a relative clause after a noun."""
        words, after = sentence.words, sentence.words[trigger.last : trigger.last + LATER_REACH]
        if trigger.part == "verb":
            if not _is_aspect(words[trigger.index], "imperfect", None):
                return None
            for word in after:
                if word.pos in ("VERB", "PUNCT"):
                    return None
                if self._cues.adjective.get(fold(word.form)) == "planned" and word.definite:
                    return Status("planned", word.span)
        elif trigger.part == "noun":
            for word, following in pairwise(after):
                if word.pos in ("VERB", "PUNCT"):
                    return None
                if fold(word.form) in self._relative and "س" in following.proclitics:
                    return Status("planned", following.span)
        return None

    def _disowned(self, trigger: Trigger, sentence: Sentence) -> Status | None:
        """A denial of the act told after it: "وهو ما نفته الحكومة"."""
        after = sentence.words[trigger.last : trigger.last + DENIAL_REACH]
        for word, following in pairwise(after):
            if word.pos == "VERB" and "و" in word.proclitics:
                return None  # the denial is of what this verb tells
            if fold(word.form) in self._relative and following.pos == "VERB":
                status, _ = self._cues.verb.get(fold(following.lemma), ("", ""))
                if status == "denied" and following.enclitic:
                    return Status(status, following.span)
        return None

    def _noun(self, trigger: Trigger, sentence: Sentence) -> Status | None:
        if trigger.part == "participle":
            return None
        for index in range(trigger.index - 1, max(-1, trigger.index - 1 - NOUN_REACH), -1):
            word = sentence.words[index]
            form = fold(word.form)
            if word.pos in ("VERB", "PUNCT") or (word.pos == "NOUN" and not self._passes(form)):
                return None
            if form in self._background:
                return None
            status = self._noun_cue(form, word, trigger)
            if status:
                return Status(status, word.span) if _carries(sentence, index, trigger) else None
        return None

    def _noun_cue(self, form: str, word: Word, trigger: Trigger) -> str | None:
        if trigger.part == "noun" and form in self._cues.eve:
            return self._cues.eve[form]
        return self._cues.noun.get(form) or (self._cues.noun.get(form[:-1] + "ه") if word.enclitic else None)

    def _passes(self, form: str) -> bool:
        return form in self._passed or (form.endswith("ت") and form[:-1] + "ه" in self._passed)

    def _clause(self, trigger: Trigger, sentence: Sentence, parse: Parse) -> Status | None:
        """A phrase such as "من المقرر أن" or "إذا", from the last full stop or comma on."""
        words = sentence.words
        for index in range(trigger.index - 1, -1, -1):
            form = words[index].form
            if form in (".", "؛", ":", "!") or (form in ("،", ",") and trigger.index - index > 2):
                return None
            for length in (3, 2, 1):
                key = tuple(_bare(word.form) for word in words[index : index + length])
                status = self._cues.clause.get(key)
                if status and index + length <= trigger.index and _opens(words, index):
                    return Status(status, Span(words[index].span.start, words[index + length - 1].span.end))
        return None

    def _governor(self, trigger: Trigger, sentence: Sentence, parse: Parse) -> Status | None:
        """The verb whose complement, object or oblique the act is."""
        if trigger.part != "verb" and self._apart(trigger, sentence, parse):
            return None
        unit = parse.unit_at[trigger.index]
        for clause in self._above(unit, trigger, parse):
            verb = sentence.words[parse.units[clause.verb].head]
            status, needs = self._cues.verb.get(fold(verb.lemma), ("", ""))
            if status and (not needs or _is_aspect(verb, needs, None)):
                return Status(status, verb.span)
            if trigger.part == "noun" and fold(verb.lemma) in self._light:
                negated = self._negation(parse.units[clause.verb].head, sentence)
                if negated is not None:
                    return negated
            if "س" in verb.proclitics:
                return Status("planned", verb.span)
        return None

    def _negation(self, index: int, sentence: Sentence) -> Status | None:
        """The negation right before a light verb: "لم يتم نشر", "لن يجري لقاء"."""
        if index == 0:
            return None
        word = sentence.words[index - 1]
        status, _, _ = self._cues.particle.get(fold(word.form), ("", "", frozenset()))
        return Status(status, word.span) if status == "denied" else None

    def _apart(self, trigger: Trigger, sentence: Sentence, parse: Parse) -> bool:
        """Whether a word of time or cause parts the act from the verb: "قررت إرسال بعثة بعد مقتل …"."""
        verbs = [parse.units[clause.verb].head for clause in parse.clauses]
        start = max((head for head in verbs if head < trigger.index), default=trigger.index)
        return any(fold(word.form) in self._background for word in sentence.words[start + 1 : trigger.index])

    def _above(self, unit: int, trigger: Trigger, parse: Parse) -> Sequence[Clause]:
        clauses = parse.clauses
        if trigger.part == "verb":
            own = next((clause for clause in clauses if clause.verb == unit), None)
            return [clauses[own.parent]] if own is not None and own.parent is not None else []
        if trigger.part == "participle":
            return []
        inside = [clause for clause in clauses if clause.verb < unit < clause.last]
        return inside[-1:]


def _spoken(row: Row) -> _Spoken:
    modes = frozenset(row["modes"]) if "modes" in row else None
    return _Spoken(modes, frozenset(row.get("keeps", ())))


def _folded(library: Library, table: str) -> frozenset[str]:
    return frozenset(fold(word) for row in library.rows("status", table) for word in row["words"])


def _bare(word: str) -> str:
    """A word of a phrase as sentences hold it: folded, without its article."""
    return fold(word[2:] if word.startswith("ال") and len(word) > 4 else word)


def _is_aspect(verb: Word, needs: str, particle: Word | None) -> bool:
    """Whether the verb has the aspect; "وقد", "فقد" and "لقد" and a hamza before the verb speak for the perfect."""
    aspect = verb.readings[0].aspect if verb.readings else ""
    if needs != "imperfect":
        return aspect == needs
    joined = particle is not None and bool(particle.proclitics)
    return aspect == needs and not joined and fold(verb.form)[:1] in ("ي", "ت", "ن")


def _carries(sentence: Sentence, index: int, trigger: Trigger) -> bool:
    """Whether the cue at `index` governs the act: with an article, only over a preposition ("الخطة لإرسال …")."""
    words = sentence.words
    if not words[index].definite:
        return True
    following = words[index + 1]
    return (following.pos == "ADP" and fold(following.form) != "في") or bool({"ب", "ل"} & set(following.proclitics))


def _opens(words: Sequence[Word], index: int) -> bool:
    """Whether a phrase at `index` may open a clause: no part of a name ("لو دريان"), of "ما إذا", no pronoun on it."""
    before = words[index - 1] if index else None
    if before is not None and ((before.pos == "PROPN" and words[index].form == "لو") or fold(before.form) == "ما"):
        return False
    return not words[index].enclitic
