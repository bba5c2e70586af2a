"""Finds what was asked for: the rows of the ledger, in order; what stands beside them: facets, days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waqai.desk.asking import Asked
from waqai.desk.keeping import Keeping
from waqai.desk.ledger import Ledger, Rows
from waqai.store.search import matching
from waqai.store.store import Store

Facets = dict[str, list[tuple[str, int]]]
_MOST = 12  # words of a facet
PLANNED = ("planned", "called-for", "conditional")


@dataclass(frozen=True, slots=True)
class Found:
    """The events that fit, as rows of the ledger they were found in, in the order asked for."""

    ledger: Ledger
    rows: Rows

    def numbers(self, first: int = 0, last: int | None = None) -> list[int]:
        """The numbers of the events from `first` to before `last`."""
        return [int(number) for number in self.ledger.numbers[self.rows[first:last]]]

    def revisions(self) -> list[int]:
        """The numbers of their articles' revisions, each once, in order."""
        return list(dict.fromkeys(int(number) for number in self.ledger.revisions[self.rows]))

    def newest(self, most: int) -> list[int]:
        """The numbers of the events that came into the store last, the last one first."""
        found = self.ledger.numbers[self.rows]
        return [int(number) for number in np.sort(found)[::-1][:most]]

    def dates(self) -> list[str]:
        """The dates of the events, in their order."""
        return [self.ledger.date[row] for row in self.rows.tolist()]

    def days_between(self, share: int) -> tuple[str, str] | None:
        """The first and the last day told, one in `share` at either end left out; None where no event has a day."""
        days = np.sort(self.rows[self.ledger.has_day[self.rows]])
        if not len(days):
            return None
        first, last = days[len(days) // share], days[-1 - len(days) // share]
        return self.ledger.date[first], self.ledger.date[last]

    def periods(self, length: int) -> dict[str, tuple[int, int]]:
        """How many happened, and how many are planned or called for, by the first `length` letters of their dates."""
        column = self.ledger.periods(length)
        is_due = np.zeros(len(self.ledger.status.words) + 1, dtype=np.bool_)
        is_due[[self.ledger.status.places[name] for name in PLANNED if name in self.ledger.status.places]] = True
        due = is_due[self.ledger.status.codes[self.rows]]
        happened, planned = (dict(column.counts(self.rows[chosen])) for chosen in (~due, due))
        return {
            when: (happened.get(when, 0), planned.get(when, 0)) for when in sorted(happened.keys() | planned.keys())
        }


def find(keeping: Keeping, store: Store, asked: Asked) -> Found:
    """The events that `asked` asks for. Raises StoreError where its words cannot be searched for."""
    ledger = keeping.ledger()
    rows = ledger.choose(asked.filters, _within(keeping, store, asked))
    return Found(ledger, _sorted(ledger, rows, asked.sort))


def facets(keeping: Keeping, store: Store, asked: Asked) -> Facets:
    """For each facet its commonest words and how many events each would leave."""

    def make() -> Facets:
        return keeping.ledger().facets(asked.filters, _within(keeping, store, asked), _MOST)

    return keeping.answer(("facets", asked.words, asked.filters), make)


def total(keeping: Keeping) -> int:
    """How many events there are."""
    return keeping.ledger().size


def _within(keeping: Keeping, store: Store, asked: Asked) -> list[int] | None:
    if not asked.words:
        return None
    return keeping.answer(("matching", asked.words), lambda: matching(store, asked.words))


def _sorted(ledger: Ledger, rows: Rows, sort: str) -> Rows:
    if sort == "oldest":
        undated = int(np.searchsorted(rows, ledger.undated))
        return np.concatenate((rows[undated:], rows[:undated]))
    if sort == "surest":
        return rows[np.lexsort((-rows, -ledger.confidence[rows]))]
    if sort == "published":
        days = np.array(ledger.published.words)
        ranks = np.argsort(np.argsort(days))[ledger.published.codes[rows]]
        return rows[np.lexsort((-rows, -ranks))]
    return rows[::-1]
