"""What the page of one article asks a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from waqai.store.store import Store
from waqai.store.tables import articles, events, revisions

# Written out once: making them anew takes as long as running them.
_IN_USE = select(articles.c.current, articles.c.seen).where(articles.c.id == bindparam("number"))
_SAID = select(events.c.event, events.c.corrected, events.c.rejected).where(events.c.revision == bindparam("revision"))
_NUMBERS = select(articles.c.current, articles.c.id).where(
    articles.c.current.in_(bindparam("revisions", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Held:
    """A page's record in use, what people have said of its events by id, and how many revisions there are."""

    number: int
    revision: int
    record: dict[str, Any]
    corrected: dict[str, list[str]]
    rejected: frozenset[str]
    revisions: int


def article(store: Store, number: int) -> Held | None:
    """The article with this number, None where there is none."""
    with store.reading() as connection:
        found = connection.execute(_IN_USE, {"number": number}).first()
        if found is None or found.current is None:
            return None
        said = connection.execute(_SAID, {"revision": found.current}).all()
    return Held(
        number=number,
        revision=found.current,
        record=store.record(found.current),
        corrected={row.event: [field for field in row.corrected if field != "rejected"] for row in said},
        rejected=frozenset(row.event for row in said if row.rejected),
        revisions=found.seen,
    )


def article_of_event(store: Store, event: str) -> int | None:
    """The number of the article in use that tells the event with this id."""
    query = select(articles.c.id).join(events, events.c.revision == articles.c.current).where(events.c.event == event)
    with store.reading() as connection:
        return connection.execute(query).scalar()


def article_of_record(store: Store, record: str) -> int | None:
    """The number of the newest article whose record has this id."""
    query = select(articles.c.id).join(revisions, revisions.c.id == articles.c.current)
    query = query.where(revisions.c.record == record).order_by(articles.c.id.desc()).limit(1)
    with store.reading() as connection:
        return connection.execute(query).scalar()


def numbers_of(store: Store, revisions_wanted: Sequence[int]) -> dict[int, int]:
    """The numbers of articles by the numbers of their revisions in use."""
    if not revisions_wanted:
        return {}
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(_NUMBERS, {"revisions": list(revisions_wanted)})}
