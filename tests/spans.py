"""The law of spans: every span of a written record slices its text back to the string beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Claim = tuple[str, str, list[int]]  # what it is, the string, where the text has it


def broken(record: dict[str, Any]) -> list[str]:
    """What is wrong with the spans of `record`, as written by exports.jsonl."""
    text = record["text"]
    faults = [
        f"{what}: {string!r} is not at {span}"
        for what, string, span in _claims(record)
        if not _holds(text, string, span)
    ]
    for event in record["events"]:
        (first, last), (start, end) = event["evidence_span"], event["trigger_span"]
        if not first <= start < end <= last:
            faults.append(f"the trigger {event['trigger']!r} is outside its evidence")
    for mention in record["mentions"]:
        start, end = mention["span"]
        if not 0 <= start < end <= len(text):
            faults.append(f"the mention {mention['name']!r} is outside the text at {mention['span']}")
    return faults


def voices_broken(record: dict[str, Any]) -> list[str]:
    """What is wrong with the spans of speakers and cue words."""
    return _missed(record["text"], _voices(record))


def _missed(text: str, claims: Iterable[Claim]) -> list[str]:
    return [f"{what}: {string!r} is not at {span}" for what, string, span in claims if not _holds(text, string, span)]


def _holds(text: str, string: str, span: list[int]) -> bool:
    start, end = span
    return 0 <= start < end <= len(text) and text[start:end] == string


def _claims(record: dict[str, Any]) -> Iterator[Claim]:
    for key in ("digest", "quotes", "times"):
        yield from ((key, row["text"], row["span"]) for row in record[key])
    for event in record["events"]:
        for key in ("trigger", "evidence"):
            yield key, event[key], event[f"{key}_span"]
        places = [event["place"]] if event["place"] else []
        for row in (*event["sources"], *event["targets"], *places):
            yield "side or place", row["name"], row["span"]


def _voices(record: dict[str, Any]) -> Iterator[Claim]:
    for row in (*record["events"], *record["quotes"]):
        for key in ("said_by", "speaker", "cue"):
            if row.get(f"{key}_span"):
                yield key, row[key], row[f"{key}_span"]
