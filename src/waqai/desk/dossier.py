"""What the ledger knows of one actor: spellings, events by month, counterparts and their ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlencode

import numpy as np

from waqai.arabic import fold
from waqai.desk.ledger import Ledger, Rows

_COUNTERPARTS, _SPELLINGS, _LATEST = 12, 12, 50
_PARTS = 2  # a name of one word is borne by too many to be taken for a part of another


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody who stands on the other side: in how many events as target, in how many as source."""

    name: str
    folded: str
    received: int
    did: int

    @property
    def count(self) -> int:
        """Events in all."""
        return self.received + self.did


@dataclass(frozen=True, slots=True)
class Dossier:
    """`latest` are numbers of events, the newest first; `months` have counts as source and as target."""

    name: str
    codes: list[tuple[str, int]]
    spellings: dict[str, int]
    as_source: int
    as_target: int
    months: list[tuple[str, int, int]]
    types: list[tuple[str, int]]
    counterparts: list[Counterpart]
    ties: dict[tuple[int, int], int]
    latest: list[int]

    @property
    def count(self) -> int:
        """Events in all."""
        return self.as_source + self.as_target

    @property
    def query(self) -> str:
        """The query string that lists the events."""
        return urlencode({"actor": self.name})


def dossier_of(ledger: Ledger, name: str) -> Dossier:
    """What is known of the bearer of `name`; empty where nobody bears it."""
    folded = _bearing(ledger, fold(name))
    parties = ledger.parties_of(folded)
    received = ledger.targets[parties]
    given = np.unique(ledger.party_rows[parties[~received]])
    taken = np.unique(ledger.party_rows[parties[received]])
    rows = np.union1d(given, taken)
    others = _counterparts(ledger, parties, given, taken)
    spelt: Counter[str] = Counter()
    for word in folded:
        spelt += ledger.names.get(word, Counter())
    return Dossier(
        name=ledger.written(fold(name)) if fold(name) in ledger.names else name,
        codes=ledger.code.counts(parties, 2),
        spellings=dict(spelt.most_common(_SPELLINGS)),
        as_source=len(given),
        as_target=len(taken),
        months=_months(ledger, given, taken),
        types=ledger.type.counts(rows),
        counterparts=others,
        ties=_ties(ledger, others),
        latest=[int(number) for number in ledger.numbers[rows[::-1][:_LATEST]]],
    )


def _bearing(ledger: Ledger, folded: str) -> list[str]:
    """The folded name, and those of the same country that go on after it by one word: fuller forms of it."""
    parts = folded.split()
    if folded not in ledger.names or len(parts) < _PARTS:
        return [folded]
    countries = ledger.countries_of(folded)
    fuller = [
        name
        for name in ledger.beginning(folded + " ")
        if len(name.split()) == len(parts) + 1 and ledger.countries_of(name) & countries
    ]
    return [folded, *fuller]


def _months(ledger: Ledger, given: Rows, taken: Rows) -> list[tuple[str, int, int]]:
    done, received = (
        Counter(ledger.date[row][:7] for row in rows.tolist() if len(ledger.date[row]) >= len("2024-05"))
        for rows in (given, taken)
    )
    return [(month, done[month], received[month]) for month in sorted(done.keys() | received.keys())]


def _counterparts(ledger: Ledger, own: Rows, given: Rows, taken: Rows) -> list[Counterpart]:
    """Who is on the other side of the events, the commonest first."""
    received = _others(ledger, own, given, receiving=True)
    did = _others(ledger, own, taken, receiving=False)
    every = (Counter(received) + Counter(did)).most_common(_COUNTERPARTS)
    return [Counterpart(ledger.written(name), name, received.get(name, 0), did.get(name, 0)) for name, _ in every]


def _others(ledger: Ledger, own: Rows, rows: Rows, *, receiving: bool) -> dict[str, int]:
    """Those but `own` who stand on one side of the events in `rows`, and how often."""
    parties = ledger.parties_in(rows)
    parties = np.setdiff1d(parties[ledger.targets[parties] == receiving], own, assume_unique=True)
    return dict(ledger.actor.counts(parties, _COUNTERPARTS * 2))


def _ties(ledger: Ledger, others: Sequence[Counterpart]) -> dict[tuple[int, int], int]:
    """How many events any two of the counterparts share."""
    taking_part = [set(ledger.party_rows[ledger.parties_of([other.folded])].tolist()) for other in others]
    shared = {(a, b): len(taking_part[a] & taking_part[b]) for a, b in combinations(range(len(others)), 2)}
    return {pair: count for pair, count in shared.items() if count}
