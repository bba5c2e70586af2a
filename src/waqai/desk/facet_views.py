"""Facets as readers see them: named words, how many events each leaves, and the address that chooses it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote_plus

from waqai.desk.asking import Asked
from waqai.desk.finding import Facets
from waqai.desk.setting import Desk

ORDER = ("type", "status", "country", "actor", "place", "sector", "outlet", "mode")


@dataclass(frozen=True, slots=True)
class Choice:
    """A word of a facet; `href` chooses it, or lets go of it where it is `chosen`."""

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet, its commonest words, and whether one of them is chosen."""

    name: str
    choices: tuple[Choice, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that is set, and the address without it."""

    name: str
    label: str
    href: str


def facet_views(desk: Desk, asked: Asked, counted: Facets, path: str, language: str) -> list[Facet]:
    """The facets that have something to choose."""
    found = []
    for name in ORDER:
        base = f"{path}?{asked.query(**{name: ''})}"
        choices = tuple(
            _choice(desk, asked, base, name, (word, count), language) for word, count in counted.get(name, [])
        )
        if choices:
            found.append(Facet(name, choices, bool(getattr(asked.filters, name))))
    return found


def _choice(desk: Desk, asked: Asked, base: str, name: str, counted: tuple[str, int], language: str) -> Choice:
    word, count = counted
    written = desk.keeping.ledger().written(word) if name == "actor" else word
    chosen = getattr(asked.filters, name) in (word, written)
    href = base if chosen else f"{base}{'' if base.endswith('?') else '&'}{name}={quote_plus(written)}"
    return Choice(_label(desk, name, word, language), count, href, chosen)


def chosen_conditions(desk: Desk, asked: Asked, path: str, language: str) -> list[Condition]:
    """The conditions that are set, in the order of the address."""
    return [
        Condition(name, _label(desk, name, value, language), f"{path}?{asked.query(**{name: ''})}")
        for name, value in asked.conditions.items()
    ]


def _label(desk: Desk, name: str, word: str, language: str) -> str:
    if name == "actor":
        return desk.keeping.ledger().written(word)
    if name in ("type", "mode", "status", "country", "sector"):
        return desk.labels.of(name, word, language)
    return word
