"""Small pieces of HTML that stand on a page many times over, made once and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from waqai.desk import written
from waqai.desk.cards import Card, Party
from waqai.desk.labels import Labels
from waqai.store.event_lines import EventLine

_LINKED, _NAMED = 6, 4  # parties of a side; more are counted
_COMMA = {"ar": "، ", "en": ", "}


class Fragments:
    """Pieces with names of `labels`."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._party = lru_cache(maxsize=20_000)(self._made_party)
        self._act = lru_cache(maxsize=2_000)(self._made_act)
        self._options = lru_cache(maxsize=2_000)(self._made_options)
        self._status = lru_cache(maxsize=100)(self._made_status)

    def side(self, parties: Sequence[Party], language: str) -> Markup:
        """The parties of one side as links to their pages, with their codes."""
        shown = [self._party(one, language) for one in parties[:_LINKED]]
        return _joined(shown, len(parties), language)

    def names(self, parties: Sequence[Party], language: str) -> Markup:
        """Their names alone."""
        shown = [_name(one.name) for one in parties[:_NAMED]]
        return _joined(shown, len(parties), language)

    def act(self, event: Card | EventLine, language: str) -> Markup:
        """Type and mode."""
        return self._act(event.type, event.mode, language)

    def status(self, event: Card | EventLine, language: str) -> Markup:
        """The status."""
        return self._status(event.status, language)

    def options(self, kind: str, known: Iterable[str], chosen: str, language: str, pattern: str = "{label}") -> Markup:
        """What a list of a form lets choose, `chosen` among it; `pattern` puts together `label` and `code` of each."""
        return self._options(kind, tuple(known), chosen, language, pattern)

    def _made_options(self, kind: str, known: Sequence[str], chosen: str, language: str, pattern: str) -> Markup:
        made = ""
        for code in known:
            shown = escape(pattern.format(label=self._labels.of(kind, code, language), code=code))
            made += f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{shown}</option>\n'
        return Markup(made)

    def _made_party(self, one: Party, language: str) -> Markup:
        name = f'<a class="party" href="{escape(one.href)}"><bdi>{escape(written.clip(one.name, 120))}</bdi></a>'
        if not one.code:
            return Markup(name)
        title = self._labels.of("country", one.country, language)
        if one.sector:
            title += _COMMA[language] + self._labels.of("sector", one.sector, language)
        return Markup(f'{name} <abbr class="code" title="{escape(title)}">{escape(one.code)}</abbr>')

    def _made_act(self, kind: str, mode: str, language: str) -> Markup:
        named = f'<span class="act-name">{escape(self._labels.of("type", kind, language))}</span>'
        if mode:
            named += f' <span class="mode">{escape(self._labels.of("mode", mode, language))}</span>'
        return Markup(named)

    def _made_status(self, status: str, language: str) -> Markup:
        label = escape(self._labels.of("status", status, language))
        return Markup(f'<span class="status status-{escape(status)}">{label}</span>')


@lru_cache(maxsize=20_000)
def _name(name: str) -> Markup:
    return Markup(f"<bdi>{escape(written.clip(name, 80))}</bdi>")


def _joined(shown: Sequence[Markup], count: int, language: str) -> Markup:
    more = f" +{count - len(shown)}" if count > len(shown) else ""
    return Markup(_COMMA[language].join(shown) + more)
