"""The article that an article goes on from: the earlier one most like it in the weeks before.

What an article goes on from depends on the two alone and on who else stands nearer; one that arrives late takes its
place
among those that came before it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from waqai.store.story_tables import story_article_keys, story_articles, story_parents
from waqai.store.tables import articles, revisions
from waqai.stories.scoring import topic_of
from waqai.stories.words import Weights, shared

_TERMS = 8  # words under which an article is filed, those that weigh most
_WEEKS = 4  # back to which an article goes on from another
_SHARED = 2  # filed words that two must have in common to be compared
PARENT = 0.27  # likeness from which an article goes on from another
_FADES = 120  # days after which likeness would count for nothing
_ASKED = 400

ProfilesOf = Callable[[Connection, Collection[int]], Mapping[int, Weights]]


class Parents:
    """Keeps `story_parents`."""

    def add(self, connection: Connection, number: int, day: str, profile: Weights, profiles_of: ProfilesOf) -> None:
        """Files an article and finds what it goes on from and what goes on from it."""
        if not day:
            return
        week = date.fromisoformat(day).toordinal() // 7
        terms = sorted(profile, key=lambda term: (-profile[term], term))[:_TERMS]
        near = _near(connection, terms, range(week - _WEEKS, week + _WEEKS + 1), number)
        connection.execute(
            insert(story_article_keys), [{"revision": number, "key": _key(term, week)} for term in terms]
        ) if terms else None
        if not near:
            return
        known = _days(connection, [number, *near])
        own = known.get(number, (day, ""))
        profiles = profiles_of(connection, near)
        scored = []
        for other in near:
            likeness = topic_of(profile, profiles[other])
            score = round(likeness * (1 - abs(_days_between(day, known[other][0])) / _FADES), 4)
            if score >= PARENT:
                scored.append((score, other))
        self._own(connection, number, own, profile, profiles, known, scored)
        self._children(connection, number, own, profile, profiles, known, scored)

    def orphan(self, connection: Connection, gone: Collection[int]) -> None:
        """Leaves those without a parent that went on from articles that are gone."""
        for part in _parts(gone):
            connection.execute(delete(story_parents).where(story_parents.c.parent.in_(part)))

    def _own(
        self, connection: Connection, number: int, own: tuple[str, str], profile: Weights,
        profiles: Mapping[int, Weights], known: Mapping[int, tuple[str, str]], scored: list[tuple[float, int]],
    ) -> None:  # fmt: skip
        before = [(score, known[other], other) for score, other in scored if known[other] < own]
        if before:
            score, _, parent = max(before)
            connection.execute(insert(story_parents), _row(number, parent, score, profile, profiles[parent]))

    def _children(
        self, connection: Connection, number: int, own: tuple[str, str], profile: Weights,
        profiles: Mapping[int, Weights], known: Mapping[int, tuple[str, str]], scored: list[tuple[float, int]],
    ) -> None:  # fmt: skip
        after = {other: score for score, other in scored if known[other] > own}
        held = {row.revision: (row.score, row.parent) for part in _parts(after) for row in _held(connection, part)}
        days = _days(connection, [parent for _, parent in held.values()])
        for child, score in sorted(after.items()):
            if child in held and (held[child][0], days[held[child][1]]) >= (score, own):
                continue
            connection.execute(delete(story_parents).where(story_parents.c.revision == child))
            connection.execute(insert(story_parents), _row(child, number, score, profiles[child], profile))


def _row(number: int, parent: int, score: float, one: Weights, other: Weights) -> dict[str, Any]:
    return {"revision": number, "parent": parent, "score": score, "reasons": shared(one, other)}


def _held(connection: Connection, part: list[int]) -> Iterator[Any]:
    yield from connection.execute(select(story_parents).where(story_parents.c.revision.in_(part)))


def _near(connection: Connection, terms: list[str], weeks: Iterable[int], number: int) -> list[int]:
    keys = [_key(term, week) for term in terms for week in weeks]
    met: Counter[int] = Counter()
    for part in _parts(keys):
        chosen = select(story_article_keys.c.revision).where(story_article_keys.c.key.in_(part))
        met.update(connection.execute(chosen).scalars())
    return sorted(other for other, count in met.items() if count >= _SHARED and other != number)


def _days(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """By revision its day of publication and its page: the order that articles stand in."""
    found: dict[int, tuple[str, str]] = {}
    chosen = select(story_articles.c.revision, story_articles.c.day, articles.c.page)
    chosen = chosen.join(revisions, revisions.c.id == story_articles.c.revision)
    chosen = chosen.join(articles, articles.c.id == revisions.c.article)
    for part in _parts(set(numbers)):
        for row in connection.execute(chosen.where(story_articles.c.revision.in_(part))):
            found[row.revision] = (row.day, row.page)
    return found


def _days_between(one: str, other: str) -> int:
    return (date.fromisoformat(one) - date.fromisoformat(other)).days


def _key(term: str, week: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"{term}|{week}".encode(), digest_size=8).digest(), "big") >> 1


def _parts(values: Iterable[int]) -> Iterator[list[int]]:
    held = sorted(values)
    for at in range(0, len(held), _ASKED):
        yield held[at : at + _ASKED]
