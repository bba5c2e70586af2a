"""Searches that people have saved, and indexes by which the quotes and offices of one actor are found."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, String, Text

revision = "0004"
down_revision = "0003"

_Number = BigInteger().with_variant(Integer, "sqlite")
_Words = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Makes the table and the indexes."""
    op.create_table(
        "saved_searches",
        Column("id", _Number, primary_key=True, autoincrement=True),
        Column("token", String(32), nullable=False, unique=True),
        *(Column(name, _Words, nullable=False) for name in ("name", "query", "who")),
        Column("made", String(32), nullable=False),
    )
    op.create_index("mentions_name", "mentions", ["name"])
    op.create_index("quotes_speaker", "quotes", ["speaker"])
