"""The one way into a store: a record is kept, and linked with what is there, whatever door it came by."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from waqai.resources import Library
from waqai.store import Added, Store
from waqai.store.rows import page
from waqai.store.run import Run
from waqai.store.story_tables import story_articles
from waqai.store.tables import articles
from waqai.stories.linking import Knowledge, Linker

BATCH = 100  # articles that are linked together where many come at once
_ASKED = 400  # values of one question to the database


class Keeper:
    """Keeps records in `store` and links them, after every `batch` articles; `settle` ends it.

    A page that is known but not linked, since a run was killed between the two, is linked as well. `knowledge` gives
    what linking knows when the first article is linked; it is loaded from the shipped tables where left out. Every
    method raises StoreError where the store takes no more.
    """

    def __init__(self, store: Store, *, knowledge: Callable[[], Knowledge] | None = None, batch: int = BATCH) -> None:
        self._store, self._batch = store, batch
        self._run = Run(store)
        self._knowledge = knowledge or (lambda: Knowledge(Library()))
        self._linker: Linker | None = None
        self._met: dict[str, None] = {}  # pages that may have to be linked

    def knows(self, record: Mapping[str, Any]) -> bool:
        """Whether the store has what the page says, whatever was or will be read from it; it is not stored then."""
        known = self._run.knows(record)
        if known:
            self._meet(record)
        return known

    def keep(self, record: Mapping[str, Any]) -> Added:
        """Stores a record; one whose wording is an earlier one of its page counts as known until `settle`."""
        did = self._run.add(record)
        self._meet(record)
        return did

    def settle(self) -> int:
        """Puts in use what pages have gone back to, and links what is left; how many went back, told as known
        before."""
        self._met.update(dict.fromkeys(self._run.earlier))
        turned = self._run.settle()
        self._link()
        return turned

    def _meet(self, record: Mapping[str, Any]) -> None:
        self._met[page(record)] = None
        if len(self._met) >= self._batch:
            self._link()

    def _link(self) -> None:
        if pages := unlinked(self._store, self._met):
            self._linker = self._linker or Linker(self._store, knowledge=self._knowledge())
            self._linker.add(pages)
        self._met.clear()


def unlinked(store: Store, pages: Collection[str]) -> list[str]:
    """Those of `pages` whose article in use is not linked."""
    chosen = select(articles.c.page).where(articles.c.current.is_not(None))
    chosen = chosen.outerjoin(story_articles, story_articles.c.revision == articles.c.current)
    chosen = chosen.where(story_articles.c.revision.is_(None)).order_by(articles.c.id)
    with store.reading() as connection:
        return [
            found
            for part in _parts(pages)
            for found in connection.execute(chosen.where(articles.c.page.in_(part))).scalars()
        ]


def _parts(values: Iterable[str]) -> Iterable[list[str]]:
    held = list(values)
    return (held[at : at + _ASKED] for at in range(0, len(held), _ASKED))
