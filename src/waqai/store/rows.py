"""Takes a record apart into rows of the tables, and puts it together again, exactly."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from waqai.arabic import fold

Record = Mapping[str, Any]
Row = dict[str, Any]

# What the page itself says; a page that says something else is a new revision.
_SAID = (
    "url", "source", "language", "title", "published", "published_from", "authors", "caption", "credit", "standfirst",
    "outlet_summary", "text",
)  # fmt: skip
# Fields of an event that a human may correct, and those of them that must be among given values.
CORRECTABLE = ("type", "mode", "cameo", "status", "date", "said_by", "rejected")


def content(record: Record) -> str:
    """SHA-256 of what the page says, whatever was read from it."""
    said = json.dumps([record[key] for key in _SAID], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def says_no_more(record: Record, other: Record) -> bool:
    """Whether every part of what the page says is left out of `record`, or is what `other` says.

    A date is also where `other` goes on after it; where it was found counts for nothing.
    """
    dated = not record["published"] or str(other["published"]).startswith(record["published"])
    rest = (key for key in _SAID if key not in ("published", "published_from"))
    return dated and all(not record[key] or list(record[key]) == list(other[key]) for key in rest)


def page(record: Record) -> str:
    """What tells one page from another: its URL, or the record's id where it has none."""
    return str(record["url"] or record["id"])


def revision_row(record: Record) -> Row:
    """Columns of `revisions` that come from the record."""
    row = {key: record[key] for key in ("schema", *_SAID)}
    return row | {"record": record["id"], "content": content(record)} | made_row(record)


def made_row(record: Record) -> Row:
    """Columns of `revisions` that are read anew when the page is."""
    return {"digest": [sentence["span"] for sentence in record["digest"]], "made_by": dict(record["made_by"])}


def event_row(event: Record, revision: int, number: int) -> Row:
    """Columns of `events`."""
    place = event["place"]
    row = {key: event[key] for key in _EVENT}
    return row | {
        "revision": revision,
        "number": number,
        "event": event["id"],
        "place": place,
        "place_name": place.get("name", ""),
        "place_country": place.get("country", ""),
        "corrected": [],
        "rejected": False,
        **_offsets("trigger", event["trigger_span"]),
        **_offsets("evidence", event["evidence_span"]),
        **_offsets("said_by", event["said_by_span"]),
    }


_EVENT = (
    "type", "mode", "contexts", "cameo", "status", "status_cue", "date", "date_from", "said_by", "confidence", "rule",
)  # fmt: skip


def actor_rows(event: Record, number: int) -> list[Row]:
    """Rows of `event_actors` of the event that is row `number` of `events`."""
    return [
        {
            "event": number, "side": side, "number": place, "name": actor["name"], "folded": fold(actor["name"]),
            "code": actor["code"], "country": actor["code"][:3], "sector": actor["code"][4:], "title": actor["title"],
            "role": actor["role"], **_offsets("name", actor["span"]),
        }
        for side in ("source", "target")
        for place, actor in enumerate(event[f"{side}s"])
    ]  # fmt: skip


def quote_row(quote: Record, revision: int, number: int) -> Row:
    """Columns of `quotes`."""
    return {
        "revision": revision, "number": number, "speaker": quote["speaker"], "kind": quote["kind"], "cue": quote["cue"],
        **_offsets("speaker", quote["speaker_span"]), **_offsets("text", quote["span"]),
        **_offsets("cue", quote["cue_span"]),
    }  # fmt: skip


def mention_row(mention: Record, revision: int, number: int) -> Row:
    """Columns of `mentions`."""
    kept = {key: mention[key] for key in ("name", "kind", "title", "role", "code")}
    return kept | {"revision": revision, "number": number} | _offsets("text", mention["span"])


def time_row(time: Record, revision: int, number: int) -> Row:
    """Columns of `times`."""
    kept = {"value": time["value"], "kind": time["kind"]}
    return kept | {"revision": revision, "number": number} | _offsets("text", time["span"])


def problem_row(problem: str, revision: int, number: int) -> Row:
    """Columns of `problems`."""
    return {"revision": revision, "number": number, "sentence": problem}


def _offsets(name: str, span: Sequence[int]) -> Row:
    start, end = span if span else (None, None)
    return {f"{name}_start": start, f"{name}_end": end}


# --- and together again ----------------------------------------------------------------------------------


def record_of(revision: Record, parts: Mapping[str, Sequence[Record]], actors: Sequence[Record]) -> Row:
    """The record: a row of `revisions`, the rows of events, quotes, times, mentions and problems by those names."""
    text = revision["text"]
    return {
        "schema": revision["schema"],
        "id": revision["record"],
        **{key: revision[key] for key in _SAID},
        "digest": [{"text": text[start:end], "span": [start, end]} for start, end in revision["digest"]],
        "events": [event_of(row, actors, text) for row in parts["events"]],
        "quotes": [_quote_of(row, text) for row in parts["quotes"]],
        "times": [
            {"text": _slice(row, "text", text), "span": _span(row, "text"), "value": row["value"], "kind": row["kind"]}
            for row in parts["times"]
        ],
        "mentions": [
            {"name": row["name"], "span": _span(row, "text")}
            | {key: row[key] for key in ("kind", "title", "role", "code")}
            for row in parts["mentions"]
        ],
        "made_by": revision["made_by"],
        "problems": [row["sentence"] for row in parts["problems"]],
    }


def event_of(row: Record, actors: Sequence[Record], text: str) -> Row:
    """An event of the record from its row and the rows of all actors, and the text it was read from."""
    return {
        "id": row["event"],
        **{key: row[key] for key in ("type", "mode", "contexts", "cameo", "status", "status_cue", "date", "date_from")},
        "sources": _actors_of(row["id"], "source", actors),
        "targets": _actors_of(row["id"], "target", actors),
        "place": row["place"],
        "trigger": _slice(row, "trigger", text),
        "trigger_span": _span(row, "trigger"),
        "evidence": _slice(row, "evidence", text),
        "evidence_span": _span(row, "evidence"),
        "said_by": row["said_by"],
        "said_by_span": _span(row, "said_by"),
        "confidence": row["confidence"],
        "rule": row["rule"],
    }


def _actors_of(event: int, side: str, actors: Sequence[Record]) -> list[Row]:
    return [
        {key: row[key] for key in ("name", "code")}
        | {"span": _span(row, "name")}
        | {key: row[key] for key in ("title", "role")}
        for row in actors
        if row["event"] == event and row["side"] == side
    ]


def _quote_of(row: Record, text: str) -> Row:
    return {
        "speaker": row["speaker"],
        "speaker_span": _span(row, "speaker"),
        "kind": row["kind"],
        "text": _slice(row, "text", text),
        "span": _span(row, "text"),
        "cue": row["cue"],
        "cue_span": _span(row, "cue"),
    }


def span_of(row: Record, name: str) -> list[int]:
    """The span whose ends are in the columns `name`_start and `name`_end; [] for none."""
    return _span(row, name)


def _span(row: Record, name: str) -> list[int]:
    start = row[f"{name}_start"]
    return [] if start is None else [start, row[f"{name}_end"]]


def _slice(row: Record, name: str, text: str) -> str:
    return text[slice(*span)] if (span := _span(row, name)) else ""
