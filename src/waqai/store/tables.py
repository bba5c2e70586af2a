"""The tables of a store, the same on SQLite and PostgreSQL; the search index is made by its migration (search.py).

A page is one row of `articles`; every text it ever had is a row of `revisions`, to which all that was read from it
belongs. Strings that are slices of the text (triggers, evidence, what is quoted) are kept as offsets alone.
"""

from __future__ import annotations

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
    false,
)

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


articles = Table(
    "articles",
    metadata,
    _key(),
    Column("page", _Words, nullable=False, unique=True),  # the URL, or the record's id where it has none
    Column("current", _Number),  # the revision that queries look at
    Column("seen", Integer, nullable=False, default=0),  # revisions kept
    Index("articles_current", "current"),
)

revisions = Table(
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

events = Table(
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
    Column("accepted", Boolean, nullable=False, default=False, server_default=false()),
    # Values that the machine read and a human has overridden, by column; "sources" and "targets" for the sides.
    Column("as_read", JSON, nullable=False, default=dict, server_default="{}"),
    # Not read by the machine (any more): here because a human has said that it is told.
    Column("kept", Boolean, nullable=False, default=False, server_default=false()),
    UniqueConstraint("revision", "event"),
    Index("events_event", "event"),
    Index("events_type", "type", "date"),
    Index("events_date", "date"),
)

event_actors = Table(
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

quotes = Table(
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
    Index("quotes_speaker", "speaker"),
)

mentions = Table(
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
    Index("mentions_name", "name"),
)

times = Table(
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

problems = Table(
    "problems",
    metadata,
    _key(),
    _of("revisions", "revision"),
    Column("number", Integer, nullable=False),
    _words("sentence"),
    UniqueConstraint("revision", "number"),
)

# What a human has said of an event outlives the row it was said of: it is tied to the event's id.
corrections = Table(
    "corrections",
    metadata,
    _key(),
    _of("articles", "article"),
    Column("event", _Words, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text, nullable=False),
    _words("note"),
    Column("made", String(32), nullable=False),  # UTC
    Column("entry", _Number),  # the entry of the review log that it was made with
    Index("corrections_event", "event"),
)

# Who may use the desk where it is reached from other machines.
users = Table(
    "users",
    metadata,
    _key(),
    Column("name", _Words, nullable=False, unique=True),
    Column("role", String(8), nullable=False),  # reader or editor
    Column("password", Text, nullable=False),  # argon2id, with its salt and cost
    Column("made", String(32), nullable=False),  # UTC
)

sessions = Table(
    "sessions",
    metadata,
    _key(),
    _of("users", "user"),
    Column("token", String(64), nullable=False, unique=True),  # SHA-256: what is stored opens nothing
    Column("kind", String(8), nullable=False),  # browser, or api for programs
    Column("made", String(32), nullable=False),  # UTC
    Column("expires", String(32), nullable=False),  # UTC
)

# Never changed, never deleted: triggers see to it. It stands alone, so that nothing else takes it along when it goes.
review_log = Table(
    "review_log",
    metadata,
    _key(),
    Column("made", String(32), nullable=False),  # UTC
    _words("who"),
    _words("page"),
    _words("event"),
    Column("action", String(8), nullable=False),  # accept, reject, edit, add, undo
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    _words("why"),
    Column("undoes", _Number),  # the entry that is taken back
    Index("review_log_event", "event"),
)

# A choice of events by name; `token` is what its feed is called by: who knows it may read the feed.
saved_searches = Table(
    "saved_searches",
    metadata,
    _key(),
    Column("token", String(32), nullable=False, unique=True),
    _words("name"),
    _words("query"),  # the query string of the page of events
    _words("who"),
    Column("made", String(32), nullable=False),  # UTC
)

facts = Table(
    "store_facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# All that is read from a revision and replaced when it is read again, children of events first.
DERIVED = (quotes, mentions, times, problems, events)
