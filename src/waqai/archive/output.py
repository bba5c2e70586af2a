"""Writes what a shard gave: Parquet files by table and month, each with a name of its own, then the shard's entry."""

from __future__ import annotations

import io
import os
import resource
import socket
import sys
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as arrow
import pyarrow.compute as compute
from pyarrow import parquet

from waqai.archive import files, manifest, schema
from waqai.archive.manifest import Entry, File
from waqai.archive.shard import STOPPED, Failure, Found, Shard
from waqai.exports.jsonl import as_dict

_BATCH = 200  # articles held as Python rows
_PART = 64 << 20  # bytes of columns in memory before they are written


def write(out: str, shard: Shard, found: Iterable[Found]) -> Entry:
    """Writes the findings of a shard into the archive `out` and publishes its entry, which is given back.

    Raises OSError where the folder takes no more: nothing that was written then counts.
    """
    started, worked = time.monotonic(), time.process_time()
    tally = _Tally()
    attempt = f"{shard.id}-{uuid.uuid4().hex[:8]}"
    written: list[File] = []
    for number, tables in enumerate(_parts(_rows(shard, tally.counted(found)))):
        written += _part(out, f"{attempt}-{number:03}", tables)
    entry = Entry(
        shard=shard,
        whole=not tally.stopped,
        files=tuple(written),
        failures=dict(sorted(tally.failures.items())),
        made_by=tally.made_by,
        seconds=round(time.monotonic() - started, 3),
        processor=round(time.process_time() - worked, 3),
        finished=datetime.now(UTC).isoformat(timespec="milliseconds"),
        worker=f"{socket.gethostname()}:{os.getpid()}",
        memory=_memory(),
    )
    manifest.publish(out, entry)
    return entry


class _Tally:
    """What is told of a shard's findings as they go by."""

    def __init__(self) -> None:
        self.failures: Counter[str] = Counter()
        self.stopped = False
        self.made_by: dict[str, str] = {}

    def counted(self, found: Iterable[Found]) -> Iterator[Failure | dict[str, Any]]:
        for item in found:
            if isinstance(item, Failure):
                self.failures[item.reason] += 1
                self.stopped = self.stopped or item.kind == STOPPED
                yield item
            else:
                row = as_dict(item)
                self.made_by = row["made_by"]
                yield row


def _rows(shard: Shard, found: Iterable[Failure | dict[str, Any]]) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The rows of each finding, tables named."""
    for number, item in enumerate(found):
        if isinstance(item, Failure):
            yield [("failures", schema.failure_row(item, shard.id, number, shard.path))]
        else:
            yield list(schema.rows_of(item, shard.id, number))


def _parts(found: Iterable[list[tuple[str, dict[str, Any]]]]) -> Iterator[dict[str, Any]]:
    """Arrow tables of at most about _PART bytes; all rows of an article stand in the same part."""
    held: dict[str, list[Any]] = defaultdict(list)
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    size = 0
    for count, rows in enumerate(found, start=1):
        for table, row in rows:
            waiting[table].append(row)
        if count % _BATCH:
            continue
        size += _hold(waiting, held)
        if size >= _PART:
            yield {table: arrow.concat_tables(pieces) for table, pieces in held.items()}
            held.clear()
            size = 0
    _hold(waiting, held)
    if held:
        yield {table: arrow.concat_tables(pieces) for table, pieces in held.items()}


def _hold(waiting: dict[str, list[dict[str, Any]]], held: dict[str, list[Any]]) -> int:
    """Turns waiting rows into columns; their size in bytes."""
    size = 0
    for table, rows in waiting.items():
        piece = arrow.Table.from_pylist(rows, schema=_monthly(table))
        held[table].append(piece)
        size += piece.nbytes
    waiting.clear()
    return size


def _monthly(table: str) -> Any:
    return schema.SCHEMAS[table].append(arrow.field("month", arrow.string()))


def _part(out: str, name: str, tables: dict[str, Any]) -> Iterator[File]:
    """Writes a part; a file for each table and month."""
    for table, rows in tables.items():
        for month in sorted(compute.unique(rows["month"]).to_pylist()):
            chosen = rows.filter(compute.equal(rows["month"], month)).drop_columns(["month"])
            body = io.BytesIO()
            parquet.write_table(chosen, body, compression="zstd")
            path = f"{table}/month={month}/{name}.parquet"
            files.put(f"{out}/{path}", body.getvalue())
            yield File(table, month, path, chosen.num_rows, body.tell())


def _memory() -> int:
    """The most megabytes this process ever had."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most / (1 << 20 if sys.platform == "darwin" else 1024))
