"""Gives each verb of a sentence its subject, objects and obliques."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from waqai.analysis.cases import accusative
from waqai.analysis.clauses.grammar import Grammar
from waqai.arabic import fold
from waqai.model import Clause, Mention, Sentence, Unit

_ENDS = {"stop", "colon"}
# Quoted names and titles are shorter than this ("قوات شرق ليبيا"), quoted speech is longer.
SPEECH_WORDS = 6
# How many units back a relative clause looks for the noun it hangs on.
ANTECEDENT_REACH = 8


@dataclass(slots=True)
class _Gathered:
    """What stands to the right of a verb."""

    last: int
    bare: list[int] = field(default_factory=list)
    obliques: list[int] = field(default_factory=list)
    complement: bool = False


class ArgumentFinder:
    """Finds what stands around verbs."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def clauses(self, sentence: Sentence, units: Sequence[Unit], mentions: Sequence[Mention]) -> list[Clause]:
        """One clause a verb, in text order; auxiliaries (كان) share the subject of the verb they carry."""
        line = _Line(self._grammar, sentence, units, mentions)
        found: list[Clause] = []
        for number, unit in enumerate(units):
            if unit.kind == "verb":
                found.append(line.clause(number, found))
        return found


class _Line:
    """One sentence while its clauses are read."""

    def __init__(
        self, grammar: Grammar, sentence: Sentence, units: Sequence[Unit], mentions: Sequence[Mention]
    ) -> None:
        self._grammar = grammar
        self._words = sentence.words
        self._units = units
        self._mentions = mentions

    def clause(self, verb: int, before: Sequence[Clause]) -> Clause:
        """The clause of the verb in unit `verb`; `before` are those of the verbs before it."""
        gathered = self._right(verb)
        first, topic = self._left(verb, before)
        meant = self._meant(first, verb, before) if topic is None else None
        subject = meant if meant is not None else self._subject(verb, gathered, topic)
        objects = tuple(n for n in gathered.bare if n != subject)
        clause = Clause(
            first,
            gathered.last,
            verb,
            subject,
            objects,
            tuple(gathered.obliques),
            gathered.complement,
            inherited=meant is not None,
        )
        clause = replace(clause, parent=self._parent(verb, before))
        return clause if subject is not None else self._inherit(clause, before)

    # --- to the right ---

    def _right(self, verb: int) -> _Gathered:
        found = _Gathered(len(self._units))
        number = verb + 1
        while number < len(self._units):
            unit = self._units[number]
            if unit.kind == "open":
                number = self._closing(number) + 1
                continue
            if unit.kind in _ENDS or (unit.kind == "quote" and self._opens_speech(number)):
                break
            if unit.kind == "verb" and not self.is_auxiliary(verb):
                break
            if unit.kind == "link":
                resumed = self._after_relative(number) if unit.link == "relative" else None
                if resumed is None:
                    found.complement = unit.link == "complement"
                    break
                number = resumed
                continue
            self._take(number, found)
            number += 1
        found.last = min(number, len(self._units))
        return found

    def _take(self, number: int, found: _Gathered) -> None:
        unit = self._units[number]
        if unit.kind != "np":
            return
        if unit.preposition:
            found.obliques.append(number)
        elif unit.genitive_of is None and not self._coordinated(number) and not self._apposed(number):
            found.bare.append(number)

    def _closing(self, opening: int) -> int:
        closing = (n for n in range(opening + 1, len(self._units)) if self._units[n].kind == "close")
        return next(closing, opening)

    def _opens_speech(self, quote: int) -> bool:
        """Whether the quotation that begins here is speech rather than a name: it is long, or never closes."""
        closing = next((n for n in range(quote + 1, len(self._units)) if self._units[n].kind == "quote"), None)
        return closing is None or self._units[closing].first - self._units[quote].last >= SPEECH_WORDS

    def _after_relative(self, link: int) -> int | None:
        """Where the clause goes on behind a relative clause: at the phrase or link after its closing comma."""
        for number in range(link + 1, len(self._units) - 1):
            kind = self._units[number].kind
            if kind in _ENDS or kind == "quote":
                return None
            if kind == "comma":
                following = self._units[number + 1]
                goes_on = following.kind in ("np", "time") and not following.conjunct
                return number + 1 if goes_on or following.link == "complement" else None
        return None

    def _apposed(self, number: int) -> bool:
        """Whether the phrase stands between commas right after another bare phrase: "الشيخ المعارض، سالم البحري، …"."""
        before, after = number - 1, number + 1
        while after < len(self._units) and self._units[after].genitive_of is not None:
            after += 1
        if before < 1 or self._units[before].kind != "comma":
            return False
        host = self._units[before - 1]
        closed = after >= len(self._units) or self._units[after].kind in ("comma", "stop", "link", "verb")
        return closed and host.kind == "np" and self._proper(number)

    def _proper(self, number: int) -> bool:
        mention = self._units[number].mention
        return mention is not None and self._mentions[mention].kind == "person"

    # --- to the left ---

    def _left(self, verb: int, before: Sequence[Clause]) -> tuple[int, int | None]:
        """Where the clause begins, and the subject that stands before the verb, if one does."""
        if self._units[verb].conjunct:
            return verb, None
        number = verb - 1
        candidates: list[int] = []
        while number >= 0:
            unit = self._units[number]
            if unit.kind in _ENDS or (unit.kind == "verb" and not self.is_auxiliary(number)):
                break
            if unit.kind == "link":
                if unit.link == "relative":
                    return number, self._antecedent(number, verb)
                break
            if self._can_head(number):
                candidates.append(number)
            number -= 1
        first = number + 1
        candidates = [n for n in candidates if not self._taken(n, before)]
        for n in reversed(candidates):
            # A topic opens its clause or stands right before its verb; other bare phrases hang on something else.
            if (self._opens(first, n) or self._adjoins(n, verb)) and self._agrees(n, verb) >= 0:
                return first, n
        described = self._described(verb)
        return first, described if described is not None else self._resumed(verb, before)

    def _meant(self, first: int, verb: int, before: Sequence[Clause]) -> int | None:
        """The subject that a pronoun on the link right before the verb goes back to: "أعلنت الشرطة أنها اعتقلت …"."""
        link = first - 1
        if link < 0 or self._units[link].kind != "link" or not self._units[link].pronoun:
            return None
        if any(self._units[n].kind not in ("particle", "time", "quote", "comma") for n in range(first, verb)):
            return None
        for earlier in reversed(before):
            subject = earlier.subject
            if subject is not None and self._acts(subject) and self._agrees(subject, verb) >= 0:
                return subject
        return None

    def _can_head(self, number: int) -> bool:
        unit = self._units[number]
        if unit.kind != "np" or unit.preposition or unit.pronoun or unit.genitive_of is not None:
            return False
        return not self._coordinated(number) and not self._apposed(number)

    def _described(self, verb: int) -> int | None:
        """The indefinite noun that a verb right behind it describes: "تقرير أممي يتهم …"."""
        number = verb - 1
        while number > 0 and self._units[number].genitive_of is not None:
            number -= 1
        if number < 0 or self._units[number].kind != "np" or self._units[number].pronoun:
            return None
        last = self._words[self._units[verb - 1].last - 1]
        head = self._words[self._units[number].head]
        indefinite = not last.definite and not head.definite and last.pos in ("NOUN", "ADJ") and not last.enclitic
        return number if indefinite and self._agrees(number, verb) >= 0 else None

    def _resumed(self, verb: int, before: Sequence[Clause]) -> int | None:
        """The topic whose relative clause ends where this verb begins: "الوفد الذي زار المدينة، طلب …"."""
        link = None
        for number in range(verb - 1, 0, -1):
            unit = self._units[number]
            if unit.kind in _ENDS or (unit.kind == "link" and unit.link != "relative"):
                return None
            if unit.kind == "link":
                link = number
                break
        if link is None or not any(link < clause.verb < verb for clause in before):
            return None
        host = link - 1
        while host > 0 and self._units[host].genitive_of is not None:
            host -= 1
        if not self._can_head(host) or self._taken(host, before) or self._agrees(host, verb) < 0:
            return None
        number = host - 1
        while number >= 0 and self._units[number].kind in ("particle", "quote", "time", "comma"):
            number -= 1
        opens = number < 0 or self._units[number].kind in ("link", "colon", "stop", "close")
        return host if opens else None

    def _taken(self, unit: int, before: Sequence[Clause]) -> bool:
        """Whether an earlier verb already took the unit as its subject or object."""
        return any(
            clause.verb < unit < clause.last and unit in (*clause.objects, clause.subject)
            for clause in before
            if not self.is_auxiliary(clause.verb)
        )

    def _antecedent(self, link: int, verb: int) -> int | None:
        """The noun phrase that a relative clause hangs on: the nearest one before it that agrees."""
        nearest: int | None = None
        for number in range(link - 1, max(-1, link - ANTECEDENT_REACH), -1):
            unit = self._units[number]
            if unit.kind in ("verb", "link", "stop"):
                break
            if unit.kind == "np":
                fit = self._agrees(number, verb)
                if fit > 0:
                    return number
                nearest = number if nearest is None and fit == 0 else nearest
        return nearest

    # --- subjects ---

    def _subject(self, verb: int, gathered: _Gathered, topic: int | None) -> int | None:
        if topic is not None:
            near = gathered.bare[0] if gathered.bare else None
            if near is None or self._agrees(near, verb) < 0:
                return topic
            clashes = self._agrees(near, verb) > 0 and self._agrees(topic, verb) < 0
            if (clashes and self._acts(near) and near == verb + 1) or self._points_back(verb, gathered, topic):
                return near
            return topic
        if self._many(verb):
            return None
        for n in gathered.bare[:2]:
            if accusative(self._words[self._units[n].head]):
                break
            # Behind a prepositional phrase only a phrase that can act is a subject, no object ("قضت بحبس …").
            late = any(oblique < n for oblique in gathered.obliques)
            if self._agrees(n, verb) >= 0 and (not late or self._acts(n)):
                return n
        return None

    def _many(self, verb: int) -> bool:
        """Whether the verb shows a plural or a dual, as it only does behind its subject or without one."""
        readings = self._words[self._units[verb].head].readings
        return bool(readings) and readings[0].agreement[:1] == "3" and readings[0].agreement[2:] in ("p", "d")

    def _points_back(self, verb: int, gathered: _Gathered, topic: int) -> bool:
        """Whether a relative clause only points back at the noun it hangs on, and has a subject of its own.

        It does where a pronoun stands for that noun ("التي شكلتها الحكومة", "التي دعت إليها النقابة"), or where
        two bare phrases follow the verb ("التي تتهم الحكومة المعارضة بها").
        """
        pronoun = bool(self._words[self._units[verb].head].enclitic)
        if not any(self._units[n].link == "relative" for n in range(topic + 1, verb)):
            # "في كمين نصبه مسلحون": a clause hangs on an indefinite noun without a link.
            return pronoun and topic == self._described(verb)
        pronoun = pronoun or any(self._units[n].pronoun for n in gathered.obliques)
        return pronoun or sum(self._acts(n) for n in gathered.bare) > 1

    def _acts(self, number: int) -> bool:
        return self._units[number].mention is not None

    def _inherit(self, clause: Clause, before: Sequence[Clause]) -> Clause:
        """A verb without a subject of its own takes that of the clause it is tied to."""
        if clause.first < clause.verb and self._units[clause.first].link == "relative":
            return clause  # "العملية التي قتل خلالها …": what is told before the link is another clause's subject
        for earlier in reversed(before):
            if earlier.subject is not None and self._agrees(earlier.subject, clause.verb) >= 0:
                return replace(clause, subject=earlier.subject, inherited=True)
        return clause

    def _parent(self, verb: int, before: Sequence[Clause]) -> int | None:
        """The clause whose complement this verb stands in: the one that ended at the link before it."""
        for number in range(verb - 1, -1, -1):
            unit = self._units[number]
            if unit.kind == "link" and unit.link == "complement":
                ended = [n for n, clause in enumerate(before) if clause.last == number and clause.complement]
                return ended[-1] if ended else None
            if unit.kind == "stop":
                return None
        return None

    # --- grammar ---

    def is_auxiliary(self, verb: int) -> bool:
        """Whether the verb only carries time or aspect (كان)."""
        return fold(self._words[self._units[verb].head].lemma) in self._grammar.auxiliaries

    def _agrees(self, number: int, verb: int) -> int:
        """1 where the phrase clearly fits the verb's agreement, -1 where it clearly does not, else 0."""
        readings = self._words[self._units[verb].head].readings
        agreement = readings[0].agreement if readings else ""
        if not agreement or agreement[0] != "3":
            return -1 if agreement else 0
        gender = self._gender(self._units[number])
        if not gender or agreement[2] != "s":
            return 0
        return 1 if gender == agreement[1] else -1

    def _gender(self, unit: Unit) -> str:
        head = self._words[unit.head]
        written = fold(head.form)
        article = "ال" if head.definite else ""
        gender = self._grammar.genders.get(article + written) or self._grammar.gender(written)
        if head.pos == "NUM":
            return ""  # a numeral's ending shows the opposite of what it counts ("ثلاثة جنود")
        if gender or unit.mention is None:
            return gender
        mention = self._mentions[unit.mention]
        if mention.kind == "place":
            return "f"
        return "m" if mention.kind == "person" and mention.role else ""

    def _opens(self, first: int, number: int) -> bool:
        return all(self._units[n].kind not in ("np", "verb") for n in range(first, number))

    def _adjoins(self, number: int, verb: int) -> bool:
        """Whether only genitives, particles and times stand between the phrase and the verb after it."""
        between = self._units[number + 1 : verb]
        return all(unit.kind in ("particle", "time", "quote") or unit.genitive_of is not None for unit in between)

    def _coordinated(self, number: int) -> bool:
        """Whether the phrase is tied by "و" to a bare phrase before it, and so shares its place."""
        if not self._units[number].conjunct:
            return False
        for earlier in range(number - 1, max(-1, number - 8), -1):
            unit = self._units[earlier]
            if unit.kind == "np" and not unit.preposition:
                return True
            if unit.kind in ("verb", "link", "stop", "colon"):
                return False
        return False
