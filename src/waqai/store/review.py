"""Reviews: what people say of events one by one, the log of it that is never changed, and how right the machine was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import sqrt
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, func, or_, select

from waqai.errors import StoreError
from waqai.store import correcting
from waqai.store.filters import Filters, of_article, of_event
from waqai.store.store import Store
from waqai.store.tables import articles, corrections, events, review_log, revisions

ACTIONS = ("accept", "reject", "edit", "add", "undo")
HUMAN = "human"  # the rule of an event that a person has added
ORDERS = ("fair", "doubtful", "newest")


class Conflict(StoreError):
    """Somebody else has said something of the event meanwhile."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log. `before` and `after` hold the fields that changed; `undone` says that it was taken back."""

    id: int
    made: str
    who: str
    page: str
    event: str
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    why: str
    undoes: int | None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """How the machine's events of one type were judged; `low` and `high` bound the share that was right as read."""

    type: str
    right: int  # accepted as they were read
    edited: int  # accepted after a correction
    rejected: int
    waiting: int

    @property
    def reviewed(self) -> int:
        """How many were judged."""
        return self.right + self.edited + self.rejected

    @property
    def precision(self) -> float:
        """The share that was right as read; 0 where none was judged."""
        return self.right / self.reviewed if self.reviewed else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """Wilson's interval of the share at 95 %."""
        return _wilson(self.right, self.reviewed)


def review(
    store: Store, event: str, action: str, who: str, *, changes: Mapping[str, Any] | None = None, why: str = "",
    seen: int | None = None,
) -> int:  # fmt: skip
    """Accepts, rejects or edits an event in use; the number of the line in the log.

    `changes` are new values by field, as records have them, already checked. `seen` is the last line about the event
    that the reviewer saw, 0 for none: Conflict is raised where there is another by now. Raises StoreError for an
    unknown event.
    """
    with store.writing() as connection:
        row, article, page = _found(connection, event)
        if seen is not None and seen != _last(connection, event):
            raise Conflict(f"{event}: somebody else has judged it meanwhile")
        before = correcting.state(connection, row)
        wanted = dict(changes or {}) | {"accepted": action != "reject", "rejected": action == "reject"}
        after = {field: value for field, value in wanted.items() if before[field] != value}
        said = dict(after)
        if action != "reject" and not row.kept:
            said[correcting.KEPT] = correcting.snapshot(connection, row)
        line = _line(who, page, event, action, why) | {"before": {name: before[name] for name in after}, "after": after}
        entry = correcting.say(connection, article, said, line)
        correcting.apply(connection, article, row.revision)
    return entry


def add(store: Store, revision: int, event: Mapping[str, Any], who: str, why: str = "") -> str:
    """Adds an event that the machine did not read to a revision in use; its id.

    `event` is one of a record without id, rule, confidence and contexts. Raises StoreError where it is there already.
    """
    with store.writing() as connection:
        query = select(revisions, articles.c.page).join(articles, articles.c.current == revisions.c.id)
        row = connection.execute(query.where(revisions.c.id == revision)).first()
        if row is None:
            raise StoreError(f"{revision}: no such page in use")
        start, end = event["trigger_span"]
        key = f"{row.record}\n{HUMAN}\n{start}\n{end}\n{event['type']}"
        name = hashlib.sha256(key.encode()).hexdigest()[:12]
        there = select(events.c.id).where(events.c.revision == revision, events.c.event == name)
        if connection.execute(there).first() is not None:
            raise StoreError(f"{name}: this event is there already")
        whole = dict(event) | {"id": name, "rule": HUMAN, "confidence": 1.0, "contexts": []}
        said = {correcting.KEPT: {"content": row.content, "event": whole}, "accepted": True}
        line = _line(who, row.page, name, "add", why) | {"before": {}, "after": whole}
        correcting.say(connection, row.article, said, line)
        correcting.apply(connection, row.article, revision)
    return name


def undo(store: Store, event: str, who: str, why: str = "", seen: int | None = None) -> Entry:
    """Takes back the last thing said of an event that still holds; that line of the log.

    Raises StoreError where there is nothing to take back.
    """
    with store.writing() as connection:
        if seen is not None and seen != _last(connection, event):
            raise Conflict(f"{event}: somebody else has judged it meanwhile")
        entry = next((line for line in _lines(connection, _of(event)) if not line.undone and line.undoes is None), None)
        if entry is None:
            raise StoreError(f"{event}: nothing has been said of it that could be taken back")
        page = connection.execute(select(articles).where(articles.c.page == entry.page)).first()
        if page is None:
            raise StoreError(f"{entry.page}: the page is gone")
        line = _line(who, entry.page, event, "undo", why) | {"before": entry.after, "after": entry.before}
        correcting.say(connection, page.id, {}, line | {"undoes": entry.id})
        connection.execute(delete(corrections).where(corrections.c.entry == entry.id))
        correcting.apply(connection, page.id, page.current)
    return entry


def last_by(store: Store, who: str) -> str:
    """The event that `who` last judged, where that still holds; "" where there is none."""
    with store.reading() as connection:
        mine = _lines(connection, select(review_log).where(review_log.c.who == who, review_log.c.undoes.is_(None)))
        return next((line.event for line in mine if not line.undone), "")


def log(store: Store, *, event: str = "", before: int | None = None, limit: int = 50) -> list[Entry]:
    """Lines of the log, the newest first: those about `event`, those numbered under `before`."""
    query = _of(event) if event else select(review_log)
    if before is not None:
        query = query.where(review_log.c.id < before)
    with store.reading() as connection:
        return list(_lines(connection, query.limit(limit)))


def last_entry(store: Store, event: str) -> int:
    """The number of the last line about an event, 0 where there is none."""
    with store.reading() as connection:
        return _last(connection, event)


def waiting(store: Store, filters: Filters, order: str = "fair", after: str = "") -> str:
    """The next event to judge, "" where all are: in an order that says nothing about them ("fair", so that what is
    judged is a fair sample), the least sure first ("doubtful"), or the newest article first. `after` is one to pass by.
    """
    query = _waiting(filters).with_only_columns(events.c.event).limit(1)
    if order == "fair" and after:
        later = query.where(events.c.event > after).order_by(events.c.event)
        with store.reading() as connection:
            if found := connection.execute(later).scalar():
                return str(found)
    if after:
        query = query.where(events.c.event != after)
    by = {"doubtful": (events.c.confidence, events.c.event), "newest": (revisions.c.published.desc(), events.c.event)}
    with store.reading() as connection:
        return str(connection.execute(query.order_by(*by.get(order, (events.c.event,)))).scalar() or "")


def count_waiting(store: Store, filters: Filters) -> int:
    """How many events fit and are not judged."""
    with store.reading() as connection:
        return connection.execute(_waiting(filters).with_only_columns(func.count())).scalar_one()


def verdicts_of(store: Store, revision: int) -> dict[str, str]:
    """By id the events of a revision: "accepted", "edited", "rejected", or "" where nobody has judged them."""
    query = select(events.c.event, events.c.accepted, events.c.rejected, events.c.as_read)
    with store.reading() as connection:
        return {
            event: "rejected" if rejected else "" if not accepted else "edited" if as_read else "accepted"
            for event, accepted, rejected, as_read in connection.execute(query.where(events.c.revision == revision))
        }


def scores(store: Store) -> list[Score]:
    """How right the machine was, by the type it read; events that people added are not the machine's."""
    counts: dict[str, list[int]] = {}
    query = select(events).join(articles, articles.c.current == events.c.revision).where(events.c.rule != HUMAN)
    judged = or_(events.c.accepted, events.c.rejected)
    with store.reading() as connection:
        plain = query.where(~judged).group_by(events.c.type).with_only_columns(events.c.type, func.count())
        for kind, number in connection.execute(plain):
            counts.setdefault(kind, [0, 0, 0, 0])[3] += number
        columns = (events.c.type, events.c.as_read, events.c.accepted, events.c.rejected)
        for kind, as_read, _, rejected in connection.execute(query.where(judged).with_only_columns(*columns)):
            place = 2 if rejected else 1 if as_read else 0
            counts.setdefault(as_read.get("type", kind), [0, 0, 0, 0])[place] += 1
    return [Score(kind, *numbers) for kind, numbers in sorted(counts.items())]


def reviewed(store: Store, filters: Filters) -> Iterator[int]:
    """Revisions in use whose events have all been judged, one at least."""
    judged = or_(events.c.accepted, events.c.rejected)
    query = (
        select(revisions.c.id)
        .join(articles, articles.c.current == revisions.c.id)
        .where(revisions.c.id.in_(select(events.c.revision).where(judged)))
        .where(~revisions.c.id.in_(select(events.c.revision).where(~judged)))
        .where(*of_article(filters, dated=True))
        .order_by(revisions.c.id)
    )
    with store.reading() as connection:
        numbers = list(connection.execute(query).scalars())
    yield from numbers


def _waiting(filters: Filters) -> Select[Any]:
    return (
        select(events)
        .join(revisions, revisions.c.id == events.c.revision)
        .join(articles, articles.c.current == revisions.c.id)
        .where(events.c.accepted.is_(False), *of_event(filters, dated=True), *of_article(filters, dated=False))
    )


def _found(connection: Connection, event: str) -> tuple[Row[Any], int, str]:
    """The row of an event in use, its article and that one's page."""
    query = select(events).join(articles, articles.c.current == events.c.revision).where(events.c.event == event)
    row = connection.execute(query).first()
    if row is None:
        raise StoreError(f"{event}: no such event (see: waqai events)")
    page = connection.execute(select(articles).where(articles.c.current == row.revision)).one()
    return row, page.id, page.page


def _line(who: str, page: str, event: str, action: str, why: str) -> dict[str, Any]:
    return {"made": _now(), "who": who, "page": page, "event": event, "action": action, "why": why}


def _of(event: str) -> Select[Any]:
    return select(review_log).where(review_log.c.event == event)


def _last(connection: Connection, event: str) -> int:
    return int(connection.execute(select(func.max(review_log.c.id)).where(review_log.c.event == event)).scalar() or 0)


def _lines(connection: Connection, query: Select[Any]) -> Iterator[Entry]:
    """The lines that `query` finds, newest first, each with whether it was taken back."""
    later = review_log.alias("later")
    undone = select(later.c.id).where(and_(later.c.undoes == review_log.c.id)).exists()
    found = connection.execute(query.add_columns(undone.label("undone")).order_by(review_log.c.id.desc()))
    for row in found:
        yield Entry(**(row._asdict() | {"undone": bool(row.undone)}))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _wilson(right: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval (1927) of a share."""
    if not of:
        return 0.0, 1.0
    share = right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)
