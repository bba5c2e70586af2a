"""Stopping cleanly: SIGINT and SIGTERM end a run between two articles, or in the middle of a wait or a visit."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self


class Stopped(BaseException):
    """A run was asked to stop; no error, so nothing that handles errors may swallow it."""


class Stop:
    """While it is entered, the first SIGINT or SIGTERM raises Stopped in the main thread, but not inside `held`."""

    def __init__(self) -> None:
        self.asked = False
        self._held = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            return
        self.asked = True
        if not self._held:
            raise Stopped

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is done in here is done to its end."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self.asked:
            raise Stopped
