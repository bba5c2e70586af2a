"""A store: records go in whole, one transaction an article, and come out as they went in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Self

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgres
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.exc import DBAPIError

from waqai.errors import StoreError
from waqai.resources import Library
from waqai.store import correcting, rows, search_index
from waqai.store.again import is_said, read_alike, use, was_said
from waqai.store.engine import connect, reason
from waqai.store.keys import Keys
from waqai.store.tables import (
    DERIVED,
    articles,
    corrections,
    event_actors,
    events,
    facts,
    mentions,
    problems,
    quotes,
    revisions,
    times,
)

_PARTS: tuple[tuple[str, Table, Callable[[Any, int, int], rows.Row]], ...] = (
    ("quotes", quotes, rows.quote_row),
    ("mentions", mentions, rows.mention_row),
    ("times", times, rows.time_row),
    ("problems", problems, rows.problem_row),
)
_KEYS = "search keys"  # the fact that names what the index was made with
# Written out once: making them anew takes as long as running them.
_REVISION: BindParameter[int] = bindparam("revision")
_WHOLE = select(revisions).where(revisions.c.id == _REVISION)
_DERIVED = {
    table.name: select(table).where(table.c.revision == _REVISION).order_by(table.c.number) for table in DERIVED
}
_ACTORS = (
    select(event_actors)
    .where(event_actors.c.event.in_(select(events.c.id).where(events.c.revision == _REVISION)))
    .order_by(event_actors.c.id)
)


class Added(Enum):
    """What adding a record did."""

    NEW = "new"  # a page the store had not seen
    REVISED = "revised"  # a page it had, which says something else now, or again
    KNOWN = "known"  # nothing
    EARLIER = "earlier"  # nothing: the page said so once, and something else since


@dataclass(frozen=True, slots=True)
class Correction:
    """What a human says of an event: `field` is one of rows.CORRECTABLE; `value` "yes" rejects an event."""

    event: str
    field: str
    value: str
    note: str = ""
    made: str = ""
    who: str = ""


class Store:
    """A store at `where`, a path of a SQLite file or a postgresql:// URL.

    `create` makes it where there is none. Raises StoreError where it is none, is of a newer version, or cannot be
    reached; every method raises it where the database gives up (a full disk, a lost connection).
    """

    def __init__(self, where: str, library: Library | None = None, *, create: bool = False) -> None:
        self.where = where
        self.engine = connect(where, create=create)
        self._library = library or Library()
        self._keys: Keys | None = None
        self._index_seen = False  # once it was current, it is not asked for again
        self._own = threading.local()  # the connection that all a thread reads goes over for now

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        self.engine.dispose()

    @property
    def keys(self) -> Keys:
        """The keys of words, loaded when first asked for."""
        if self._keys is None:
            self._keys = Keys(self._library)
        return self._keys

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads."""
        if (held := getattr(self._own, "connection", None)) is not None:
            with self._told():
                yield held
            return
        with self._told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def reading_at_once(self) -> Iterator[None]:
        """All that this thread reads inside goes over one connection: a file is then read as of one moment."""
        with self.reading() as connection:
            before = getattr(self._own, "connection", None)
            self._own.connection = connection
            try:
                yield
            finally:
                self._own.connection = before

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction, undone where anything fails in it."""
        with self._told(), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise StoreError(f"{self.where}: {reason(error)} (nothing is half written; run it again)") from error

    def add(self, record: Mapping[str, Any], *, again: bool = True) -> Added:
        """Stores a record, as exports.jsonl.as_dict gives it; a page that still says the same is left alone.

        So is one in use with the same id, title and text of which the record says no more, only less. Where the page
        said the same once, and something else since, it says it again; with `again` off it is left as it is, and that
        is told as EARLIER.
        """
        content, page = rows.content(record), rows.page(record)
        with self.reading() as connection:
            if is_said(connection, page, content) or _poorer(connection, record):
                return Added.KNOWN
            if not again and was_said(connection, page, content):
                return Added.EARLIER
        keys = self.keys
        with self.writing() as connection:
            _insert_unless(connection, articles, {"page": page, "seen": 0})
            article = connection.execute(select(articles).where(articles.c.page == page).with_for_update()).one()
            if is_said(connection, page, content) or _poorer(connection, record):  # by another writer, since
                return Added.KNOWN
            if earlier := was_said(connection, page, content):
                return self._say_again(connection, article.id, earlier, record) if again else Added.EARLIER
            row = rows.revision_row(record)
            row |= {"article": article.id, "number": article.seen + 1, "added": _now()}
            revision = _inserted(connection, revisions, row)
            _derive(connection, record, revision)
            search_index.put(connection, revision, record["title"], record["text"], keys.of)
            self._note_keys(connection)
            connection.execute(
                update(articles).where(articles.c.id == article.id).values(current=revision, seen=article.seen + 1)
            )
            correcting.apply(connection, article.id, revision)
        return Added.REVISED if article.seen else Added.NEW

    def say_again(self, page: str, content: str) -> Added:
        """Puts in use again what a page said once, by `rows.content` of it; KNOWN where it is in use, or not there."""
        with self.writing() as connection:
            article = connection.execute(select(articles).where(articles.c.page == page).with_for_update()).first()
            earlier = was_said(connection, page, content)
            if article is None or earlier is None or article.current == earlier:
                return Added.KNOWN
            return self._say_again(connection, article.id, earlier, None)

    def _say_again(
        self, connection: Connection, article: int, revision: int, record: Mapping[str, Any] | None
    ) -> Added:
        use(connection, article, revision)
        if record and not read_alike(connection, revision, record["made_by"]):
            _derive_anew(connection, record, revision)
        correcting.apply(connection, article, revision)
        return Added.REVISED

    def replace(self, revision: int, record: Mapping[str, Any]) -> None:
        """Replaces all that was read from a revision by what `record` says; what humans said of its events stays."""
        with self.writing() as connection:
            article = connection.execute(
                select(revisions.c.article).where(revisions.c.id == revision).with_for_update()
            ).scalar_one()
            _derive_anew(connection, record, revision)
            correcting.apply(connection, article, revision)

    def correct(self, correction: Correction) -> None:
        """Keeps what a human says of an event, and sets it. Raises StoreError for an unknown event or field."""
        if correction.field not in rows.CORRECTABLE:
            raise StoreError(f"{correction.field}: cannot be corrected (one of {', '.join(rows.CORRECTABLE)})")
        with self.writing() as connection:
            found = connection.execute(
                select(events, revisions.c.article, articles.c.page)
                .join(revisions, events.c.revision == revisions.c.id)
                .join(articles, articles.c.current == revisions.c.id)
                .where(events.c.event == correction.event)
            ).first()
            if found is None:
                raise StoreError(f"{correction.event}: no such event (see: waqai events)")
            flag = correction.field in correcting.FLAGS
            values = {correction.field: correction.value == "yes" if flag else correction.value}
            before = {correction.field: correcting.state(connection, found)[correction.field]}
            entry = {"made": _now(), "who": correction.who, "page": found.page, "event": correction.event}
            entry |= {"action": "edit", "before": before, "after": values, "why": correction.note}
            correcting.say(connection, found.article, values, entry)
            correcting.apply(connection, found.article, found.revision)

    def event(self, event: str) -> dict[str, str]:
        """The fields of an event in use that humans may correct. Raises StoreError where there is none."""
        with self.reading() as connection:
            found = connection.execute(
                select(*(events.c[name] for name in rows.CORRECTABLE))
                .join(articles, articles.c.current == events.c.revision)
                .where(events.c.event == event)
            ).first()
        if found is None:
            raise StoreError(f"{event}: no such event (see: waqai events)")
        return found._asdict() | {"rejected": "yes" if found.rejected else "no"}

    def corrections(self) -> list[Correction]:
        """All that humans have said, oldest first."""
        names = ("event", "field", "value", "note", "made")
        with self.reading() as connection:
            found = connection.execute(select(*(corrections.c[name] for name in names)).order_by(corrections.c.id))
            return [Correction(*row) for row in found]

    def current(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The numbers of the revisions in use and their rows, in order."""
        last = 0
        while True:
            query = select(revisions).join(articles, articles.c.current == revisions.c.id)
            with self.reading() as connection:
                found = connection.execute(query.where(revisions.c.id > last).order_by(revisions.c.id).limit(200))
                page = [row._asdict() for row in found]
            if not page:
                return
            for row in page:
                yield row["id"], row
            last = page[-1]["id"]

    def record(self, revision: int) -> dict[str, Any]:
        """The record of a revision, as it was added, with what humans have corrected."""
        with self.reading() as connection:
            row, *_ = _dicts(connection, _WHOLE, revision)
            parts = {name: _dicts(connection, query, revision) for name, query in _DERIVED.items()}
            actors = _dicts(connection, _ACTORS, revision) if parts["events"] else []
        return rows.record_of(row, parts, actors)

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        tables = (articles, revisions, events, event_actors, quotes, mentions, times, problems, corrections)
        with self.reading() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
            }

    def index_is_current(self) -> bool:
        """Whether the search index was made with the keys that this version makes."""
        if not self._index_seen:
            with self.reading() as connection:
                digest = connection.execute(select(facts.c.value).where(facts.c.name == _KEYS)).scalar()
            self._index_seen = digest == self.keys.digest
            return digest is None or self._index_seen
        return True

    def reindex(self) -> None:
        """Makes the search index anew."""
        with self.writing() as connection:
            search_index.clear(connection)
            query = select(revisions.c.id, revisions.c.title, revisions.c.text).order_by(revisions.c.id)
            for revision, title, text in connection.execute(query.execution_options(yield_per=200)):
                search_index.put(connection, revision, title, text, self.keys.of)
            connection.execute(delete(facts).where(facts.c.name == _KEYS))
            self._note_keys(connection)

    def _note_keys(self, connection: Connection) -> None:
        _insert_unless(connection, facts, {"name": _KEYS, "value": self.keys.digest})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _dicts(connection: Connection, query: Select[Any], revision: int) -> list[dict[str, Any]]:
    """The rows that `query` gives for a revision."""
    found = connection.execute(query, {"revision": revision})
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def _poorer(connection: Connection, record: Mapping[str, Any]) -> bool:
    """Whether a page in use has the record's id, title and text, and all else that the record says."""
    query = select(revisions).join(articles, articles.c.current == revisions.c.id)
    same = (revisions.c[name] == record[key] for name, key in (("record", "id"), ("title", "title"), ("text", "text")))
    return any(rows.says_no_more(record, row._asdict()) for row in connection.execute(query.where(*same)))


def _insert_unless(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Inserts a row unless one with its key is there, whoever else may be inserting it now."""
    kind = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgres
    connection.execute(kind(table).values(**row).on_conflict_do_nothing())


def _inserted(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    return int(connection.execute(insert(table).values(**row).returning(table.c.id)).scalar_one())


def _derive_anew(connection: Connection, record: Mapping[str, Any], revision: int) -> None:
    """Replaces all rows that were read from a revision."""
    for table in DERIVED:
        connection.execute(delete(table).where(table.c.revision == revision))
    connection.execute(update(revisions).where(revisions.c.id == revision).values(**rows.made_row(record)))
    _derive(connection, record, revision)


def _derive(connection: Connection, record: Mapping[str, Any], revision: int) -> None:
    """Writes all rows that were read from a revision."""
    for number, event in enumerate(record["events"]):
        row = _inserted(connection, events, rows.event_row(event, revision, number))
        if actors := rows.actor_rows(event, row):
            connection.execute(insert(event_actors), actors)
    for name, table, row_of in _PARTS:
        if found := [row_of(part, revision, number) for number, part in enumerate(record[name])]:
            connection.execute(insert(table), found)
