"""What a watch remembers across restarts, in one SQLite file: when each source was polled and how that went, what its
server said to ask with the next time, which files were read, and which errors were told.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, MutableMapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Self

from waqai.errors import StoreError
from waqai.readers.fetch import Capture

_APPLICATION = 0x5751574D  # "WQWM", at offset 68 of the file
_KEPT = 30 * 86400.0  # seconds that what is no longer asked for is kept
_TABLES = """
CREATE TABLE IF NOT EXISTS sources(name TEXT PRIMARY KEY, polled REAL, due REAL, failures INTEGER, new INTEGER,
    revised INTEGER, known INTEGER, failed INTEGER, error TEXT);
CREATE TABLE IF NOT EXISTS captures(address TEXT PRIMARY KEY, url TEXT, body BLOB, etag TEXT, modified TEXT, at REAL);
CREATE TABLE IF NOT EXISTS files(path TEXT PRIMARY KEY, stamp TEXT, at REAL);
CREATE TABLE IF NOT EXISTS told(source TEXT, what TEXT, at REAL, PRIMARY KEY(source, what));
"""


@dataclass(frozen=True, slots=True)
class State:
    """How it stands with a source: `failures` polls in a row gave nothing but errors; counts are of the last poll."""

    name: str
    polled: float = 0.0
    due: float = 0.0
    failures: int = 0
    new: int = 0
    revised: int = 0
    known: int = 0
    failed: int = 0
    error: str = ""


class Memory(MutableMapping[str, Capture]):
    """The memory in `file`, made where there is none; as a mapping, what visits to addresses brought.

    Raises StoreError where the file is something else, or cannot be read or written.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._database = sqlite3.connect(file, timeout=60, isolation_level=None)
            [application] = self._database.execute("PRAGMA application_id").fetchone()
            [tables] = self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if application != _APPLICATION and tables:
                raise StoreError(f"{file}: not what a watch remembers; left untouched (name another file)")
            self._database.executescript(f"PRAGMA application_id = {_APPLICATION}; {_TABLES}")
        except sqlite3.Error as error:
            raise StoreError(f"{file}: what a watch remembers cannot be kept there: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    # --- sources --------------------------------------------------------------------------------------------

    def state(self, name: str) -> State:
        """How it stands with a source; one never polled is due since ever."""
        row = self._run("SELECT * FROM sources WHERE name = ?", name).fetchone()
        return State(*row) if row else State(name)

    def note(self, state: State) -> None:
        """Remembers how it stands with a source."""
        self._run("INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *astuple(state))

    def first_told(self, source: str, what: str, now: float) -> bool:
        """Whether an error of a source is new; it is not from then on."""
        return self._run("INSERT OR IGNORE INTO told VALUES (?, ?, ?)", source, what, now).rowcount > 0

    # --- files ----------------------------------------------------------------------------------------------

    def has_read(self, path: str, stamp: str, now: float) -> bool:
        """Whether a file was read as it stands, which `stamp` tells."""
        query = "UPDATE files SET at = ? WHERE path = ? AND stamp = ?"
        return self._run(query, now, path, stamp).rowcount > 0

    def note_read(self, path: str, stamp: str, now: float) -> None:
        """Remembers that a file was read to its end."""
        self._run("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", path, stamp, now)

    # --- visits ---------------------------------------------------------------------------------------------

    def visited(self, address: str) -> float:
        """When an address was last visited with success; 0 where never."""
        row = self._run("SELECT at FROM captures WHERE address = ?", address).fetchone()
        return float(row[0]) if row else 0.0

    def keep(self, address: str, capture: Capture, now: float) -> None:
        """Remembers what a visit brought."""
        body = zlib.compress(capture.body)
        row = (address, capture.url, body, capture.etag, capture.modified, now)
        self._run("INSERT OR REPLACE INTO captures VALUES (?, ?, ?, ?, ?, ?)", *row)

    def forget(self, now: float) -> None:
        """Lets go of what has not been asked for in a month."""
        for table in ("captures", "files", "told"):
            self._run(f"DELETE FROM {table} WHERE at < ?", now - _KEPT)

    def __getitem__(self, address: str) -> Capture:
        row = self._run("SELECT url, body, etag, modified FROM captures WHERE address = ?", address).fetchone()
        if row is None:
            raise KeyError(address)
        return Capture(row[0], zlib.decompress(row[1]), row[2], row[3])

    def __setitem__(self, address: str, capture: Capture) -> None:
        self.keep(address, capture, self.visited(address))

    def __delitem__(self, address: str) -> None:
        if not self._run("DELETE FROM captures WHERE address = ?", address).rowcount:
            raise KeyError(address)

    def __iter__(self) -> Iterator[str]:
        return (row[0] for row in self._run("SELECT address FROM captures").fetchall())

    def __len__(self) -> int:
        return int(self._run("SELECT count(*) FROM captures").fetchone()[0])

    def _run(self, query: str, *values: object) -> sqlite3.Cursor:
        try:
            return self._database.execute(query, values)
        except sqlite3.Error as error:
            raise StoreError(f"{self._file}: what a watch remembers cannot be kept there: {error}") from error
