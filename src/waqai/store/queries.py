"""Questions to a store: its events, its actors, one record, counts over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Select, case, func, literal, select, tuple_, union

from waqai.errors import StoreError
from waqai.store import rows
from waqai.store.filters import Filters, has_event, of_article, of_event
from waqai.store.store import Store
from waqai.store.tables import articles, event_actors, events, revisions

_BATCH = 500
PERIODS = {"day": 10, "week": 10, "month": 7}  # and how long a date must be to fall in one
_ARTICLE = ("record", "url", "source", "title", "published", "text")


def events_of(store: Store, filters: Filters | None = None, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Events of the revisions in use, as records have them, each with "article": id, url, source, title, published.

    By date, oldest first, undated ones after all; memory does not grow with their number.
    """
    return islice(_dated_first(store, filters or Filters(), limit), limit)


def _dated_first(store: Store, filters: Filters, limit: int | None) -> Iterator[dict[str, Any]]:
    for condition in (events.c.date != "", events.c.date == ""):  # each in the order of the index on dates
        yield from _by_date(store, _chosen(filters).where(condition), limit)


def _by_date(store: Store, chosen_events: Select[Any], limit: int | None) -> Iterator[dict[str, Any]]:
    last: tuple[str, int] | None = None
    left = limit
    while left is None or left > 0:
        query = chosen_events.order_by(events.c.date, events.c.id)
        if last:
            query = query.where(tuple_(events.c.date, events.c.id) > tuple_(*map(literal, last)))
        with store.reading() as connection:
            batch = connection.execute(query.limit(min(_BATCH, left or _BATCH))).mappings().all()
            numbers = [row["id"] for row in batch]
            chosen = select(event_actors).where(event_actors.c.event.in_(numbers)).order_by(event_actors.c.id)
            actors: dict[int, list[dict[str, Any]]] = {}
            for actor in connection.execute(chosen):
                actors.setdefault(actor.event, []).append(actor._asdict())
        for row in batch:
            kept = {str(name): value for name, value in row.items()}
            event = rows.event_of(kept, actors.get(row["id"], []), kept["of_text"])
            article = {"id": kept["of_record"]} | {name: kept[f"of_{name}"] for name in _ARTICLE[1:-1]}
            fields = [field for field in kept["corrected"] if field != "rejected"]  # taken back, else not here
            yield event | {"corrected": fields, "article": article}
        if len(batch) < _BATCH:
            return
        last = (batch[-1]["date"], batch[-1]["id"])
        left = None if left is None else left - len(batch)


def _chosen(filters: Filters) -> Select[Any]:
    return (
        select(events, *(revisions.c[name].label(f"of_{name}") for name in _ARTICLE))
        .join(revisions, revisions.c.id == events.c.revision)
        .join(articles, articles.c.current == revisions.c.id)
        .where(*of_event(filters, dated=True), *of_article(filters, dated=False))
    )


def corrections_of(store: Store, revision: int) -> dict[str, list[str]]:
    """By id the events of a revision that humans have corrected, and the fields; "rejected" where they reject it."""
    query = select(events.c.event, events.c.corrected, events.c.rejected).where(events.c.revision == revision)
    with store.reading() as connection:
        return {
            event: [field for field in fields if field != "rejected" or rejected]
            for event, fields, rejected in connection.execute(query)
            if fields
        }


def revision_of(store: Store, asked: str, number: int | None = None) -> int:
    """The revision that `asked` names: a record's id, its URL or the id of one of its events; the one in use, or
    the page's revision `number`. Raises StoreError where there is none, or several pages answer to it.
    """
    named = union(  # each by an index of its own
        select(revisions.c.article).where(revisions.c.record == asked),
        select(articles.c.id).where(articles.c.page == asked),  # its URL, where it has one
        select(revisions.c.article).join(events, events.c.revision == revisions.c.id).where(events.c.event == asked),
    )
    with store.reading() as connection:
        pages = list(connection.execute(named).scalars())
        if not pages:
            raise StoreError(f"{asked}: nothing with this id or address (see: waqai search, waqai events)")
        if len(pages) > 1:
            raise StoreError(f"{asked}: {len(pages)} pages have this id; give the address of one")
        wanted = select(revisions.c.id).join(articles, articles.c.id == revisions.c.article)
        wanted = wanted.where(articles.c.id == pages[0])
        wanted = wanted.where(articles.c.current == revisions.c.id if number is None else revisions.c.number == number)
        found = connection.execute(wanted).scalar()
    if found is None:
        raise StoreError(f"{asked}: has no revision {number}")
    return int(found)


def revisions_of(store: Store, revision: int) -> list[dict[str, Any]]:
    """Number, when added, whether it is in use, and title of all revisions of the page of `revision`, oldest first."""
    page = select(revisions.c.article).where(revisions.c.id == revision).scalar_subquery()
    current = case((articles.c.current == revisions.c.id, "yes"), else_="").label("current")
    query = select(revisions.c.number, revisions.c.added, current, revisions.c.title)
    query = query.join(articles, articles.c.id == revisions.c.article).where(revisions.c.article == page)
    with store.reading() as connection:
        return [row._asdict() for row in connection.execute(query.order_by(revisions.c.number))]


def actors_of(store: Store, filters: Filters | None = None, limit: int = 50) -> list[dict[str, Any]]:
    """Who takes part in the events: name, code, how often as source and as target, first and last date."""
    is_source = func.sum(case((event_actors.c.side == "source", 1), else_=0))
    count = func.count()
    query = (
        select(
            event_actors.c.name,
            event_actors.c.code,
            is_source.label("as_source"),
            (count - is_source).label("as_target"),
            func.min(func.nullif(events.c.date, "")).label("first"),
            func.max(events.c.date).label("last"),
        )
        .join(events, events.c.id == event_actors.c.event)
        .join(revisions, revisions.c.id == events.c.revision)
        .join(articles, articles.c.current == revisions.c.id)
        .where(*of_event(filters or Filters(), dated=True), *of_article(filters or Filters(), dated=False))
        .group_by(event_actors.c.name, event_actors.c.code)
        .order_by(count.desc(), event_actors.c.name, event_actors.c.code)
        .limit(limit)
    )
    with store.reading() as connection:
        return [row._asdict() | {"first": row.first or ""} for row in connection.execute(query)]


@dataclass(frozen=True, slots=True)
class Series:
    """Counts over time, and how many events had no date precise enough to fall in a period."""

    rows: list[dict[str, Any]]
    undated: int


def series(
    store: Store,
    per: str,
    weigh: Mapping[str, tuple[str, float]],
    filters: Filters | None = None,
    *,
    dyads: bool = False,
) -> Series:
    """Events by period, "day", "week" (its Monday) or "month", and by dyad of countries where `dyads`.

    `weigh` gives quad class and intensity of each event type. A row has period, source, target, events, a count for
    each quad class, intensity (the mean). Where sides have several countries, the event counts in each dyad once.
    """
    counts: Counter[tuple[str, str, str, str]] = Counter()
    undated = 0
    sides = _sides(store, filters or Filters()) if dyads else {}
    query = _chosen(filters or Filters()).with_only_columns(events.c.id, events.c.date, events.c.type)
    with store.reading() as connection:
        for number, when, kind in connection.execute(query.execution_options(yield_per=2000)):
            if len(when) < PERIODS[per]:
                undated += 1
                continue
            for source, target in sides.get(number, {("", "")}) if dyads else (("", ""),):
                counts[_period(when, per), source, target, kind] += 1
    quads = sorted({quad for quad, _ in weigh.values()})
    grouped: dict[tuple[str, str, str], dict[str, Any]] = {}
    for (period, source, target, kind), count in sorted(counts.items()):
        row = grouped.setdefault(
            (period, source, target),
            {"period": period, "source": source, "target": target, "events": 0}
            | dict.fromkeys(quads, 0)
            | {"intensity": 0.0},
        )
        quad, intensity = weigh[kind]
        row["events"] += count
        row[quad] += count
        row["intensity"] += intensity * count
    for row in grouped.values():
        row["intensity"] = round(row["intensity"] / row["events"], 2)
    return Series(list(grouped.values()), undated)


def _sides(store: Store, filters: Filters) -> dict[int, set[tuple[str, str]]]:
    """The dyads of countries of each event that has both sides, or one side and ""."""
    chosen = _chosen(filters).with_only_columns(events.c.id)
    found: dict[int, tuple[set[str], set[str]]] = {}
    query = select(event_actors.c.event, event_actors.c.side, event_actors.c.country)
    with store.reading() as connection:
        for event, side, country in connection.execute(query.where(event_actors.c.event.in_(chosen))):
            found.setdefault(event, (set(), set()))[side == "target"].add(country)
    return {event: {(a, b) for a in one or {""} for b in other or {""}} for event, (one, other) in found.items()}


def _period(when: str, per: str) -> str:
    if per == "month":
        return when[:7]
    if per == "day":
        return when[:10]
    year, week, _ = date.fromisoformat(when[:10]).isocalendar()
    return date.fromisocalendar(year, week, 1).isoformat()


def records_of(store: Store, filters: Filters | None = None) -> Iterator[dict[str, Any]]:
    """Records of the pages in use, in the order they came; dates are those of publication.

    Conditions of events choose the records that have one that fits. Memory does not grow with their number.
    """
    wanted = filters or Filters()
    conditions = of_article(wanted, dated=True) + ([has_event(wanted)] if wanted.of_events else [])
    last = 0
    while True:
        query = select(revisions.c.id).join(articles, articles.c.current == revisions.c.id)
        query = query.where(revisions.c.id > last, *conditions).order_by(revisions.c.id).limit(_BATCH)
        with store.reading() as connection:
            numbers = list(connection.execute(query).scalars())
        for number in numbers:
            yield store.record(number)
        if len(numbers) < _BATCH:
            return
        last = numbers[-1]
