"""Where a mention stands, seen from a trigger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from waqai.arabic import fold
from waqai.model import Clause, Mention, Scene, Trigger

# How many mentions at the article's start count as early.
FIRST = 4
# How many of the most named actors are told apart by rank.
RANKED = 4


class Renown:
    """How often and how early an article names each of its actors; the same for all its acts."""

    def __init__(self, mentions: Sequence[Mention], codes: Sequence[str]) -> None:
        """`codes` are the actor codes of the mentions, "" for those that do not act."""
        self.told = Counter(m.name for m, code in zip(mentions, codes, strict=True) if code)
        self.first = {m.name for m, code in zip(mentions[:FIRST], codes, strict=False) if code}
        self.ranks = {name: str(rank) for rank, (name, times) in enumerate(self.told.most_common(RANKED)) if times > 1}


class View:
    """Looks from a trigger at the units of its sentence."""

    def __init__(self, trigger: Trigger, scene: Scene, renown: Renown) -> None:
        self._scene, self._renown = scene, renown
        self._units = scene.parse.units
        self._own = scene.parse.unit_at[trigger.index]
        last = max(trigger.last - 1, trigger.object_index)
        self._after = scene.parse.unit_at[min(last, len(scene.parse.unit_at) - 1)]
        self._clause = next((c for c in scene.parse.clauses if c.verb == self._own), None)
        self._verb_over = {
            c.subject: fold(scene.sentence.words[self._units[c.verb].head].lemma)
            for c in reversed(scene.parse.clauses)
            if c.subject is not None and c.verb != self._own
        }
        self._slots: Counter[str] = Counter()
        over = [c for c in scene.parse.clauses if c.verb < self._own < c.last]
        self._governor = over[-1] if over and self._clause is None else None
        self._relative = self._relative_clause() if self._clause is None else None
        verb = self._governor.verb if self._governor is not None else None
        self.governor_lemma = fold(scene.sentence.words[self._units[verb].head].lemma) if verb is not None else "none"
        self._unit_of = {u.mention: n for n, u in reversed(list(enumerate(self._units))) if u.mention is not None}

    def acting(self) -> Iterator[tuple[int, int]]:
        """Units that hold an acting mention, and the mention."""
        for number, unit in enumerate(self._units):
            if unit.mention is not None and unit.mention in self._scene.actors:
                yield number, unit.mention

    def _relative_clause(self) -> Clause | None:
        """The relative clause that hangs on a noun: "الغارة التي شنها التحالف"."""
        for number in range(self._after + 1, min(len(self._units), self._after + 4)):
            if self._units[number].link == "relative":
                return next((c for c in self._scene.parse.clauses if c.first == number), None)
            if self._units[number].kind in ("verb", "stop", "comma"):
                return None
        return None

    @property
    def shape(self) -> str:
        """What surrounds a verb, coarse: its bare phrases, a pronoun on it, "و" before it, the head of the sentence."""
        clause = self._clause
        if clause is None:
            return "none"
        unit = self._units[clause.verb]
        word = self._scene.sentence.words[unit.head]
        after = clause.subject is not None and clause.subject > clause.verb
        marks = "p" * bool(word.enclitic) + "w" * unit.conjunct + "h" * (clause.verb == 0)
        return f"{len(clause.objects[:2]) + after}{marks}"

    def salience(self, mention: int) -> str:
        """How often the article names the same actor, coarse, and whether its headline does."""
        name = self._scene.mentions[mention].name
        times = self._renown.told[name]
        return "1" if times <= 1 else "2" if times == 2 else "4" if times <= 4 else "5"

    def rivals(self, slot: str) -> int:
        """How many candidates stand in the same slot, up to 3."""
        return min(self._slots[slot], 3)

    def order(self, mention: int) -> str:
        """The mention's rank among those before or behind the trigger, nearest first, up to 4; "out" beyond."""
        unit = self._unit_of.get(mention)
        if unit is None:
            return "out"
        between = range(self._own + 1, unit) if unit > self._own else range(unit + 1, self._own)
        passed = sum(
            self._units[n].mention in self._scene.actors for n in between if self._units[n].mention is not None
        )
        return ("r" if unit > self._own else "l") + str(min(passed, 4))

    def agrees(self, mention: Mention) -> str:
        """The agreement of the trigger's verb beside what the mention looks like, "3fs:man"; "" for other triggers."""
        if self._clause is None:
            return ""
        readings = self._scene.sentence.words[self._units[self._clause.verb].head].readings
        agreement = readings[0].agreement if readings else ""
        if not agreement:
            return ""
        return agreement + ":" + _sex(mention)

    def path(self, mention: int) -> str:
        """What lies between trigger and mention: the verbs, links and stops, counted coarsely."""
        unit = self._unit_of.get(mention)
        if unit is None:
            return "out"
        low, high = (self._own, unit) if unit > self._own else (unit, self._own)
        kinds = Counter(u.link or u.kind for u in self._units[low + 1 : high])
        verbs, stops = min(kinds["verb"], 2), kinds["stop"] + kinds["colon"] > 0
        links = "".join(name[0] for name in ("relative", "complement", "adverbial", "contrast") if kinds[name])
        side = "r" if unit > self._own else "l"
        return f"{side}{verbs}{links}{'.' * stops}{',' * (kinds['comma'] > 0)}"

    def host(self, mention: int) -> tuple[str, str]:
        """The noun whose genitive the mention stands in, and the preposition before the whole phrase."""
        number = self._unit_of.get(mention)
        if number is None:
            return "out", "out"
        host = self._units[number].genitive_of
        if host is None:
            return "none", fold(self._units[number].preposition)
        lemma = fold(self._scene.sentence.words[self._units[host].head].form)
        if host == self._own:
            lemma = "trigger"
        while self._units[host].genitive_of is not None:
            host = self._units[host].genitive_of or 0
        return lemma, fold(self._units[host].preposition)

    def over(self, mention: int) -> str:
        """The verb whose subject the mention is, other than the trigger, or "none"."""
        return self._verb_over.get(self._unit_of.get(mention, -1), "none")

    def rank(self, mention: Mention) -> str:
        """The rank of the actor among the article's most named, 0 to 3, or "-"."""
        return self._renown.ranks.get(mention.name, "-")

    def early(self, mention: Mention) -> bool:
        """Whether the actor is among the first the article names, in its headline mostly."""
        return mention.name in self._renown.first

    def seen(self, slots: Iterable[str]) -> None:
        """Tells the view which slots its candidates stand in."""
        self._slots.update(slots)

    def slot(self, number: int) -> str:
        """The place of a unit around the trigger, as a short name."""
        host = self._units[number].genitive_of
        hops = 0
        while host is not None and host != self._own and host != self._after and hops < 3:
            number, host = host, self._units[host].genitive_of
            hops += 1
        inner = ">" if hops else ""
        unit = self._units[number]
        if unit.genitive_of in (self._own, self._after) and number > self._own:
            return "gen" + inner
        if unit.conjunct and not unit.preposition and number > 0:
            before = self._conjoined(number)
            if before is not None:
                return self.slot(before) + "&"
        if self._clause is not None:
            return self._around(self._clause, number, "") + inner
        if self._relative is not None and self._relative.verb < number < self._relative.last:
            return self._around(self._relative, number, "rel-") + inner
        if number > self._after:
            return self._behind(number) + inner
        if self._governor is not None:
            return self._around(self._governor, number, "gov-") + inner
        return ("prep-before:" + fold(unit.preposition) if unit.preposition else "before") + inner

    def ties(self) -> dict[int, int]:
        """Mentions tied by "و" to another -> the first of their row."""
        found: dict[int, int] = {}
        for number, unit in enumerate(self._units):
            if unit.mention is None or not unit.conjunct or unit.mention not in self._scene.actors:
                continue
            before = self._conjoined(number)
            head = None if before is None else self._units[before].mention
            alike = before is not None and unit.preposition in ("", self._units[before].preposition)
            if head is not None and alike and head in self._scene.actors and head != unit.mention:
                found[unit.mention] = found.get(head, head)
        return found

    def _conjoined(self, number: int) -> int | None:
        for earlier in range(number - 1, max(-1, number - 6), -1):
            unit = self._units[earlier]
            if unit.kind == "np" and unit.mention is not None:
                return earlier
            if unit.kind in ("verb", "link", "stop", "colon"):
                return None
        return None

    def _around(self, clause: Clause, number: int, prefix: str) -> str:
        unit = self._units[number]
        if number == clause.subject:
            where = "inherited" if clause.inherited else "before" if number < clause.verb else "after"
            return f"{prefix}subj-{where}"
        if number in clause.objects:
            return f"{prefix}obj-{min(clause.objects.index(number), 2)}"
        if number in clause.obliques:
            return f"{prefix}prep:{fold(unit.preposition)}"
        if any(number == c.subject for c in self._scene.parse.clauses):
            return prefix + ("other-subj-before" if number < self._own else "other-subj-after")
        return prefix + ("left" if number < self._own else "right")

    def _behind(self, number: int) -> str:
        """The place of a unit behind a noun or participle."""
        unit = self._units[number]
        crossed = any(self._units[n].kind in ("verb", "link", "stop", "colon") for n in range(self._after + 1, number))
        if crossed:
            return "right"
        return f"prep:{fold(unit.preposition)}" if unit.preposition else "bare-behind"

    def distance(self, mention: int) -> str:
        """How far the mention stands from the trigger, in units, signed and coarse; "out" beyond the sentence."""
        unit = self._unit_of.get(mention)
        if unit is None:
            return "out"
        gap = unit - self._own
        size = "1" if abs(gap) <= 1 else "3" if abs(gap) <= 3 else "8" if abs(gap) <= 8 else "9"
        return ("-" if gap < 0 else "+") + size

    def counted(self, mention: int) -> bool:
        """Whether the phrase counts people ("ستة جنود")."""
        unit = self._unit_of.get(mention)
        if unit is None:
            return False
        return self._scene.sentence.words[self._units[unit].first].pos == "NUM"


def _sex(mention: Mention) -> str:
    """What the mention looks like for a verb's agreement: a place, a man, a woman, a feminine or another group."""
    if mention.kind == "place":
        return "place"
    if mention.kind == "person":
        role = fold(mention.role.split(" ")[0]) if mention.role else ""
        return "woman" if role.endswith("ه") else "man"
    head = fold(mention.name.split(" ")[0]) if mention.name else ""
    return "f" if head.endswith(("ه", "ات")) else "s"
