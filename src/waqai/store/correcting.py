"""What humans have said of events, set over what the machine read; what it read is kept beside, to go back to.

Corrections are tied to an event's id and set again after each reading. An event that a human confirmed is kept, as a
whole, where a newer version reads it no longer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from waqai.store import rows
from waqai.store.tables import corrections, event_actors, events, review_log, revisions

PLAIN = ("type", "mode", "cameo", "status", "date", "said_by")
FLAGS = ("rejected", "accepted")
SIDES = {"sources": "source", "targets": "target"}
KEPT = "kept"  # the whole event as the machine read it, and the page's words that it was read from
_STATE = (*PLAIN, "place", *SIDES, *FLAGS)
Values = dict[str, Any]


def apply(connection: Connection, article: int, revision: int) -> None:
    """Sets what humans have said of the events of a revision; of several words on one field the last holds."""
    said = _said(connection, article)
    for event, values in said.items():
        if KEPT in values and not values.get("rejected"):
            _keep(connection, revision, event, values[KEPT])
    query = select(events).where(events.c.revision == revision)
    for row in connection.execute(query).all():
        values = said.get(row.event, {})
        if values or row.as_read or row.accepted or row.rejected or row.kept:
            _set(connection, row, values)


def state(connection: Connection, row: Row[Any]) -> Values:
    """What may be corrected of an event, as it stands now."""
    query = select(event_actors).where(event_actors.c.event == row.id).order_by(event_actors.c.number)
    actors = [actor._asdict() for actor in connection.execute(query)]
    event = rows.event_of(row._asdict(), actors, "")
    return {name: event[name] for name in (*PLAIN, "place", *SIDES)} | {name: getattr(row, name) for name in FLAGS}


def written(field: str, value: Any) -> str:
    """A value as a correction keeps it."""
    if field in FLAGS:
        return "yes" if value else "no"
    return value if field in PLAIN else json.dumps(value, ensure_ascii=False)


def say(connection: Connection, article: int, values: Mapping[str, Any], entry: Mapping[str, Any]) -> int:
    """Writes `entry`, a row of the log without its number, and the corrections it stands for, a row a field; the
    number that the entry got.
    """
    number = int(connection.execute(insert(review_log).values(**entry).returning(review_log.c.id)).scalar_one())
    common = {"article": article, "event": entry["event"], "note": entry["why"], "made": entry["made"], "entry": number}
    for field, value in values.items():
        connection.execute(insert(corrections).values(**common, field=field, value=written(field, value)))
    return number


def snapshot(connection: Connection, row: Row[Any]) -> Values:
    """A whole event as the machine read it, and the digest of the page that it was read from."""
    revision = connection.execute(select(revisions).where(revisions.c.id == row.revision)).one()
    query = select(event_actors).where(event_actors.c.event == row.id).order_by(event_actors.c.id)
    actors = [actor._asdict() for actor in connection.execute(query)]
    event = rows.event_of(row._asdict(), actors, revision.text)
    return {"content": revision.content, "event": event | row.as_read}


def _said(connection: Connection, article: int) -> dict[str, Values]:
    query = select(corrections).where(corrections.c.article == article).order_by(corrections.c.id)
    found: dict[str, Values] = {}
    for row in connection.execute(query):
        found.setdefault(row.event, {})[row.field] = _read(row.field, row.value)
    return found


def _read(field: str, value: str) -> Any:
    if field in FLAGS:
        return value == "yes"
    return value if field in PLAIN else json.loads(value)


def _keep(connection: Connection, revision: int, event: str, kept: Values) -> None:
    """Puts an event back that is read no longer, where the page still says the same; a human's word takes the place
    of another reading of the same words.
    """
    there = connection.execute(select(events.c.id).where(events.c.revision == revision, events.c.event == event))
    content = connection.execute(select(revisions.c.content).where(revisions.c.id == revision)).scalar_one()
    if there.first() is not None or content != kept["content"]:
        return
    start, end = kept["event"]["trigger_span"]
    others = select(events).where(events.c.revision == revision).order_by(events.c.number.desc())
    found = connection.execute(others).all()
    for other in found:
        if (other.trigger_start, other.trigger_end) == (start, end) and not other.kept:
            connection.execute(delete(events).where(events.c.id == other.id))
    row = rows.event_row(kept["event"], revision, found[0].number + 1 if found else 0)
    made = connection.execute(insert(events).values(**row, kept=True).returning(events.c.id)).scalar_one()
    if actors := rows.actor_rows(kept["event"], made):
        connection.execute(insert(event_actors), actors)


def _set(connection: Connection, row: Row[Any], values: Mapping[str, Any]) -> None:
    """Goes back to what was read of an event, and sets `values` over it."""
    if row.kept and KEPT not in values:
        connection.execute(delete(events).where(events.c.id == row.id))  # neither read nor said any more
        return
    before = state(connection, row) | row.as_read
    said = {field: value for field, value in values.items() if field in _STATE}
    now = before | {"rejected": False, "accepted": False} | said
    columns: Values = {name: now[name] for name in (*PLAIN, "rejected")}
    columns["accepted"] = now["accepted"] and not now["rejected"]
    columns |= {"place": now["place"], "place_name": now["place"].get("name", "")}
    columns["place_country"] = now["place"].get("country", "")
    columns["as_read"] = {field: before[field] for field in said if field not in FLAGS}
    columns["corrected"] = sorted(set(said) - {"accepted"})
    connection.execute(update(events).where(events.c.id == row.id).values(**columns))
    if said.keys() & SIDES.keys() or row.as_read.keys() & SIDES.keys():
        _set_sides(connection, row.id, now)


def _set_sides(connection: Connection, event: int, now: Values) -> None:
    connection.execute(delete(event_actors).where(event_actors.c.event == event))
    if actors := rows.actor_rows(now, event):
        connection.execute(insert(event_actors), actors)
