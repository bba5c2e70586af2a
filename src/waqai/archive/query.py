"""SQL over what an archive holds, by DuckDB; only files that the manifest names are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as arrow

from waqai.archive import files, manifest
from waqai.archive.schema import SCHEMAS
from waqai.errors import ArchiveError


def query(out: str, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and rows that `sql` gives over the tables articles, events, quotes and failures.

    Raises ArchiveError where there is no archive, DuckDB is missing, or the SQL is wrong.
    """
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise ArchiveError("queries need DuckDB (pip install 'waqai[archive]')") from error
    entries = manifest.current(out)
    with duckdb.connect() as connection:
        for table in SCHEMAS:
            paths = [file.path for entry in entries for file in entry.files if file.table == table]
            _view(connection, table, out, paths)
        try:
            found = connection.execute(sql)
            return [column[0] for column in found.description or ()], found.fetchall()
        except duckdb.Error as error:
            raise ArchiveError(f"the query cannot be answered: {error}") from error


def _view(connection: Any, table: str, out: str, paths: Sequence[str]) -> None:
    """A view of a table; an archive without a row of it has the columns all the same."""
    if not paths:
        empty = SCHEMAS[table].append(arrow.field("month", arrow.string())).empty_table()
        connection.register(table, empty)
    elif files.is_local(out):
        connection.execute(f"SET VARIABLE {table}_files = ?", [[f"{out}/{path}" for path in paths]])
        # Months stay words: DuckDB would make dates of them where it can.
        told = "hive_partitioning = true, hive_types = {'month': VARCHAR}"
        connection.execute(f"CREATE VIEW {table} AS FROM read_parquet(getvariable('{table}_files'), {told})")
    else:
        connection.register(table, files.dataset(out, paths, [("month", arrow.string())]))
