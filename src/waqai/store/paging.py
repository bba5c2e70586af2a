"""Pages of what a store holds, the newest first: each goes on after the last row of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from waqai.store import rows
from waqai.store.event_list import events_numbered
from waqai.store.filters import Filters, has_event, of_article, of_event
from waqai.store.store import Store
from waqai.store.tables import articles, events, quotes, revisions

Key = tuple[str, int]  # the date and number of a row
Page = tuple[list[dict[str, Any]], Key | None]  # and the key to go on after, None at the end
_SHOWN = ("record", "url", "source", "title", "published", "published_from", "added")


def event_page(store: Store, filters: Filters, after: Key | None, limit: int) -> Page:
    """Events in use, as records have them, each with "article"; undated ones last."""
    query: Select[Any] = (
        select(events.c.date, events.c.id)
        .join(revisions, revisions.c.id == events.c.revision)
        .join(articles, articles.c.current == revisions.c.id)
        .where(*of_event(filters, dated=True), *of_article(filters, dated=False))
    )
    found, last = _page(store, query, (events.c.date, events.c.id), after, limit)
    return events_numbered(store, [row.id for row in found]), last


def article_page(store: Store, filters: Filters, after: Key | None, limit: int) -> Page:
    """Articles in use without their texts, each with "events": how many were read and not rejected."""
    query: Select[Any] = select(revisions.c.published, revisions.c.id, articles.c.id.label("number"))
    query = query.add_columns(*(revisions.c[name] for name in _SHOWN if name != "published"))
    query = query.join(articles, articles.c.current == revisions.c.id).where(*_narrowed(filters))
    found, last = _page(store, query, (revisions.c.published, revisions.c.id), after, limit)
    numbers = [row.id for row in found]
    counted = select(events.c.revision, func.count()).where(events.c.rejected.is_(False))
    with store.reading() as connection:
        told = connection.execute(counted.where(events.c.revision.in_(numbers)).group_by(events.c.revision)).all()
    counts = {row[0]: row[1] for row in told}
    shown = ("url", "source", "title", "published", "published_from", "added", "number")
    return [
        {"id": row.record} | {name: getattr(row, name) for name in shown} | {"events": counts.get(row.id, 0)}
        for row in found
    ], last


def quote_page(store: Store, speaker: str, filters: Filters, after: Key | None, limit: int) -> Page:
    """Quotes in the articles in use, as records have them, each with "article"; `speaker` is a part of a name."""
    passage = func.substr(revisions.c.text, quotes.c.text_start + 1, quotes.c.text_end - quotes.c.text_start)
    query: Select[Any] = select(
        revisions.c.published, quotes.c.id, *(quotes.c[name] for name in ("speaker", "kind", "cue"))
    )
    query = query.add_columns(*(quotes.c[f"{name}_{end}"] for name in _SPANS for end in ("start", "end")))
    query = query.add_columns(passage.label("said"), articles.c.id.label("number"))
    query = query.add_columns(*(revisions.c[name] for name in ("record", "url", "source", "title")))
    query = query.join(revisions, revisions.c.id == quotes.c.revision)
    query = query.join(articles, articles.c.current == revisions.c.id).where(*_narrowed(filters))
    if speaker:
        query = query.where(quotes.c.speaker.contains(speaker, autoescape=True))
    found, last = _page(store, query, (revisions.c.published, quotes.c.id), after, limit)
    return [_quote(row) for row in found], last


_SPANS = ("speaker", "text", "cue")


def _quote(row: Row[Any]) -> dict[str, Any]:
    kept = row._asdict()
    article = {"id": row.record} | {name: kept[name] for name in ("number", "url", "source", "title", "published")}
    return {
        "speaker": row.speaker,
        "speaker_span": rows.span_of(kept, "speaker"),
        "kind": row.kind,
        "text": row.said or "",
        "span": rows.span_of(kept, "text"),
        "cue": row.cue,
        "cue_span": rows.span_of(kept, "cue"),
        "article": article,
    }


def _narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    """Conditions on articles; those of events ask for an article that has such an event."""
    return of_article(filters, dated=True) + ([has_event(filters)] if filters.of_events else [])


def _page(
    store: Store,
    query: Select[Any],
    order: tuple[ColumnElement[Any], ColumnElement[Any]],
    after: Key | None,
    limit: int,
) -> tuple[Sequence[Row[Any]], Key | None]:
    """At most `limit` rows, whose first two columns are those of `order`, and the key of the last unless it is all."""
    date, number = order
    if after is not None:
        query = query.where(or_(date < after[0], and_(date == after[0], number < after[1])))
    with store.reading() as connection:
        found = connection.execute(query.order_by(date.desc(), number.desc()).limit(limit + 1)).all()
    more = len(found) > limit
    return found[:limit], (found[limit - 1][0], found[limit - 1][1]) if more else None
