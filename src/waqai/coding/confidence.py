"""How sure an event is: kept or dropped, and with what confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from waqai.model import Draft, Scene, Sides, Trigger
from waqai.resources import Library

FLOOR = 0.5


class Judge:
    """Gives each draft its confidence."""

    def __init__(self, library: Library) -> None:
        pass

    def judged(self, draft: Draft, trigger: Trigger, scene: Scene, sides: Sides) -> Draft:
        event = draft.event
        sure = 0.5 if event.sources or event.targets else 0.1
        if event.status in ("called-for", "conditional"):
            sure -= 0.3
        if trigger.part == "verb":
            sure += 0.1
        return replace(draft, event=replace(event, confidence=round(sure, 3)))

    def keep(self, drafts: Sequence[Draft]) -> list[Draft]:
        return [draft for draft in drafts if draft.event.confidence >= FLOOR]
