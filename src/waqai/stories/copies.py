"""The wire copies of a store: groups of articles with nearly one text, the earliest at their head."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from waqai.store import Store
from waqai.store.story_tables import story_copies
from waqai.store.tables import articles, revisions
from waqai.stories.articles import Difference, differences
from waqai.stories.grouping import Groups


@dataclass(frozen=True, slots=True)
class Copy:
    """An article of a group; `share` is how much of the shorter text it has in common with the head, 1 for the head."""

    revision: int
    page: str
    source: str
    title: str
    published: str
    share: float


def copies_of(store: Store, revision: int) -> list[Copy]:
    """The group that the article of `revision` belongs to, its head first, then by publication; [] where it stands
    alone."""
    with store.reading() as connection:
        found = _reached(connection, {revision})
        return _group(connection, found) if len(found) > 1 else []


def all_copies(store: Store) -> Iterator[list[Copy]]:
    """Every group of the store, those with the earliest heads first."""
    with store.reading() as connection:
        pairs = [(str(row.one), str(row.other)) for row in connection.execute(select(story_copies))]
        found = Groups(name for pair in pairs for name in pair)
        for one, other in pairs:
            found.join(one, other)
        made = [_group(connection, {int(name) for name in members}) for members in found.members.values()]
    yield from sorted(made, key=lambda group: (group[0].published, group[0].page))


def difference(store: Store, one: int, other: int) -> list[Difference]:
    """Where the texts of two revisions differ."""
    with store.reading() as connection:
        chosen = select(revisions.c.id, revisions.c.text).where(revisions.c.id.in_((one, other)))
        texts = {row.id: row.text for row in connection.execute(chosen)}
    return list(differences(texts[one], texts[other]))


def grouped(connection: Connection, numbers: Collection[int]) -> dict[int, int]:
    """By revision the least revision of its group, among `numbers` alone: copies count once."""
    found = Groups(f"{number:012d}" for number in numbers)
    chosen = select(story_copies.c.one, story_copies.c.other)
    for row in connection.execute(chosen.where(story_copies.c.one.in_(numbers), story_copies.c.other.in_(numbers))):
        found.join(f"{row.one:012d}", f"{row.other:012d}")
    return {int(name): int(kept) for name, kept in found.of.items()}


def _reached(connection: Connection, start: set[int]) -> set[int]:
    found, edge = set(start), set(start)
    while edge:
        chosen = select(story_copies.c.one, story_copies.c.other)
        rows = connection.execute(chosen.where(or_(story_copies.c.one.in_(edge), story_copies.c.other.in_(edge)))).all()
        edge = {number for row in rows for number in (row.one, row.other)} - found
        found |= edge
    return found


def _group(connection: Connection, numbers: set[int]) -> list[Copy]:
    chosen = select(revisions.c.id, articles.c.page, revisions.c.source, revisions.c.title, revisions.c.published)
    rows = connection.execute(
        chosen.join(articles, articles.c.id == revisions.c.article).where(revisions.c.id.in_(numbers))
    )
    ordered = sorted(rows, key=lambda row: (row.published or "9999", row.page))
    head = ordered[0].id
    pairs = connection.execute(
        select(story_copies).where(or_(story_copies.c.one == head, story_copies.c.other == head))
    )
    shares = {row.one if row.other == head else row.other: row.share for row in pairs}
    return [Copy(*row, share=1.0 if row.id == head else shares.get(row.id, 0.0)) for row in ordered]
