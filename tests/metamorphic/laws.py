"""What an article's record tells, in a form in which two records can be compared; and ways to change an article."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from waqai.arabic import fold
from waqai.model import Actor, Article, Event, Record
from waqai.pipeline import Waqai

PUBLISHED = "2024-05-15T12:00:00+00:00"  # a Wednesday
Names = tuple[tuple[str, str], ...]  # name and code of every actor of a side


@dataclass(frozen=True)
class Told:
    """An event without what moves with the text around it: offsets, ids, confidence."""

    type: str
    mode: str
    status: str
    date: str
    sources: Names
    targets: Names
    place: str
    trigger: str
    evidence: str
    said_by: str

    @property
    def parties(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of both sides."""
        return tuple(name for name, _ in self.sources), tuple(name for name, _ in self.targets)

    def mapped(self, change: Callable[[str], str]) -> Told:
        """The same with every string of the article's changed."""
        return replace(
            self,
            sources=tuple((change(name), code) for name, code in self.sources),
            targets=tuple((change(name), code) for name, code in self.targets),
            place=change(self.place),
            trigger=change(self.trigger),
            evidence=change(self.evidence),
            said_by=change(self.said_by),
        )


CLOSING = "انتهى."


@lru_cache(maxsize=1 << 12)
def coded(waqai: Waqai, text: str, published: str = PUBLISHED) -> Record:
    """The record of a text without a title; many laws ask for the same one.

    A line that tells nothing ends it: a line by itself is judged as a lone sentence, and not as one of an article.
    """
    return waqai.code(Article("metamorphic", f"{text}\n{CLOSING}", "", published=published))


def told(record: Record, start: int = 0, end: int | None = None) -> list[Told]:
    """The events of `record` whose evidence lies in `text[start:end]`."""
    text = record.article.text
    last = len(text) if end is None else end
    return [
        _told(event, text)
        for event in record.events
        if start <= event.evidence_span.start and event.evidence_span.end <= last
    ]


def _told(event: Event, text: str) -> Told:
    return Told(
        type=event.type,
        mode=event.mode,
        status=event.status,
        date=event.date,
        sources=_names(event.sources),
        targets=_names(event.targets),
        place=event.place.name if event.place else "",
        trigger=event.trigger_span.of(text),
        evidence=event.evidence_span.of(text),
        said_by=event.said_by,
    )


def _names(actors: tuple[Actor, ...]) -> Names:
    return tuple((actor.name, actor.code) for actor in actors)


def folded(record: Record) -> tuple[list[Told], list[tuple[str, str]], list[tuple[str, str]]]:
    """Events, times and quotes with their strings folded, so that spelling makes no difference."""
    text = record.article.text
    times = [(fold(time.span.of(text)), time.value) for time in record.times]
    quotes = [(fold(quote.speaker), fold(quote.span.of(text))) for quote in record.quotes]
    return [event.mapped(fold) for event in told(record)], times, quotes


def replaced(*pairs: tuple[str, str]) -> Callable[[str], str]:
    """A function that puts the second string of each pair in place of the first, all at once."""
    table = dict(pairs)
    pattern = re.compile("|".join(re.escape(old) for old in sorted(table, key=len, reverse=True)))
    return lambda text: pattern.sub(lambda match: table[match[0]], text)


def later(date: str, days: int) -> str:
    """An ISO day, with or without the part of the day, `days` later; a week by whole weeks; anything else as it is."""
    week = re.fullmatch(r"(\d{4})-W(\d\d)", date)
    if week:
        moved = datetime.date.fromisocalendar(int(week[1]), int(week[2]), 1) + datetime.timedelta(days)
        return "{}-W{:02}".format(*moved.isocalendar())
    day = re.match(r"\d{4}-\d\d-\d\d", date)
    if not day:
        return date
    return str(datetime.date.fromisoformat(day[0]) + datetime.timedelta(days)) + date[10:]
