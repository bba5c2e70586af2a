"""What the desk keeps in memory of a store, and makes anew when the store has changed."""

from __future__ import annotations

import gc
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from waqai.desk.apart import Work, made, made_apart
from waqai.desk.ledger import Ledger
from waqai.errors import StoreError
from waqai.resources import Library
from waqai.store.event_columns import has_events
from waqai.store.stamp import Stamp
from waqai.store.store import Store

if TYPE_CHECKING:
    from waqai.desk.lines import Line

_QUICK = 0.3  # seconds: what takes longer is made behind the back of readers, who are shown what was there before
_MOST = 1_000  # answers kept
_MANY = 10_000  # events
_WORKS = 8  # great works kept, as registers of so many days
_PAGES, _LINES = 32_000_000, 16_000_000  # bytes of pages kept, of lines of lists
_LEDGER = Work("ledger")
Page = tuple[dict[str, str], str]
Held = TypeVar("Held")
Maker = Callable[[Store, Library, Work], Any]
Kept = TypeVar("Kept")
_log = logging.getLogger("waqai.desk")


class Shelf(Generic[Held]):
    """Things made as of `stamp`, of at most `most` bytes as `weigh` tells; those asked for longest ago go first."""

    def __init__(self, stamp: tuple[int, int], most: int, weigh: Callable[[Held], int]) -> None:
        self.stamp = stamp
        self._most, self._weigh = most, weigh
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Held] = OrderedDict()
        self._size = 0

    def get(self, name: Hashable) -> Held | None:
        """The thing, None where it is not kept."""
        with self._lock:
            found = self._kept.get(name)
            if found is not None:
                self._kept.move_to_end(name)
            return found

    def put(self, name: Hashable, thing: Held) -> None:
        """Keeps a thing."""
        with self._lock:
            if name in self._kept:
                return
            self._kept[name] = thing
            self._size += self._weigh(thing)
            while self._size > self._most and self._kept:
                _, gone = self._kept.popitem(last=False)
                self._size -= self._weigh(gone)


def _of_page(page: Page) -> int:
    return sum(map(len, page[0].values())) * 2  # a letter of Arabic takes two bytes


def _of_line(line: Line) -> int:
    return len(line.html) * 2 + 500  # and what a string, a tuple and a place on the shelf take


@dataclass(slots=True)
class Made:
    """A great work: what was made of the store as it was `at` a stamp, and how long that took."""

    lock: Lock = field(default_factory=Lock)
    found: Any = None
    at: int = -1
    took: float = 0.0
    making: Thread | None = None


def _is_due(kept: Made, now: int) -> bool:
    """Whether readers wait until it is made."""
    return kept.at < 0 or (kept.at != now and kept.took <= _QUICK)


class Keeping:
    """The ledger of `store` and answers made from the store, none older than the store's last change but for what is
    being made anew.
    """

    def __init__(self, store: Store, library: Library) -> None:
        self._store, self._library, self._stamp = store, library, Stamp(store)
        self._lock = Lock()
        self._works: OrderedDict[Work, Made] = OrderedDict()
        self._one_apart = Lock()  # one such process at a time
        self._makings = 0  # how often a great work has been made: pages made of the one before are out of date
        self._answers: dict[Hashable, Any] = {}
        self._answered_at = (-1, -1)
        self._pages = Shelf(self._answered_at, _PAGES, _of_page)
        self._lines = Shelf(self._answered_at, _LINES, _of_line)

    def close(self) -> None:
        """Waits for what is being made, and lets go."""
        for kept in list(self._works.values()):
            if kept.making is not None:
                kept.making.join()
        self._stamp.close()

    def ledger(self) -> Ledger:
        """The ledger."""
        found = self.work(_LEDGER)
        assert isinstance(found, Ledger)
        return found

    def work(self, work: Work) -> Any:
        """What is made by `work`: as of now where that is quick, else as of the last time, and made anew meanwhile."""
        kept = self._kept(work)
        if kept.at >= 0 and kept.at != self._stamp.read() and kept.took > _QUICK:
            self.make_later(work)
        if _is_due(kept, self._stamp.read()):
            with kept.lock:
                if _is_due(kept, self._stamp.read()):
                    self._make(work, kept, self._maker)
        return kept.found

    def prepare(self, *works: Work) -> None:
        """Has `works` made before anybody asks for them, where that takes long."""
        if self._maker is not made:
            for work in works:
                self.make_later(work)

    def make_later(self, work: Work) -> None:
        """Has it made by a process of its own, unless it is being made."""
        kept = self._kept(work)
        with self._lock:
            if kept.making is None or not kept.making.is_alive():
                kept.making = Thread(target=self._make_apart, args=(work, kept), daemon=True)
                kept.making.start()

    def answer(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, or gave for `key` since the store last changed."""
        now = self._now()
        if now != self._answered_at:
            self._answers, self._answered_at = {}, now
        answers = self._answers
        if key in answers:
            found: Kept = answers[key]
            return found
        if len(answers) >= _MOST:
            answers.clear()
        answers[key] = found = make()
        return found

    def page(self, address: Hashable, make: Callable[[], Page]) -> Page:
        """The blocks of a page and what its search box says, made by `make` or kept since the store last changed."""
        now = self._now()
        pages = self._pages
        if pages.stamp != now:
            pages = self._pages = Shelf(now, _PAGES, _of_page)
        found = pages.get(address)
        if found is None:
            found = make()
            pages.put(address, found)
        return found

    def lines(self) -> Shelf[Line]:
        """The lines of lists that were made since the store last changed."""
        now = self._now()
        lines = self._lines
        if lines.stamp != now:
            lines = self._lines = Shelf(now, _LINES, _of_line)
        return lines

    def _now(self) -> tuple[int, int]:
        return (self._stamp.read(), self._makings)

    def _kept(self, work: Work) -> Made:
        with self._lock:
            kept = self._works.setdefault(work, Made())
            self._works.move_to_end(work)
            while len(self._works) > _WORKS:
                gone = next(known for known in self._works if known != _LEDGER)
                del self._works[gone]
            return kept

    def _make(self, work: Work, kept: Made, make: Maker) -> None:
        began, stamp = time.perf_counter(), self._stamp.read()
        kept.found = make(self._store, self._library, work)
        kept.at, kept.took = stamp, time.perf_counter() - began
        self._makings += 1
        if kept.took > _QUICK:  # many things, which need not be walked over whenever rubbish is collected
            gc.collect()
            gc.freeze()

    @cached_property
    def _maker(self) -> Maker:
        """In a store of many events even the first time by another process, which gives back the memory it took."""
        return self._apart if has_events(self._store, _MANY) else made

    def _apart(self, store: Store, library: Library, work: Work) -> Any:
        with self._one_apart:
            return made_apart(store, library, work)

    def _make_apart(self, work: Work, kept: Made) -> None:
        try:
            with kept.lock:
                self._make(work, kept, self._apart)
        except StoreError as error:
            _log.error("%s", error)
