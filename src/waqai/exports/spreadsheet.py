"""CSV that spreadsheets open rightly: UTF-8 with a byte order mark, and no cell that they would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

BOM = "\ufeff"
_RUNS = ("=", "+", "-", "@", "\t", "\r")

EVENT_COLUMNS = (
    "id", "article", "url", "outlet", "published", "title", "type", "mode", "contexts", "cameo", "status", "status_cue",
    "date", "date_from", "sources", "source_codes", "targets", "target_codes", "place", "country", "lat", "lon",
    "geonames", "trigger", "evidence", "said_by", "confidence", "rule",
)  # fmt: skip


def lines(rows: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> Iterator[str]:
    """The lines of the file, each with its line end; the first is the heading, after a byte order mark."""
    names = tuple(columns)
    yield BOM + _line(names)
    for row in rows:
        yield _line(defused(row.get(name, "")) for name in names)


def event_row(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event as store.queries.events_of gives it, flat: lists are joined by "; ", codes run parallel to names."""
    article, place = event["article"], event["place"]
    flat = {name: event[name] for name in EVENT_COLUMNS if name in event and not isinstance(event[name], (list, dict))}
    for side in ("source", "target"):
        flat[f"{side}s"] = "; ".join(actor["name"] for actor in event[f"{side}s"])
        flat[f"{side}_codes"] = "; ".join(actor["code"] for actor in event[f"{side}s"])
    return flat | {
        "article": article["id"],
        "url": article["url"],
        "outlet": article["source"],
        "published": article["published"],
        "title": article["title"],
        "contexts": "; ".join(event["contexts"]),
        "place": place.get("name", ""),
        **{name: place.get(name, "") for name in ("country", "lat", "lon", "geonames")},
    }


def defused(value: Any) -> Any:
    """A cell that spreadsheets show and do not run: a text that begins like a formula gets an apostrophe before it."""
    if value is None:
        return ""
    return "'" + value if isinstance(value, str) and value.lstrip(" ").startswith(_RUNS) else value


def _line(cells: Iterable[Any]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
