"""What events and articles may be narrowed down by, the same for searches, lists, series and exports."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from waqai.arabic import fold
from waqai.store.tables import event_actors, events, revisions


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that all must hold; "" sets none.

    Dates are ISO prefixes, both ends included: `since` "2024-03" begins with March. `actor` is a part of a name, a
    country ("EGY") or a code ("EGY GOV"); `between` two of them that stand on either side. `dates_of` says which date
    is meant: that of the event, or that of publication.
    """

    outlet: str = ""
    since: str = ""
    until: str = ""
    actor: str = ""
    between: tuple[str, str] | None = None
    country: str = ""
    sector: str = ""
    type: str = ""
    mode: str = ""
    status: str = ""
    place: str = ""

    @property
    def of_events(self) -> bool:
        """Whether any condition is one of events."""
        return any(getattr(self, field.name) for field in fields(self) if field.name not in _OF_ARTICLES)


_OF_ARTICLES = ("outlet", "since", "until")
_AFTER_ALL = "\uffff"  # no date goes on after a digit with a greater one


def of_article(filters: Filters, *, dated: bool) -> list[ColumnElement[bool]]:
    """Conditions on `revisions`; `dated` where the dates meant are those of publication."""
    found: list[ColumnElement[bool]] = []
    if filters.outlet:
        found.append(revisions.c.source == filters.outlet)
    return found + (_dates(filters, revisions.c.published) if dated else [])


def of_event(filters: Filters, *, dated: bool) -> list[ColumnElement[bool]]:
    """Conditions on `events`; `dated` where the dates meant are those of the events."""
    found: list[ColumnElement[bool]] = [events.c.rejected.is_(False)]
    found += [events.c[name] == value for name in ("type", "mode", "status") if (value := getattr(filters, name))]
    if filters.place:
        found.append(or_(events.c.place_country == filters.place, _like(events.c.place_name, filters.place)))
    if filters.actor:
        found.append(_takes_part(_is(filters.actor)))
    if filters.country:
        found.append(_takes_part(event_actors.c.country == filters.country))
    if filters.sector:
        found.append(_takes_part(event_actors.c.sector == filters.sector))
    if filters.between:
        one, other = map(_is, filters.between)
        found.append(
            or_(*(and_(_takes_part(a, "source"), _takes_part(b, "target")) for a, b in ((one, other), (other, one))))
        )
    return found + (_dates(filters, events.c.date) if dated else [])


def has_event(filters: Filters) -> ColumnElement[bool]:
    """The condition on `revisions` that one of its events fits."""
    fitting = select(events.c.id).where(events.c.revision == revisions.c.id, *of_event(filters, dated=False))
    return exists(fitting.correlate(revisions))


def _dates(filters: Filters, column: ColumnElement[str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.since:
        found.append(column >= filters.since)
    if filters.until:
        found.append(and_(column != "", column <= filters.until + _AFTER_ALL))
    return found


def _takes_part(condition: ColumnElement[bool], side: str = "") -> ColumnElement[bool]:
    here: Select[tuple[int]] = select(event_actors.c.id).where(event_actors.c.event == events.c.id, condition)
    if side:
        here = here.where(event_actors.c.side == side)
    return exists(here.correlate(events))


def _is(actor: str) -> ColumnElement[bool]:
    if (actor.isascii() and actor[:3].isupper()) or actor.startswith("---"):
        return event_actors.c.code == actor if len(actor) > 3 else event_actors.c.country == actor
    return _like(event_actors.c.folded, fold(actor))


def _like(column: ColumnElement[str], part: str) -> ColumnElement[bool]:
    return column.contains(part, autoescape=True)
