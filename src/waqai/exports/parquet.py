"""Events as a Parquet file, the columns of the CSV with types of their own; written in row groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import IO, Any

from waqai.errors import WaqaiError
from waqai.exports.spreadsheet import EVENT_COLUMNS, event_row

_GROUP = 2_000  # rows held at a time: memory does not grow with their number
_NUMBERS = {"lat": "float64", "lon": "float64", "confidence": "float64", "geonames": "int64"}


def write(events: Iterable[Mapping[str, Any]], file: IO[bytes]) -> None:
    """Writes the events of store.queries.events_of. Raises WaqaiError where pyarrow is not installed."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise WaqaiError("Parquet needs pyarrow: pip install 'waqai[tables]'") from error
    schema = arrow.schema([
        (name, arrow.type_for_alias(_NUMBERS.get(name, "string"))) for name in EVENT_COLUMNS
    ])  # fmt: skip
    rows = map(_typed, events)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(rows, _GROUP)):
            writer.write_table(arrow.Table.from_pylist(group, schema=schema))


def _typed(event: Mapping[str, Any]) -> dict[str, Any]:
    flat = event_row(event)
    return {name: (flat.get(name) or None) if name in _NUMBERS else flat.get(name, "") for name in EVENT_COLUMNS}
