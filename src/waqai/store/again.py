"""A page that says again what it said once: which of its revisions that was, and which is in use."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from waqai.store.tables import articles, revisions


def was_said(connection: Connection, page: str, content: str) -> int | None:
    """The revision of a page that says so, in use or not; `content` as rows.content gives it."""
    query = select(revisions.c.id).join(articles, articles.c.id == revisions.c.article)
    return connection.execute(query.where(articles.c.page == page, revisions.c.content == content)).scalar()


def is_said(connection: Connection, page: str, content: str) -> bool:
    """Whether the revision of a page that is in use says so."""
    query = select(revisions.c.id).join(articles, articles.c.current == revisions.c.id)
    return connection.execute(query.where(articles.c.page == page, revisions.c.content == content)).first() is not None


def use(connection: Connection, article: int, revision: int) -> None:
    """Puts a revision of a page in use."""
    connection.execute(update(articles).where(articles.c.id == article).values(current=revision))


def read_alike(connection: Connection, revision: int, made_by: object) -> bool:
    """Whether a revision was read by the version and the tables that `made_by` names."""
    return bool(connection.execute(select(revisions.c.made_by).where(revisions.c.id == revision)).scalar() == made_by)
