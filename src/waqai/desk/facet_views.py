"""Facets as readers see them: named words, how many events each leaves, and the address that chooses it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus

from markupsafe import Markup, escape

from waqai.desk.asking import Asked
from waqai.desk.finding import Facets
from waqai.desk.labels import Labels
from waqai.desk.setting import Desk
from waqai.desk.written import clip

_NAMED = ("type", "mode", "status", "country", "sector")
ORDER = ("type", "status", "country", "actor", "place", "sector", "outlet", "mode")


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet, its commonest words as items of a list, and whether one of them is chosen.

    An item has the word's name, how many events it leaves, and the address that chooses it or lets go of it.
    """

    name: str
    items: Markup
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
        if not (words := counted.get(name)):
            continue
        rest = asked.query(**{name: ""})
        chosen = str(getattr(asked.filters, name))
        items = "".join(_item(desk, (path, rest, chosen), name, word, count, language) for word, count in words)
        found.append(Facet(name, Markup(items), bool(chosen)))
    return found


def _item(desk: Desk, around: tuple[str, str, str], name: str, word: str, count: int, language: str) -> str:
    """A word of a facet; `around` are the path, the other conditions, and the word that is chosen."""
    path, rest, chosen = around
    spelt = desk.keeping.ledger().written(word) if name == "actor" else word
    if chosen and chosen in (word, spelt):
        href, current = f"{path}?{rest}", ' aria-current="true"'
    else:
        href, current = f"{path}?{rest}{'&' if rest else ''}{name}={_quoted(spelt)}", ""
    label = _shown(desk.labels, name, spelt, language)
    return (
        f'<li><a href="{href.replace("&", "&amp;")}"{current} rel="nofollow"><bdi>{label}</bdi> '
        f'<span class="count">{count:,}</span></a></li>\n'
    )


_quoted = lru_cache(maxsize=20_000)(quote_plus)


@lru_cache(maxsize=20_000)
def _shown(labels: Labels, name: str, word: str, language: str) -> Markup:
    named = labels.of(name, word, language) if name in _NAMED else word
    return escape(clip(named, 60))


def chosen_conditions(desk: Desk, asked: Asked, path: str, language: str) -> list[Condition]:
    """The conditions that are set, in the order of the address."""
    return [
        Condition(name, _label(desk, name, value, language), f"{path}?{asked.query(**{name: ''})}")
        for name, value in asked.conditions.items()
    ]


def _label(desk: Desk, name: str, word: str, language: str) -> str:
    if name == "actor":
        return desk.keeping.ledger().written(word)
    if name in _NAMED:
        return desk.labels.of(name, word, language)
    return word
