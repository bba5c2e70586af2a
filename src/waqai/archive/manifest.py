"""The manifest: one entry for each shard that is complete. Readers go by it and by nothing else.

An entry is published in one step, after all its files are in place. A file that no entry names does not count: it was
left by a run that was killed, or by one of two that coded the same shard.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from waqai.archive import files
from waqai.archive.shard import Shard
from waqai.errors import ArchiveError

FOLDER = "_manifest"
_AT_ONCE = 16  # entries read at a time: on S3 each is a question of its own


@dataclass(frozen=True, slots=True)
class File:
    """A Parquet file of the archive: `path` from its folder on."""

    table: str
    month: str
    path: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A shard and what it gave. `whole` says that its file was read to the end; else the next run tries it again.

    `seconds` is what it took and `processor` what of that was work, loading apart; `memory` the most megabytes its
    process ever had; `failures` counts them by reason.
    """

    shard: Shard
    whole: bool
    files: tuple[File, ...]
    failures: Mapping[str, int]
    made_by: Mapping[str, str]
    seconds: float
    processor: float
    finished: str
    worker: str
    memory: int

    def rows(self, table: str) -> int:
        """How many rows it has in a table."""
        return sum(file.rows for file in self.files if file.table == table)


def publish(out: str, entry: Entry) -> None:
    """Makes a shard's entry count, in the place of an earlier one. Raises OSError where it cannot be written."""
    files.put(_path(out, entry.shard), json.dumps(asdict(entry), ensure_ascii=False).encode("utf-8", "surrogatepass"))


def has(out: str, shard: Shard) -> bool:
    """Whether a shard is complete."""
    return files.exists(_path(out, shard)) and _read(_path(out, shard)).whole


def entries(out: str) -> Iterator[Entry]:
    """All entries, in the order of their shards' ids. Raises ArchiveError for one that cannot be read."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(_read, (f"{out}/{FOLDER}/{name}" for name in files.names(f"{out}/{FOLDER}")))


def current(out: str) -> list[Entry]:
    """The entries that count: of a file that has changed since it was coded, those of its latest length.

    Raises ArchiveError where the folder holds none.
    """
    found = list(entries(out))
    if not found:
        raise ArchiveError(f"{out}: no archive, or none of its shards is complete (see: waqai archive run)")
    latest = {entry.shard.path: entry.shard.length for entry in sorted(found, key=lambda entry: entry.finished)}
    return [entry for entry in found if entry.shard.length == latest[entry.shard.path]]


def _path(out: str, shard: Shard) -> str:
    return f"{out}/{FOLDER}/{shard.id}.json"


def _read(path: str) -> Entry:
    try:
        row = json.loads(files.read(path))
        row["shard"] = Shard(**row["shard"])
        row["files"] = tuple(File(**file) for file in row["files"])
        return Entry(**row)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"{path}: an entry that cannot be read: {error} (delete it and run again)") from error
