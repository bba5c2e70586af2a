"""Events by their numbers, as much of each as a line in a list shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, func, select

from waqai.store.store import Store
from waqai.store.tables import event_actors, events, revisions

Named = tuple[str, str]  # name and code


class EventLine(NamedTuple):
    """An event in a list: `article` is the number of its article; `evidence` is "" where it was not asked for."""

    number: int
    id: str
    type: str
    mode: str
    status: str
    date: str
    place: str
    corrected: bool
    article: int
    title: str
    source: str
    evidence: str
    sources: tuple[Named, ...]
    targets: tuple[Named, ...]


# Written out once: making them anew takes as long as running them.
_WANTED: BindParameter[list[int]] = bindparam("numbers", expanding=True)
_FIRST = ("id", "event", "type", "mode", "status", "date", "place_name", "corrected")
_LINES = (
    select(*(events.c[name] for name in _FIRST), *(revisions.c[name] for name in ("article", "title", "source")))
    .join(revisions, revisions.c.id == events.c.revision)
    .where(events.c.id.in_(_WANTED), events.c.rejected.is_(False))
)
_TOLD = _LINES.add_columns(
    func.substr(revisions.c.text, events.c.evidence_start + 1, events.c.evidence_end - events.c.evidence_start)
)
_PARTIES = (
    select(event_actors.c.event, event_actors.c.side, event_actors.c.name, event_actors.c.code)
    .where(event_actors.c.event.in_(_WANTED))
    .order_by(event_actors.c.id)
)


def event_lines(store: Store, numbers: Sequence[int], *, told: bool = True) -> dict[int, EventLine]:
    """The events with these numbers; those that are gone or rejected are left out. `told` asks for the evidence too:
    texts are long, and a list may do without.
    """
    if not numbers:
        return {}
    wanted = {"numbers": list(numbers)}
    sides: dict[tuple[int, str], list[Named]] = {}
    with store.reading() as connection:
        rows = connection.execute(_TOLD if told else _LINES, wanted).all()
        for event, side, name, code in connection.execute(_PARTIES, wanted).all():
            sides.setdefault((event, side), []).append((name, code))
    return {row[0]: _line(tuple(row), sides, told) for row in rows}


def _line(row: tuple[Any, ...], sides: dict[tuple[int, str], list[Named]], told: bool) -> EventLine:
    number, corrected = row[0], any(field != "rejected" for field in row[7])
    sources, targets = (tuple(sides.get((number, side), ())) for side in ("source", "target"))
    first: tuple[Any, ...] = (*row[:7], corrected, *row[8:11], (row[11] or "") if told else "", sources, targets)
    return EventLine._make(first)
