"""Tables of what articles have in common: wire copies, reports of one act, threads, the register.

All but `story_decisions` is made from the other tables and can be made again (waqai.stories).
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Float, Index, String, Table, UniqueConstraint

from waqai.store.tables import _key, _of, _span, _words, metadata

# What was made of a revision, and when it must be made again: `digest` stands for what it was made from.
story_articles = Table(
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
story_article_keys = Table(
    "story_article_keys",
    metadata,
    _key(),
    _of("revisions", "revision"),
    Column("key", BigInteger, nullable=False),
    Index("story_article_keys_key", "key"),
    Index("story_article_keys_revision", "revision"),
)

story_copies = Table(
    "story_copies",
    metadata,
    _key(),
    _of("revisions", "one"),
    _of("revisions", "other"),
    Column("share", Float, nullable=False),  # of the shorter text's word groups
    UniqueConstraint("one", "other"),
    Index("story_copies_other", "other"),
)

story_sketches = Table(
    "story_sketches",
    metadata,
    _key(),
    _of("events", "event"),
    _of("revisions", "revision"),
    Column("sketch", JSON, nullable=False),
    UniqueConstraint("event"),
    Index("story_sketches_revision", "revision"),
)

story_event_keys = Table(
    "story_event_keys",
    metadata,
    _key(),
    _of("events", "event"),
    Column("key", BigInteger, nullable=False),
    Index("story_event_keys_key", "key"),
    Index("story_event_keys_event", "event"),
)

story_links = Table(
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
story_members = Table(
    "story_members",
    metadata,
    _key(),
    _of("events", "event"),
    _words("head"),
    UniqueConstraint("event"),
    Index("story_members_head", "head"),
)

# An article and the earlier one it goes on from.
story_parents = Table(
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
story_occasions = Table(
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
story_decisions = Table(
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
