"""What people said of stories: which reports are one act and which are not, which names are one actor.

Decisions stand in the store under the ids of events and the keys of actors; they outlive all that is made again. Of
several decisions on one pair the last holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from waqai.store import Store
from waqai.store.story_tables import story_decisions

LINK, SPLIT, MERGE, PART = "link", "split", "merge", "part"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody said: `kind` is link or split (of two events by id), merge (of two actor keys) or part (a name)."""

    kind: str
    one: str
    other: str
    note: str = ""
    made: str = ""


def decide(connection: Connection, found: Iterable[Decision]) -> None:
    """Keeps decisions."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    rows = [{"kind": d.kind, "one": d.one, "other": d.other, "note": d.note, "made": now} for d in found]
    if rows:
        connection.execute(insert(story_decisions), rows)


def decisions(store: Store) -> list[Decision]:
    """All decisions, oldest first."""
    with store.reading() as connection:
        return _all(connection)


def on_events(connection: Connection) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The pairs of events that people linked, and those they split; a pair is in alphabetical order."""
    held: dict[tuple[str, str], str] = {}
    for decision in _all(connection):
        if decision.kind in (LINK, SPLIT):
            one, other = sorted((decision.one, decision.other))
            held[one, other] = decision.kind
    return {pair for pair, kind in held.items() if kind == LINK}, {pair for pair, kind in held.items() if kind == SPLIT}


def on_actors(connection: Connection) -> tuple[dict[str, str], frozenset[str]]:
    """By key of an actor the key of the one it is the same as, and the names that are set apart by their code."""
    merged: dict[str, str] = {}
    parted: set[str] = set()
    for decision in _all(connection):
        if decision.kind == MERGE:
            merged[decision.one] = decision.other
        elif decision.kind == PART:
            merged.pop(decision.one, None)
            parted.add(decision.other)
    return {key: _end(merged, key) for key in merged}, frozenset(parted)


def _end(merged: dict[str, str], key: str) -> str:
    """Where a chain of merges leads; one that runs in a circle ends where it began."""
    seen = [key]
    while (following := merged.get(seen[-1])) and following not in seen:
        seen.append(following)
    return seen[-1] if following is None else min(seen)


def _all(connection: Connection) -> list[Decision]:
    names = ("kind", "one", "other", "note", "made")
    chosen = select(*(story_decisions.c[name] for name in names)).order_by(story_decisions.c.id)
    return [Decision(*row) for row in connection.execute(chosen)]
