"""What the desk keeps in memory of a store, and makes anew when the store has changed."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, Thread
from typing import Any, TypeVar

from waqai.desk.ledger import Ledger, ledger_of
from waqai.errors import StoreError
from waqai.store.stamp import Stamp
from waqai.store.store import Store

_QUICK = 0.3  # seconds: what takes longer is made behind the back of readers, who are shown what was there before
_MOST = 2_000  # answers kept
_PAGES = 80_000_000  # bytes of pages kept
Page = tuple[dict[str, str], str]
Kept = TypeVar("Kept")
_log = logging.getLogger("waqai.desk")


class Pages:
    """Pages as of `stamp`, those asked for longest ago let go of when they are too many."""

    def __init__(self, stamp: tuple[int, int]) -> None:
        self.stamp = stamp
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Page] = OrderedDict()
        self._size = 0

    def get(self, address: Hashable) -> Page | None:
        """The page, None where it is not kept."""
        with self._lock:
            found = self._kept.get(address)
            if found is not None:
                self._kept.move_to_end(address)
            return found

    def put(self, address: Hashable, page: Page) -> None:
        """Keeps a page."""
        with self._lock:
            if address in self._kept:
                return
            self._kept[address] = page
            self._size += _weight(page)
            while self._size > _PAGES and self._kept:
                _, gone = self._kept.popitem(last=False)
                self._size -= _weight(gone)


def _weight(page: Page) -> int:
    return sum(map(len, page[0].values())) * 2  # a letter of Arabic takes two bytes


class Keeping:
    """The ledger of `store` and answers made from the store, none older than the store's last change but for what is
    being made anew.
    """

    def __init__(self, store: Store) -> None:
        self._store, self._stamp = store, Stamp(store)
        self._lock = Lock()
        self._ledger: Ledger | None = None
        self._made_at, self._took = -1, 0.0
        self._making: Thread | None = None
        self._answers: dict[Hashable, Any] = {}
        self._answered_at = (-1, -1)
        self._pages = Pages(self._answered_at)

    def close(self) -> None:
        """Waits for what is being made, and lets go."""
        if self._making is not None:
            self._making.join()
        self._stamp.close()

    def ledger(self) -> Ledger:
        """The ledger."""
        now = self._stamp.read()
        if self._ledger is not None and (now == self._made_at or self._took > _QUICK):
            if now != self._made_at:
                self._make_later()
            return self._ledger
        with self._lock:
            if self._ledger is None or self._stamp.read() != self._made_at:
                self._make()
            assert self._ledger is not None
            return self._ledger

    def answer(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, or gave for `key` since the store last changed."""
        now = self._now()
        if now != self._answered_at:
            self._answers, self._answered_at = {}, now
        answers = self._answers
        if key not in answers:
            if len(answers) >= _MOST:
                answers.clear()
            answers[key] = make()
        found: Kept = answers[key]
        return found

    def page(self, address: Hashable, make: Callable[[], Page]) -> Page:
        """The blocks of a page and what its search box says, made by `make` or kept since the store last changed."""
        now = self._now()
        pages = self._pages
        if pages.stamp != now:
            pages = self._pages = Pages(now)
        found = pages.get(address)
        if found is None:
            found = make()
            pages.put(address, found)
        return found

    def _now(self) -> tuple[int, int]:
        return (self._stamp.read(), self._made_at)

    def _make(self) -> None:
        began, stamp = time.perf_counter(), self._stamp.read()
        self._ledger = ledger_of(self._store)
        self._made_at, self._took = stamp, time.perf_counter() - began

    def _make_later(self) -> None:
        if self._making is not None and self._making.is_alive():
            return
        with self._lock:
            self._making = Thread(target=self._make_quietly, daemon=True)
            self._making.start()

    def _make_quietly(self) -> None:
        try:
            self._make()
        except StoreError as error:
            _log.error("%s", error)
