"""Accounts and their sessions, the log of reviews, and what reviews keep of events."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Text, false

revision = "0002"
down_revision = "0001"

_Number = BigInteger().with_variant(Integer, "sqlite")
_Words = Text().with_variant(Text(collation="C"), "postgresql")

_SQLITE = (
    "CREATE TRIGGER review_log_no_update BEFORE UPDATE ON review_log "
    "BEGIN SELECT RAISE(ABORT, 'the review log is never changed'); END",
    "CREATE TRIGGER review_log_no_delete BEFORE DELETE ON review_log "
    "BEGIN SELECT RAISE(ABORT, 'the review log is never changed'); END",
    # INSERT OR REPLACE deletes without asking the trigger above.
    "CREATE TRIGGER review_log_no_replace BEFORE INSERT ON review_log "
    "WHEN EXISTS (SELECT 1 FROM review_log WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'the review log is never changed'); END",
)
_POSTGRES = (
    "CREATE FUNCTION review_log_keeps() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the review log is never changed'; END $$",
    "CREATE TRIGGER review_log_no_change BEFORE UPDATE OR DELETE ON review_log "
    "FOR EACH ROW EXECUTE FUNCTION review_log_keeps()",
    "CREATE TRIGGER review_log_no_truncate BEFORE TRUNCATE ON review_log "
    "FOR EACH STATEMENT EXECUTE FUNCTION review_log_keeps()",
)


def upgrade() -> None:
    """Makes the tables, adds the columns, and guards the log."""
    _make_accounts()
    _make_log()
    op.add_column("events", Column("accepted", Boolean, nullable=False, server_default=false()))
    op.add_column("events", Column("as_read", JSON, nullable=False, server_default="{}"))
    op.add_column("events", Column("kept", Boolean, nullable=False, server_default=false()))
    op.add_column("corrections", Column("entry", _Number))
    connection = op.get_bind()
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        connection.exec_driver_sql(statement)


def _make_accounts() -> None:
    op.create_table(
        "users",
        Column("id", _Number, primary_key=True, autoincrement=True),
        Column("name", _Words, nullable=False, unique=True),
        Column("role", String(8), nullable=False),
        Column("password", Text, nullable=False),
        Column("made", String(32), nullable=False),
    )
    op.create_table(
        "sessions",
        Column("id", _Number, primary_key=True, autoincrement=True),
        Column("user", _Number, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        Column("token", String(64), nullable=False, unique=True),
        Column("kind", String(8), nullable=False),
        Column("made", String(32), nullable=False),
        Column("expires", String(32), nullable=False),
    )


def _make_log() -> None:
    op.create_table(
        "review_log",
        Column("id", _Number, primary_key=True, autoincrement=True),
        Column("made", String(32), nullable=False),
        *(Column(name, _Words, nullable=False) for name in ("who", "page", "event")),
        Column("action", String(8), nullable=False),
        Column("before", JSON, nullable=False),
        Column("after", JSON, nullable=False),
        Column("why", _Words, nullable=False),
        Column("undoes", _Number),
        Index("review_log_event", "event"),
    )
