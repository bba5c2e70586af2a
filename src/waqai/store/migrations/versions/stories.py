"""Tables of stories: wire copies, reports of one act, threads, occasions, what people said of them.

They are a copy that stays as it was: what store/story_tables.py says later is brought about by later steps.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    JSON,
    BigInteger,
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

revision = "0003"
down_revision = "0002"

metadata = MetaData()
_Number = BigInteger().with_variant(Integer, "sqlite")
_Words = Text().with_variant(Text(collation="C"), "postgresql")
# Tables that are there already, which rows here belong to.
_THERE = [Table(name, metadata, Column("id", _Number, primary_key=True)) for name in ("revisions", "events")]


def _key() -> Column[int]:
    return Column("id", _Number, primary_key=True, autoincrement=True)


def _of(table: str, name: str) -> Column[int]:
    return Column(name, _Number, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


def _words(name: str) -> Column[str]:
    return Column(name, _Words, nullable=False, default="")


def _span(name: str) -> tuple[Column[int], Column[int]]:
    return Column(f"{name}_start", Integer), Column(f"{name}_end", Integer)


# What was made of a revision, and when it must be made again: `digest` stands for what it was made from.
Table(
    "story_articles",
    metadata,
    _key(),
    _of("revisions", "revision"),
    Column("digest", String(64), nullable=False),
    _words("day"),  # of publication
    Column("profile", JSON, nullable=False),  # stem: weight
    UniqueConstraint("revision"),
)

# Hashes under which an article is found: bands of its signature, and its words with their week.
Table(
    "story_article_keys",
    metadata,
    _key(),
    _of("revisions", "revision"),
    Column("key", BigInteger, nullable=False),
    Index("story_article_keys_key", "key"),
    Index("story_article_keys_revision", "revision"),
)

Table(
    "story_copies",
    metadata,
    _key(),
    _of("revisions", "one"),
    _of("revisions", "other"),
    Column("share", Float, nullable=False),  # of the shorter text's word groups
    UniqueConstraint("one", "other"),
    Index("story_copies_other", "other"),
)

Table(
    "story_sketches",
    metadata,
    _key(),
    _of("events", "event"),
    _of("revisions", "revision"),
    Column("sketch", JSON, nullable=False),
    UniqueConstraint("event"),
    Index("story_sketches_revision", "revision"),
)

Table(
    "story_event_keys",
    metadata,
    _key(),
    _of("events", "event"),
    Column("key", BigInteger, nullable=False),
    Index("story_event_keys_key", "key"),
    Index("story_event_keys_event", "event"),
)

Table(
    "story_links",
    metadata,
    _key(),
    _of("events", "one"),
    _of("events", "other"),
    Column("kind", String(8), nullable=False),  # same: one act; outcome: `other` tells what became of `one`
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    UniqueConstraint("one", "other"),
    Index("story_links_other", "other"),
)

# Which linked event a report belongs to, where it has several reports: the record's id of its first report's event.
Table(
    "story_members",
    metadata,
    _key(),
    _of("events", "event"),
    _words("head"),
    UniqueConstraint("event"),
    Index("story_members_head", "head"),
)

# An article and the earlier one it goes on from.
Table(
    "story_parents",
    metadata,
    _key(),
    _of("revisions", "revision"),
    _of("revisions", "parent"),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    UniqueConstraint("revision"),
    Index("story_parents_parent", "parent"),
)

# Sentences that name an occasion that is planned, and those that tell what became of it.
Table(
    "story_occasions",
    metadata,
    _key(),
    _of("revisions", "revision"),
    _words("occasion"),  # id of the row that names it
    _words("country"),
    _words("says"),  # planned, dated (a coming day, no word of planning), held, postponed, cancelled
    _words("date"),  # when it is due, or was held
    *_span("evidence"),
    *_span("cue"),
    Index("story_occasions_occasion", "occasion", "country", "date"),
    Index("story_occasions_revision", "revision"),
)

# What people have said: link, split (events); merge, part (actors). It outlives all that is made again.
Table(
    "story_decisions",
    metadata,
    _key(),
    _words("kind"),
    _words("one"),
    _words("other"),
    _words("note"),
    Column("made", String(32), nullable=False),  # UTC
    Index("story_decisions_one", "one"),
    Index("story_decisions_other", "other"),
)


def upgrade() -> None:
    """Makes the tables."""
    made = [table for table in metadata.sorted_tables if table not in _THERE]
    metadata.create_all(op.get_bind(), tables=made)
