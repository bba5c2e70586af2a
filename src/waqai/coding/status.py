"""Whether an act happened, is planned, called for, conditional or denied, and the word that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from waqai.arabic import fold
from waqai.model import Clause, Parse, Sentence, Span, Status, Trigger
from waqai.resources import Library, Row

# A particle stands right before its verb; "لم يكن قد التقى" leaves up to three words between.
PARTICLE_REACH = 3
# "عدم", "ضرورة" and their like stand right before the masdar, or one preposition away ("الحاجة إلى إرسال").
NOUN_REACH = 4
ADJECTIVE_REACH = 5


@dataclass(slots=True)
class _Cues:
    """Folded words of one kind -> status."""

    particle: dict[str, tuple[str, str, frozenset[str]]] = field(default_factory=dict)
    verb: dict[str, str] = field(default_factory=dict)
    noun: dict[str, str] = field(default_factory=dict)
    adjective: dict[str, str] = field(default_factory=dict)
    clause: dict[tuple[str, ...], str] = field(default_factory=dict)


HAPPENED = Status("happened")


class StatusReader:
    """Reads the status of a trigger from the words around it."""

    def __init__(self, library: Library) -> None:
        self._cues = _Cues()
        for row in library.rows("status", "cue"):
            for words in row["words"]:
                self._add(row["kind"], words, row)
        carriers = (fold(word) for row in library.rows("status", "carrier") for word in row["words"])
        self._passed = {*self._cues.noun, *carriers}

    def _add(self, kind: str, words: str, row: Row) -> None:
        status, needs = row["status"], row.get("needs", "")
        key = fold(words)
        if kind == "particle":
            without = frozenset(fold(word) for word in row.get("without", ()))
            self._cues.particle[key] = (status, needs, without)
        elif kind == "clause":
            self._cues.clause[tuple(key.split())] = status
        else:
            getattr(self._cues, kind)[key] = status

    def read(self, trigger: Trigger, sentence: Sentence, parse: Parse) -> Status:
        """The status of `trigger`, nearest cue first: its own particle, what governs it, the clause it stands in."""
        return (
            self._tense(trigger, sentence)
            or self._particle(trigger, sentence)
            or self._adjective(trigger, sentence)
            or self._noun(trigger, sentence)
            or self._clause(trigger, sentence, parse)
            or self._governor(trigger, sentence, parse)
            or HAPPENED
        )

    def _tense(self, trigger: Trigger, sentence: Sentence) -> Status | None:
        word = sentence.words[trigger.index]
        if trigger.part == "verb" and "س" in word.proclitics:
            return Status("planned", word.span)
        return None

    def _particle(self, trigger: Trigger, sentence: Sentence) -> Status | None:
        if trigger.part != "verb":
            return None
        words = sentence.words
        verb = words[trigger.index]
        for index in range(trigger.index - 1, max(-1, trigger.index - 1 - PARTICLE_REACH), -1):
            word = words[index]
            if word.pos in ("PUNCT", "NOUN", "PROPN"):
                return None
            found = self._cues.particle.get(fold(word.form))
            if found is None:
                continue
            status, needs, without = found
            following = fold(words[index + 1].form)
            aspect = verb.readings[0].aspect if verb.readings else ""
            if following in without or (needs and aspect != needs):
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

    def _noun(self, trigger: Trigger, sentence: Sentence) -> Status | None:
        if trigger.part == "participle":
            return None
        for index in range(trigger.index - 1, max(-1, trigger.index - 1 - NOUN_REACH), -1):
            word = sentence.words[index]
            form = fold(word.form)
            if word.pos in ("VERB", "PUNCT") or (word.pos == "NOUN" and form not in self._passed):
                return None
            status = self._cues.noun.get(form)
            if status:
                return Status(status, word.span)
        return None

    def _clause(self, trigger: Trigger, sentence: Sentence, parse: Parse) -> Status | None:
        """A phrase such as "من المقرر أن" or "إذا", from the last full stop or comma on."""
        words = sentence.words
        for index in range(trigger.index - 1, -1, -1):
            form = words[index].form
            if form in (".", "؛", ":", "!") or (form in ("،", ",") and trigger.index - index > 2):
                return None
            for length in (3, 2, 1):
                key = tuple(fold(word.form) for word in words[index : index + length])
                status = self._cues.clause.get(key)
                if status and index + length <= trigger.index:
                    return Status(status, Span(words[index].span.start, words[index + length - 1].span.end))
        return None

    def _governor(self, trigger: Trigger, sentence: Sentence, parse: Parse) -> Status | None:
        """The verb whose complement, object or oblique the act is."""
        unit = parse.unit_at[trigger.index]
        for clause in self._above(unit, trigger, parse):
            verb = sentence.words[parse.units[clause.verb].head]
            status = self._cues.verb.get(fold(verb.lemma))
            if status:
                return Status(status, verb.span)
            if "س" in verb.proclitics:
                return Status("planned", verb.span)
        return None

    def _above(self, unit: int, trigger: Trigger, parse: Parse) -> Sequence[Clause]:
        clauses = parse.clauses
        if trigger.part == "verb":
            own = next((clause for clause in clauses if clause.verb == unit), None)
            return [clauses[own.parent]] if own is not None and own.parent is not None else []
        if trigger.part == "participle":
            return []
        inside = [clause for clause in clauses if clause.verb < unit < clause.last]
        return inside[-1:]
