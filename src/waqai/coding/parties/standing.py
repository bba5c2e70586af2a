"""What the other acts of an article tell of an actor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from waqai.coding.parties.view import Renown
from waqai.model import Mention, Sides, Trigger

_OUTSIDE = {"topic", "headline", "recent", "salient", "speaker"}


class Standing:
    """How often the rules see an actor do things in the article, or have them done to it."""

    def __init__(
        self, acts: Sequence[tuple[int, Trigger, Sides]], mentions: Sequence[Mention], codes: Sequence[str]
    ) -> None:
        """`acts` are the sentence and the trigger of each act of the article and what the rules of roles.py found.

        `codes` are the actor codes of `mentions`.
        """
        self._mentions = mentions
        self.renown = Renown(mentions, codes)
        self._rows: defaultdict[int, list[tuple[int, str, set[tuple[str, str]]]]] = defaultdict(list)
        self._all: Counter[tuple[str, str]] = Counter()
        self._by_type: Counter[tuple[str, str, str]] = Counter()
        for sentence, trigger, sides in acts:
            type_, named = trigger.frame.type, self.named(sides)
            self._rows[sentence].append((trigger.index, type_, set(named)))
            for side, name in named:
                self._all[side, name] += 1
                self._by_type[type_, side, name] += 1

    def named(self, sides: Sides) -> list[tuple[str, str]]:
        """The actors of both sides by name, each with "S" or "T"."""
        both = (("S", sides.sources), ("T", sides.targets))
        return [(side, self._mentions[number].name) for side, numbers in both for number in numbers]

    def features(
        self, trigger: Trigger, sentence: int, name: str, slot: str, own: Collection[tuple[str, str]]
    ) -> Iterator[str]:
        """What acts other than `trigger` tell of the actor `name`; `own` is what the rules found for `trigger`."""
        yield from self._beside(trigger, sentence, name)
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

    def _beside(self, trigger: Trigger, sentence: int, name: str) -> Iterator[str]:
        """What the actor is in the acts right before and behind: verbs in a row share their subject."""
        row = self._rows[sentence]
        before = max((act for act in row if act[0] < trigger.index), default=None, key=lambda act: act[0])
        behind = min((act for act in row if act[0] > trigger.index), default=None, key=lambda act: act[0])
        for where, act in (("before", before), ("behind", behind)):
            if act is None:
                continue
            is_ = "".join(side for side in "ST" if (side, name) in act[2]) or "-"
            yield f"{where}={is_}|part={trigger.part}"
            yield f"{where}={is_}:{act[1]}|type={trigger.frame.type}"
