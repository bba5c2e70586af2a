"""Records out of an archive, as they were coded: what a store takes in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pyarrow as arrow
from pyarrow import parquet

from waqai.archive import files, manifest, schema
from waqai.archive.manifest import Entry

_TABLES = ("articles", "events", "quotes")


def records(out: str) -> Iterator[dict[str, Any]]:
    """All records of an archive, as exports.jsonl.as_dict gives them, in the order of their inputs.

    Raises ArchiveError where there is none, OSError where a file that the manifest names cannot be read.
    """
    for entry in sorted(manifest.current(out), key=lambda entry: (entry.shard.path, entry.shard.start)):
        yield from _of_shard(out, entry)


def _of_shard(out: str, entry: Entry) -> Iterator[dict[str, Any]]:
    """The records of a shard; its parts are read one after another."""
    parts: dict[str, list[Any]] = defaultdict(list)
    for file in entry.files:
        parts[file.path.rpartition("-")[2]].append(file)
    for part in sorted(parts):
        tables = {table: _rows(out, [file.path for file in parts[part] if file.table == table]) for table in _TABLES}
        of_article = {table: _grouped(tables[table]) for table in ("events", "quotes")}
        for article in sorted(tables["articles"], key=lambda row: int(row["number"])):
            number = article["number"]
            yield schema.record_of(article, of_article["events"][number], of_article["quotes"][number])


def _rows(out: str, paths: list[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for path in paths:
        with files.opened(f"{out}/{path}") as stream:
            rows += parquet.read_table(arrow.PythonFile(stream, "r")).to_pylist()
    return rows


def _grouped(rows: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["number"]].append(row)
    return found
