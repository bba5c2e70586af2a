"""Events by their numbers, as lists and exports show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import select

from waqai.store import rows
from waqai.store.store import Store
from waqai.store.tables import event_actors, events, revisions

_BATCH = 500
_ARTICLE = ("record", "url", "source", "title", "published", "added", "text")


def events_numbered(store: Store, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """The events with these numbers, in their order, as records have them; numbers that are gone are left out.

    Each also has "number", "revision", "corrected" (fields that people have set) and "article": id, number, url,
    source, title, published, added.
    """
    query = select(
        events, revisions.c.article.label("of"), *(revisions.c[name].label(f"of_{name}") for name in _ARTICLE)
    )
    query = query.join(revisions, revisions.c.id == events.c.revision).where(events.c.id.in_(numbers))
    actors: dict[int, list[dict[str, Any]]] = {}
    with store.reading() as connection:
        found = {row["id"]: dict(row) for row in connection.execute(query).mappings()}
        parties = select(event_actors).where(event_actors.c.event.in_(numbers)).order_by(event_actors.c.id)
        for actor in connection.execute(parties).mappings():
            actors.setdefault(actor["event"], []).append(dict(actor))
    return [_event(found[number], actors.get(number, [])) for number in numbers if number in found]


def _event(row: dict[str, Any], actors: list[dict[str, Any]]) -> dict[str, Any]:
    article = {"id": row["of_record"], "number": row["of"]} | {name: row[f"of_{name}"] for name in _ARTICLE[1:-1]}
    known = {"number": row["id"], "revision": row["revision"], "article": article}
    return rows.event_of(row, actors, row["of_text"]) | known | {"corrected": list(row["corrected"])}


def events_in_turn(store: Store, numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The same for any number of them, in constant memory."""
    left = iter(numbers)
    while batch := list(islice(left, _BATCH)):
        yield from events_numbered(store, batch)


def records_in_turn(store: Store, revisions_wanted: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The records of the revisions with these numbers, each once, in their order."""
    for number in dict.fromkeys(revisions_wanted):
        yield store.record(number)
