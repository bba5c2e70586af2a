"""What the desk keeps in memory of a store, and makes anew when the store has changed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable
from threading import Lock, Thread
from typing import Any, TypeVar

from waqai.desk.ledger import Ledger, ledger_of
from waqai.errors import StoreError
from waqai.store.stamp import Stamp
from waqai.store.store import Store

_QUICK = 0.3  # seconds: what takes longer is made behind the back of readers, who are shown what was there before
_MOST = 2_000  # answers kept
Kept = TypeVar("Kept")
_log = logging.getLogger("waqai.desk")


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
        now = (self._stamp.read(), self._made_at)
        if now != self._answered_at:
            self._answers, self._answered_at = {}, now
        answers = self._answers
        if key not in answers:
            if len(answers) >= _MOST:
                answers.clear()
            answers[key] = make()
        found: Kept = answers[key]
        return found

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
