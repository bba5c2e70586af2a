"""A sign that changes whenever anything in a store does, cheap enough to ask for with every page."""

from __future__ import annotations

import sqlite3
from threading import Lock

from sqlalchemy import text

from waqai.store.store import Store


class Stamp:
    """Watches `store`. On SQLite the file's own count of changes is read, on PostgreSQL the newest transaction."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, Lock()
        self._watch: sqlite3.Connection | None = None
        if store.engine.dialect.name == "sqlite":
            self._watch = sqlite3.connect(str(store.engine.url.database), check_same_thread=False)

    def read(self) -> int:
        """Another number than before where something was written since."""
        if self._watch is not None:
            with self._lock:
                return int(self._watch.execute("PRAGMA data_version").fetchone()[0])
        with self._store.reading() as connection:
            return int(connection.execute(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")).scalar_one())

    def close(self) -> None:
        """Lets go of the file."""
        if self._watch is not None:
            self._watch.close()
