"""What the first page of the desk asks a store: its newest articles, and the day it has come to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from waqai.store.store import Store
from waqai.store.tables import articles, revisions

_SHOWN = ("source", "title", "published", "caption")


def newest(store: Store, limit: int, until: str = "") -> list[dict[str, Any]]:
    """The latest articles: number, source, title, published, lead (the first sentence of the digest).

    Those dated after the day `until` come last: a date still to come is a wrong one.
    """
    shown = (
        articles.c.id.label("number"),
        *(revisions.c[name] for name in _SHOWN),
        revisions.c.digest,
        revisions.c.text,
    )
    query = select(*shown).join(articles, articles.c.current == revisions.c.id)
    if until:
        query = query.where(revisions.c.published < until + "\uffff")
    query = query.order_by(revisions.c.published.desc(), revisions.c.id.desc()).limit(limit)
    with store.reading() as connection:
        return [_article(dict(row)) for row in connection.execute(query).mappings()]


def _article(row: dict[str, Any]) -> dict[str, Any]:
    text, digest = row.pop("text"), row.pop("digest")
    return row | {"lead": text[slice(*digest[0])] if digest else ""}


def days_published(store: Store, days: int, until: str) -> dict[str, int]:
    """How many articles each of the last `days` days with any has, up to the day `until`."""
    day = func.substr(revisions.c.published, 1, 10).label("day")
    counted: Select[Any] = (
        select(day, func.count())
        .join(articles, articles.c.current == revisions.c.id)
        .where(revisions.c.published != "", revisions.c.published < until + "\uffff")
        .group_by(day)
        .order_by(day.desc())
        .limit(days)
    )
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(counted)}


def last_day(store: Store, today: str) -> str:
    """The day of the newest article that is not of a day still to come, "" where there is none."""
    query = select(func.max(revisions.c.published)).join(articles, articles.c.current == revisions.c.id)
    with store.reading() as connection:
        found = connection.execute(query.where(revisions.c.published < today + "\uffff")).scalar()
    return str(found or "")[:10]


def count_articles(store: Store) -> int:
    """How many pages the store holds."""
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(articles)).scalar_one())
