"""Whether a store holds what a page says, asked before anything is read from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from waqai.store import rows
from waqai.store.store import Store
from waqai.store.tables import articles, revisions


def knows(store: Store, record: Mapping[str, Any]) -> bool:
    """Whether adding `record` would change nothing, whatever was or will be read from its page."""
    query = select(revisions.c.id).join(articles, articles.c.id == revisions.c.article)
    query = query.where(articles.c.page == rows.page(record), revisions.c.content == rows.content(record))
    with store.reading() as connection:
        return connection.execute(query).first() is not None
