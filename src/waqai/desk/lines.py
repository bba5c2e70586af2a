"""Events as lines of lists, ready as HTML: made once for each event, kind of list and language, and kept until the
store changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup, escape

from waqai.desk import written
from waqai.desk.cards import MARKERS, Party, party_named
from waqai.desk.fragments import Fragments
from waqai.desk.texts import LANGUAGES, Say, Texts
from waqai.store.event_lines import EventLine, Named, event_lines

if TYPE_CHECKING:
    from waqai.desk.setting import Desk

_SIGNS = {
    "agreement": '<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1l7 7-7 7-7-7z"/></svg>',
    "meeting": '<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><circle cx="5.5" cy="8" r="4.5"/>'
    '<circle cx="10.5" cy="8" r="4.5"/></svg>',
    "": '<svg class="sign sign-plain" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="3"/></svg>',
}


@dataclass(frozen=True, slots=True)
class Line:
    """An event of a list, its id; `html` is its row, its entry of a timeline, or its two lines, as was asked for."""

    event: str
    date: str
    status: str
    html: Markup


class Lines:
    """Makes the lines of one desk."""

    def __init__(self, texts: Texts, pieces: Fragments) -> None:
        self._pieces = pieces
        self._says = {language: _escaped(texts.say(language)) for language in LANGUAGES}

    def of(self, desk: Desk, kind: str, numbers: Sequence[int], language: str) -> list[Line]:
        """The lines of the events with these numbers, in their order; `kind` is row, entry, line or act.

        Those that are gone, or that people have rejected, are left out.
        """
        found = self.by_number(desk, kind, numbers, language)
        return [found[number] for number in numbers if number in found]

    def by_number(self, desk: Desk, kind: str, numbers: Sequence[int], language: str) -> dict[int, Line]:
        """The same by their numbers."""
        shelf = desk.keeping.lines()
        wanted = [(kind, language, number) for number in numbers]
        found = {key[2]: line for key in wanted if (line := shelf.get(key)) is not None}
        if missing := [number for number in numbers if number not in found]:
            make = {"row": self._row, "entry": self._entry, "line": self._line, "act": self._act}[kind]
            for number, event in event_lines(desk.store, missing, told=kind != "row").items():
                line = Line(event.id, event.date, event.status, Markup(make(event, language)))
                found[number] = line
                shelf.put((kind, language, number), line)
        return found

    def _row(self, event: EventLine, language: str) -> str:
        """A row of a table of events."""
        say, pieces = self._says[language], self._pieces
        when = _time(event.date, language) or f'<span class="none">{say("event.undated")}</span>'
        corrected = f" · {say('event.corrected')}" if event.corrected else ""
        told = (
            f'<a href="{href_of(event)}" dir="auto">{escape(written.clip(event.title, 110))}</a><span class="byline">'
            f"<bdi>{_short(event.source, 40)}</bdi>{corrected}</span>"
        )
        sources = pieces.side(_parties(event.sources), language)
        targets = pieces.side(_parties(event.targets), language)
        place = _short(event.place, 60)
        return (
            f'<tr><td class="when" data-name="{say("event.when")}"><div>{when}</div></td>'
            f'<td data-name="{say("event.act")}"><div>{self._head(event, language)}</div></td>'
            f'<td{_empty(sources)} data-name="{say("event.who")}"><div>{sources}</div></td>'
            f'<td{_empty(targets)} data-name="{say("event.to_whom")}"><div>{targets}</div></td>'
            f'<td{_empty(event.place)} data-name="{say("event.where")}"><div><bdi>{place}</bdi></div></td>'
            f'<td class="told" data-name="{say("event.told")}"><div>{told}</div></td></tr>'
        )

    def _entry(self, event: EventLine, language: str) -> str:
        """An entry of a timeline."""
        marker = MARKERS.get(event.type, "")
        kind = f"entry entry-{marker}" if marker else "entry"
        where = f' <span class="event-where"><bdi>{_short(event.place, 60)}</bdi></span>'
        return (
            f'<li class="{kind}">{_SIGNS[marker]}<div><p class="event-line">'
            f'<span class="event-head">{self._head(event, language)}</span> {self._sides(event, language)}'
            f"{where if event.place else ''}</p>{_evidence(event, 160)}</div></li>"
        )

    def _line(self, event: EventLine, language: str) -> str:
        """Two lines: what, who, when and where; the words."""
        where = f" · <bdi>{_short(event.place, 60)}</bdi>" if event.place else ""
        return self._two_lines(event, language, f"{_time(event.date, language)}{where}", 180)

    def _act(self, event: EventLine, language: str) -> str:
        """The same without a date, which stands beside it."""
        return self._two_lines(event, language, f"<bdi>{_short(event.place, 60)}</bdi>" if event.place else "", 220)

    def _two_lines(self, event: EventLine, language: str, where: str, length: int) -> str:
        return (
            f'<p class="event-line"><span class="event-head">{self._head(event, language)}</span> '
            f'{self._sides(event, language)} <span class="event-where">{where}</span></p>{_evidence(event, length)}'
        )

    def _head(self, event: EventLine, language: str) -> str:
        act = self._pieces.act(event, language)
        return act if event.status == "happened" else f"{act} {self._pieces.status(event, language)}"

    def _sides(self, event: EventLine, language: str) -> str:
        sides = [self._pieces.names(_parties(side), language) for side in (event.sources, event.targets) if side]
        say = self._says[language]
        between = (
            f' <span class="arrow" aria-hidden="true">{say("arrow")}</span>'
            f'<span class="unseen">{say("event.to_whom")}</span> '
        )
        return f'<span class="event-sides">{between.join(sides)}</span>'


def _escaped(say: Say) -> Callable[[str], Markup]:
    """`say` for HTML, each text made once."""
    return lru_cache(maxsize=None)(lambda name: escape(say(name)))


def href_of(event: EventLine) -> str:
    """Where the article tells it, for an attribute."""
    name = quote(event.id, safe="")
    return f"/article/{event.article}?event={name}#t-{name}"


def _empty(shown: str) -> str:
    return "" if shown else ' class="empty"'


@lru_cache(maxsize=10_000)
def _short(words: str, length: int) -> Markup:
    return escape(written.clip(words, length))


@lru_cache(maxsize=4_096)
def _time(date: str, language: str) -> str:
    return f'<time datetime="{escape(date)}">{escape(written.day(date, language))}</time>' if date else ""


def _evidence(event: EventLine, length: int) -> str:
    words = escape(written.clip(event.evidence, length))
    return f'<p class="event-evidence"><a href="{href_of(event)}"><bdi>{words}</bdi></a></p>'


def _parties(side: Sequence[Named]) -> list[Party]:
    return [party_named(name, code) for name, code in side]
