"""Reviewed articles in the form of articles coded by hand, so that what people corrected becomes a test.

Only events were reviewed: quotes and times are left empty, and "reviewed" says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_FIELDS = ("type", "mode", "status", "date")
_CODE = re.compile(r"(?:[A-Z]{3}|---) [A-Z]{3}")
_COUNTRY = re.compile(r"[A-Z]{3}|---")
_UNSAFE = re.compile(r"[^\w.-]+")


def article(record: Mapping[str, Any], verdicts: Mapping[str, str]) -> dict[str, Any]:
    """The article; `verdicts` say by id what people said of its events: rejected ones are no events.

    Events that cannot stand in the form, as their word lies outside their sentence, are left out.
    """
    kept = [event for event in record["events"] if verdicts.get(event["id"]) in ("accepted", "edited")]
    events = [_event(event, record["text"]) for event in kept if event["trigger"] in event["evidence"]]
    return {
        "id": record["id"],
        "title": record["title"],
        "published": record["published"],
        "body": _body(record),
        "events": sorted(events, key=lambda event: str(record["text"]).find(event["evidence"])),
        "quotes": [],
        "times": [],
        "reviewed": ["events"],
    }


def line(record: Mapping[str, Any], verdicts: Mapping[str, str]) -> str:
    """The article as JSON."""
    return json.dumps(article(record, verdicts), ensure_ascii=False)


def file_name(record: Mapping[str, Any], number: int) -> str:
    """A name for the article's file: its id where that can be one, and its number, so that no two are the same."""
    bare = _UNSAFE.sub("-", str(record["id"])).strip(".-")[:80]
    return f"{bare or 'article'}-{number}.json"


def _body(record: Mapping[str, Any]) -> str:
    text, title = str(record["text"]), str(record["title"])
    return text[len(title) :].lstrip("\n") if title and text.startswith(title) else text


def _event(event: Mapping[str, Any], text: str) -> dict[str, Any]:
    place = event["place"]
    told = bool(place) and place["name"] in text
    country = place["country"] if told and _COUNTRY.fullmatch(place["country"]) else "---"
    return {name: event[name] for name in _FIELDS} | {
        "sources": [_actor(one) for one in event["sources"] if one["name"] in text],
        "targets": [_actor(one) for one in event["targets"] if one["name"] in text],
        "place": {"name": place["name"], "country": country} if told else {},
        "trigger": event["trigger"],
        "evidence": event["evidence"],
        "said_by": event["said_by"],
    }


def _actor(actor: Mapping[str, Any]) -> dict[str, str]:
    return {"name": actor["name"], "code": actor["code"] if _CODE.fullmatch(actor["code"]) else "--- UNK"}
