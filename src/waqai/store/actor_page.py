"""What the page of one actor asks a store: offices held, quotes by and about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select

from waqai.store.store import Store
from waqai.store.tables import articles, mentions, quotes, revisions

_QUOTE = (quotes.c.speaker, quotes.c.text_start, quotes.c.text_end, revisions.c.title, revisions.c.source)


def _published() -> Any:
    return func.substr(revisions.c.published, 1, 10)


def _quotes(chosen: Select[Any]) -> Select[Any]:
    # Texts are long: only the words that were said are taken out of them.
    words = func.substr(revisions.c.text, quotes.c.text_start + 1, quotes.c.text_end - quotes.c.text_start)
    return (
        chosen.add_columns(words.label("words"), revisions.c.article, _published().label("published"))
        .join(revisions, revisions.c.id == quotes.c.revision)
        .join(articles, articles.c.current == quotes.c.revision)
        .order_by(revisions.c.published.desc(), quotes.c.id)
        .limit(bindparam("most"))
    )


# Written out once: making them anew takes as long as running them.
_NAMES: BindParameter[list[str]] = bindparam("names", expanding=True)
_OFFICES = (
    select(
        mentions.c.role,
        mentions.c.title,
        func.min(_published()).label("first"),
        func.max(_published()).label("last"),
        func.count().label("times"),
    )
    .join(articles, articles.c.current == mentions.c.revision)
    .join(revisions, revisions.c.id == mentions.c.revision)
    .where(mentions.c.name.in_(_NAMES), (mentions.c.role != "") | (mentions.c.title != ""))
    .group_by(mentions.c.role, mentions.c.title)
    .order_by(func.count().desc(), mentions.c.role)
    .limit(bindparam("most"))
)
_BY = _quotes(select(*_QUOTE).where(quotes.c.speaker.in_(_NAMES)))
_ABOUT = _quotes(
    select(*_QUOTE)
    .join(
        mentions,
        (mentions.c.revision == quotes.c.revision)
        & (mentions.c.text_start >= quotes.c.text_start)
        & (mentions.c.text_end <= quotes.c.text_end),
    )
    .where(mentions.c.name.in_(_NAMES), quotes.c.speaker.not_in(_NAMES))
    .group_by(quotes.c.id, revisions.c.id)
)


def offices(store: Store, names: Sequence[str], limit: int = 12) -> list[dict[str, Any]]:
    """The offices and titles that articles give the bearers of `names`: role, title, first and last day, how often."""
    return _rows(store, _OFFICES, names, limit)


def quotes_by(store: Store, names: Sequence[str], limit: int = 10) -> list[dict[str, Any]]:
    """The latest quotes whose speaker bears one of `names`: speaker, words, article, title, source, published."""
    return _rows(store, _BY, names, limit)


def quotes_about(store: Store, names: Sequence[str], limit: int = 10) -> list[dict[str, Any]]:
    """The latest quotes of others in which one of `names` is mentioned."""
    return _rows(store, _ABOUT, names, limit)


def _rows(store: Store, query: Select[Any], names: Sequence[str], limit: int) -> list[dict[str, Any]]:
    with store.reading() as connection:
        found = connection.execute(query, {"names": list(names), "most": limit})
        return [dict(row) for row in found.mappings()]
