"""Keeps stories up with a store: what each article has in common with those that are there, in one transaction.

What is written depends on the articles alone, not on the order in which they came. An article looks up a fixed number
of
keys, each bound to a day or a week, so that adding one costs the same in a large store as in a small one.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Select, delete, func, insert, select

from waqai.resources import Library
from waqai.store import Store
from waqai.store.story_tables import (
    story_article_keys,
    story_articles,
    story_copies,
    story_event_keys,
    story_links,
    story_occasions,
    story_parents,
    story_sketches,
)
from waqai.store.tables import articles, event_actors, events, mentions, revisions
from waqai.stories import articles as copying
from waqai.stories.actors import Identities
from waqai.stories.decisions import on_actors
from waqai.stories.members import regroup
from waqai.stories.occasions import Occasions
from waqai.stories.outcomes import outcome
from waqai.stories.parents import Parents
from waqai.stories.scoring import KEPT, LINK, Scorer, topic_of
from waqai.stories.sketches import Sketch, Sketcher, unit
from waqai.stories.words import Rarity, Weights

VERSION = "2"  # changes with what is made of an article: what others made is made again
_BATCH = 100  # articles of one transaction where many are linked
_ASKED = 900  # values of one question to the database
_REMEMBERED = 60_000  # sketches
_LOCK = 0x77616C696E6B  # the number by which PostgreSQL knows the lock of linking
_COPIES = 40  # candidates for copies of one article: pages of one frame share bands without sharing news

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """The values met last, by number."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[int, Value] = OrderedDict()

    def fetch(
        self, numbers: Iterable[int], load: Callable[[list[int]], Iterable[tuple[int, Value]]]
    ) -> dict[int, Value]:
        """The values of `numbers`; those not held are loaded."""
        wanted = list(dict.fromkeys(numbers))
        missing = [number for number in wanted if number not in self._held]
        for number, value in load(missing) if missing else ():
            self._held[number] = value
        found = {number: self._held[number] for number in wanted if number in self._held}
        for number in found:
            self._held.move_to_end(number)
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        return found

    def put(self, number: int, value: Value) -> None:
        """Holds a value."""
        self._held[number] = value

    def drop(self, numbers: Iterable[int]) -> None:
        """Forgets values."""
        for number in numbers:
            self._held.pop(number, None)


class Knowledge:
    """What linking knows before it looks at a store, from tables and models; loading takes about a second."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.rarity = Rarity(library)
        self.scorer = Scorer(library)
        self.occasions = Occasions(library)


class Linker:
    """Links the articles of `store`. `knowledge` may be shared by several; else it is loaded from `library`."""

    def __init__(self, store: Store, library: Library | None = None, *, knowledge: Knowledge | None = None) -> None:
        self._store = store
        knowledge = knowledge or Knowledge(library or Library())
        with store.reading() as connection:
            merged, parted = on_actors(connection)
        self._rarity, self._scorer, self._occasions = knowledge.rarity, knowledge.scorer, knowledge.occasions
        self._sketcher = Sketcher(knowledge.library, Identities(knowledge.library, merged, parted), self._rarity)
        self._parents = Parents()
        tables = knowledge.library.digest("stories", "actors")
        made_of = f"{VERSION}-{tables}-{sorted(merged.items())}-{sorted(parted)}"
        self._made_of = hashlib.sha256(made_of.encode()).hexdigest()[:12]
        self._sketches: Memory[Sketch] = Memory(_REMEMBERED)
        self._profiles: Memory[Weights] = Memory(_REMEMBERED)

    def add(self, pages: Sequence[str]) -> None:
        """Links the articles of these pages, as the store now has them; one that is linked already is linked anew."""
        for at in range(0, len(pages), _BATCH):
            chosen = select(articles.c.current).where(articles.c.page.in_(pages[at : at + _BATCH]))
            with self._store.reading() as connection:
                numbers = connection.execute(chosen.where(articles.c.current.is_not(None))).scalars()
                batch = sorted(int(number) for number in numbers)
            if batch:
                self._link(batch)

    def everything(self, *, anew: bool = False) -> Iterator[int]:
        """Links what is not yet linked, or was changed since, or all of it `anew`; how many articles, batch by
        batch."""
        pending = self._pending(anew)
        for at in range(0, len(pending), _BATCH):
            batch = pending[at : at + _BATCH]
            self._link(batch)
            yield len(batch)

    def _pending(self, anew: bool) -> list[int]:
        chosen = select(revisions.c.id, revisions.c.made_by, story_articles.c.digest)
        chosen = chosen.join(articles, articles.c.current == revisions.c.id)
        chosen = chosen.outerjoin(story_articles, story_articles.c.revision == revisions.c.id).order_by(revisions.c.id)
        with self._store.reading() as connection:
            found = connection.execute(chosen).all()
            said = _corrected(connection)
        return [row.id for row in found if anew or row.digest != self._digest(row.made_by, said.get(row.id, ""))]

    def _digest(self, made_by: Mapping[str, Any], said: str) -> str:
        made = json.dumps([self._made_of, made_by, said], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(made.encode()).hexdigest()

    # --- one batch, one transaction ---------------------------------------------------------------------

    def _link(self, numbers: list[int]) -> None:
        with self._store.writing() as connection:
            _wait_for_others(connection)
            touched = self._forget(connection, numbers)
            said = _corrected(connection, numbers)
            for row in _in(connection, select(revisions), revisions.c.id, numbers):
                touched |= self._link_one(connection, row, said.get(row["id"], ""))
            regroup(connection, touched)

    def _forget(self, connection: Connection, numbers: list[int]) -> set[int]:
        """Takes away all that was made of these articles and of their older texts; the events that were linked to
        theirs."""
        pages = select(revisions.c.article).where(revisions.c.id.in_(numbers))
        stale = list(connection.execute(select(revisions.c.id).where(revisions.c.article.in_(pages))).scalars())
        known = list(
            connection.execute(select(story_articles.c.revision).where(story_articles.c.revision.in_(stale))).scalars()
        )
        if not known:
            return set()
        own = list(connection.execute(select(events.c.id).where(events.c.revision.in_(known))).scalars())
        links = select(story_links.c.one, story_links.c.other)
        touched: set[int] = set()
        for column in (story_links.c.one, story_links.c.other):
            for row in _in(connection, links, column, own):
                touched |= set(row.values())
        for table, column, gone in (
            (story_links, story_links.c.one, own), (story_links, story_links.c.other, own),
            (story_event_keys, story_event_keys.c.event, own), (story_sketches, story_sketches.c.event, own),
            (story_copies, story_copies.c.one, known), (story_copies, story_copies.c.other, known),
            (story_article_keys, story_article_keys.c.revision, known),
            (story_articles, story_articles.c.revision, known),
            (story_occasions, story_occasions.c.revision, known), (story_parents, story_parents.c.revision, known),
        ):  # fmt: skip
            for part in _parts(gone):
                connection.execute(delete(table).where(column.in_(part)))
        self._parents.orphan(connection, known)
        self._sketches.drop(own)
        self._profiles.drop(known)
        return touched | set(own)

    def _link_one(self, connection: Connection, row: Mapping[str, Any], said: str) -> set[int]:
        number, day = row["id"], _day(row["published"])
        title, body = row["title"], row["text"][len(row["title"]) :]
        chosen = select(mentions).where(mentions.c.revision == number)
        named = [mention._asdict() for mention in connection.execute(chosen)]
        profile = self._rarity.profile(title, body, {mention["name"] for mention in named})
        kept = {"revision": number, "day": day, "profile": profile, "digest": self._digest(row["made_by"], said)}
        connection.execute(insert(story_articles), kept)
        self._profiles.put(number, unit(profile))
        self._copies(connection, row, day)
        found = self._reports(connection, row, day, named)
        self._links(connection, found)
        self._parents.add(connection, number, day, unit(profile), self._profiles_of)
        self._occasions.add(connection, row, day, found)
        return {sketch.row for sketch in found}

    def _copies(self, connection: Connection, row: Mapping[str, Any], day: str) -> None:
        number, groups = row["id"], copying.word_groups(row["text"])
        week = date.fromisoformat(day).toordinal() // 7 if day else 0
        bands = copying.bands(groups)
        asked = [key for near in (week - 1, week, week + 1) for key in copying.in_week(bands, near)]
        filed = _in(connection, select(story_article_keys), story_article_keys.c.key, asked)
        met = Counter(found["revision"] for found in filed)
        if bands:
            made = [{"revision": number, "key": key} for key in copying.in_week(bands, week)]
            connection.execute(insert(story_article_keys), made)
        near = sorted(met, key=lambda other: (-met[other], other))[:_COPIES]
        chosen = select(revisions.c.id, revisions.c.text, revisions.c.source, revisions.c.published)
        for found in _in(connection, chosen, revisions.c.id, near):
            if _days(day, found["published"]) > copying.DAYS:
                continue
            same = found["source"] == row["source"]
            share = copying.share(groups, copying.word_groups(found["text"]), same_outlet=same)
            if share:
                one, other = sorted((number, found["id"]))
                connection.execute(insert(story_copies), {"one": one, "other": other, "share": round(share, 3)})

    def _reports(
        self, connection: Connection, row: Mapping[str, Any], day: str, named: Sequence[Mapping[str, Any]]
    ) -> list[Sketch]:
        own = (
            select(events).where(events.c.revision == row["id"], events.c.rejected.is_(False)).order_by(events.c.number)
        )
        rows = [dict(event) for event in connection.execute(own).mappings()]
        actors: dict[int, list[dict[str, Any]]] = {}
        for actor in _in(connection, select(event_actors), event_actors.c.event, [event["id"] for event in rows]):
            actors.setdefault(actor["event"], []).append(actor)
        found, kept, keys = [], [], []
        for event in rows:
            made = self._sketcher.make(event, actors.get(event["id"], ()), named, row["text"], row["title"], day)
            sketch = self._sketcher.read(event["id"], row["id"], made)
            found.append(sketch)
            kept.append({"event": sketch.row, "revision": row["id"], "sketch": made})
            keys += [{"event": sketch.row, "key": key} for key in self._sketcher.keys(sketch)]
            self._sketches.put(sketch.row, sketch)
        if kept:
            connection.execute(insert(story_sketches), kept)
        if keys:
            connection.execute(insert(story_event_keys), keys)
        return found

    def _links(self, connection: Connection, found: Sequence[Sketch]) -> None:
        asked = {sketch.row: self._sketcher.asked(sketch) for sketch in found}
        wanted = {key for keys in asked.values() for key in keys}
        filed: dict[int, list[int]] = {}
        chosen = select(story_event_keys.c.key, story_event_keys.c.event)
        for row in _in(connection, chosen, story_event_keys.c.key, wanted):
            filed.setdefault(row["key"], []).append(row["event"])
        own = {sketch.row for sketch in found}
        near = {row: {event for key in keys for event in filed.get(key, ())} - own for row, keys in asked.items()}
        others = self._sketches_of(connection, {event for events_near in near.values() for event in events_near})
        profiles = self._profiles_of(connection, {sketch.revision for sketch in (*found, *others.values())})
        topics: dict[int, float] = {}
        rows = []
        for sketch in found:
            for event in sorted(near[sketch.row]):
                other = others[event]
                if other.revision not in topics:
                    topics[other.revision] = topic_of(profiles[sketch.revision], profiles[other.revision])
                rows += self._link_rows(sketch, other, topics[other.revision])
        if rows:
            connection.execute(insert(story_links), rows)

    def _link_rows(self, sketch: Sketch, other: Sketch, topic: float) -> list[dict[str, Any]]:
        one, two = sorted((sketch, other), key=lambda report: (report.event, report.row))
        link, kind = self._scorer.link(one, two, topic), "same"
        if one.planned != two.planned and (link is None or link.score < LINK):
            one, two, link = outcome(self._scorer, one, two, topic)
            kind = "outcome"
        if link is None or link.score < KEPT:
            return []
        return [{"one": one.row, "other": two.row, "kind": kind, "score": link.score, "reasons": link.reasons}]

    def _sketches_of(self, connection: Connection, numbers: Collection[int]) -> dict[int, Sketch]:
        def load(missing: list[int]) -> Iterator[tuple[int, Sketch]]:
            for row in _in(connection, select(story_sketches), story_sketches.c.event, missing):
                yield row["event"], self._sketcher.read(row["event"], row["revision"], row["sketch"])

        return self._sketches.fetch(numbers, load)

    def _profiles_of(self, connection: Connection, numbers: Collection[int]) -> dict[int, Weights]:
        def load(missing: list[int]) -> Iterator[tuple[int, Weights]]:
            chosen = select(story_articles.c.revision, story_articles.c.profile)
            for row in _in(connection, chosen, story_articles.c.revision, missing):
                yield row["revision"], unit(row["profile"])

        return self._profiles.fetch(numbers, load)


def _wait_for_others(connection: Connection) -> None:
    """Lets one process link at a time: two at once would not see, and so not link, each other's articles.

    SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _days(one: str, other: str) -> int:
    """Days between two publications, 0 where one is not known."""
    if not one or not (day := _day(other)):
        return 0
    return abs((date.fromisoformat(one) - date.fromisoformat(day)).days)


def _day(published: str) -> str:
    """The day of a publication, "" where it is not known to the day."""
    try:
        return date.fromisoformat(published[:10]).isoformat() if len(published) >= len("2018-05-29") else ""
    except ValueError:
        return ""


def _corrected(connection: Connection, numbers: list[int] | None = None) -> dict[int, str]:
    """By revision what people changed of its events, as a string that changes with it."""
    chosen = select(
        events.c.revision, events.c.event, events.c.corrected, events.c.type, events.c.status, events.c.date
    )
    chosen = chosen.add_columns(events.c.rejected).order_by(events.c.id)
    if numbers is not None:
        chosen = chosen.where(events.c.revision.in_(numbers))
    said: dict[int, str] = {}
    for number, *rest in connection.execute(chosen):
        if rest[1]:
            said[number] = said.get(number, "") + repr(rest)
    return said


def _parts(values: Iterable[int]) -> Iterator[list[int]]:
    held = list(values)
    for at in range(0, len(held), _ASKED):
        yield held[at : at + _ASKED]


def _in(connection: Connection, chosen: Select[Any], column: Any, values: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The rows of `chosen` where `column` is among `values`, in the order of the rows' numbers where they have one."""
    for part in _parts(sorted(values)):
        for row in connection.execute(chosen.where(column.in_(part))).mappings().all():
            yield {str(name): value for name, value in row.items()}
