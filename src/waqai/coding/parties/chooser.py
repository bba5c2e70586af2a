"""Chooses source and target of an act together, by the weights that train/coding.py learns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from waqai.coding.weights import LinearModel
from waqai.model import Party, Sides, Trigger

# With how many of the likeliest sources a target is sought.
TRIED = 3


class SideChooser:
    """Chooses both sides of an act among its candidates, or nobody.

    Every candidate, and "nobody", gets a chance of being the source; then, with each of the likeliest sources in turn,
    a chance of being the target. The pair with the highest product wins, and those tied to either by "و" come along.
    """

    def __init__(self, source: LinearModel, target: LinearModel) -> None:
        self._source, self._target = source, target

    def choose(self, trigger: Trigger, candidates: Sequence[Party], ruled: Sides) -> Sides:
        """The likeliest sources and targets of `trigger`."""
        nobody = tuple(nobody_features(trigger, ruled))
        options: list[Party | None] = [None, *candidates]
        sources = _odds([self._source.score(o.features if o else nobody) for o in options])
        base = [self._target.score(o.features if o else nobody) for o in options]
        best: tuple[float, Party | None, Party | None] | None = None
        for chance, source in sorted(zip(sources, options, strict=True), key=lambda pair: -pair[0])[:TRIED]:
            given = [
                score + self._target.score(given_features(trigger, source, option))
                for score, option in zip(base, options, strict=True)
            ]
            for odds, target in zip(_odds(given), options, strict=True):
                if _one(source, target):
                    continue
                if best is None or chance + odds > best[0]:
                    best = (chance + odds, source, target)
        assert best is not None
        return Sides(_with_tied(best[1], candidates), _with_tied(best[2], candidates), ruled.passive)


def _odds(scores: Sequence[float]) -> list[float]:
    """The logarithm of each option's probability."""
    top = max(scores)
    total = top + math.log(sum(math.exp(score - top) for score in scores))
    return [score - total for score in scores]


def _one(source: Party | None, target: Party | None) -> bool:
    """Whether both sides would be the same actor."""
    if source is None or target is None:
        return False
    return source.mention == target.mention or bool(source.name and source.name == target.name)


def given_features(trigger: Trigger, source: Party | None, target: Party | None) -> Iterator[str]:
    """What speaks for a target once the source is chosen."""
    one = source.slot if source else "nobody"
    two = target.slot if target else "nobody"
    type_, part = trigger.frame.type, trigger.part
    yield f"given={one}|{two}"
    yield f"given={one}|{two}|part={part}"
    yield f"given={one}|{two}|type={type_}"
    yield f"given={bool(source)}|{bool(target)}|type={type_}"
    if source is None or target is None:
        return
    same = "-" if "-" in source.code[:1] + target.code[:1] else str(source.code[:3] == target.code[:3])
    sectors = f"{source.code[4:]}>{target.code[4:]}"
    yield f"given-country={same}|type={type_}"
    yield f"given-country={same}|part={part}"
    yield f"given-sectors={sectors}"
    yield f"given-sectors={sectors}|type={type_}"
    yield f"given-order={source.mention < target.mention}|part={part}"


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


def _with_tied(party: Party | None, candidates: Sequence[Party]) -> tuple[int, ...]:
    if party is None:
        return ()
    chosen = party.mention
    head = next((party.tied for party in candidates if party.mention == chosen), None)
    first = chosen if head is None else head
    tied = [party.mention for party in candidates if party.tied == first]
    return tuple(dict.fromkeys((first, *tied)))
