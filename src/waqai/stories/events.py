"""Linked events: one act with all its reports, what they agree on, and where they disagree. No report is ever lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from waqai.errors import StoreError
from waqai.resources import Library
from waqai.store import Store, rows
from waqai.store.story_tables import story_links, story_members
from waqai.store.tables import articles, event_actors, events, revisions
from waqai.stories.actors import Identities
from waqai.stories.copies import grouped
from waqai.stories.decisions import LINK, SPLIT, Decision, decide, on_actors
from waqai.stories.members import regroup
from waqai.stories.tolls import Tolls

_ASKED = 400
_ARTICLE = ("record", "url", "source", "title", "published")
_DAY = len("2018-05-29")


@dataclass(frozen=True, slots=True)
class Report:
    """One report of an act: `event` as the record has it, its article (id, url, source, title, published).

    `row` and `revision` are its rows; `copy_of` is the revision that stands for its wire copies, its own where it is
    none.
    `tolls` is what its sentence counts.
    """

    row: int
    revision: int
    event: Mapping[str, Any]
    article: Mapping[str, str]
    copy_of: int
    tolls: Mapping[str, int]

    @property
    def order(self) -> tuple[str, str]:
        """Reports stand by publication, those without a day last, then by id."""
        return self.article["published"] or "9999", str(self.event["id"])


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What reports differ in: `field` is date, place, said_by, status or a count; by value the ids of the events."""

    field: str
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two reports, by event id, are taken for one act: the score and what each sign added to it."""

    one: str
    other: str
    score: float
    signs: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class LinkedEvent:
    """An act and its reports. `id` is the event id of the first report.

    `date`, `place`, `type` and `status` are those that most reports give, copies counted once; `sources` and `targets`
    those of all reports, each actor once, with the number of reports that name it.
    """

    id: str
    type: str
    status: str
    date: str
    place: Mapping[str, Any]
    sources: tuple[tuple[str, str, int], ...]  # name, code, reports
    targets: tuple[tuple[str, str, int], ...]
    reports: tuple[Report, ...]
    independent: int  # reports, wire copies counted once
    disagreements: tuple[Disagreement, ...] = ()
    reasons: tuple[Reason, ...] = field(default=())


class LinkedEvents:
    """Answers about the linked events of `store`."""

    def __init__(self, store: Store, library: Library | None = None) -> None:
        self._store = store
        library = library or Library()
        self._tolls = Tolls(library)
        with store.reading() as connection:
            self._identities = Identities(library, *on_actors(connection))

    def of(self, event: str) -> LinkedEvent:
        """The linked event that the report `event` belongs to. Raises StoreError where there is no such event."""
        with self._store.reading() as connection:
            numbers = _mates(connection, event)
            return self._linked(self._reports(connection, numbers), _reasons(connection, numbers))

    def several(self, heads: Iterable[str]) -> list[LinkedEvent]:
        """The linked events with these ids, without reasons, in the order given; ids that are gone are left out."""
        wanted = list(dict.fromkeys(heads))
        with self._store.reading() as connection:
            by_head = _all_mates(connection, wanted)
            found = {
                report.row: report for report in self._reports(connection, [n for ns in by_head.values() for n in ns])
            }
        made = ([found[number] for number in by_head.get(head, ()) if number in found] for head in wanted)
        return [self._linked(reports) for reports in made if reports]

    def largest(self, limit: int = 50, *, least: int = 2, since: str = "", until: str = "") -> list[LinkedEvent]:
        """The linked events with most reports, at least `least`, first told on the days from `since` to `until`."""
        told = func.min(revisions.c.published)
        chosen = select(story_members.c.head, func.count()).join(events, events.c.id == story_members.c.event)
        chosen = chosen.join(revisions, revisions.c.id == events.c.revision).group_by(story_members.c.head)
        chosen = chosen.having(func.count() >= least)
        chosen = chosen.having(told >= since) if since else chosen
        chosen = chosen.having(told < until + "~") if until else chosen
        with self._store.reading() as connection:
            ordered = chosen.order_by(func.count().desc(), story_members.c.head).limit(limit)
            heads = [row.head for row in connection.execute(ordered)]
        return self.several(heads)

    def _reports(self, connection: Connection, numbers: Sequence[int]) -> list[Report]:
        chosen = select(events, *(revisions.c[name].label(f"of_{name}") for name in (*_ARTICLE, "text")))
        chosen = chosen.join(revisions, revisions.c.id == events.c.revision)
        found = []
        for part in _parts(numbers):
            event_rows = [dict(row) for row in connection.execute(chosen.where(events.c.id.in_(part))).mappings()]
            actors: dict[int, list[dict[str, Any]]] = {}
            of_events = select(event_actors).where(event_actors.c.event.in_(part)).order_by(event_actors.c.id)
            for actor in connection.execute(of_events).mappings():
                actors.setdefault(actor["event"], []).append(dict(actor))
            found += [self._report(row, actors.get(row["id"], [])) for row in event_rows]
        kept = grouped(connection, {report.revision for report in found}) if len(found) > 1 else {}
        return [_standing_for(report, kept.get(report.revision, report.revision)) for report in found]

    def _report(self, row: Mapping[str, Any], actors: list[dict[str, Any]]) -> Report:
        event = rows.event_of(row, actors, row["of_text"])
        article = {"id": row["of_record"]} | {name: row[f"of_{name}"] for name in _ARTICLE[1:]}
        return Report(row["id"], row["revision"], event, article, row["revision"], self._tolls.of(event["evidence"]))

    def _linked(self, reports: Sequence[Report], reasons: tuple[Reason, ...] = ()) -> LinkedEvent:
        ordered = tuple(sorted(reports, key=lambda report: report.order))
        places = {str(report.event["place"].get("name", "")): report.event["place"] for report in reversed(ordered)}
        return LinkedEvent(
            min((report.article["published"][:_DAY] or "9999", str(report.event["id"])) for report in ordered)[1],
            _most(ordered, lambda event: event["type"]),
            _most(ordered, lambda event: event["status"]),
            _date(ordered),
            places.get(_most(ordered, lambda event: event["place"].get("name", "")), {}),
            self._union(ordered, "sources"),
            self._union(ordered, "targets"),
            ordered,
            len({report.copy_of for report in ordered}),
            tuple(_disagreements(ordered)),
            reasons,
        )

    def _union(self, reports: Sequence[Report], side: str) -> tuple[tuple[str, str, int], ...]:
        counts: Counter[str] = Counter()
        names: dict[str, tuple[str, str]] = {}
        for report in reports:
            seen = {}
            for actor in report.event[side]:
                seen[self._identities.of(actor["name"], actor["code"]).key] = (actor["name"], actor["code"])
            counts.update(seen.keys())
            names = seen | names
        return tuple((*names[key], counts[key]) for key in sorted(counts, key=lambda key: (-counts[key], names[key])))


def link(store: Store, one: str, other: str, note: str = "") -> str:
    """Says that two reports tell one act, and groups anew; the id of their linked event.

    Holds for as long as the store does. Raises StoreError where an event is not there.
    """
    with store.writing() as connection:
        touched = _mates(connection, one) + _mates(connection, other)
        decide(connection, [Decision(LINK, one, other, note)])
        regroup(connection, touched)
        return _head(connection, one)


def split(store: Store, one: str, others: Sequence[str] = (), note: str = "") -> list[str]:
    """Says that a report tells another act than `others`, or than all reports it is linked with, and groups anew.

    The ids of the reports it was parted from. Raises StoreError where an event is not there.
    """
    with store.writing() as connection:
        mates = _mates(connection, one)
        for other in others:
            _mates(connection, other)
        ids = list(
            connection.execute(select(events.c.event).where(events.c.id.in_(mates)).order_by(events.c.event)).scalars()
        )
        parted = list(others) or [event for event in ids if event != one]
        decide(connection, [Decision(SPLIT, one, other, note) for other in parted])
        regroup(connection, mates)
        return parted


def _standing_for(report: Report, copy_of: int) -> Report:
    return Report(report.row, report.revision, report.event, report.article, copy_of, report.tolls)


def _mates(connection: Connection, event: str) -> list[int]:
    """The rows of all reports of the act that the report `event` tells."""
    chosen = select(events.c.id, story_members.c.head).join(articles, articles.c.current == events.c.revision)
    chosen = chosen.outerjoin(story_members, story_members.c.event == events.c.id)
    own = connection.execute(chosen.where(events.c.event == event)).all()
    if not own:
        raise StoreError(f"{event}: no such event (see: waqai events)")
    heads = {row.head for row in own if row.head}
    mates = set(connection.execute(select(story_members.c.event).where(story_members.c.head.in_(heads))).scalars())
    return sorted(mates | {row.id for row in own})


def _all_mates(connection: Connection, heads: Sequence[str]) -> dict[str, list[int]]:
    """By id of a linked event the rows of its reports."""
    found: dict[str, list[int]] = {}
    alone = select(events.c.event.label("head"), events.c.id).join(articles, articles.c.current == events.c.revision)
    for part in _parts(heads):
        members = select(story_members.c.head, story_members.c.event.label("id")).where(story_members.c.head.in_(part))
        for row in connection.execute(members):
            found.setdefault(row.head, []).append(row.id)
        missing = [head for head in part if head not in found]
        for row in connection.execute(alone.where(events.c.event.in_(missing))):
            found.setdefault(row.head, []).append(row.id)
    return found


def _head(connection: Connection, event: str) -> str:
    chosen = select(story_members.c.head).join(events, events.c.id == story_members.c.event)
    return connection.execute(chosen.where(events.c.event == event)).scalar() or event


def _reasons(connection: Connection, numbers: Sequence[int]) -> tuple[Reason, ...]:
    ids = dict(
        tuple(row) for row in connection.execute(select(events.c.id, events.c.event).where(events.c.id.in_(numbers)))
    )
    chosen = select(story_links).where(story_links.c.kind == "same", story_links.c.one.in_(numbers))
    found = connection.execute(chosen.where(story_links.c.other.in_(numbers)).order_by(story_links.c.score.desc()))
    return tuple(
        Reason(ids[row.one], ids[row.other], row.score, tuple((name, value) for name, value in row.reasons))
        for row in found
    )


def _most(reports: Sequence[Report], value: Any) -> str:
    """The value that most independent reports give, an empty one last; of two the one told first."""
    votes: dict[str, set[int]] = {}
    for report in reports:
        votes.setdefault(value(report.event), set()).add(report.copy_of)
    return max(votes, key=lambda told: (bool(told), len(votes[told]))) if votes else ""


def _date(reports: Sequence[Report]) -> str:
    """The best-attested day; where none is told, the most precise date."""
    days = [report for report in reports if len(report.event["date"]) >= _DAY]
    return _most(days or reports, lambda event: event["date"])


def _disagreements(reports: Sequence[Report]) -> Iterator[Disagreement]:
    told = {
        "date": [(report.event["date"], report) for report in reports if len(report.event["date"]) >= _DAY],
        "place": [(report.event["place"].get("name", ""), report) for report in reports],
        "said_by": [(report.event["said_by"], report) for report in reports],
        "status": [(report.event["status"], report) for report in reports],
    }
    for report in reports:
        for kind, count in report.tolls.items():
            told.setdefault(kind, []).append((str(count), report))
    for name, pairs in told.items():
        values: dict[str, list[str]] = {}
        for value, report in pairs:
            if value:
                values.setdefault(value, []).append(report.event["id"])
        if len(values) > 1:
            yield Disagreement(name, {value: tuple(ids) for value, ids in values.items()})


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    held = sorted(values)
    for at in range(0, len(held), _ASKED):
        yield held[at : at + _ASKED]
