"""What the other acts of an article tell of an actor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from waqai.model import Mention, Sides, Trigger

_OUTSIDE = {"topic", "headline", "recent", "salient", "speaker"}


class Standing:
    """How often the rules see an actor do things in the article, or have them done to it."""

    def __init__(self, acts: Sequence[tuple[str, Sides]], mentions: Sequence[Mention]) -> None:
        """`acts` are the type of each act of the article and what the rules of roles.py found for it."""
        self._mentions = mentions
        self._all: Counter[tuple[str, str]] = Counter()
        self._by_type: Counter[tuple[str, str, str]] = Counter()
        for type_, sides in acts:
            for side, name in self.named(sides):
                self._all[side, name] += 1
                self._by_type[type_, side, name] += 1

    def named(self, sides: Sides) -> list[tuple[str, str]]:
        """The actors of both sides by name, each with "S" or "T"."""
        both = (("S", sides.sources), ("T", sides.targets))
        return [(side, self._mentions[number].name) for side, numbers in both for number in numbers]

    def features(self, trigger: Trigger, name: str, slot: str, own: Collection[tuple[str, str]]) -> Iterator[str]:
        """What acts other than `trigger` tell of the actor `name`; `own` is what the rules found for `trigger`."""
        type_ = trigger.frame.type
        stood, alike = "", ""
        for side in "ST":
            itself = (side, name) in own
            times = self._all[side, name] - itself
            stood += side * min(times, 1) + side * (times > 2)
            alike += side * (self._by_type[type_, side, name] > itself)
        out = slot if slot.split("-")[0] in _OUTSIDE else "in"
        yield f"stood={stood}"
        yield f"stood={stood}|out={out}"
        yield f"stood={stood}|type={type_}"
        yield f"stood-alike={alike}"
        yield f"stood-alike={alike}|type={type_}"
        yield f"stood-alike={alike}|out={out}"
