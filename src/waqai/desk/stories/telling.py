"""What a thread tells, counted out of the ledger: who takes part in it, and which acts of theirs its articles tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waqai.desk.columns import Numbers
from waqai.desk.ledger import Ledger
from waqai.stories.threads import PEOPLE, Person

_SPELLINGS = 60


@dataclass(frozen=True, slots=True)
class Act:
    """An act: the number of the event that stands for it, how many reports it has, its day or that of publication."""

    number: int
    reports: int
    when: str
    undated: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Who takes part in most articles, their spellings, and the acts in which they do, by day."""

    people: tuple[Person, ...]
    spellings: tuple[str, ...]
    acts: tuple[Act, ...]


def told(ledger: Ledger, revisions: Sequence[int]) -> Told:
    """What the articles of these revisions tell."""
    rows = ledger.rows_in(revisions)
    parties = ledger.parties_in(rows)
    who = ledger.told.who.codes[parties]
    known = who != ledger.told.who.places.get("", -1)
    parties, who = parties[known], who[known]
    best = _busiest(who, ledger.revisions[ledger.party_rows[parties]])
    people = tuple(_person(ledger, parties[who == one], articles) for one, articles in best)
    among = np.zeros(len(ledger.told.who.words), dtype=np.bool_)
    among[[one for one, _ in best]] = True
    theirs = parties[among[who]]
    folded = sorted({ledger.actor.words[code] for code in ledger.actor.codes[theirs].tolist()})
    spelled = [name for word in folded for name in ledger.names.get(word, ())]
    return Told(people, tuple(spelled[:_SPELLINGS]), tuple(_acts(ledger, ledger.party_rows[theirs])))


def _busiest(who: Numbers, articles: Numbers) -> list[tuple[int, int]]:
    """Those who take part in most articles, and in how many."""
    of_who, _, _ = _pairs(who, articles)
    found, counts = np.unique(of_who, return_counts=True)
    order = np.lexsort((found, -counts))[:PEOPLE]
    return list(zip(found[order].tolist(), counts[order].tolist(), strict=True))


def _person(ledger: Ledger, parties: NDArray[np.intp], articles: int) -> Person:
    """Somebody as most of their parties have them."""
    names, codes, counts = _pairs(ledger.actor.codes[parties], ledger.code.codes[parties])
    most = int(np.argmax(counts))
    return Person(ledger.written(ledger.actor.words[names[most]]), ledger.code.words[codes[most]], articles)


def _pairs(one: Numbers, other: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The pairs of numbers there are, and how often each: as one number a pair, which is sorted faster than two."""
    size = int(other.max(initial=0)) + 1
    found, counts = np.unique(one * size + other, return_counts=True)
    return found // size, found % size, counts


def _acts(ledger: Ledger, rows: NDArray[np.intp]) -> list[Act]:
    """The acts that events in `rows` report, by day."""
    stand = np.unique(ledger.told.stands[rows]).tolist()
    acts = [
        Act(
            int(ledger.numbers[row]),
            int(ledger.told.reports[row]),
            ledger.date[row] or ledger.published.words[ledger.published.codes[row]],
            not ledger.date[row],
        )
        for row in stand
    ]
    return sorted(acts, key=lambda act: (act.when, act.number))
