"""Copies of a store that travel: a backup is itself a store in one SQLite file, whatever database it was taken of.

A copy is made under another name and takes its own when it is whole; what stands there already is never written over.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from waqai.errors import StoreError
from waqai.resources import Library
from waqai.store.engine import reason
from waqai.store.store import Store
from waqai.store.tables import metadata

_AT_ONCE = 500  # rows


def backup(store: Store, file: Path) -> None:
    """Writes all that `store` holds at this moment to `file`, while others go on reading and writing.

    Raises StoreError where there is a file already, or it cannot be written.
    """
    with _becoming(file) as half:
        if store.engine.dialect.name == "sqlite":
            _copy_file(Path(store.engine.url.database or ""), half)
            return
        with Store(str(half), create=True) as copy:
            _copy_rows(store, copy)
            copy.reindex()
        with closing(sqlite3.connect(half)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")


def restore(file: Path, where: str, library: Library | None = None) -> dict[str, int]:
    """Makes a store at `where`, a path or postgresql:// URL, of the backup `file`; how many rows each table holds.

    The backup is left as it is, also where it is of an older version. Raises StoreError where it is no backup, or
    where there is something at `where` already.
    """
    if not file.is_file() or not file.stat().st_size:
        raise StoreError(f"{file}: no backup there (make one with: waqai backup FILE)")
    if "://" not in where:
        with _becoming(Path(where)) as half:
            _copy_file(file, half)
            with Store(str(half), library) as store:
                counts = store.counts()
            with closing(sqlite3.connect(half)) as connection:  # a log beside it would keep its old name
                connection.execute("PRAGMA journal_mode = DELETE")
        return counts
    with tempfile.TemporaryDirectory(prefix="waqai-") as folder:
        copied = Path(folder, "copy.db")
        _copy_file(file, copied)
        with Store(str(copied), library) as source, Store(where, library, create=True) as target:
            if any(target.counts().values()):
                raise StoreError(f"{where}: there are articles in it; left untouched (name an empty database)")
            _copy_rows(source, target)
            target.reindex()
            return target.counts()


@contextmanager
def _becoming(file: Path) -> Iterator[Path]:
    """A name beside `file` for what becomes it when it is whole and on the disk."""
    if file.exists():
        raise StoreError(f"{file}: there is a file already; left untouched (name another, or move it away)")
    if not file.parent.is_dir():
        raise StoreError(f"{file}: no such folder (make it first)")
    half = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield half
        with half.open("rb") as written:
            os.fsync(written.fileno())
        if file.exists():
            raise StoreError(f"{file}: there is a file by now; left untouched (name another)")
        half.rename(file)
    except OSError as error:
        raise StoreError(f"{file}: cannot be written: {error.strerror or error}") from error
    finally:
        for left in (half, *(half.with_name(half.name + tail) for tail in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)


def _copy_file(source: Path, target: Path) -> None:
    """Copies a SQLite file as it is at one moment, into one file without a log beside it."""
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new, pages=-1)
            new.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise StoreError(f"{source}: cannot be copied: {error}") from error


def _copy_rows(source: Store, target: Store) -> None:
    """Copies the rows of every table, as they are at one moment, in one transaction."""
    level = "REPEATABLE READ" if source.engine.dialect.name == "postgresql" else "SERIALIZABLE"
    try:
        with source.engine.connect().execution_options(isolation_level=level) as old, target.writing() as new:
            for table in metadata.sorted_tables:
                rows = old.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
                for part in rows.partitions(_AT_ONCE):
                    new.execute(insert(table), [dict(row) for row in part])
            if target.engine.dialect.name == "postgresql":
                _count_on(new)
    except DBAPIError as error:
        raise StoreError(f"{source.where}: {reason(error)}") from error


def _count_on(connection: Connection) -> None:
    """Has PostgreSQL number new rows after those that came with numbers of their own."""
    for table in metadata.sorted_tables:
        if "id" not in table.c:
            continue
        last = connection.execute(select(func.max(table.c.id))).scalar()
        if last is not None:
            name = {"name": table.name, "last": last}
            connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), name)
