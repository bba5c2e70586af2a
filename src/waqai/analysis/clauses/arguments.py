"""Gives each verb of a sentence its subject, objects and obliques."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from waqai.analysis.clauses.grammar import Grammar
from waqai.arabic import fold
from waqai.model import Clause, Mention, Sentence, Unit

_ENDS_RIGHT = {"stop", "colon"}
_ENDS_LEFT = {"stop", "colon"}
# Quoted names and titles are shorter than this ("قوات شرق ليبيا"), quoted speech is longer.
SPEECH_WORDS = 6


class ArgumentFinder:
    """Finds what stands around verbs."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def clauses(self, sentence: Sentence, units: Sequence[Unit], mentions: Sequence[Mention]) -> list[Clause]:
        """One clause a verb, in text order; auxiliaries (كان) share the subject of the verb they carry."""
        found: list[Clause] = []
        for number, unit in enumerate(units):
            if unit.kind == "verb":
                found.append(self._clause(number, sentence, units, mentions, found))
        return found

    def _clause(
        self,
        verb: int,
        sentence: Sentence,
        units: Sequence[Unit],
        mentions: Sequence[Mention],
        before: Sequence[Clause],
    ) -> Clause:
        last, complement = self._right_end(verb, sentence, units)
        bare = [
            n
            for n in range(verb + 1, last)
            if units[n].kind == "np" and not units[n].preposition and units[n].genitive_of is None
        ]
        bare = [n for n in bare if not _coordinated(units, n)]
        obliques = tuple(n for n in range(verb + 1, last) if units[n].kind == "np" and units[n].preposition)
        agreement = _agreement(sentence, units[verb])
        first, left_subject = self._left(verb, sentence, units, mentions, before, agreement)
        subject: int | None = None
        if bare and left_subject is None:
            fits = [n for n in bare if self._agrees(sentence, units[n], mentions, agreement) >= 0]
            if fits and bare.index(fits[0]) <= 1:
                subject = fits[0]
        elif bare and units[bare[0]].mention is not None and not self._link_between(first, verb, units):
            # A bare phrase right after the verb is its subject even where a topic stands before it.
            near = bare[0]
            clearly = self._agrees(sentence, units[near], mentions, agreement) > 0
            other = self._agrees(sentence, units[left_subject], mentions, agreement) if left_subject is not None else 0
            if clearly and other < 0:
                subject, left_subject = near, None
        clause = Clause(first, last, verb, subject, (), obliques, complement)
        if subject is None and left_subject is not None:
            clause = replace(clause, subject=left_subject)
        objects = tuple(n for n in bare if n != clause.subject)
        clause = replace(clause, objects=objects, parent=self._parent(verb, units, before))
        return self._inherit(clause, sentence, units, mentions, before, agreement)

    def _right_end(self, verb: int, sentence: Sentence, units: Sequence[Unit]) -> tuple[int, bool]:
        """The unit after the clause's last one, and whether a complement clause follows."""
        auxiliary = self.is_auxiliary(sentence, units[verb])
        depth = 0
        for number in range(verb + 1, len(units)):
            unit = units[number]
            if unit.kind == "open":
                depth += 1
            elif unit.kind == "close":
                depth = max(0, depth - 1)
            if depth:
                continue
            if unit.kind in _ENDS_RIGHT or (unit.kind == "quote" and _opens_speech(units, number)):
                return number, False
            if unit.kind == "verb" and not auxiliary:
                return number, False
            if unit.kind == "link":
                return number, unit.link == "complement"
        return len(units), False

    def _left(
        self,
        verb: int,
        sentence: Sentence,
        units: Sequence[Unit],
        mentions: Sequence[Mention],
        before: Sequence[Clause],
        agreement: str,
    ) -> tuple[int, int | None]:
        """Where the clause begins, and the subject that stands before the verb, if one does."""
        if units[verb].conjunct:
            return verb, None
        number = verb - 1
        candidates: list[int] = []
        while number >= 0:
            unit = units[number]
            if unit.kind in _ENDS_LEFT:
                break
            if unit.kind == "verb":
                if not self.is_auxiliary(sentence, unit):
                    break
            elif unit.kind == "link":
                if unit.link == "relative":
                    antecedent = self._antecedent(number, sentence, units, mentions, agreement)
                    return number, antecedent
                break
            elif unit.kind == "np" and not unit.preposition and unit.genitive_of is None and not unit.pronoun:
                candidates.append(number)
            number -= 1
        first = number + 1
        candidates = [n for n in candidates if not _coordinated(units, n) and not self._inside(n, before)]
        # The topic is the first bare phrase of the clause; later ones are appositions or objects of what came before.
        for n in reversed(candidates):
            if self._agrees(sentence, units[n], mentions, agreement) >= 0:
                return first, n
        return first, None

    def _inside(self, unit: int, before: Sequence[Clause]) -> bool:
        """Whether an earlier verb already took the unit as its object or subject."""
        return any(clause.verb < unit < clause.last and unit in (*clause.objects, clause.subject) for clause in before)

    def _antecedent(
        self,
        link: int,
        sentence: Sentence,
        units: Sequence[Unit],
        mentions: Sequence[Mention],
        agreement: str,
    ) -> int | None:
        """The noun phrase that a relative clause hangs on: the nearest one before it that agrees."""
        nearest: int | None = None
        for number in range(link - 1, max(-1, link - 8), -1):
            unit = units[number]
            if unit.kind in ("verb", "link", "stop"):
                break
            if unit.kind == "np":
                if self._agrees(sentence, unit, mentions, agreement) > 0:
                    return number
                if nearest is None and self._agrees(sentence, unit, mentions, agreement) == 0:
                    nearest = number
        return nearest

    def _inherit(
        self,
        clause: Clause,
        sentence: Sentence,
        units: Sequence[Unit],
        mentions: Sequence[Mention],
        before: Sequence[Clause],
        agreement: str,
    ) -> Clause:
        """A verb without a subject of its own takes that of the clause it is tied to."""
        if clause.subject is not None or not before:
            return clause
        for earlier in reversed(before):
            if earlier.subject is not None and self._agrees(sentence, units[earlier.subject], mentions, agreement) >= 0:
                return replace(clause, subject=earlier.subject, inherited=True)
        return clause

    def _parent(self, verb: int, units: Sequence[Unit], before: Sequence[Clause]) -> int | None:
        """The clause whose complement this verb stands in: the one that ended at the link before it."""
        for number in range(verb - 1, -1, -1):
            if units[number].kind == "link" and units[number].link == "complement":
                for index in range(len(before) - 1, -1, -1):
                    if before[index].last == number and before[index].complement:
                        return index
                return None
            if units[number].kind == "stop":
                return None
        return None

    def _link_between(self, first: int, verb: int, units: Sequence[Unit]) -> bool:
        return any(units[n].kind == "link" for n in range(first, verb))

    def is_auxiliary(self, sentence: Sentence, unit: Unit) -> bool:
        """Whether the verb only carries time or aspect (كان)."""
        word = sentence.words[unit.head]
        return fold(word.lemma) in self._grammar.auxiliaries

    def _agrees(self, sentence: Sentence, unit: Unit, mentions: Sequence[Mention], agreement: str) -> int:
        """1 where the phrase clearly fits the verb's agreement, -1 where it clearly does not, else 0."""
        if not agreement or agreement[0] != "3":
            return -1 if agreement else 0
        gender = self._gender(sentence, unit, mentions)
        if not gender or agreement[2] != "s":
            return 0
        return 1 if gender == agreement[1] else -1

    def _gender(self, sentence: Sentence, unit: Unit, mentions: Sequence[Mention]) -> str:
        head = sentence.words[unit.head]
        written = fold(head.form)
        article = "ال" if head.definite else ""
        gender = self._grammar.genders.get(article + written) or self._grammar.gender(written)
        if gender:
            return gender
        if unit.mention is None:
            return ""
        mention = mentions[unit.mention]
        if mention.kind == "place":
            return "f"
        if mention.kind == "person" and mention.role:
            return "m"
        return ""


def _opens_speech(units: Sequence[Unit], quote: int) -> bool:
    """Whether the quotation that begins here is what somebody says rather than a name: it is long, or never closes."""
    closing = next((n for n in range(quote + 1, len(units)) if units[n].kind == "quote"), None)
    return closing is None or units[closing].first - units[quote].last >= SPEECH_WORDS


def _coordinated(units: Sequence[Unit], number: int) -> bool:
    """Whether the phrase is tied by "و" to a bare phrase before it, and so shares its place."""
    unit = units[number]
    if not unit.conjunct:
        return False
    for earlier in range(number - 1, max(-1, number - 8), -1):
        kind = units[earlier].kind
        if kind == "np" and not units[earlier].preposition:
            return True
        if kind in ("verb", "link", "stop", "colon"):
            return False
    return False


def _agreement(sentence: Sentence, unit: Unit) -> str:
    readings = sentence.words[unit.head].readings
    return readings[0].agreement if readings else ""
