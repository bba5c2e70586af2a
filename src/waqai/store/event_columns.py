"""The events in use as plain rows, for what counts and chooses among all of them at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from waqai.store.store import Store
from waqai.store.tables import articles, event_actors, events, revisions


def event_columns(store: Store) -> list[tuple[Any, ...]]:
    """Number, revision, type, status, date, place, its country, confidence, outlet, day of publication of all events
    that nobody has rejected; by date, undated ones first.
    """
    query = (
        select(
            events.c.id,
            events.c.revision,
            events.c.type,
            events.c.mode,
            events.c.status,
            events.c.date,
            events.c.place_name,
            events.c.place_country,
            events.c.confidence,
            revisions.c.source,
            func.substr(revisions.c.published, 1, 10).label("published"),
        )
        .join(articles, articles.c.current == events.c.revision)
        .join(revisions, revisions.c.id == events.c.revision)
        .where(events.c.rejected.is_(False))
        .order_by(events.c.date, events.c.id)
    )
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


def party_columns(store: Store) -> list[tuple[Any, ...]]:
    """Event number, side, name, folded name, code of all who take part in the events in use."""
    query = (
        select(
            event_actors.c.event,
            event_actors.c.side,
            event_actors.c.name,
            event_actors.c.folded,
            event_actors.c.code,
        )
        .join(events, events.c.id == event_actors.c.event)
        .join(articles, articles.c.current == events.c.revision)
        .where(events.c.rejected.is_(False))
    )
    with store.reading() as connection:
        return [tuple(row) for row in connection.execute(query)]


def has_events(store: Store, count: int) -> bool:
    """Whether there are that many events or more."""
    with store.reading() as connection:
        return connection.execute(select(events.c.id).limit(1).offset(count - 1)).first() is not None
