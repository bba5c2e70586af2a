"""Which mentions could be a side of an act, and what speaks for each: the features the trained role model weighs.

The rules of roles.py say where a frame wants its sides; here every acting mention of the sentence, and the few outside
it that the sentence may mean (its topic, the speaker of the quote around it, whom the headline is about), is described
by its place around the trigger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from waqai.arabic import fold
from waqai.coding.weights import LinearModel
from waqai.model import Clause, Mention, Party, Scene, Sides, Trigger


class SideChooser:
    """Chooses both sides of an act among its candidates, or nobody.

    For each side every candidate, and "nobody", gets a score; the highest wins, and those tied to it by "و" come with
    it. Where both sides want the same mention, the one surer of it keeps it and the other takes its next best.
    """

    def __init__(self, source: LinearModel, target: LinearModel) -> None:
        self._source, self._target = source, target

    def choose(self, trigger: Trigger, candidates: Sequence[Party], ruled: Sides) -> Sides:
        """The likeliest sources and targets of `trigger`."""
        nobody = tuple(nobody_features(trigger, ruled))
        sources = _ranked(self._source, candidates, nobody)
        targets = _ranked(self._target, candidates, nobody)
        source, target = sources[0][1], targets[0][1]
        if source is not None and source == target:
            if _lead(sources) >= _lead(targets):
                target = targets[1][1]
            else:
                source = sources[1][1]
        return Sides(_with_tied(source, candidates), _with_tied(target, candidates), ruled.passive)


def nobody_features(trigger: Trigger, ruled: Sides) -> Iterator[str]:
    """What speaks for a side being left empty."""
    frame = trigger.frame
    empty = ("" if ruled.sources else "s") + ("" if ruled.targets else "t")
    yield "nobody"
    yield f"nobody|type={frame.type}"
    yield f"nobody|type={frame.type}|part={trigger.part}"
    yield f"nobody|frame={frame.id}"
    yield f"nobody|empty={empty}|part={trigger.part}"
    yield f"nobody|stated={bool(frame.source)}{bool(frame.target)}"


def _ranked(model: LinearModel, candidates: Sequence[Party], nobody: tuple[str, ...]) -> list[tuple[float, int | None]]:
    scored: list[tuple[float, int | None]] = [(model.score(nobody), None)]
    scored += [(model.score(party.features), party.mention) for party in candidates]
    return sorted(scored, key=lambda pair: -pair[0])


def _lead(ranked: Sequence[tuple[float, int | None]]) -> float:
    return ranked[0][0] - ranked[1][0]


def _with_tied(chosen: int | None, candidates: Sequence[Party]) -> tuple[int, ...]:
    if chosen is None:
        return ()
    head = next((party.tied for party in candidates if party.mention == chosen), None)
    first = chosen if head is None else head
    tied = [party.mention for party in candidates if party.tied == first]
    return tuple(dict.fromkeys((first, *tied)))


def parties(
    trigger: Trigger, scene: Scene, sides: Sides, codes: Sequence[str], outside: Sequence[tuple[str, int]]
) -> list[Party]:
    """The candidates for both sides of `trigger`.

    `sides` is what the rules found; `codes` the actor code of each mention; `outside` names mentions beyond the sentence.
    """
    view = _View(trigger, scene, codes)
    found: dict[int, str] = {}
    for unit, mention in view.acting():
        found.setdefault(mention, view.slot(unit))
    inside = {scene.mentions[mention].name for mention in found}
    for slot, mention in outside:
        name = scene.mentions[mention].name
        if name not in inside:
            inside.add(name)
            found[mention] = slot
    for mention in (*sides.sources, *sides.targets):
        found.setdefault(mention, "rule")
    view.seen(found.values())
    ties = {} if trigger.frame.symmetric else view.ties()
    return [
        Party(
            mention,
            tuple(_features(trigger, scene.mentions[mention], slot, codes[mention], mention, sides, view)),
            ties.get(mention),
        )
        for mention, slot in found.items()
    ]


def _features(
    trigger: Trigger, mention: Mention, slot: str, code: str, number: int, sides: Sides, view: _View
) -> Iterator[str]:
    frame, part = trigger.frame, trigger.part
    declared = _declared(trigger, slot)
    ruled = "S" if number in sides.sources else "T" if number in sides.targets else "-"
    empty = ("" if sides.sources else "s") + ("" if sides.targets else "t")
    sector = code[4:] or "none"
    shape = mention.kind[0] + ("g" if mention.generic else "")
    yield f"rule={ruled}"
    yield f"rule={ruled}|empty={empty}"
    yield f"part={part}|slot={slot}"
    yield f"declared={declared}|part={part}"
    yield f"declared={declared}|rule={ruled}|empty={empty}"
    yield f"type={frame.type}|slot={slot}"
    yield f"type={frame.type}|part={part}|slot={slot}"
    yield f"frame={frame.id}|slot={slot}"
    yield f"type={frame.type}|sector={sector}"
    yield f"type={frame.type}|sector={sector}|rule={ruled}"
    yield f"shape={shape}|rule={ruled}"
    yield f"shape={shape}|slot={slot}"
    yield f"counted={view.counted(number)}|type={frame.type}"
    yield f"passive={sides.passive}|slot={slot}"
    yield f"stated={bool(frame.source)}|slot={slot}"
    yield f"shape={view.shape}|slot={slot}"
    yield f"shape={view.shape}|slot={slot}|type={frame.type}"
    yield f"shape={view.shape}|slot={slot}|sector={sector}"
    yield f"salience={view.salience(number)}"
    yield f"salience={view.salience(number)}|slot={slot}"
    yield f"salience={view.salience(number)}|empty={empty}"
    yield f"governor={view.governor_lemma}|slot={slot}"
    yield f"governor={view.governor_lemma}|rule={ruled}"
    yield f"rival={view.rivals(slot)}|slot={slot}"
    yield f"order={view.order(number)}|part={part}"
    yield f"order={view.order(number)}|type={frame.type}"
    yield f"order={view.order(number)}|rule={ruled}|empty={empty}"
    yield f"near={view.distance(number)}|rule={ruled}"
    yield f"near={view.distance(number)}|empty={empty}"


def _declared(trigger: Trigger, slot: str) -> str:
    """Which side the frame row puts in this slot: S, T, ST or -."""
    name = {"subj": "subject", "obj": "object", "gen": "genitive", "desc": "described"}.get(
        slot.split("-")[0].split(">")[0], ""
    )
    if slot.startswith("prep:"):
        name = slot[5:].split(">")[0]
    frame = trigger.frame
    sides = ""
    if name == "genitive":
        return {"source": "S", "target": "T"}.get(frame.genitive, "-")
    if name in frame.source:
        sides += "S"
    if name in frame.target:
        sides += "T"
    return sides or "-"


class _View:
    """Looks from a trigger at the units of its sentence."""

    def __init__(self, trigger: Trigger, scene: Scene, codes: Sequence[str]) -> None:
        self._scene = scene
        self._told = Counter(m.name for m, code in zip(scene.mentions, codes, strict=True) if code)
        self._slots: Counter[str] = Counter()
        self._units = scene.parse.units
        self._own = scene.parse.unit_at[trigger.index]
        last = max(trigger.last - 1, trigger.object_index)
        self._after = scene.parse.unit_at[min(last, len(scene.parse.unit_at) - 1)]
        self._clause = next((c for c in scene.parse.clauses if c.verb == self._own), None)
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
        return f"{len(clause.objects[:2]) + after}{'p' * bool(word.enclitic)}{'w' * unit.conjunct}{'h' * (clause.verb == 0)}"

    def salience(self, mention: int) -> str:
        """How often the article names the same actor, coarse, and whether its headline does."""
        name = self._scene.mentions[mention].name
        times = self._told[name]
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
