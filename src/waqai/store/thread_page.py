"""What the page of a thread asks a store, beside events: its articles, and what was said in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, bindparam, func, select

from waqai.store.store import Store
from waqai.store.tables import articles, quotes, revisions

_RECORD: BindParameter[str] = bindparam("record")
_REVISIONS: BindParameter[list[int]] = bindparam("revisions", expanding=True)
_SPEAKERS: BindParameter[list[str]] = bindparam("speakers", expanding=True)
# Written out once: making them anew takes as long as running them.
_IN_USE = (
    select(articles.c.id, articles.c.current)
    .join(revisions, revisions.c.id == articles.c.current)
    .where(revisions.c.record == _RECORD)
    .order_by(articles.c.id.desc())
    .limit(1)
)
_ARTICLES = (
    select(revisions.c.id, articles.c.id, revisions.c.title, revisions.c.source, revisions.c.published)
    .join(articles, articles.c.id == revisions.c.article)
    .where(revisions.c.id.in_(_REVISIONS))
)
_SAID = (
    select(
        quotes.c.speaker,
        func.substr(revisions.c.text, quotes.c.text_start + 1, quotes.c.text_end - quotes.c.text_start),
        revisions.c.article,
        revisions.c.published,
    )
    .join(revisions, revisions.c.id == quotes.c.revision)
    .where(quotes.c.revision.in_(_REVISIONS), quotes.c.speaker.in_(_SPEAKERS))
    .order_by(revisions.c.published, quotes.c.id)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a thread; `number` is its page's."""

    number: int
    title: str
    source: str
    published: str


@dataclass(frozen=True, slots=True)
class Said:
    """A quote: who said it, the words, the number of the article, and when that was published."""

    speaker: str
    text: str
    article: int
    published: str


def in_use(store: Store, record: str) -> tuple[int, int] | None:
    """Number and revision in use of the newest article whose record has this id, None where there is none."""
    with store.reading() as connection:
        found = connection.execute(_IN_USE, {"record": record}).first()
    return (found[0], found[1]) if found else None


def articles_of(store: Store, wanted: Sequence[int]) -> list[Article]:
    """The articles of these revisions, in their order; those that are gone are left out."""
    if not wanted:
        return []
    with store.reading() as connection:
        found = {row[0]: Article(*row[1:]) for row in connection.execute(_ARTICLES, {"revisions": list(wanted)})}
    return [found[number] for number in wanted if number in found]


def said_in(store: Store, wanted: Sequence[int], speakers: Sequence[str], most: int) -> list[Said]:
    """The first quotes of `speakers` in these revisions, at most so many, by publication."""
    if not wanted or not speakers:
        return []
    asked = {"revisions": list(wanted), "speakers": list(speakers), "most": most}
    with store.reading() as connection:
        return [Said(*row) for row in connection.execute(_SAID, asked)]
