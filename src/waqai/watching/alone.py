"""One watch at a time for each memory: two would visit everything twice and forget what the other saw."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from waqai.errors import StoreError

try:
    import fcntl
except ModuleNotFoundError:  # Windows, which has no such locks
    fcntl = None  # type: ignore[assignment]


@contextmanager
def alone(memory: Path) -> Iterator[None]:
    """Holds a lock beside `memory`, which ends with the process however that ends.

    Raises StoreError where another process holds it, or it cannot be made.
    """
    path = memory.with_name(memory.name + ".lock")
    if fcntl is None:
        yield
        return
    held = _locked(path, memory)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(held)


def _locked(path: Path, memory: Path) -> int:
    """An open file that is locked and still the one at `path`: whoever held it before may just have removed it."""
    while True:
        try:
            held = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
        except OSError as error:
            raise StoreError(f"{path}: cannot be made: {error.strerror}") from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(held)
            todo = "stop that one, or give this one a --memory of its own"
            raise StoreError(f"{memory}: another watch is running with it ({todo})") from error
        if path.exists() and os.path.samestat(os.fstat(held), path.stat()):
            return held
        os.close(held)
