"""What is shown, written for other tools: the formats of `waqai export`, over any choice of events."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime

from waqai.desk.finding import Found
from waqai.exports import parquet
from waqai.exports.formats import FORMATS, NAMES
from waqai.resources import Library
from waqai.store.event_list import events_in_turn, records_in_turn
from waqai.store.store import Store

FORMS = NAMES
_PIECE = 1 << 16
_IN_MEMORY = 1 << 24


def exported(store: Store, library: Library, found: Found, form: str) -> tuple[str, str, Iterator[bytes]]:
    """Media type, file name and the bytes of `found` in one of FORMS. Raises WaqaiError where pyarrow is missing."""
    day = datetime.now(UTC).date().isoformat()
    if form == "parquet":
        return "application/vnd.apache.parquet", f"waqai-{day}.parquet", _parquet(store, found)
    chosen = FORMATS[form]
    records = chosen.of == "records"
    rows = records_in_turn(store, found.revisions()) if records else events_in_turn(store, found.numbers())
    lines = chosen.lines(rows, library)
    pieces = _joined(line.encode("utf-8", "replace") for line in lines)
    return chosen.media_type, f"waqai-{form}-{day}.{chosen.suffix}", pieces


def _joined(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines in pieces worth sending."""
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _parquet(store: Store, found: Found) -> Iterator[bytes]:
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        parquet.write(events_in_turn(store, found.numbers()), file)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
