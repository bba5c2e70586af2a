"""Actors across the articles of a store: who a name is, under which spellings and offices, and what people say of
it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from waqai.arabic import fold
from waqai.errors import StoreError
from waqai.resources import Library
from waqai.store import Store
from waqai.store.tables import articles, event_actors, events, revisions
from waqai.stories.actors import Identities, Identity
from waqai.stories.decisions import MERGE, PART, Decision, decide, on_actors

_REASONS = {
    "table": "a name or other name of one row of data/actors",
    "spelling": "a name of several words, spelt alike but for letters that writers of foreign names choose between, "
    "with the same country",
    "words": "a single word or a phrase: the same words with the same code",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor: `key`, why its names are one, the names and how often each stands, the offices with first and last day,
    how many articles tell an act of it, and from when to when.
    """

    key: str
    why: str
    names: tuple[tuple[str, int], ...]
    offices: tuple[tuple[str, str, str, str], ...]  # code, role, first, last
    articles: int
    first: str
    last: str


def profiles(store: Store, name: str, library: Library | None = None) -> list[Profile]:
    """The actors that `name` or a longer name with it stands for, those with most articles first.

    Namesakes come out as several: their keys differ by country, or by what people said.
    """
    with store.reading() as connection:
        identities = Identities(library or Library(), *on_actors(connection))
        keys = {identities.of(row[0], row[1]).key for row in _named(connection, name)}
        by_key: dict[str, list[tuple[str, str, str, int, str]]] = defaultdict(list)
        for row in _spelt(connection, keys, identities, name):
            by_key[identities.of(row[0], row[1]).key].append(row)
    found = [_profile(key, rows, identities.of(rows[0][0], rows[0][1])) for key, rows in by_key.items() if key in keys]
    return sorted(found, key=lambda profile: (-profile.articles, profile.key))


def merge(store: Store, one: str, other: str, note: str = "", library: Library | None = None) -> str:
    """Says that the actors `one` and `other` ("NAME" or "NAME/CODE") are one; the key they have now.

    Raises StoreError where a name stands in no event, or for several actors.
    """
    with store.writing() as connection:
        identities = Identities(library or Library(), *on_actors(connection))
        keys = [_only(connection, identities, name).key for name in (one, other)]
        if keys[0] == keys[1]:
            return keys[0]
        decide(connection, [Decision(MERGE, keys[0], keys[1], note)])
        return keys[1]


def part(store: Store, name: str, note: str = "", library: Library | None = None) -> str:
    """Says that the actor `name` ("NAME/CODE") is not who others of that name are; the key it has now.

    Raises StoreError where the name stands in no event, or for several actors.
    """
    library = library or Library()
    with store.writing() as connection:
        identities = Identities(library, *on_actors(connection))
        own = _only(connection, identities, name)
        said, _, code = name.partition("/")
        code = code or _code(connection, said)
        decide(connection, [Decision(PART, own.key, identities.spelled(said, code), note)])
        return Identities(library, *on_actors(connection)).of(said, code).key


def _only(connection: Connection, identities: Identities, name: str) -> Identity:
    said, _, code = name.partition("/")
    rows = [row for row in _exactly(connection, said) if not code or row[1] == code]
    found = {identities.of(row[0], row[1]).key: identities.of(row[0], row[1]) for row in rows}
    if not found:
        raise StoreError(f"{name}: no actor of this name (see: waqai actors)")
    if len(found) > 1:
        codes = ", ".join(sorted({f"{said}/{row[1]}" for row in rows}))
        raise StoreError(f"{name}: several actors have this name; write one of {codes}")
    return next(iter(found.values()))


def _code(connection: Connection, name: str) -> str:
    return next(code for _, code in _exactly(connection, name))


def _exactly(connection: Connection, name: str) -> list[tuple[str, str]]:
    chosen = select(event_actors.c.name, event_actors.c.code).where(event_actors.c.folded == fold(name)).distinct()
    return [(row.name, row.code) for row in connection.execute(chosen.order_by(event_actors.c.code))]


def _named(connection: Connection, name: str) -> list[tuple[str, str]]:
    chosen = select(event_actors.c.name, event_actors.c.code).distinct()
    return [
        (row.name, row.code) for row in connection.execute(chosen.where(event_actors.c.folded.contains(fold(name))))
    ]


def _spelt(
    connection: Connection, keys: set[str], identities: Identities, name: str
) -> Iterator[tuple[str, str, str, int, str]]:
    """Name, code, role, revision and day of every side of an event whose actor has one of `keys`."""
    pairs = select(event_actors.c.name, event_actors.c.code).distinct()
    names = {row.name for row in connection.execute(pairs) if identities.of(row.name, row.code).key in keys}
    chosen = select(
        event_actors.c.name, event_actors.c.code, event_actors.c.role, events.c.revision, revisions.c.published
    )
    chosen = chosen.join(events, events.c.id == event_actors.c.event)
    chosen = chosen.join(revisions, revisions.c.id == events.c.revision)
    chosen = chosen.join(articles, articles.c.current == revisions.c.id)
    for row in connection.execute(chosen.where(event_actors.c.name.in_(sorted(names)[:2000]))):
        yield row.name, row.code, row.role, row.revision, row.published[:10]


def _profile(key: str, rows: list[tuple[str, str, str, int, str]], identity: Identity) -> Profile:
    names = Counter(row[0] for row in rows)
    days: dict[tuple[str, str], list[str]] = defaultdict(list)
    for _, code, role, _, day in rows:
        days[code, role].append(day)
    offices = [(code, role, min(told), max(told)) for (code, role), told in days.items()]
    told = [row[4] for row in rows]
    return Profile(
        key, _REASONS.get(identity.why, identity.why), tuple(names.most_common()),
        tuple(sorted(offices, key=lambda office: (office[2], office))), len({row[3] for row in rows}),
        min(told), max(told),
    )  # fmt: skip
