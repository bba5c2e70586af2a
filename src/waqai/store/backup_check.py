"""Whether a store is whole: no row hangs on nothing, spans slice from the texts, digests match what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select, text
from sqlalchemy.exc import DBAPIError

from waqai.errors import StoreError
from waqai.store import rows
from waqai.store.engine import reason
from waqai.store.store import Store
from waqai.store.tables import articles, event_actors, events, mentions, metadata, quotes, revisions, times

_SPANS: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (events, ("trigger", "evidence", "said_by")),
    (event_actors, ("name",)),
    (quotes, ("speaker", "text", "cue")),
    (mentions, ("text",)),
    (times, ("text",)),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row; `row` is 0 where it is not one row's."""

    table: str
    row: int
    what: str


def check(store: Store) -> Iterator[Fault]:
    """Everything that is wrong in a store. Only reads."""
    for look in (_database, _orphans, _articles, _revisions, _spans, _indexed):
        try:
            with store.reading() as connection:
                yield from look(connection)
        except DBAPIError as error:
            yield Fault("", 0, f"cannot be read: {reason(error)}")
        except (StoreError, ValueError) as error:  # ValueError: a cell that should hold JSON does not
            yield Fault("", 0, f"cannot be read: {error}")


def _database(connection: Connection) -> Iterator[Fault]:
    """What SQLite finds in its own pages; PostgreSQL checks its pages itself when it reads them."""
    if connection.dialect.name == "sqlite":
        for [said] in connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                yield Fault("", 0, str(said))


def _orphans(connection: Connection) -> Iterator[Fault]:
    """Rows that hang on a row that is not there."""
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            over = key.column.table
            query = select(table.c.id).outerjoin(over, key.parent == key.column).where(key.column.is_(None))
            for [row] in connection.execute(query):
                yield Fault(table.name, row, f"belongs to a row of {over.name} that is not there")


def _articles(connection: Connection) -> Iterator[Fault]:
    """Pages whose revision in use is none of theirs, or whose count of revisions is wrong."""
    own = and_(revisions.c.id == articles.c.current, revisions.c.article == articles.c.id)
    for [row] in connection.execute(select(articles.c.id).outerjoin(revisions, own).where(revisions.c.id.is_(None))):
        yield Fault("articles", row, "the revision in use is none of its own")
    last = (
        select(revisions.c.article, func.count().label("kept"), func.max(revisions.c.number).label("last"))
        .group_by(revisions.c.article)
        .subquery()
    )
    query = select(articles.c.id).join(last, last.c.article == articles.c.id)
    for [row] in connection.execute(query.where(or_(last.c.kept != articles.c.seen, last.c.last != articles.c.seen))):
        yield Fault("articles", row, "revisions are missing, or counted wrongly")


def _revisions(connection: Connection) -> Iterator[Fault]:
    """Revisions that do not say what their digest or page stands for, or whose digest sentences lie outside."""
    query = select(revisions, articles.c.page).join(articles, articles.c.id == revisions.c.article)
    for found in connection.execute(query.execution_options(yield_per=200)):
        row = found._asdict()
        if rows.content(row) != row["content"]:
            yield Fault("revisions", row["id"], "the page's words are not those that its digest was made of")
        if (row["url"] or row["record"]) != row["page"]:
            yield Fault("revisions", row["id"], "is filed under another page's address")
        if not all(_slices(span, row) for span in row["digest"]):
            yield Fault("revisions", row["id"], "a sentence of the digest lies outside the text")


def _slices(span: Any, row: Mapping[str, Any]) -> bool:
    return isinstance(span, list) and len(span) == 2 and 0 <= span[0] < span[1] <= len(row["text"])


def _spans(connection: Connection) -> Iterator[Fault]:
    """Spans that do not slice anything from the text."""
    for table, names in _SPANS:
        for name in names:
            start, end = table.c[f"{name}_start"], table.c[f"{name}_end"]
            query = select(table.c.id).where(_outside(start, end)).order_by(table.c.id)
            if table is event_actors:
                query = query.join(events, events.c.id == table.c.event)
                query = query.join(revisions, revisions.c.id == events.c.revision)
            else:
                query = query.join(revisions, revisions.c.id == table.c.revision)
            for [row] in connection.execute(query):
                yield Fault(table.name, row, f"the span of its {name} lies outside the text")


def _outside(start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[bool]:
    none, half = start.is_(None), end.is_(None)
    return or_(none != half, start < 0, end <= start, end > func.length(revisions.c.text))


def _indexed(connection: Connection) -> Iterator[Fault]:
    """Revisions that a search cannot find, and what it would find that is not there."""
    index = "search_index_docsize" if connection.dialect.name == "sqlite" else "search_index"
    key = "id" if connection.dialect.name == "sqlite" else "revision"
    todo = "make the index anew with: waqai recode --index"
    for [row] in connection.execute(
        text(f"SELECT r.id FROM revisions r LEFT JOIN {index} i ON i.{key} = r.id WHERE i.{key} IS NULL ORDER BY r.id")
    ):
        yield Fault("revisions", row, f"is not in the search index ({todo})")
    for [row] in connection.execute(
        text(f"SELECT i.{key} FROM {index} i LEFT JOIN revisions r ON r.id = i.{key} WHERE r.id IS NULL")
    ):
        yield Fault("search_index", row, f"stands for a revision that is not there ({todo})")
