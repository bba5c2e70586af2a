"""Searches that people have saved: a name and the query string that asks for the same again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from waqai.errors import StoreError
from waqai.store.store import Store
from waqai.store.tables import saved_searches

MOST = 500
_COLUMNS = tuple(saved_searches.c[name] for name in ("token", "name", "query", "who", "made"))


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search; `token` names it and its feed, `made` is when it was saved, UTC."""

    token: str
    name: str
    query: str
    who: str
    made: str


def save(store: Store, name: str, query: str, who: str = "") -> Saved:
    """Saves a search. Raises StoreError where there are MOST of them already."""
    saved = Saved(secrets.token_urlsafe(12), name, query, who, datetime.now(UTC).isoformat(timespec="seconds"))
    if len(saved_in(store)) >= MOST:
        raise StoreError(f"{MOST} searches are saved already (delete one first)")
    with store.writing() as connection:
        connection.execute(
            insert(saved_searches).values(
                token=saved.token, name=saved.name, query=saved.query, who=saved.who, made=saved.made
            )
        )
    return saved


def forget(store: Store, token: str) -> bool:
    """Deletes the search with this token; whether there was one."""
    with store.writing() as connection:
        return connection.execute(delete(saved_searches).where(saved_searches.c.token == token)).rowcount > 0


def saved_in(store: Store) -> list[Saved]:
    """All saved searches, the newest first."""
    with store.reading() as connection:
        return [Saved(*row) for row in connection.execute(select(*_COLUMNS).order_by(saved_searches.c.id.desc()))]


def saved_by_token(store: Store, token: str) -> Saved | None:
    """The search with this token."""
    with store.reading() as connection:
        row = connection.execute(select(*_COLUMNS).where(saved_searches.c.token == token)).first()
    return Saved(*row) if row else None
