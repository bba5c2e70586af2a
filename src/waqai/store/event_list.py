"""Events by their numbers, as lists and exports show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, select

from waqai.store.store import Store
from waqai.store.tables import event_actors, events, revisions

_BATCH = 500
_PLAIN = (
    "type", "mode", "contexts", "cameo", "status", "status_cue", "date", "date_from", "place", "said_by", "confidence",
    "rule",
)  # fmt: skip
_ARTICLE = ("url", "source", "title", "published", "added")
_ACTOR = ("name", "code", "name_start", "name_end", "title", "role")


def _slice(name: str) -> ColumnElement[str]:
    """The words of a span: whole texts are long, and a page shows a sentence of each."""
    start, end = events.c[f"{name}_start"], events.c[f"{name}_end"]
    return func.substr(revisions.c.text, start + 1, end - start).label(f"of_{name}")


_ROWS = select(
    events.c.id,
    events.c.event,
    events.c.revision,
    *(events.c[name] for name in (*_PLAIN, "corrected")),
    *(events.c[f"{name}_{end}"] for name in ("trigger", "evidence", "said_by") for end in ("start", "end")),
    _slice("trigger"),
    _slice("evidence"),
    revisions.c.article,
    revisions.c.record,
    *(revisions.c[name].label(f"of_{name}") for name in _ARTICLE),
).join(revisions, revisions.c.id == events.c.revision)
_ROW_NAMES = tuple(_ROWS.selected_columns.keys())
_PARTIES = select(event_actors.c.event, event_actors.c.side, *(event_actors.c[name] for name in _ACTOR)).order_by(
    event_actors.c.id
)
# Written out once: making them anew takes as long as running them.
_WANTED: BindParameter[list[int]] = bindparam("numbers", expanding=True)
_ROWS_NUMBERED = _ROWS.where(events.c.id.in_(_WANTED))
_PARTIES_NUMBERED = _PARTIES.where(event_actors.c.event.in_(_WANTED))


def events_numbered(store: Store, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """The events with these numbers, in their order, as records have them; numbers that are gone are left out.

    Each also has "number", "revision", "corrected" (fields that people have set) and "article": id, number, url,
    source, title, published, added.
    """
    if not numbers:
        return []
    sides: dict[int, dict[str, list[dict[str, Any]]]] = {}
    with store.reading() as connection:
        wanted = {"numbers": list(numbers)}
        rows = connection.execute(_ROWS_NUMBERED, wanted).all()
        for event, side, *actor in connection.execute(_PARTIES_NUMBERED, wanted):
            sides.setdefault(event, {"source": [], "target": []})[side].append(_actor(actor))
    found = {row[0]: _event(dict(zip(_ROW_NAMES, row, strict=True)), sides.get(row[0], {})) for row in rows}
    return [found[number] for number in numbers if number in found]


def _actor(row: Sequence[Any]) -> dict[str, Any]:
    name, code, start, end, title, role = row
    return {"name": name, "code": code, "span": _span(start, end), "title": title, "role": role}


def _event(row: Mapping[str, Any], sides: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    spans = {
        f"{name}_span": _span(row[f"{name}_start"], row[f"{name}_end"]) for name in ("trigger", "evidence", "said_by")
    }
    article = {"id": row["record"], "number": row["article"]} | {name: row[f"of_{name}"] for name in _ARTICLE}
    return {
        "id": row["event"],
        **{name: row[name] for name in _PLAIN},
        "sources": sides.get("source", []),
        "targets": sides.get("target", []),
        "trigger": row["of_trigger"] or "",
        "evidence": row["of_evidence"] or "",
        **spans,
        "number": row["id"],
        "revision": row["revision"],
        "article": article,
        "corrected": [field for field in row["corrected"] if field != "rejected"],
    }


def _span(start: int | None, end: int | None) -> list[int]:
    return [] if start is None or end is None else [start, end]


def events_in_turn(store: Store, numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The same for any number of them, in constant memory."""
    left = iter(numbers)
    while batch := list(islice(left, _BATCH)):
        yield from events_numbered(store, batch)


def records_in_turn(store: Store, revisions_wanted: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The records of the revisions with these numbers, each once, in their order."""
    for number in dict.fromkeys(revisions_wanted):
        yield store.record(number)
