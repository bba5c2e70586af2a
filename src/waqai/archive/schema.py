"""The four tables of an archive: a record as rows of them, and rows as the record they came from.

Rows of one article carry the same `shard` and `number`; both are the input's, so that two readings give the same rows.
Keys are those of the record (exports.jsonl), in its order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as arrow

from waqai.archive.shard import Failure

UNDATED = "unknown"  # the month of an article whose day of publication nobody knows, and of failures

_SPAN = arrow.list_(arrow.int32())
_WORDS = arrow.list_(arrow.string())


def _row(**fields: Any) -> Any:
    return arrow.struct(list(fields.items()))


_ACTOR = _row(name=arrow.string(), code=arrow.string(), span=_SPAN, title=arrow.string(), role=arrow.string())
_PLACE = _row(
    name=arrow.string(),
    country=arrow.string(),
    lat=arrow.float64(),
    lon=arrow.float64(),
    geonames=arrow.int64(),
    span=_SPAN,
)
_TIME = _row(text=arrow.string(), span=_SPAN, value=arrow.string(), kind=arrow.string())
_MENTION = _row(
    name=arrow.string(),
    span=_SPAN,
    kind=arrow.string(),
    title=arrow.string(),
    role=arrow.string(),
    code=arrow.string(),
)
_MADE_BY = _row(**dict.fromkeys(("waqai", "ontology", "lexicon", "models"), arrow.string()))
_KEY = {"shard": arrow.string(), "number": arrow.int32()}
_OF_ARTICLE = {**_KEY, "article": arrow.string(), "published": arrow.string()}
_TYPES: dict[str, Any] = {
    "authors": _WORDS,
    "outlet_summary": _WORDS,
    "digest": arrow.list_(_row(text=arrow.string(), span=_SPAN)),
    "times": arrow.list_(_TIME),
    "mentions": arrow.list_(_MENTION),
    "made_by": _MADE_BY,
    "problems": _WORDS,
    "contexts": _WORDS,
    "sources": arrow.list_(_ACTOR),
    "targets": arrow.list_(_ACTOR),
    "place": _PLACE,
    "confidence": arrow.float64(),
}
_ARTICLE = (
    "schema", "id", "url", "source", "language", "title", "published", "published_from", "authors", "caption", "credit",
    "standfirst", "outlet_summary", "text", "digest", "times", "mentions", "made_by", "problems",
)  # fmt: skip
_EVENT = (
    "id", "type", "mode", "contexts", "cameo", "status", "status_cue", "date", "date_from", "sources", "targets",
    "place", "trigger", "trigger_span", "evidence", "evidence_span", "said_by", "said_by_span", "confidence", "rule",
)  # fmt: skip
_QUOTE = ("speaker", "speaker_span", "kind", "text", "span", "cue", "cue_span")


def _schema(key: Mapping[str, Any], names: Iterable[str]) -> Any:
    def kind(name: str) -> Any:
        return _SPAN if name == "span" or name.endswith("_span") else _TYPES.get(name, arrow.string())

    return arrow.schema([*key.items(), *((name, kind(name)) for name in names)])


SCHEMAS: Mapping[str, Any] = {
    "articles": _schema(_KEY, _ARTICLE),
    "events": _schema(_OF_ARTICLE, _EVENT),
    "quotes": _schema(_OF_ARTICLE, _QUOTE),
    "failures": _schema(_KEY, ("path", "at", "kind", "what", "todo", "reason")),
}


def month_of(published: str) -> str:
    """The partition of an article: "2024-03", or UNDATED where its day of publication is not known to the month."""
    return published[:7] if len(published) >= len("2024-03") else UNDATED


def rows_of(record: Mapping[str, Any], shard: str, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Table and row for all that a record holds, as exports.jsonl.as_dict gives it; `month` is the partition."""
    key = {"shard": shard, "number": number, "month": month_of(record["published"])}
    yield "articles", record | key  # type: ignore[operator]
    of = key | {"article": record["id"], "published": record["published"]}
    for event in record["events"]:
        yield "events", of | event | {"place": event["place"] or None}
    for quote in record["quotes"]:
        yield "quotes", of | quote


def failure_row(failure: Failure, shard: str, number: int, path: str) -> dict[str, Any]:
    """A failure as a row of its table."""
    return {
        "shard": shard,
        "number": number,
        "month": UNDATED,
        "path": path,
        "at": failure.where,
        "kind": failure.kind,
        "what": failure.what,
        "todo": failure.todo,
        "reason": failure.reason,
    }


def record_of(
    article: Mapping[str, Any], events: Iterable[Mapping[str, Any]], quotes: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """The record that `rows_of` took apart, its keys in their order."""
    record: dict[str, Any] = {}
    for name in _ARTICLE:
        record[name] = article[name]
        if name == "digest":
            record["events"] = [_event(event) for event in events]
            record["quotes"] = [{key: quote[key] for key in _QUOTE} for quote in quotes]
    return record


def _event(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in _EVENT} | {"place": row["place"] or {}}
