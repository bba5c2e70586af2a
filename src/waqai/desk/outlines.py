"""All threads of a store in outline: what they are called, from when to when, of which articles, and about what.

A thread told whole has the weights of hundreds of stems; of all threads together that would be tens of megabytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from waqai.desk.columns import Index, index
from waqai.resources import Library
from waqai.store.store import Store
from waqai.stories.threads import Thread, Threads
from waqai.stories.words import roots

LISTED = 3  # articles that a thread of the list has at least


@dataclass(frozen=True, slots=True)
class Outline:
    """A thread: the id of its first article, its title, the days of its first and last, its revisions in order."""

    id: str
    title: str
    first: str
    last: str
    revisions: NDArray[np.int32]


@dataclass(frozen=True)
class Outlines:
    """The threads of a store, those of most articles first; `newest` is the last revision they know of.

    `ends` are where each thread's revisions end in `revisions`; `terms` are the stems by their place in `about`, whose
    rows are those of `of_term`: threads.
    """

    ids: list[str]
    titles: list[str]
    firsts: list[str]
    lasts: list[str]
    revisions: NDArray[np.int32]
    ends: NDArray[np.int32]
    terms: dict[str, int]
    about: Index
    of_term: NDArray[np.int32]
    newest: int

    def at(self, place: int) -> Outline:
        """The thread at a place."""
        begin = int(self.ends[place - 1]) if place else 0
        held = self.revisions[begin : int(self.ends[place])]
        return Outline(self.ids[place], self.titles[place], self.firsts[place], self.lasts[place], held)

    def of(self, revision: int) -> Outline | None:
        """The thread of an article, None where it stands alone."""
        place = self._places.get(revision)
        return None if place is None else self.at(place)

    @cached_property
    def _places(self) -> dict[int, int]:
        """The place of each revision's thread."""
        starts = [0, *self.ends.tolist()]
        held = self.revisions.tolist()
        return {number: at for at in range(len(self.ids)) for number in held[starts[at] : starts[at + 1]]}

    def narrowed(self, about: str = "", since: str = "", until: str = "") -> list[int]:
        """The places of the threads of LISTED articles and more that are about all of these words, the day of whose
        last and first article is in these bounds.
        """
        sizes = np.diff(self.ends, prepend=0)
        fits = sizes >= LISTED
        for term in roots(about):
            fits &= self._having(term)
        return [
            place
            for place in np.flatnonzero(fits).tolist()
            if (not since or self.lasts[place] >= since) and (not until or self.firsts[place] <= until + "~")
        ]

    def _having(self, term: str) -> NDArray[np.bool_]:
        """Which threads are about a stem."""
        found = np.zeros(len(self.ids), dtype=np.bool_)
        if not term:
            return ~found
        if term in self.terms:
            found[self.of_term[self.about.rows(np.array([self.terms[term]], dtype=np.intp))]] = True
        return found


def outlines_of(store: Store, library: Library) -> Outlines:
    """The threads of what `store` holds now."""
    return outlined(Threads(store, library).every())


def outlined(threads: Sequence[Thread]) -> Outlines:
    """`threads`, which are in their order, in outline."""
    terms: dict[str, int] = {}
    pairs = [(terms.setdefault(term, len(terms)), at) for at, one in enumerate(threads) for term in one.profile]
    members = [member.revision for one in threads for member in one.members]
    by_term = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return Outlines(
        ids=[one.id for one in threads],
        titles=[one.title for one in threads],
        firsts=[one.first for one in threads],
        lasts=[one.last for one in threads],
        revisions=np.array(members, dtype=np.int32),
        ends=np.cumsum([len(one.members) for one in threads]).astype(np.int32),
        terms=terms,
        about=index(by_term[:, 0], len(terms)),
        of_term=by_term[:, 1].copy(),
        newest=max(members, default=0),
    )
