"""What the page of one actor asks a store: offices held, quotes by and about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from waqai.store.store import Store
from waqai.store.tables import articles, mentions, quotes, revisions

_QUOTE = (quotes.c.speaker, quotes.c.text_start, quotes.c.text_end, revisions.c.title, revisions.c.source)


def offices(store: Store, names: Sequence[str], limit: int = 12) -> list[dict[str, Any]]:
    """The offices and titles that articles give the bearers of `names`: role, title, first and last day, how often."""
    first, last = func.min(_published()), func.max(_published())
    query = (
        select(mentions.c.role, mentions.c.title, first.label("first"), last.label("last"), func.count().label("times"))
        .join(articles, articles.c.current == mentions.c.revision)
        .join(revisions, revisions.c.id == mentions.c.revision)
        .where(mentions.c.name.in_(names), (mentions.c.role != "") | (mentions.c.title != ""))
        .group_by(mentions.c.role, mentions.c.title)
        .order_by(func.count().desc(), mentions.c.role)
        .limit(limit)
    )
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def quotes_by(store: Store, names: Sequence[str], limit: int = 10) -> list[dict[str, Any]]:
    """The latest quotes whose speaker bears one of `names`: speaker, words, article, title, source, published."""
    return _quotes(store, select(*_QUOTE).where(quotes.c.speaker.in_(names)), limit)


def quotes_about(store: Store, names: Sequence[str], limit: int = 10) -> list[dict[str, Any]]:
    """The latest quotes of others in which one of `names` is mentioned."""
    query = select(*_QUOTE).join(
        mentions,
        (mentions.c.revision == quotes.c.revision)
        & (mentions.c.text_start >= quotes.c.text_start)
        & (mentions.c.text_end <= quotes.c.text_end),
    )
    chosen = query.where(mentions.c.name.in_(names), quotes.c.speaker.not_in(names)).group_by(
        quotes.c.id, revisions.c.id
    )
    return _quotes(store, chosen, limit)


def _quotes(store: Store, chosen: Select[Any], limit: int) -> list[dict[str, Any]]:
    # Texts are long: only the words that were said are taken out of them.
    words = func.substr(revisions.c.text, quotes.c.text_start + 1, quotes.c.text_end - quotes.c.text_start)
    query = (
        chosen.add_columns(words.label("words"), revisions.c.article, _published().label("published"))
        .join(revisions, revisions.c.id == quotes.c.revision)
        .join(articles, articles.c.current == quotes.c.revision)
        .order_by(revisions.c.published.desc(), quotes.c.id)
        .limit(limit)
    )
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def _published() -> Any:
    return func.substr(revisions.c.published, 1, 10)
