"""What pages of stories show, made ready for templates: reports, linked events, entries of the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from waqai.desk.cards import Card, Party, actor_page, card
from waqai.desk.setting import Desk
from waqai.resources import Library
from waqai.store.article_page import numbers_of
from waqai.stories.events import Report
from waqai.stories.register import Entry, Telling


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that an entry rests on, and the article that has it."""

    telling: Telling
    href: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the register; `label` names it in the reader's language."""

    entry: Entry
    label: str
    tellings: tuple[Sentence, ...]
    outcome: tuple[Sentence, ...]
    href: str


def linked_page(event: str) -> str:
    """The address of the page on which the reports of an event stand side by side."""
    return f"/linked/{quote(event, safe='')}"


def parties(side: Iterable[tuple[str, str, int]]) -> tuple[Party, ...]:
    """The actors of a side of a linked event."""
    return tuple(Party(name, code, code[:3], code[4:], "", actor_page(name)) for name, code, _ in side)


def report_cards(desk: Desk, reports: Sequence[Report]) -> list[Card]:
    """The reports as cards, each with the number of its article."""
    numbers = numbers_of(desk.store, [report.revision for report in reports])
    return [
        card({**report.event, "article": {**report.article, "number": numbers.get(report.revision, 0)}})
        for report in reports
    ]


class Items:
    """Makes entries ready: the register names them in Arabic, readers of English have names of their own."""

    def __init__(self, library: Library) -> None:
        self._types = {str(row["arabic"]): str(row["id"]) for row in library.rows("ontology", "type")}

    def of(self, desk: Desk, entries: Sequence[Entry], language: str) -> list[Item]:
        """The entries in their order."""
        told = [telling for entry in entries for telling in (*entry.tellings, *entry.outcome)]
        numbers = numbers_of(desk.store, [telling.revision for telling in told])
        return [self._item(desk, entry, numbers, language) for entry in entries]

    def _item(self, desk: Desk, entry: Entry, numbers: Mapping[int, int], language: str) -> Item:
        def sentences(tellings: Sequence[Telling]) -> tuple[Sentence, ...]:
            return tuple(Sentence(one, f"/article/{numbers.get(one.revision, 0)}") for one in tellings)

        href = linked_page(entry.event) if entry.event else ""
        label = self._label(desk, entry, language)
        return Item(entry, label, sentences(entry.tellings), sentences(entry.outcome), href)

    def _label(self, desk: Desk, entry: Entry, language: str) -> str:
        if entry.kind != "occasion":
            return desk.labels.of("type", self._types.get(entry.what, entry.what), language)
        name = f"occasion.{entry.id.partition('-')[0]}"
        return desk.texts.say(language)(name) if name in desk.texts else entry.what


def code_of(values: Mapping[str, Any], name: str, longest: int = 200) -> str:
    """A parameter of an address, clean."""
    return str(values.get(name, "")).replace("\0", "").strip()[:longest]
