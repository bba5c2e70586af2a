"""How often somebody may ask: so many at once, then so many a minute; kept in memory, the oldest forgotten first."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from math import ceil

_MOST = 10_000  # askers remembered


class Rate:
    """Allows each asker `burst` at once and `per_minute` after that."""

    def __init__(self, burst: int, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._pace, self._clock = float(burst), per_minute / 60, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # what is left, and when that was so
        self._lock = threading.Lock()

    def wait(self, asker: str) -> int:
        """Counts one, and 0; or, where it was one too many, the seconds after which to ask again."""
        now = self._clock()
        with self._lock:
            left, when = self._left.pop(asker, (self._burst, now))
            left = min(self._burst, left + (now - when) * self._pace)
            allowed = left >= 1
            self._left[asker] = (left - 1 if allowed else left, now)
            while len(self._left) > _MOST:
                self._left.popitem(last=False)
        return 0 if allowed else max(1, ceil((1 - left) / self._pace))
