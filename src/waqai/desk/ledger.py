"""All events of a store as columns in memory: chosen from and counted in a millisecond, whatever is asked.

A database has to walk over the events anew for every facet; the desk asks for nine at once, for each of its readers.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waqai.arabic import fold
from waqai.desk.columns import Column, Index, Mask, Numbers, column, index
from waqai.desk.told import Told, told_of
from waqai.resources import Library
from waqai.store.event_columns import event_columns, party_columns
from waqai.store.filters import Filters
from waqai.store.store import Store

Rows = NDArray[np.intp]
_AFTER_ALL = "\uffff"
_DAY = len("2024-05-13")
_MOST_HELD = 4_000
_FEW = 6  # where one event in so many is chosen, or fewer, they are looked up one by one
EVENT_FACETS = ("type", "mode", "status", "outlet", "place")
PARTY_FACETS = ("actor", "country", "sector")


@dataclass(frozen=True)
class Ledger:
    """Rows are events by date, undated ones first; a party is somebody on one side of the event in row `party_rows`.

    `published` and `date` are ISO prefixes; `targets` tells the parties on the receiving side.
    """

    numbers: Numbers
    revisions: Numbers
    date: list[str]
    confidence: NDArray[np.float32]
    published: Column
    type: Column
    mode: Column
    status: Column
    outlet: Column
    place: Column
    place_country: Column
    party_rows: Rows
    targets: Mask
    actor: Column  # by folded name
    country: Column
    sector: Column
    code: Column
    names: dict[str, Counter[str]]  # spellings by folded name
    told: Told

    @property
    def size(self) -> int:
        """How many events there are."""
        return len(self.date)

    def choose(self, filters: Filters, within: Sequence[int] | None = None) -> Rows:
        """The rows that fit `filters`, in order; only those of the revisions `within` where it is given."""
        mask = np.ones(self.size, dtype=np.bool_)
        if within is not None:
            mask &= self._in_revisions(within)
        for name in ("type", "mode", "status", "outlet"):
            if wanted := getattr(filters, name):
                mask &= getattr(self, name).equal(wanted)
        if filters.place:
            mask &= self._in_place(filters.place)
        for name in PARTY_FACETS:
            if wanted := getattr(filters, name):
                mask &= self._with_party(name, wanted)
        if filters.between:
            mask &= self._between(*filters.between)
        self._bound(mask, filters)
        return np.flatnonzero(mask)

    def facets(
        self, filters: Filters, within: Sequence[int] | None = None, most: int | None = None
    ) -> dict[str, list[tuple[str, int]]]:
        """For each facet the `most` common words it can take and how many events each would leave, the other
        conditions kept.
        """
        every = self.choose(filters, within)
        found: dict[str, list[tuple[str, int]]] = {}
        for name in (*EVENT_FACETS, *PARTY_FACETS):
            free: dict[str, Any] = {name: ""}
            rows = self.choose(replace(filters, **free), within) if getattr(filters, name) else every
            found[name] = self.counted(name, rows, most)
        return found

    def counted(self, name: str, rows: Rows, most: int | None = None) -> list[tuple[str, int]]:
        """How many of the events in `rows` have each word of the facet `name`, the `most` commonest of them first."""
        words: Column = getattr(self, name)
        if name not in PARTY_FACETS:
            return words.counts(rows, most)
        chosen = np.zeros(self.size, dtype=np.bool_)
        chosen[rows] = True
        parties, events, by_event = self._once[name]
        some = by_event.rows(rows) if len(rows) * _FEW < self.size else chosen[events]
        found = words.counts(parties[some], most)
        if name != "actor":
            return found
        # An actor is asked for by a part of the name, which other names may hold too.
        recounted = [(word, int(np.count_nonzero(chosen[self._rows_of(word)]))) for word, _ in found]
        return sorted(recounted, key=lambda pair: -pair[1])

    def _rows_of(self, folded: str) -> NDArray[np.int32]:
        """The events whose parties' names hold a folded name."""
        if folded not in self._held:
            if len(self._held) >= _MOST_HELD:
                self._held.clear()
            parties = self.actor.rows_of(self.actor.places_holding(folded))
            self._held[folded] = np.unique(self.party_rows[parties].astype(np.int32))
        return self._held[folded]

    @cached_property
    def _held(self) -> dict[str, NDArray[np.int32]]:
        return {}

    @cached_property
    def _once(self) -> dict[str, tuple[Rows, Rows, Index]]:
        """For each facet of parties those that count, their events, and the way back: two ministers of a state are
        one.
        """
        found = {}
        for name in PARTY_FACETS:
            codes = getattr(self, name).codes
            _, first = np.unique(self.party_rows * (len(getattr(self, name).words) + 1) + codes, return_index=True)
            found[name] = (first, self.party_rows[first], index(self.party_rows[first], self.size))
        return found

    @cached_property
    def _by_event(self) -> Index:
        return index(self.party_rows, self.size)

    def rows_in(self, revisions: Sequence[int]) -> Rows:
        """The events that these revisions tell."""
        held = [number for number in revisions if number <= self._last_revision]
        return np.sort(self._by_revision.rows(np.array(held, dtype=np.intp)))

    @cached_property
    def _by_revision(self) -> Index:
        return index(self.revisions, self._last_revision + 1)

    def parties_in(self, rows: Rows) -> Rows:
        """The parties of the events in `rows`."""
        return self._by_event.rows(rows)

    def parties_of(self, folded: Sequence[str]) -> Rows:
        """The parties that bear one of the folded names, in order."""
        places = [self.actor.places[name] for name in folded if name in self.actor.places]
        return np.sort(self.actor.rows_of(places))

    def written(self, folded: str) -> str:
        """The commonest spelling of a folded name."""
        names = self.names.get(folded)
        return names.most_common(1)[0][0] if names else folded

    def periods(self, length: int) -> Column:
        """The first `length` letters of the dates, "" for those that are shorter."""
        if length not in self._periods:
            self._periods[length] = column(when[:length] if len(when) >= length else "" for when in self.date)
        return self._periods[length]

    @cached_property
    def _periods(self) -> dict[int, Column]:
        return {}

    @cached_property
    def has_day(self) -> Mask:
        """The events whose date is a day."""
        return np.array([len(when) >= _DAY for when in self.date], dtype=np.bool_)

    @cached_property
    def undated(self) -> int:
        """How many events have no date; they come first."""
        return bisect_right(self.date, "")

    @property
    def every(self) -> Rows:
        """All rows."""
        return np.arange(self.size)

    @cached_property
    def _countries(self) -> dict[int, frozenset[int]]:
        """The countries, as codes, of every name."""
        found: dict[int, set[int]] = {}
        for name, country in zip(self.actor.codes.tolist(), self.country.codes.tolist(), strict=True):
            found.setdefault(name, set()).add(country)
        return {name: frozenset(countries) for name, countries in found.items()}

    def countries_of(self, folded: str) -> frozenset[int]:
        """The countries, as codes, that the bearers of a folded name are of."""
        return self._countries.get(self.actor.places.get(folded, -1), frozenset())

    @cached_property
    def _sorted_names(self) -> list[str]:
        return sorted(self.names)

    def beginning(self, part: str) -> list[str]:
        """The folded names that begin with `part`."""
        names = self._sorted_names
        return names[bisect_left(names, part) : bisect_left(names, part + _AFTER_ALL)]

    def named_like(self, part: str, most: int) -> list[str]:
        """The spellings of the folded names that hold `part`, those with most events first."""
        fits = [(self._busy[place], place) for place in self.actor.places_holding(part)]
        return [self.written(self.actor.words[place]) for _, place in heapq.nlargest(most, fits)]

    @cached_property
    def _busy(self) -> list[int]:
        """How many parties bear each name."""
        return [int(count) for count in np.bincount(self.actor.codes, minlength=len(self.actor.words))]

    def busiest(self, most: int, country: str = "") -> list[tuple[str, str, int, int]]:
        """Name, commonest code, events as source and as target of those with most of them."""
        parties = self.country.equal(country) if country else np.ones(len(self.targets), dtype=np.bool_)
        found = []
        for folded, _ in self.actor.counts(np.flatnonzero(parties), most):
            own = self.parties_of([folded])
            own = own[parties[own]]
            code = next((code for code, _ in self.code.counts(own, 1)), "")
            as_target = int(np.count_nonzero(self.targets[own]))
            found.append((self.written(folded), code, len(own) - as_target, as_target))
        return found

    def _parties(self, name: str, wanted: str) -> Mask:
        if name != "actor":
            found: Mask = getattr(self, name).equal(wanted)
            return found
        if _is_code(wanted):
            return self.code.equal(wanted) if len(wanted) > 3 else self.country.equal(wanted)
        return self.actor.holding(fold(wanted))

    def _with_party(self, name: str, wanted: str) -> Mask:
        """The events in which one such takes part."""
        if name != "actor" or _is_code(wanted):
            return self._taken_part(self._parties(name, wanted))
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[self._rows_of(fold(wanted))] = True
        return mask

    def _in_revisions(self, within: Sequence[int]) -> Mask:
        wanted = np.zeros(max([*within, self._last_revision]) + 1, dtype=np.bool_)
        wanted[list(within)] = True
        found: Mask = wanted[self.revisions]
        return found

    @cached_property
    def _last_revision(self) -> int:
        return int(self.revisions.max(initial=0))

    def _taken_part(self, parties: Mask) -> Mask:
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[self.party_rows[parties]] = True
        return mask

    def _between(self, one: str, other: str) -> Mask:
        first, second = self._parties("actor", one), self._parties("actor", other)
        there = self._taken_part(first & ~self.targets) & self._taken_part(second & self.targets)
        back = self._taken_part(second & ~self.targets) & self._taken_part(first & self.targets)
        found: Mask = there | back
        return found

    def _in_place(self, wanted: str) -> Mask:
        found: Mask = self.place_country.equal(wanted) | self.place.holding(wanted)
        return found

    def _bound(self, mask: Mask, filters: Filters) -> None:
        """Takes out what lies before `since` and after `until`: rows are in the order of dates."""
        if filters.since:
            mask[: bisect_left(self.date, filters.since)] = False
        if filters.until:
            mask[: self.undated] = False
            mask[bisect_right(self.date, filters.until + _AFTER_ALL) :] = False


def _is_code(wanted: str) -> bool:
    return (wanted.isascii() and wanted[:3].isupper()) or wanted.startswith("---")


def ledger_of(store: Store, library: Library | None = None) -> Ledger:
    """The ledger of what `store` holds now; `library` has the tables of actors."""
    rows, parties = event_columns(store), party_columns(store)
    at = {row[0]: place for place, row in enumerate(rows)}
    # An event may have gone between the two readings.
    parties = [party for party in parties if party[0] in at]
    names: dict[str, Counter[str]] = {}
    for _, _, name, folded, _ in parties:
        names.setdefault(folded, Counter())[name] += 1

    def of(place: int) -> Column:
        return column(row[place] for row in rows)

    def party(word: Callable[[str], str]) -> Column:
        return column(word(party[4]) for party in parties)

    return Ledger(
        numbers=np.array([row[0] for row in rows], dtype=np.int64),
        revisions=np.array([row[1] for row in rows], dtype=np.int64),
        date=[row[5] for row in rows],
        confidence=np.array([row[8] for row in rows], dtype=np.float32),
        published=of(10),
        type=of(2),
        mode=of(3),
        status=of(4),
        outlet=of(9),
        place=of(6),
        place_country=of(7),
        party_rows=np.array([at[party[0]] for party in parties], dtype=np.intp),
        targets=np.array([party[1] == "target" for party in parties], dtype=np.bool_),
        actor=column(party[3] for party in parties),
        country=party(lambda code: code[:3]),
        sector=party(lambda code: code[4:]),
        code=party(lambda code: code),
        names=names,
        told=told_of(store, library or Library(), rows, ((party[3], party[4]) for party in parties)),
    )
