"""Looks at the phrases around one trigger."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from waqai.arabic import fold
from waqai.model import Clause, Mention, Scene, Trigger, Unit

AGENT = "من قبل"  # the preposition table gives this name to all phrases that name the agent of a passive


class Reader:
    """Looks from one trigger at the units around it."""

    def __init__(self, trigger: Trigger, scene: Scene) -> None:
        self.trigger, self.scene = trigger, scene
        self.units = scene.parse.units
        self.unit = scene.parse.unit_at[trigger.index]
        unit_at = scene.parse.unit_at
        self.behind = unit_at[trigger.last - 1]
        self.after = unit_at[max(trigger.last - 1, trigger.object_index)]
        self.clause = next((c for c in scene.parse.clauses if c.verb == self.unit), None)
        self.relative = self._relative_on(self.after) if self.clause is None else None

    # --- slots ---

    def first(self, slots: Sequence[str], taken: Sequence[int] = ()) -> tuple[int, ...]:
        """The mentions of the first slot that is filled, less those already taken."""
        for slot in slots:
            found = tuple(m for m in self._slot(slot) if m not in taken)
            if found:
                return found
        return ()

    def _slot(self, slot: str) -> tuple[int, ...]:
        if slot == "subject":
            return self.subject()
        if slot == "object":
            return self.object()
        if slot == "genitive":
            return self.genitive()
        if slot == "described":
            return self.described()
        return self._after_preposition(slot)

    def subject(self) -> tuple[int, ...]:
        if self.clause is not None:
            subject = self.clause.subject
            if subject is not None and not self._completes(subject):
                return self.mentions_of(subject)
            carried = self._carried() if subject is not None else ()
            return carried or (() if self.scene.topic is None else (self.scene.topic,))
        clause = self.governor()
        if clause is not None and clause.subject is not None:
            return self.mentions_of(clause.subject)
        return ()

    def _completes(self, number: int) -> bool:
        """Whether unit `number` holds the second word of the act's name ("شنت هجوما"), and so is no subject."""
        unit = self.units[number]
        return self.trigger.frame.rest != () and unit.first <= self.trigger.last - 1 < unit.last and number > self.unit

    def _carried(self) -> tuple[int, ...]:
        """The acting subject of the nearest clause before, where it can be the verb's."""
        readings = self.scene.sentence.words[self.trigger.index].readings
        agreement = readings[0].agreement if readings else ""
        for clause in reversed(self.scene.parse.clauses):
            if clause.verb >= self.unit or clause.subject is None:
                continue
            found = self.mentions_of(clause.subject)
            if found and (len(agreement) < 3 or _can_mean(self.scene.mentions[found[0]], agreement)):
                return found
        return ()

    def object(self) -> tuple[int, ...]:
        word = self.scene.sentence.words[self.trigger.index]
        if word.enclitic and self.clause is not None:
            return self._pronoun(word.enclitic, self.clause.subject)
        if self.clause is not None:
            for number in self.clause.objects:
                unit = self.units[number]
                if self.trigger.frame.rest and unit.first <= self.trigger.object_index < unit.last:
                    continue
                found = self.mentions_of(number)
                if found:
                    return found
            return ()
        return self._bare_after()

    def _bare_after(self) -> tuple[int, ...]:
        """The bare phrase right after a participle: "متهما الحكومة بالتقصير"."""
        for number in range(self.behind + 1, len(self.units)):
            unit = self.units[number]
            if unit.kind == "np":
                return () if unit.preposition else self.mentions_of(number)
            if unit.kind not in ("particle", "quote", "time"):
                return ()
        return ()

    def genitive(self) -> tuple[int, ...]:
        """Who stands in the genitive of the noun, or hangs on it as a pronoun ("زيارته")."""
        word = self.scene.sentence.words[self.trigger.index]
        if word.enclitic:
            clause = self.governor()
            return self._pronoun(word.enclitic, None, clause.subject if clause is not None else None)
        # The word that completes the act's name may itself stand in the genitive: "دعم معارضين".
        for host in dict.fromkeys((self.behind, self.after)):
            number = self._behind_marks(host)
            if number is not None and self.units[number].genitive_of is not None:
                return self.mentions_of(number)
        return ()

    def governed(self) -> tuple[int, ...]:
        """What the noun governs behind its genitive: "استهداف الجيش مواقع المسلحين", "قصف الطائرات لمقر الحزب"."""
        number = self._behind_marks(self.behind)
        if number is None or self.units[number].genitive_of is None:
            return ()
        while number + 1 < len(self.units) and self.units[number + 1].genitive_of == number:
            number += 1
        last = self.scene.sentence.words[self.units[number].last - 1]
        following = number + 1
        if last.enclitic or not (last.definite or last.pos == "PROPN") or following >= len(self.units):
            return ()
        unit = self.units[following]
        if unit.kind != "np" or unit.conjunct or unit.genitive_of is not None or unit.preposition not in ("", "ل"):
            return ()
        return self.mentions_of(following)

    def owner(self) -> tuple[int, ...]:
        """Who stands after ل right behind a noun that has no genitive: "هجوم واسع للمتمردين"."""
        number = self._behind_marks(self.behind)
        if number is None or self.units[number].preposition != "ل" or self.units[number].conjunct:
            return ()
        return self.mentions_of(number)

    def _behind_marks(self, number: int) -> int | None:
        """The unit after `number`, quotation marks and particles left out; None where a preposition stands there."""
        number += 1
        while number < len(self.units) and self.units[number].kind in ("quote", "particle"):
            if self.units[number].preposition:
                return None
            number += 1
        return number if number < len(self.units) else None

    def described(self) -> tuple[int, ...]:
        """The noun phrase before a passive participle: "الناشط المعتقل"."""
        number = self.unit - 1
        while number >= 0 and self.units[number].kind in ("quote", "particle", "comma"):
            number -= 1
        if number >= 0 and self.units[number].kind == "np":
            return self.mentions_of(number)
        return ()

    def giver(self, taken: Sequence[int]) -> tuple[int, ...]:
        """Who stands in the genitive of the noun before: "تصعيد الجماعة للهجمات", "رفض الحكومة تسليم الميناء"."""
        number = self.unit - 1
        if number < 1 or self.units[number].kind != "np" or self.units[number].genitive_of != number - 1:
            return ()
        if self.units[self.unit].preposition not in ("", "ل", "ب") or self.units[self.unit].conjunct:
            return ()
        return tuple(m for m in self.mentions_of(number) if m not in taken)

    def demonym(self) -> tuple[int, ...]:
        """The state an adjective of the noun names: "غارة أميركية"."""
        return self._named_in(self.units[self.unit])

    def _named_in(self, unit: Unit) -> tuple[int, ...]:
        words = self.scene.sentence.words
        for number, mention in enumerate(self.scene.mentions):
            if not (mention.kind == "place" and mention.generic and number in self.scene.actors):
                continue
            if words[unit.first].span.end <= mention.span.start and mention.span.end <= words[unit.last - 1].span.end:
                return (number,)
        return ()

    def _relative_on(self, number: int) -> Clause | None:
        """The clause that hangs on the noun in unit `number`: "الغارة التي شنها التحالف", "كمين نصبه مسلحون"."""
        for following in range(number + 1, min(len(self.units), number + 4)):
            unit = self.units[following]
            if unit.link == "relative":
                return next((c for c in self.scene.parse.clauses if c.first == following), None)
            if unit.kind == "verb" and following == number + 1 and not unit.conjunct:
                clause = next((c for c in self.scene.parse.clauses if c.verb == following), None)
                head = self.scene.sentence.words[self.units[number].head]
                return clause if clause is not None and not head.definite else None
            if unit.kind != "particle" and not (unit.kind == "np" and unit.genitive_of is not None):
                return None
        return None

    def doer(self) -> tuple[int, ...]:
        """The subject of the relative clause on the noun, where it is not the noun itself."""
        return self._doer(self.relative)

    def _doer(self, clause: Clause | None) -> tuple[int, ...]:
        if clause is None or clause.subject is None or clause.subject < clause.verb:
            return ()
        return self.mentions_of(clause.subject)

    def relative_target(self, taken: Sequence[int]) -> tuple[int, ...]:
        """Whom the relative clause on the noun names in one of the noun's own slots: "الغارة التي شنها … على …"."""
        clause, wanted = self.relative, {fold(slot) for slot in self.trigger.frame.target}
        for number in clause.obliques if clause is not None else ():
            if fold(self.units[number].preposition) in wanted:
                found = tuple(m for m in self.mentions_of(number) if m not in taken)
                if found:
                    return found
        return ()

    def gathered(self) -> tuple[int, ...]:
        """Who is brought together by a relative clause on the noun: "القمة التي جمعت فلانا بفلان"."""
        clause = self.relative
        if clause is None or clause.subject is None or clause.subject > clause.verb:
            return ()
        one = next((found for n in clause.objects if (found := self.mentions_of(n))), ())
        two = [n for n in clause.obliques if fold(self.units[n].preposition) in ("ب", "مع", "بين")]
        other = next((found for n in two if (found := self.mentions_of(n))), ())
        return tuple(dict.fromkeys((*one, *other)))

    def hand(self, means: Collection[str]) -> tuple[int, ...]:
        """Who owns the means behind a passive: "برصاص الشرطة", "في غارة للتحالف", "في كمين نصبه مسلحون"."""
        for number in self.clause.obliques if self.clause is not None else ():
            unit = self.units[number]
            if unit.mention is not None or fold(self.scene.sentence.words[unit.head].form) not in means:
                continue
            following = number + 1
            if following < len(self.units):
                after = self.units[following]
                if after.kind == "np" and (after.genitive_of == number or after.preposition == "ل"):
                    return self.mentions_of(following)
            found = self._named_in(unit) or self._doer(self._relative_on(number))
            if found:
                return found
        return ()

    def _after_preposition(self, slot: str) -> tuple[int, ...]:
        wanted = fold(slot)
        for number in self._following():
            unit = self.units[number]
            if unit.kind != "np" or not unit.preposition:
                continue
            head = self.scene.sentence.words[unit.head]
            if fold(unit.preposition) == wanted:
                if unit.pronoun:
                    subject = self.clause.subject if self.clause is not None else None
                    return self._pronoun_of(unit.pronoun, subject)
                found = self.mentions_of(number)
                if found:
                    return found
            elif wanted == fold(unit.preposition) + fold(head.form) or wanted == fold(unit.preposition) + " " + fold(
                head.form
            ):
                return self.mentions_of(number)
        return ()

    def _following(self) -> list[int]:
        """The units after the trigger up to where another verb or clause begins."""
        found = []
        for number in range(self.behind + 1, len(self.units)):
            unit = self.units[number]
            if unit.kind in ("verb", "stop", "colon") or (unit.kind == "link" and unit.link != "complement"):
                break
            found.append(number)
        return found

    # --- from units to mentions ---

    def mentions_of(self, number: int) -> tuple[int, ...]:
        """The acting mentions a unit stands for, with those tied to it by "و"."""
        found: list[int] = []
        if self.units[number].pronoun:
            return self._pronoun_of(self.units[number].pronoun, None)
        own = self._own(number)
        if own is not None:
            found.append(own)
        if not found:
            return ()
        preposition = self.units[number].preposition
        for following in range(number + 1, len(self.units)):
            unit = self.units[following]
            if unit.kind == "np" and unit.conjunct and unit.preposition in ("", preposition):
                tied = self._own(following)
                if tied is None:
                    break
                if tied not in found:
                    found.append(tied)
            elif unit.kind == "np" and (unit.genitive_of is not None or not unit.conjunct) and unit.mention is None:
                if unit.preposition:
                    break
            elif unit.kind not in ("comma", "quote") and not (unit.kind == "np" and unit.genitive_of is not None):
                break
        return tuple(found)

    def _own(self, number: int) -> int | None:
        unit = self.units[number]
        if unit.mention is not None and unit.mention in self.scene.actors:
            return unit.mention
        for following in range(number + 1, min(len(self.units), number + 4)):
            other = self.units[following]
            if other.kind in ("quote", "particle") and not other.preposition:
                continue
            if other.kind != "np" or other.genitive_of is None:
                return None
            if other.mention is not None and other.mention in self.scene.actors:
                return other.mention
        return None

    def governor(self) -> Clause | None:
        """The clause in which the trigger, no verb itself, stands after the verb, or before it in a headline."""
        inside = [c for c in self.scene.parse.clauses if c.verb < self.unit < c.last]
        return inside[-1] if inside else None

    def passive(self) -> bool:
        """Whether a verb whose spelling does not tell is passive: it wants an object, and has a subject only."""
        frame, clause = self.trigger.frame, self.clause
        if clause is None or "object" not in frame.target or "subject" not in frame.source:
            return False
        word = self.scene.sentence.words[self.trigger.index]
        voices = {voice for reading in word.readings[:2] for voice in reading.voices}
        if voices == {"p"}:
            return True
        if any(stands_after(slot) for slot in frame.target):
            return False  # a verb that also takes its target after a preposition is seldom passive in news
        if word.enclitic or clause.complement or "p" not in voices:
            return False
        if any(fold(self.units[n].preposition) == fold(AGENT) for n in clause.obliques):
            return True
        if clause.objects or clause.subject is None:
            return False
        return clause.subject > clause.verb and not self._filled(frame.target)

    def _filled(self, slots: Sequence[str]) -> bool:
        return any(self._after_preposition(slot) for slot in slots if stands_after(slot))

    def _pronoun(self, enclitic: str, barred: int | None, preferred: int | None = None) -> tuple[int, ...]:
        plural = enclitic in ("هم", "هما", "هن", "نا", "كم")
        agreement = "3mp" if plural else "3fs" if enclitic == "ها" else "3ms"
        return self._pronoun_of(agreement, barred, preferred)

    def _pronoun_of(self, agreement: str, barred: int | None, preferred: int | None = None) -> tuple[int, ...]:
        """The nearest earlier mention that a pronoun can mean; the clause's subject where it is given as preferred."""
        taken = set(self.mentions_of(barred)) if barred is not None else set()
        if preferred is not None:
            found = self.mentions_of(preferred)
            if found and preferred < self.unit:
                return found
        for number in range(self.unit - 1, -1, -1):
            mention = self.units[number].mention
            if mention is None or mention in taken or mention not in self.scene.actors:
                continue
            if _can_mean(self.scene.mentions[mention], agreement):
                return (mention,)
        topic = self.scene.topic
        return () if topic is None or topic in taken else (topic,)


def _can_mean(mention: Mention, agreement: str) -> bool:
    """Whether the pronoun can stand for the mention: هم for groups, ه for men, ها for bodies and states."""
    if agreement[2] in "pd":
        return mention.kind == "group"
    if agreement[1] == "f":
        return mention.kind in ("place", "group") or fold(mention.role.split(" ")[0]).endswith("ه")
    return mention.kind in ("person", "group")


def stands_after(slot: str) -> bool:
    """Whether the slot is a preposition rather than a place in the clause."""
    return slot not in ("subject", "object", "genitive", "described")
