"""The first tables, and the index that search looks at.

They are a copy that stays as it was: what store/tables.py says later is brought about by later steps.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None

metadata = MetaData()
# SQLite numbers rows by itself only where the column is an INTEGER.
_Number = BigInteger().with_variant(Integer, "sqlite")
# Compared by code point everywhere, so that both databases sort alike.
_Words = Text().with_variant(Text(collation="C"), "postgresql")


def _key() -> Column[int]:
    return Column("id", _Number, primary_key=True, autoincrement=True)


def _of(table: str, name: str) -> Column[int]:
    return Column(name, _Number, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def _words(name: str) -> Column[str]:
    return Column(name, _Words, nullable=False, default="")


def _span(name: str) -> tuple[Column[int], Column[int]]:
    """Offsets of a slice of the text; both null where there is none."""
    return Column(f"{name}_start", Integer), Column(f"{name}_end", Integer)


Table(
    "articles",
    metadata,
    _key(),
    Column("page", _Words, nullable=False, unique=True),  # the URL, or the record's id where it has none
    Column("current", _Number),  # the revision that queries look at
    Column("seen", Integer, nullable=False, default=0),  # revisions kept
    Index("articles_current", "current"),
)

Table(
    "revisions",
    metadata,
    _key(),
    _of("articles", "article"),
    Column("number", Integer, nullable=False),  # 1, 2, … in the order of arrival
    Column("content", String(64), nullable=False),  # SHA-256 of all that the page itself says
    Column("added", String(32), nullable=False),  # UTC
    _words("schema"),
    _words("record"),  # the record's own id
    _words("url"),
    _words("source"),
    _words("language"),
    _words("title"),
    _words("published"),
    _words("published_from"),
    Column("authors", JSON, nullable=False),
    _words("caption"),
    _words("credit"),
    _words("standfirst"),
    Column("outlet_summary", JSON, nullable=False),
    _words("text"),
    Column("digest", JSON, nullable=False),  # spans
    Column("made_by", JSON, nullable=False),
    UniqueConstraint("article", "number"),
    UniqueConstraint("article", "content"),
    Index("revisions_record", "record"),
    Index("revisions_source", "source"),
    Index("revisions_published", "published"),
)

Table(
    "events",
    metadata,
    _key(),
    _of("revisions", "revision"),
    Column("number", Integer, nullable=False),
    Column("event", _Words, nullable=False),  # the record's id of the event
    _words("type"),
    _words("mode"),
    Column("contexts", JSON, nullable=False),
    _words("cameo"),
    _words("status"),
    _words("status_cue"),
    _words("date"),
    _words("date_from"),
    Column("place", JSON, nullable=False),  # as the record has it, {} where unknown
    _words("place_name"),
    _words("place_country"),
    *_span("trigger"),
    *_span("evidence"),
    _words("said_by"),
    *_span("said_by"),
    Column("confidence", Float, nullable=False),
    _words("rule"),
    Column("corrected", JSON, nullable=False),  # fields that a human has set
    Column("rejected", Boolean, nullable=False, default=False),
    UniqueConstraint("revision", "event"),
    Index("events_event", "event"),
    Index("events_type", "type", "date"),
    Index("events_date", "date"),
)

Table(
    "event_actors",
    metadata,
    _key(),
    _of("events", "event"),
    Column("side", String(6), nullable=False),  # source or target
    Column("number", Integer, nullable=False),
    _words("name"),
    _words("folded"),  # the name as it is looked up
    _words("code"),
    _words("country"),
    _words("sector"),
    *_span("name"),
    _words("title"),
    _words("role"),
    UniqueConstraint("event", "side", "number"),
    Index("event_actors_folded", "folded"),
    Index("event_actors_country", "country", "sector"),
)

Table(
    "quotes",
    metadata,
    _key(),
    _of("revisions", "revision"),
    Column("number", Integer, nullable=False),
    _words("speaker"),
    *_span("speaker"),
    _words("kind"),
    *_span("text"),
    _words("cue"),
    *_span("cue"),
    UniqueConstraint("revision", "number"),
)

Table(
    "mentions",
    metadata,
    _key(),
    _of("revisions", "revision"),
    Column("number", Integer, nullable=False),
    _words("name"),
    *_span("text"),
    _words("kind"),
    _words("title"),
    _words("role"),
    _words("code"),
    UniqueConstraint("revision", "number"),
)

Table(
    "times",
    metadata,
    _key(),
    _of("revisions", "revision"),
    Column("number", Integer, nullable=False),
    *_span("text"),
    _words("value"),
    _words("kind"),
    UniqueConstraint("revision", "number"),
)

Table(
    "problems",
    metadata,
    _key(),
    _of("revisions", "revision"),
    Column("number", Integer, nullable=False),
    _words("sentence"),
    UniqueConstraint("revision", "number"),
)

# What a human has said of an event outlives the row it was said of: it is tied to the event's id.
Table(
    "corrections",
    metadata,
    _key(),
    _of("articles", "article"),
    Column("event", _Words, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
    _words("note"),
    Column("made", String(32), nullable=False),  # UTC
    Index("corrections_event", "event"),
)

Table(
    "store_facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

_INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_index USING fts5(title, body, written, content='', "
        "tokenize='unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        "CREATE TABLE search_index (revision BIGINT PRIMARY KEY REFERENCES revisions(id) ON DELETE CASCADE, "
        "keys tsvector NOT NULL, written tsvector NOT NULL)",
        "CREATE INDEX search_index_keys ON search_index USING gin (keys)",
        "CREATE INDEX search_index_written ON search_index USING gin (written)",
    ),
}


def upgrade() -> None:
    """Makes the tables and the search index."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for statement in _INDEX[connection.dialect.name]:
        connection.exec_driver_sql(statement)
