"""Which events of the ledger tell one act, which of them stands for it, and who an actor is across all articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from waqai.desk.columns import Column, column
from waqai.resources import Library
from waqai.store.store import Store
from waqai.store.story_tables import story_copies, story_members
from waqai.stories.actors import Identities
from waqai.stories.decisions import on_actors
from waqai.stories.grouping import Groups

_DAY = len("2024-05-13")
_SURE = 0.5  # weight of an identity that is more than a bare word


@dataclass(frozen=True)
class Told:
    """Of each event, by its row in the ledger, the row that stands for its act; of that row how many reports there are;
    of each party who it is, "" where a bare word does not tell.

    What stands for an act is its first report that says of type, status and day what most say, wire copies counted
    once.
    """

    stands: NDArray[np.int32]
    reports: NDArray[np.int32]
    who: Column


@dataclass(frozen=True, slots=True)
class Report:
    """What is compared of an event: the article that stands for its wire copies, and what it says."""

    row: int
    published: str
    number: int
    article: int
    type: str
    status: str
    day: str


def told_of(store: Store, library: Library, rows: Sequence[tuple[Any, ...]], names: Iterable[tuple[str, str]]) -> Told:
    """What `store` tells of `rows`, as store.event_columns has them, and of parties by folded name and code."""
    with store.reading() as connection:
        members = [tuple(row) for row in connection.execute(select(story_members.c.event, story_members.c.head))]
        pairs = [(str(row.one), str(row.other)) for row in connection.execute(select(story_copies))]
        identities = Identities(library, *on_actors(connection))
    stands, reports = np.arange(len(rows), dtype=np.int32), np.ones(len(rows), dtype=np.int32)
    for group in _groups(rows, members, _heads(pairs)):
        own = [one.row for one in group]
        stands[own] = spokesman(group)
        reports[own] = len(group)
    return Told(stands, reports, column(_key(identities, name, code) for name, code in names))


def _key(identities: Identities, name: str, code: str) -> str:
    found = identities.of(name, code)
    return found.key if found.weight > _SURE else ""


def _heads(pairs: Sequence[tuple[str, str]]) -> dict[int, int]:
    """By revision the one that stands for its wire copies."""
    found = Groups(name for pair in pairs for name in pair)
    for one, other in pairs:
        found.join(one, other)
    return {int(name): min(map(int, names)) for names in found.members.values() for name in names}


def _groups(
    rows: Sequence[tuple[Any, ...]], members: Sequence[tuple[Any, ...]], heads: Mapping[int, int]
) -> Iterable[list[Report]]:
    """The reports of acts that have several, by publication."""
    at = {row[0]: place for place, row in enumerate(rows)}
    found: dict[str, list[Report]] = {}
    for event, head in members:
        if event in at:
            number, revision, kind, _, status, date, *_, published = rows[at[event]]
            day = date if len(date) >= _DAY else ""
            report = Report(at[event], published or "9999", number, heads.get(revision, revision), kind, status, day)
            found.setdefault(head, []).append(report)
    for group in found.values():
        if len(group) > 1:
            yield sorted(group, key=lambda one: (one.published, one.number))


def spokesman(group: Sequence[Report]) -> int:
    """The row of the first report of those that say most of what most articles say."""
    most = [_most(group, name) for name in ("day", "status", "type")]
    return max(group, key=lambda one: [one.day == most[0], one.status == most[1], one.type == most[2]]).row


def _most(group: Sequence[Report], name: str) -> str:
    """The value that most articles give, an empty one last; of two the one told first."""
    votes: dict[str, set[int]] = {}
    for one in group:
        votes.setdefault(getattr(one, name), set()).add(one.article)
    return max(votes, key=lambda value: (bool(value), len(votes[value])))
