"""Threads: articles that go on from one another, with what they tell over time.

Articles form trees by what each goes on from (parents.py). A thread is a tree as far as its articles stay with what the
thread has been about; one that turns to something else begins a thread of its own.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from sqlalchemy import Connection, select

from waqai.errors import StoreError
from waqai.resources import Library
from waqai.store import Store
from waqai.store.queries import revision_of
from waqai.store.story_tables import story_articles, story_members, story_parents
from waqai.store.tables import articles, event_actors, events, quotes, revisions
from waqai.stories.actors import Identities
from waqai.stories.decisions import on_actors
from waqai.stories.events import LinkedEvent, LinkedEvents
from waqai.stories.register import Entry, Register
from waqai.stories.words import Weights, alike, roots

STAYS = 0.25  # likeness to what a thread has been about from which an article stays in it
_ASKED = 400
PEOPLE = 12
_QUOTES = 20
_TIMELINE = 60
_TERMS = 6


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a thread; `from_revision` is the one it goes on from, 0 for the first."""

    revision: int
    id: str
    source: str
    title: str
    published: str
    from_revision: int
    score: float


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread: `id` is that of its first article, `title` that of the article that stands nearest to them all.

    `terms` are the stems that it is about; `profile` all of them with weights.
    """

    id: str
    title: str
    first: str
    last: str
    members: tuple[Member, ...]
    terms: tuple[str, ...]
    profile: Weights


@dataclass(frozen=True, slots=True)
class Person:
    """Who takes part: name, code and how many articles of the thread tell an act of theirs."""

    name: str
    code: str
    articles: int


@dataclass(frozen=True, slots=True)
class Said:
    """A quote of a thread: who said it, the words, and the article."""

    speaker: str
    text: str
    article: str
    published: str


@dataclass(frozen=True, slots=True)
class Story:
    """A thread told: who takes part, what happened when, what was said, and what is open."""

    thread: Thread
    people: tuple[Person, ...]
    timeline: tuple[LinkedEvent, ...]
    quotes: tuple[Said, ...]
    open_ends: tuple[Entry, ...]


class Threads:
    """Answers about the threads of `store`."""

    def __init__(self, store: Store, library: Library | None = None) -> None:
        self._store = store
        self._library = library or Library()

    def all(
        self, *, about: str = "", since: str = "", until: str = "", least: int = 3, limit: int = 50
    ) -> list[Thread]:
        """Threads of at least `least` articles, the longest first; `about` are words that the thread must be about.

        `since` and `until` bound the day of the last and the first article.
        """
        return narrowed(self._all(), about=about, since=since, until=until, least=least)[:limit]

    def every(self) -> list[Thread]:
        """All threads of two articles and more, the longest first."""
        return narrowed(self._all(), least=2)

    def _all(self) -> list[Thread]:
        with self._store.reading() as connection:
            return list(_threads(connection, _trees(connection)))

    def of(self, asked: str) -> Thread:
        """The thread of an article, by its id, address or one of its events.

        Raises StoreError where there is no such article, or it stands alone.
        """
        number = revision_of(self._store, asked)
        with self._store.reading() as connection:
            tree = _tree_of(connection, number)
            for thread in _threads(connection, [tree]):
                if any(member.revision == number for member in thread.members):
                    return thread
        raise StoreError(f"{asked}: goes on from no other article (see: waqai threads)")

    def story(
        self,
        thread: Thread,
        as_of: str = "",
        *,
        register: Sequence[Entry] | None = None,
        events: LinkedEvents | None = None,
        identities: Identities | None = None,
    ) -> Story:
        """What a thread tells; open ends are what was planned and had not come about by the day `as_of`.

        `register` has all entries as of that day, `events` and `identities` tell of events and actors, where they are
        at hand: making them takes long.
        """
        numbers = [member.revision for member in thread.members]
        with self._store.reading() as connection:
            identities = identities or Identities(self._library, *on_actors(connection))
            people, keys = _people(connection, numbers, identities)
            heads = _heads(connection, numbers, keys, identities)
            said = list(_said(connection, numbers, {person.name for person in people}))
        linked = (events or LinkedEvents(self._store, self._library)).several(heads)
        timeline = sorted(linked, key=lambda event: (_when(event), event.id))[-_TIMELINE:]
        if register is None:
            register = Register(self._store, self._library).entries(as_of=as_of, revisions=numbers)
        held = frozenset(numbers)
        entries = (entry for entry in register if entry.state in ("due", "overdue") and _plans(entry, held))
        return Story(thread, tuple(people), tuple(timeline), tuple(said), tuple(entries))


def _plans(entry: Entry, numbers: Collection[int]) -> bool:
    """Whether one of the articles tells of an entry."""
    return any(telling.revision in numbers for telling in entry.tellings)


def narrowed(
    threads: Iterable[Thread], *, about: str = "", since: str = "", until: str = "", least: int = 3
) -> list[Thread]:
    """Those of `threads` that fit, the longest first; conditions are as of Threads.all."""
    wanted = [term for term in roots(about) if term]
    chosen = [
        thread
        for thread in threads
        if len(thread.members) >= least
        and all(term in thread.profile for term in wanted)
        and (not since or thread.last >= since)
        and (not until or thread.first <= until + "~")
    ]
    return sorted(chosen, key=lambda thread: (-len(thread.members), thread.first, thread.id))


Tree = Mapping[int, tuple[int, float]]  # revision: what it goes on from, and how surely


def _trees(connection: Connection) -> Iterator[Tree]:
    """All trees of a store."""
    parents = {row.revision: (row.parent, row.score) for row in connection.execute(select(story_parents))}
    trees: dict[int, dict[int, tuple[int, float]]] = defaultdict(dict)
    roots: dict[int, int] = {}
    for number in parents:
        path = [number]
        while path[-1] in parents and path[-1] not in roots:
            path.append(parents[path[-1]][0])
        root = roots.get(path[-1], path[-1])
        roots.update(dict.fromkeys(path, root))
    for number, root in roots.items():
        trees[root][number] = parents.get(number, (0, 0.0))
    yield from trees.values()


def _tree_of(connection: Connection, number: int) -> Tree:
    """The tree that an article stands in."""
    root = number
    while up := connection.execute(select(story_parents.c.parent).where(story_parents.c.revision == root)).scalar():
        root = up
    tree: dict[int, tuple[int, float]] = {root: (0, 0.0)}
    edge = [root]
    while edge:
        below = select(story_parents).where(story_parents.c.parent.in_(edge[:_ASKED]))
        edge = edge[_ASKED:]
        for row in connection.execute(below).all():
            tree[row.revision] = (row.parent, row.score)
            edge.append(row.revision)
    return tree


def _threads(connection: Connection, trees: Iterable[Tree]) -> Iterator[Thread]:
    for tree in trees:
        shown = _shown(connection, tree)
        for numbers in _cut(tree, shown):
            if len(numbers) > 1:
                yield _thread(numbers, tree, shown)


def _shown(connection: Connection, numbers: Collection[int]) -> dict[int, Any]:
    chosen = select(
        revisions.c.id, revisions.c.record, revisions.c.source, revisions.c.title, revisions.c.published,
        articles.c.page, story_articles.c.profile,
    )  # fmt: skip
    chosen = chosen.join(articles, articles.c.id == revisions.c.article)
    chosen = chosen.join(story_articles, story_articles.c.revision == revisions.c.id)
    return {
        row.id: row for part in _parts(numbers) for row in connection.execute(chosen.where(revisions.c.id.in_(part)))
    }


def _cut(tree: Tree, shown: Mapping[int, Any]) -> list[list[int]]:
    """The threads of a tree, each in the order of publication."""
    below: dict[int, list[int]] = defaultdict(list)
    for number, (parent, _) in tree.items():
        below[parent].append(number)
    waiting = [(shown[number].published[:10], shown[number].page, number) for number in below[0]]
    heapq.heapify(waiting)
    threads: list[list[int]] = []
    cores: list[dict[str, float]] = []
    of: dict[int, int] = {}
    while waiting:
        _, _, number = heapq.heappop(waiting)
        own, parent = shown[number].profile, tree[number][0]
        if parent in of and alike(own, cores[of[parent]]) >= STAYS:
            of[number] = of[parent]
        else:
            of[number] = len(threads)
            threads.append([])
            cores.append({})
        threads[of[number]].append(number)
        _grow(cores[of[number]], own)
        for child in below[number]:
            heapq.heappush(waiting, (shown[child].published[:10], shown[child].page, child))
    return threads


def _grow(core: dict[str, float], profile: Weights) -> None:
    """Adds an article to what a thread is about."""
    size = sqrt(sum(weight * weight for weight in profile.values())) or 1.0
    for term, weight in profile.items():
        core[term] = core.get(term, 0.0) + weight / size


def _thread(numbers: list[int], tree: Tree, shown: Mapping[int, Any]) -> Thread:
    core: dict[str, float] = {}
    for number in numbers:
        _grow(core, shown[number].profile)
    members = tuple(
        Member(
            number, shown[number].record, shown[number].source, shown[number].title, shown[number].published,
            tree[number][0] if tree[number][0] in numbers else 0, tree[number][1],
        )
        for number in numbers
    )  # fmt: skip
    nearest = max(members, key=lambda member: (alike(shown[member.revision].profile, core), member.id))
    terms = tuple(sorted(core, key=lambda term: (-core[term], term))[:_TERMS])
    return Thread(members[0].id, nearest.title, members[0].published, members[-1].published, members, terms, core)


def _people(
    connection: Connection, numbers: Sequence[int], identities: Identities
) -> tuple[list[Person], dict[str, int]]:
    """Who takes part in most articles, and how many by key."""
    where: dict[str, set[int]] = defaultdict(set)
    names: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    chosen = select(event_actors.c.name, event_actors.c.code, events.c.revision)
    chosen = chosen.join(events, events.c.id == event_actors.c.event)
    for part in _parts(numbers):
        for name, code, number in connection.execute(chosen.where(events.c.revision.in_(part))):
            found = identities.of(name, code)
            if found.weight > 0.5:
                where[found.key].add(number)
                names[found.key][name, code] += 1
    best = sorted(where, key=lambda key: (-len(where[key]), key))[:PEOPLE]
    people = [Person(*max(names[key], key=lambda pair: (names[key][pair], pair)), len(where[key])) for key in best]
    return people, {key: len(where[key]) for key in best}


def _heads(connection: Connection, numbers: Sequence[int], keys: Collection[str], identities: Identities) -> list[str]:
    """The linked events that articles of a thread tell, in which its people take part."""
    chosen = select(events.c.id, events.c.event, story_members.c.head, event_actors.c.name, event_actors.c.code)
    chosen = chosen.join(event_actors, event_actors.c.event == events.c.id)
    chosen = chosen.outerjoin(story_members, story_members.c.event == events.c.id).where(events.c.rejected.is_(False))
    found: dict[str, None] = {}
    for part in _parts(numbers):
        for row in connection.execute(chosen.where(events.c.revision.in_(part)).order_by(events.c.id)):
            if identities.of(row.name, row.code).key in keys:
                found[row.head or row.event] = None
    return list(found)


def _said(connection: Connection, numbers: Sequence[int], people: Collection[str]) -> Iterator[Said]:
    chosen = select(
        quotes.c.speaker,
        quotes.c.text_start,
        quotes.c.text_end,
        revisions.c.text,
        revisions.c.record,
        revisions.c.published,
    ).join(revisions, revisions.c.id == quotes.c.revision)
    chosen = chosen.where(quotes.c.revision.in_(numbers[:_ASKED]), quotes.c.speaker.in_(people))
    for row in connection.execute(chosen.order_by(revisions.c.published, quotes.c.id).limit(_QUOTES)):
        yield Said(row.speaker, row.text[row.text_start : row.text_end], row.record, row.published)


def _when(event: LinkedEvent) -> str:
    return event.date or event.reports[0].article["published"][:10]


def _parts(values: Iterable[int]) -> Iterator[list[int]]:
    held = sorted(values)
    for at in range(0, len(held), _ASKED):
        yield held[at : at + _ASKED]
