"""The first tables, and the index that search looks at."""

from __future__ import annotations

from alembic import op

from waqai.store.search_index import create
from waqai.store.tables import metadata

revision = "0001"
down_revision = None

_TABLES = (
    "articles",
    "revisions",
    "events",
    "event_actors",
    "quotes",
    "mentions",
    "times",
    "problems",
    "corrections",
    "store_facts",
)


def upgrade() -> None:
    """Makes the tables and the search index."""
    connection = op.get_bind()
    metadata.create_all(connection, tables=[metadata.tables[name] for name in _TABLES])
    create(connection)
