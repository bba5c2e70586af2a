"""Opens the database behind a store: one SQLite file, or PostgreSQL by URL; brings its tables up to date.

What is no store, or a store of a newer version, is refused before anything is written to it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from waqai.errors import StoreError

_APPLICATION = 0x57514149  # "WQAI", at offset 68 of every SQLite file that is a store
_SQLITE = b"SQLite format 3\0"
_BUSY_SECONDS = 60
_MIGRATIONS = Path(__file__).parent / "migrations"


def connect(where: str, *, create: bool) -> Engine:
    """The engine for `where`, a path or a postgresql:// URL, its tables up to date.

    `create` makes the store where there is none. Raises StoreError where it is none, cannot be reached, or was made
    by a newer Waqai.
    """
    url = _url(where)
    if url.get_backend_name() == "sqlite":
        _check_file(Path(url.database or ""), create)
        engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
        event.listen(engine, "connect", _settle)
        event.listen(engine, "begin", _begin)
    else:
        engine = _postgres(url)
    try:
        _upgrade(engine, _shown(url), create)  # not `where`, which may hold a password
    except DBAPIError as error:
        engine.dispose()
        raise StoreError(f"{_shown(url)}: cannot be opened: {reason(error)}") from error
    return engine


def reason(error: DBAPIError) -> str:
    """The database's own first line on what went wrong."""
    return (str(error.orig).strip().splitlines() or ["unknown"])[0]


def _url(where: str) -> URL:
    if "://" not in where:
        return URL.create("sqlite", database=where)
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise StoreError(f"{where}: no address of a database ({error})") from error
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite":
        return url
    raise StoreError(f"{_shown(url)}: only SQLite files and postgresql:// addresses can be stores")


def _shown(url: URL) -> str:
    """The address without its password; a file as its path."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.render_as_string(hide_password=True).replace("postgresql+psycopg", "postgresql")


def _postgres(url: URL) -> Engine:
    try:
        return create_engine(url)
    except ModuleNotFoundError as error:
        raise StoreError(f"{_shown(url)}: PostgreSQL needs psycopg: pip install 'waqai[postgres]'") from error


def _check_file(path: Path, create: bool) -> None:
    """Raises StoreError unless `path` is a store, or `create` and it is absent or empty. Only reads."""
    if path.is_dir():
        raise StoreError(f"{path}: a directory; name a file")
    if not path.exists() or path.stat().st_size == 0:
        if create and path.parent.is_dir():
            return
        todo = f"make one with: waqai add INPUT... --db {path}" if not create else "make its folder first"
        raise StoreError(f"{path}: no store there ({todo})")
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(_SQLITE) or int.from_bytes(head[68:72], "big") != _APPLICATION:
        raise StoreError(f"{path}: no Waqai store; left untouched (name another file)")


def _settle(connection: Any, _record: Any) -> None:
    """Sets up a new SQLite connection: SQLAlchemy, not the driver, begins transactions."""
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None
    # Writing it takes the write lock, which another writer may hold for long.
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "cache_size = -65536",
        "mmap_size = 1073741824",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Takes SQLite's write lock at once where it will be needed: a lock asked for later may be refused."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _upgrade(engine: Engine, where: str, create: bool) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
        tables = inspect(connection).get_table_names()
    if at == scripts.get_current_head():
        return
    if at is not None and at not in {step.revision for step in scripts.walk_revisions()}:
        raise StoreError(f"{where}: made by a newer Waqai (its tables are {at}); upgrade with: pip install -U waqai")
    if at is None and not create:
        raise StoreError(f"{where}: no store there (make one with: waqai add INPUT... --db {where})")
    if at is None and tables and engine.dialect.name == "postgresql":
        raise StoreError(f"{where}: a database with other tables in it; left untouched (make an empty one)")
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_APPLICATION,))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
