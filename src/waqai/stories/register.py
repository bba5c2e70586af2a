"""The register: what was planned and agreed, for when, and what became of it.

An entry is an occasion named for a day (occasions.py), a planned act, or an agreement. Its outcome is what later
articles
tell: that it took place, was put off or called off, or was denied. What is past and has no outcome is overdue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from waqai.resources import Library
from waqai.store import Store
from waqai.store.story_tables import story_articles, story_links, story_members, story_occasions
from waqai.store.tables import articles, events, revisions
from waqai.stories.agreements import Agreements
from waqai.stories.events import LinkedEvent, LinkedEvents
from waqai.stories.grouping import Groups
from waqai.stories.scoring import OUTCOME
from waqai.stories.words import alike

_DAY = len("2018-05-29")
_AFTER = 7  # days after the day an occasion is due within which its beginning is told
_BEFORE = 21  # days before it is due within which a sentence without a day may tell that it is put off or called off
_ABOUT = 0.12  # likeness of two articles on one occasion: there are many meetings in a country in a week
_EARLIER = 1  # and before: outlets stand in other zones
_AGREED = ("AGREE",)
_ASKED = 400
STATES = ("due", "overdue", "fulfilled", "postponed", "cancelled", "contradicted", "agreed")
_OF = {"held": "fulfilled", "postponed": "postponed", "cancelled": "cancelled"}


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that an entry or an outcome rests on: what it says, for or on which date, its words and article."""

    says: str
    date: str
    text: str
    article: str
    source: str
    published: str
    revision: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: `kind` is occasion, planned or agreement; `what` names it in Arabic, `name` by the id of
    the occasion or the type of act; `date` is when it is due or was agreed.

    `state` is due, overdue, fulfilled, postponed, cancelled, contradicted or agreed; `outcome` the sentences that tell.
    `followed` is False where the store has no article from that day on, so that no outcome could be known. `event` is
    the linked event of a planned act or agreement. `undertakings` are pairs of party, "" where none is told, and what.
    """

    id: str
    kind: str
    what: str
    date: str
    countries: tuple[str, ...]
    parties: tuple[str, ...]
    place: str
    tellings: tuple[Telling, ...]
    state: str
    outcome: tuple[Telling, ...]
    followed: bool
    event: str = ""
    auspices: str = ""
    undertakings: tuple[tuple[str, str], ...] = ()
    name: str = ""


class Register:
    """Answers about the register of `store`."""

    def __init__(self, store: Store, library: Library | None = None) -> None:
        self._store = store
        library = library or Library()
        self._labels = {str(row["id"]): str(row["arabic"]) for row in library.rows("stories", "occasion")}
        self._types = {str(row["id"]): str(row["arabic"]) for row in library.rows("ontology", "type")}
        self._events = LinkedEvents(store, library)
        self._agreements = Agreements(library)

    def entries(  # noqa: PLR0913 (one condition each, all by name)
        self,
        *,
        as_of: str = "",
        state: str = "",
        kind: str = "",
        country: str = "",
        since: str = "",
        until: str = "",
        least: int = 1,
        revisions: Collection[int] | None = None,
    ) -> list[Entry]:
        """Entries by date. `as_of` is the day that is taken for today: later articles count for nothing.

        `state`, `kind`, `country` (a party's or the occasion's), `since`, `until` (of the date) and `least` (articles
        that tell it) choose among them; so does `revisions`: what these articles plan.
        """
        today = as_of or date.today().isoformat()
        with self._store.reading() as connection:
            last = connection.execute(select(func.max(_published()))).scalar() or ""
        found = [*self._occasions(today, last, revisions)] if kind in ("", "occasion") else []
        if kind in ("", "planned"):
            found += self._planned(today, last, revisions)
        if kind in ("", "agreement"):
            found += self._agreed(today, revisions)
        chosen = (
            entry
            for entry in found
            if (not state or entry.state == state)
            and (not country or country in entry.countries)
            and (not since or entry.date >= since)
            and (not until or entry.date <= until + "~")
            and len({telling.revision for telling in entry.tellings}) >= least
        )
        return sorted(chosen, key=lambda entry: (entry.date, entry.kind, entry.id))

    def overdue(self, *, as_of: str = "", **chosen: Any) -> list[Entry]:
        """What was planned and did not happen, as far as the articles up to `as_of` tell: «ما الذي كان مقررا ولم
        يحدث»."""
        return self.entries(as_of=as_of, state="overdue", **chosen)

    # --- occasions --------------------------------------------------------------------------------------

    def _occasions(self, today: str, last: str, revisions: Collection[int] | None) -> Iterator[Entry]:
        with self._store.reading() as connection:
            rows = _occasion_rows(connection, today)
        planned: dict[tuple[str, str], list[Any]] = defaultdict(list)
        signals: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            if row.says in ("planned", "dated"):
                planned[row.occasion, row.date].append(row)
            else:
                signals[row.occasion].append(row)
        groups = [(*key, group) for key, told in sorted(planned.items()) for group in _by_country(told)]
        for occasion, due, group in _absorbed(groups):
            if not any(row.says == "planned" for row in group):
                continue
            if revisions is None or any(row.revision in revisions for row in group):
                yield self._occasion(occasion, due, group, signals[occasion], today, last)

    def _occasion(
        self, occasion: str, due: str, group: list[Any], signals: Sequence[Any], today: str, last: str
    ) -> Entry:
        countries = _main({country for row in group for country in row.country.split()}, group)
        first = min(row.published for row in group)
        told = [row for row in signals if _is_outcome(row, due, first, set(countries)) and _is_of(row, group)]
        outcome = tuple(_telling(row) for row in sorted(told, key=lambda row: (row.published, row.id)))
        ident = f"{occasion}-{'-'.join(countries) or 'x'}-{due}"
        return Entry(
            ident, "occasion", self._labels.get(occasion, occasion), due, countries, (), "",
            tuple(map(_telling, sorted(group, key=lambda row: (row.published, row.id)))),
            _state(due, outcome, today), outcome, last[: len(due)] >= due, name=occasion,
        )  # fmt: skip

    # --- planned acts and agreements --------------------------------------------------------------------

    def _planned(self, today: str, last: str, chosen: Collection[int] | None) -> Iterator[Entry]:
        with self._store.reading() as connection:
            heads = _heads(connection, ("planned",), (), today, chosen)
            outcomes = _outcomes(connection, today)
        for event in self._events.several(heads):
            told = [row for report in event.reports for row in outcomes.get(report.row, ())]
            outcome = tuple(_telling(row) for row in sorted(told, key=lambda row: (row.published, row.id)))
            if event.date and event.status == "planned" and _is_ahead(event):
                state = _state(event.date, outcome, today)
                yield self._entry(event, "planned", state, outcome, last[: len(event.date)] >= event.date)

    def _agreed(self, today: str, chosen: Collection[int] | None) -> Iterator[Entry]:
        with self._store.reading() as connection:
            heads = _heads(connection, ("happened",), _AGREED, today, chosen)
        for event in self._events.several(heads):
            parties = {actor for side in (event.sources, event.targets) for actor in side}
            made = any(self._agreements.made(report.event) for report in event.reports)
            if made and len(parties) > 1 and event.status == "happened":
                yield self._entry(event, "agreement", "agreed", (), True)

    def _entry(self, event: LinkedEvent, kind: str, state: str, outcome: tuple[Telling, ...], followed: bool) -> Entry:
        parties = [*event.sources, *event.targets]
        countries = tuple(sorted({code[:3] for _, code, _ in parties if code[:3].strip("-")}))
        texts = [report.event for report in event.reports]
        undertakings = dict.fromkeys(pair for told in texts for pair in self._agreements.undertakings(told))
        return Entry(
            event.id, kind, self._types.get(event.type, event.type),
            event.date or event.reports[0].article["published"][:_DAY], countries,
            tuple(name for name, _, _ in parties), str(event.place.get("name", "")),
            tuple(_report_telling(report) for report in event.reports), state, outcome, followed, event.id,
            next(filter(None, (self._agreements.auspices(told["evidence"]) for told in texts)), ""),
            tuple(undertakings) if kind == "agreement" else (), event.type,
        )  # fmt: skip


def _is_ahead(event: LinkedEvent) -> bool:
    """Whether a planned act was told before its time was over; else its date belongs to something else.

    So does a year to come that is all its date: it is part of a name, as of the games of that year.
    """
    first = min(report.article["published"] for report in event.reports)
    year_alone = len(event.date) < len("2018-05")
    return event.date == first[:4] if year_alone else event.date >= first[: len(event.date)]


def _state(due: str, outcome: Sequence[Telling], today: str) -> str:
    """What the last that tells of it says; where nothing does, due or overdue."""
    if outcome:
        return outcome[-1].says
    return "overdue" if due < today[: len(due)] else "due"


def _published() -> Any:
    return revisions.c.published


def _occasion_rows(connection: Connection, today: str) -> list[Any]:
    chosen = (
        select(
            story_occasions,
            story_articles.c.profile,
            revisions.c.text,
            revisions.c.record,
            revisions.c.source,
            revisions.c.published,
        )
        .join(revisions, revisions.c.id == story_occasions.c.revision)
        .join(story_articles, story_articles.c.revision == story_occasions.c.revision)
        .join(articles, articles.c.current == revisions.c.id)
    )
    return list(connection.execute(chosen.where(revisions.c.published <= today + "~").order_by(story_occasions.c.id)))


def _by_country(told: Sequence[Any]) -> Iterator[list[Any]]:
    """Tellings of one occasion on one day, parted where they share no country; those that name none go with the
    most."""
    groups = Groups(f"{number:09d}" for number in range(len(told)))
    by_country: dict[str, str] = {}
    for number, row in enumerate(told):
        for country in row.country.split():
            groups.join(by_country.setdefault(country, f"{number:09d}"), f"{number:09d}")
    found = sorted((members for members in groups.members.values()), key=lambda members: (-len(members), min(members)))
    named = [members for members in found if any(told[int(name)].country for name in members)]
    lost = [name for members in found if members not in named for name in members]
    if named:
        named[0] = [*named[0], *lost]
    for members in named or ([lost] if lost else []):
        yield [told[int(name)] for name in members]


def _absorbed(groups: Sequence[tuple[str, str, list[Any]]]) -> Iterator[tuple[str, str, list[Any]]]:
    """The groups, where a month alone is told joined to the one of a day in it that most tell and that shares a
    country."""
    days = [group for group in groups if len(group[1]) >= _DAY]
    for occasion, due, told in groups:
        if len(due) >= _DAY:
            continue
        named = {country for row in told for country in row.country.split()}
        fits = [
            (len(day[2]), day[1], day[2])
            for day in days
            if day[0] == occasion
            and day[1].startswith(due)
            and named & {c for row in day[2] for c in row.country.split()}
        ]
        if fits:
            max(fits, key=lambda fit: fit[:2])[2].extend(told)
        else:
            days.append((occasion, due, told))
    yield from sorted(days, key=lambda group: group[:2])


def _main(countries: set[str], group: Sequence[Any]) -> tuple[str, ...]:
    """The countries that at least a third of the tellings name."""
    counts = {country: sum(country in row.country.split() for row in group) for country in countries}
    kept = [country for country, count in counts.items() if count * 3 >= len(group)]
    return tuple(sorted(kept, key=lambda country: (-counts[country], country)))[:3]


def _is_outcome(row: Any, due: str, first: str, countries: set[str]) -> bool:
    """Whether a sentence on an occasion of this name tells what became of the one that is due on `due`."""
    if countries and row.country and not countries & set(row.country.split()):
        return False
    if row.published < first[:_DAY]:
        return False
    if row.says == "held":
        if len(due) < _DAY:
            return bool(row.date[: len(due)] == due)
        in_time = _around(due, -_EARLIER) <= row.date[:_DAY] <= _around(due, _AFTER)
        return bool(in_time and row.published[:_DAY] >= row.date)
    if row.date:
        return bool(row.date == due)
    return len(due) >= _DAY and bool(_around(due, -_BEFORE) <= row.published[:_DAY] <= _around(due, _AFTER))


def _is_of(row: Any, group: Sequence[Any]) -> bool:
    """Whether the article of an outcome is about what one of the articles is that name the occasion."""
    return any(row.revision == plan.revision or alike(row.profile, plan.profile) >= _ABOUT for plan in group)


def _around(day: str, days: int) -> str:
    return (date.fromisoformat(day[:_DAY]) + timedelta(days=days)).isoformat()


def _telling(row: Any) -> Telling:
    words = row.text[row.evidence_start : row.evidence_end]
    return Telling(_OF.get(row.says, row.says), row.date, words, row.record, row.source, row.published, row.revision)


def _report_telling(report: Any) -> Telling:
    event, article = report.event, report.article
    return Telling(
        event["status"], event["date"], event["evidence"], article["id"], article["source"], article["published"],
        report.revision,
    )  # fmt: skip


def _heads(
    connection: Connection, statuses: Sequence[str], types: Sequence[str], today: str, chosen: Collection[int] | None
) -> list[str]:
    """The linked events that articles up to `today` tell with these statuses and types."""
    query = select(events.c.event, story_members.c.head).join(revisions, revisions.c.id == events.c.revision)
    query = query.join(articles, articles.c.current == revisions.c.id)
    query = query.outerjoin(story_members, story_members.c.event == events.c.id)
    query = query.where(events.c.status.in_(statuses), events.c.rejected.is_(False))
    query = query.where(revisions.c.published <= today + "~")
    query = query.where(events.c.type.in_(types)) if types else query.where(events.c.date != "")
    query = query.where(events.c.revision.in_(chosen)) if chosen is not None else query
    return list(dict.fromkeys(row.head or row.event for row in connection.execute(query.order_by(events.c.id))))


def _outcomes(connection: Connection, today: str) -> Mapping[int, list[Any]]:
    """By row of a planned event the reports that tell its outcome."""
    query = select(
        story_links.c.one, events.c.id, events.c.status, events.c.date, events.c.evidence_start, events.c.evidence_end,
        events.c.revision, revisions.c.text, revisions.c.record, revisions.c.source, revisions.c.published,
    )  # fmt: skip
    query = query.join(events, events.c.id == story_links.c.other).join(revisions, revisions.c.id == events.c.revision)
    query = query.where(
        story_links.c.kind == "outcome", story_links.c.score >= OUTCOME, revisions.c.published <= today + "~"
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.one].append(_Outcome(row))
    return found


class _Outcome:
    """A row of an outcome, which says what its status means for the plan."""

    def __init__(self, row: Any) -> None:
        self._row = row
        self.says = "contradicted" if row.status == "denied" else "fulfilled"

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def calendar(entries: Iterable[Entry]) -> Iterator[Mapping[str, Any]]:
    """Entries that are not called off, as planned events for exports.ics, which leaves out those without a day."""
    for entry in entries:
        if entry.kind != "agreement" and entry.state not in ("cancelled", "postponed"):
            told = entry.tellings[0]
            yield {
                "id": entry.id, "type": entry.what, "status": "planned", "date": entry.date,
                "sources": [{"name": name} for name in entry.parties or entry.countries], "targets": [],
                "place": {"name": entry.place} if entry.place else {}, "evidence": told.text,
                "article": {"id": told.article, "url": "", "published": told.published},
            }  # fmt: skip
