"""Planned events as a calendar (iCalendar, RFC 5545): all-day entries on the days they are due.

Only a whole date makes an entry. What is due in a month or a year is left out and counted: an entry on the first of a
month would invent a day, and a task (VTODO) without a day is shown by few calendars.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

_DAY = len("2024-05-13")
_FOLD = 75  # octets a line may have


def fits(event: Mapping[str, Any]) -> bool:
    """Whether a calendar has a place for an event: one that is due on a day."""
    return event["status"] == "planned" and len(event["date"]) >= _DAY


class LeftOut:
    """Counts the planned events that a calendar has no place for, as they go by."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def seen(self, events: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """The events, unchanged."""
        for event in events:
            if event["status"] == "planned" and not fits(event):
                self._counts["dated" if event["date"] else "undated"] += 1
            yield event

    def __str__(self) -> str:
        """How many were left out and why, "" for none."""
        told = {"dated": "with a month or year alone", "undated": "without a date"}
        parts = [f"{self._counts[kind]} {words}" for kind, words in told.items() if self._counts[kind]]
        return f"{self._counts.total()} planned without a day left out: {', '.join(parts)}" if parts else ""


def lines(events: Iterable[Mapping[str, Any]], arabic: Mapping[str, str]) -> Iterator[str]:
    """The calendar line by line, each with its line end; `arabic` names event types for readers."""
    yield from ("BEGIN:VCALENDAR\r\n", "VERSION:2.0\r\n", "PRODID:-//Waqai//waqai//AR\r\n")
    for event in events:
        if fits(event):
            yield from map(_folded, _entry(event, arabic))
    yield "END:VCALENDAR\r\n"


def _entry(event: Mapping[str, Any], arabic: Mapping[str, str]) -> Iterator[str]:
    day, article = date.fromisoformat(event["date"][:10]), event["article"]
    names = ["، ".join(actor["name"] for actor in event[side]) for side in ("sources", "targets")]
    yield "BEGIN:VEVENT"
    yield f"UID:{event['id']}@waqai"
    yield f"DTSTAMP:{_stamp(article['published'], day)}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    act = arabic.get(event["type"], event["type"])
    yield "SUMMARY:" + _text(": ".join(filter(None, [act, " ← ".join(filter(None, names))])))
    yield f"DESCRIPTION:{_text(event['evidence'])}"
    if event["place"]:
        yield f"LOCATION:{_text(event['place']['name'])}"
    if article["url"].isascii() and "://" in article["url"]:
        yield f"URL:{article['url']}"
    yield "END:VEVENT"


def _stamp(published: str, day: date) -> str:
    """When it was written, which must be a moment: that of publication to the day, else the event's own day."""
    known = published[:10] if len(published) >= _DAY else day.isoformat()
    return known.replace("-", "") + "T000000Z"


def _text(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line, broken where it has more octets than a line may have, never inside a letter."""
    pieces, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _FOLD:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += octets
    return "\r\n".join(pieces) + "\r\n"
