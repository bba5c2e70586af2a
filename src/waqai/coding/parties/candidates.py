"""The candidates for the sides of an act, and the features that describe each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waqai.coding.parties.standing import Standing
from waqai.coding.parties.view import View
from waqai.model import Mention, Party, Scene, Sides, Trigger


def parties(
    trigger: Trigger,
    scene: Scene,
    sides: Sides,
    codes: Sequence[str],
    outside: Sequence[tuple[str, int]],
    standing: Standing,
    number: int,
) -> list[Party]:
    """The candidates for both sides of `trigger`.

    `sides` is what the rules found; `codes` the actor code of each mention; `outside` names mentions beyond the
    sentence; `standing` counts what the rules found in the whole article, of which this is sentence `number`.
    """
    view = View(trigger, scene, standing.renown)
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
    own = standing.named(sides)
    ties = {} if trigger.frame.symmetric else view.ties()
    return [
        Party(
            mention,
            (
                *_features(trigger, scene.mentions[mention], slot, codes[mention], mention, sides, view),
                *standing.features(trigger, number, scene.mentions[mention].name, slot, own),
            ),
            ties.get(mention),
            scene.mentions[mention].name,
            codes[mention],
            slot,
        )
        for mention, slot in found.items()
    ]


def _features(
    trigger: Trigger, mention: Mention, slot: str, code: str, number: int, sides: Sides, view: View
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
    salience = view.salience(number)
    yield f"salience={salience}"
    yield f"salience={salience}|slot={slot}"
    yield f"salience={salience}|empty={empty}"
    yield f"governor={view.governor_lemma}|slot={slot}"
    yield f"governor={view.governor_lemma}|rule={ruled}"
    yield f"rival={view.rivals(slot)}|slot={slot}"
    order, near = view.order(number), view.distance(number)
    yield f"order={order}|part={part}"
    yield f"order={order}|type={frame.type}"
    yield f"order={order}|rule={ruled}|empty={empty}"
    yield f"near={near}|rule={ruled}"
    yield f"near={near}|empty={empty}"
    yield from _surroundings(trigger, mention, slot, number, ruled, view)


def _surroundings(trigger: Trigger, mention: Mention, slot: str, number: int, ruled: str, view: View) -> Iterator[str]:
    """What stands between the trigger and the mention, what governs the mention, and how it agrees with the verb."""
    frame, part, order = trigger.frame, trigger.part, view.order(number)
    agrees = view.agrees(mention)
    if agrees:
        yield f"agrees={agrees}"
        yield f"agrees={agrees}|slot={slot}"
    rank = view.rank(mention)
    yield f"rank={rank}"
    yield f"rank={rank}|type={frame.type}"
    told = f"{bool(mention.role)}{bool(mention.title)}"
    yield f"told={told}|slot={slot}"
    yield f"told={told}|type={frame.type}"
    yield f"governor={view.governor_lemma}|type={frame.type}|slot={slot}"
    path = view.path(number)
    yield f"path={path}|part={part}"
    yield f"path={path}|type={frame.type}"
    yield f"path={path}|rule={ruled}"
    host, preposition = view.host(number)
    yield f"host={host}"
    yield f"host={host}|type={frame.type}"
    yield f"preposition={preposition}|frame={frame.id}"
    yield f"preposition={preposition}|type={frame.type}|order={order[0]}"
    over = view.over(number)
    yield f"over={over}"
    yield f"over={over}|type={frame.type}"
    yield f"over={over}|slot={slot}"
    early = view.early(mention)
    yield f"early={early}|slot={slot}"
    yield f"early={early}|type={frame.type}"


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
