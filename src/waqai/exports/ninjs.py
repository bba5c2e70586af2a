"""IPTC ninjs 3.1, one news object a line: the article, who and what it names, and the events read from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
_OF_ADDRESSES = ":/?#[]@!$&'()*+,;=%"  # what stands for itself in a URI


def line(record: Mapping[str, Any]) -> str:
    """A record as one line of ninjs."""
    body = record["text"][len(record["title"]) :].lstrip("\n") if record["title"] else record["text"]
    digest = " ".join(sentence["text"] for sentence in record["digest"])
    told = [("standfirst", record["standfirst"]), ("digest", digest)]
    named = {kind: _named(record, kind) for kind in ("person", "group", "place")}
    item = {
        "uri": _uri(record["url"], record["id"]),
        "type": "text",
        "representationType": "full",
        "standard": {"name": "ninjs", "version": "3.1", "schema": _SCHEMA},
        "contentCreated": _moment(record["published"]),
        "language": record["language"],
        "headlines": [{"role": "main", "value": record["title"]}] if record["title"] else [],
        "descriptions": [{"role": role, "contentType": "text/plain", "value": text} for role, text in told if text],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(body),
                "wordCount": len(body.split()),
                "value": body,
            }
        ],
        "by": "، ".join(record["authors"]),
        "infoSources": [{"name": record["source"], "role": "publisher"}] if record["source"] else [],
        "people": named["person"],
        "organisations": named["group"],
        "places": named["place"],
        "subjects": _subjects(record),
        "events": [_event(event) for event in record["events"]],
        "altIds": [{"role": "waqai", "value": record["id"]}],
    }
    return json.dumps({key: value for key, value in item.items() if value}, ensure_ascii=False)


def _named(record: Mapping[str, Any], kind: str) -> list[dict[str, str]]:
    """Who or what of a kind is mentioned, each name once."""
    names = dict.fromkeys(mention["name"] for mention in record["mentions"] if mention["kind"] == kind)
    return [{"name": name, "rel": "mentioned"} for name in names]


def _subjects(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The types of the events, each once, as sure as its surest event."""
    sure: dict[str, float] = {}
    for event in record["events"]:
        sure[event["type"]] = max(event["confidence"], sure.get(event["type"], 0.0))
    creator = f"waqai {record['made_by']['waqai']}"
    return [
        {"name": kind, "rel": "event type", "creator": creator, "confidence": round(100 * confidence)}
        for kind, confidence in sure.items()
    ]


def _event(event: Mapping[str, Any]) -> dict[str, str]:
    """An event, told in one line: type, status, date, and who did it to whom."""
    parties = [f"{side}: {', '.join(actor['name'] for actor in event[f'{side}s'])}" for side in ("source", "target")]
    name = "; ".join([" ".join(filter(None, (event["type"], event["mode"]))), event["status"], event["date"], *parties])
    return {"id": event["id"], "name": name, "rel": "reported", "uri": _uri("", event["id"])}


def _uri(url: str, name: str) -> str:
    """The address in letters that a URI may have, or a name of the project's own where there is no address."""
    return quote(url, safe=_OF_ADDRESSES) if "://" in url else f"urn:waqai:{quote(name, safe='')}"


def _moment(published: str) -> str:
    """A moment that is known to the second and with its offset, as RFC 3339 writes it; "" for any other."""
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return ""
    return moment.isoformat(timespec="seconds") if moment.tzinfo else ""
