"""The formats by name: what each is written from, events or whole records, and what it is called on the web.

Parquet is not among FORMATS: it is no text, and is written to a file (exports/parquet.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from waqai._version import __version__
from waqai.exports import cameo, ftm, ics, ninjs, polecat, schemaorg, spreadsheet, tml, webannotation
from waqai.ontology import weights
from waqai.resources import Library

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Format:
    """`of` is "events" or "records", as the store gives them; `lines` writes them, each line with its end.

    `fits` tells which of them the format has a place for; `lines` passes the others by.
    """

    of: str
    media_type: str
    suffix: str
    lines: Callable[[Rows, Library], Iterator[str]]
    fits: Callable[[Mapping[str, Any]], bool] = lambda _: True


def _each(lines_of: Callable[[Mapping[str, Any]], Iterable[str]]) -> Callable[[Rows, Library], Iterator[str]]:
    def lines(rows: Rows, _: Library) -> Iterator[str]:
        for row in rows:
            for line in lines_of(row):
                yield line + "\n"

    return lines


def _csv(events: Rows, _: Library) -> Iterator[str]:
    return spreadsheet.lines(map(spreadsheet.event_row, events), spreadsheet.EVENT_COLUMNS)


def _polecat(events: Rows, library: Library) -> Iterator[str]:
    return polecat.lines(iter(events), weights(library), f"waqai {__version__}")


def _cameo(events: Rows, library: Library) -> Iterator[str]:
    return cameo.lines(iter(events), weights(library))


def _ics(events: Rows, library: Library) -> Iterator[str]:
    return ics.lines(events, {row["id"]: row["arabic"] for row in library.rows("ontology", "type")})


def _json(record: Mapping[str, Any]) -> tuple[str]:
    return (json.dumps(record, ensure_ascii=False, separators=(",", ":")),)


_LINES, _TABS = "application/x-ndjson", "text/tab-separated-values; charset=utf-8"
FORMATS: Mapping[str, Format] = {
    "jsonl": Format("records", _LINES, "jsonl", _each(_json)),
    "csv": Format("events", "text/csv; charset=utf-8", "csv", _csv),
    "polecat": Format("events", _TABS, "tsv", _polecat),
    "cameo": Format("events", _TABS, "tsv", _cameo, cameo.fits),
    "ninjs": Format("records", _LINES, "jsonl", _each(lambda record: (ninjs.line(record),))),
    "schemaorg": Format("records", _LINES, "jsonl", _each(lambda record: (schemaorg.line(record),))),
    "ftm": Format("records", _LINES, "jsonl", _each(ftm.lines)),
    "webannotation": Format("records", _LINES, "jsonl", _each(webannotation.lines)),
    "ics": Format("events", "text/calendar; charset=utf-8", "ics", _ics, ics.fits),
    "tml": Format("records", _LINES, "tml", _each(lambda record: (tml.line(record),))),
}
NAMES = (*FORMATS, "parquet")  # of all that can be made of a choice of events
