"""An event as pages show it: one view, made once, for cards, lists, timelines and feeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

MARKERS = {"AGREE": "agreement", "CONSULT": "meeting"}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody on one side: name, code, office or title as the article gives it, the address of their page."""

    name: str
    code: str
    country: str
    sector: str
    office: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """An event: `percent` is its confidence, `href` the article with its words lit."""

    id: str
    type: str
    mode: str
    status: str
    cue: str
    date: str
    date_from: str
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    place: str
    country: str
    said_by: str
    percent: int
    trigger: str
    evidence: str
    rule: str
    contexts: tuple[str, ...]
    corrected: tuple[str, ...]
    article: Mapping[str, Any]

    @property
    def href(self) -> str:
        """Where the article tells it."""
        return f"/article/{self.article['number']}?event={quote(self.id, safe='')}#t-{quote(self.id, safe='')}"

    @property
    def marker(self) -> str:
        """Which sign a timeline gives it: agreement, meeting or none."""
        return MARKERS.get(self.type, "")


def card(event: Mapping[str, Any]) -> Card:
    """The view of an event as store.event_list gives it."""
    place = event["place"]
    return Card(
        **{name: event[name] for name in ("id", "type", "mode", "status", "date", "date_from", "said_by", "trigger")},
        cue=event["status_cue"],
        sources=tuple(map(party, event["sources"])),
        targets=tuple(map(party, event["targets"])),
        place=place.get("name", ""),
        country=place.get("country", ""),
        percent=round(100 * event["confidence"]),
        evidence=event["evidence"],
        rule=event["rule"],
        contexts=tuple(event["contexts"]),
        corrected=tuple(event.get("corrected", ())),
        article=event["article"],
    )


def party(actor: Mapping[str, Any]) -> Party:
    """The view of an actor of an event."""
    office = " ".join(part for part in (actor["title"], actor["role"]) if part)
    code = actor["code"]
    return Party(actor["name"], code, code[:3], code[4:], office, actor_page(actor["name"]))


@lru_cache(maxsize=20_000)
def party_named(name: str, code: str) -> Party:
    """The view of an actor of whom no more than this is known."""
    return Party(name, code, code[:3], code[4:], "", actor_page(name))


def actor_page(name: str) -> str:
    """The address of an actor's page."""
    return f"/actor?name={quote(name, safe='')}"
