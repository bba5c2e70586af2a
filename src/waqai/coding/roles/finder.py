"""What verbs, participles and nouns want as their sides."""

from __future__ import annotations

from waqai.arabic import fold
from waqai.coding.roles.reader import AGENT, Reader, stands_after
from waqai.model import Scene, Sides, Trigger
from waqai.resources import Library


class RoleFinder:
    """Finds the two sides of an act."""

    def __init__(self, library: Library) -> None:
        self._light = {fold(verb): row["gives"] for row in library.rows("clauses", "light") for verb in row["verb"]}
        self._means = {fold(noun) for row in library.rows("clauses", "means") for noun in row["noun"]}

    def sides(self, trigger: Trigger, scene: Scene) -> Sides:
        """The mentions that are source and target of `trigger`."""
        reader = Reader(trigger, scene)
        if trigger.part == "verb":
            sides = self._of_verb(trigger, scene, reader)
        elif trigger.part == "participle":
            sides = self._of_participle(trigger, reader)
        elif trigger.part == "passive":
            sides = self._of_passive(trigger, reader)
        else:
            sides = self._of_noun(trigger, scene, reader)
        return _symmetric(trigger, sides)

    def _of_verb(self, trigger: Trigger, scene: Scene, reader: Reader) -> Sides:
        passive = reader.passive()
        if passive:
            sources = reader.first([AGENT, *(slot for slot in trigger.frame.source if slot != "subject")])
            sources = sources or reader.hand(self._means)
            wants = ["subject" if slot == "object" else slot for slot in trigger.frame.target]
            return Sides(sources, reader.first(wants, sources), True)
        sources = reader.first(trigger.frame.source)
        return Sides(sources, reader.first(trigger.frame.target, sources))

    def _of_participle(self, trigger: Trigger, reader: Reader) -> Sides:
        sources = reader.first(trigger.frame.source or ("subject",))
        return Sides(sources, reader.first(trigger.frame.target, sources))

    def _of_passive(self, trigger: Trigger, reader: Reader) -> Sides:
        targets = reader.described()
        return Sides(reader.first([AGENT, "ل"]) if targets else (), targets)

    def _of_noun(self, trigger: Trigger, scene: Scene, reader: Reader) -> Sides:
        frame = trigger.frame
        between = reader.first(["بين"])
        if len(between) > 1:
            return Sides(between[:1], between[1:])
        if trigger.frame.symmetric and len(gathered := reader.gathered()) > 1:
            return Sides(gathered[:1], gathered[1:])
        genitive = reader.genitive()
        sources: tuple[int, ...] = ()
        targets: tuple[int, ...] = ()
        if frame.genitive == "source":
            sources = genitive
        elif frame.genitive == "target":
            targets = genitive
        governed = tuple(m for m in reader.governed() if m not in genitive) if genitive else ()
        if governed and frame.genitive == "target":
            sources, targets = genitive, governed
        elif governed and "object" in frame.target:
            targets = governed
        targets = targets or reader.first([slot for slot in frame.target if stands_after(slot)], sources)
        sources = sources or reader.first([AGENT, *(slot for slot in frame.source if stands_after(slot))], targets)
        if reader.relative is not None:
            sources = sources or tuple(m for m in reader.doer() if m not in targets)
            targets = targets or reader.relative_target(sources)
        sources = sources or reader.demonym() or reader.giver(targets)
        if not sources and "ل" not in frame.target:
            sources = tuple(m for m in reader.owner() if m not in targets)
        lent = self._lent(trigger, scene, reader)
        if lent is not None:
            side, mentions = lent
            if side == "source" and not sources:
                sources = tuple(m for m in mentions if m not in targets)
            elif side == "target" and not targets:
                targets = tuple(m for m in mentions if m not in sources)
        return Sides(sources, targets)

    def _lent(self, trigger: Trigger, scene: Scene, reader: Reader) -> tuple[str, tuple[int, ...]] | None:
        """What the verb over the noun lends it: "أجرى الوزير محادثات" makes the minister its source."""
        clause = reader.governor()
        if clause is None:
            return None
        verb = scene.sentence.words[scene.parse.units[clause.verb].head]
        side = self._light.get(fold(verb.lemma), "source")
        if side == "object":
            found = next((found for n in clause.objects if (found := reader.mentions_of(n))), ())
            if found:
                return "source", found
        if side == "none" or clause.subject is None:
            return None
        return "source" if side == "object" else side, reader.mentions_of(clause.subject)


def _symmetric(trigger: Trigger, sides: Sides) -> Sides:
    """ "X and Y met": the first is the source, the second the target."""
    if trigger.frame.symmetric and len(sides.sources) >= 2 and not sides.targets:
        return Sides(sides.sources[:1], sides.sources[1:], sides.passive)
    return sides
