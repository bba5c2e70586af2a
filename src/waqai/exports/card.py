"""A record on a terminal: the article's card and a table of its events, read right to left.

Columns are laid out with the first one on the right. Every cell is wrapped in a right-to-left isolate, so that a
terminal that reorders Arabic by itself reorders inside cells only and the columns stay where they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from waqai.model import Actor, Event, Quote, Record

_RLI, _PDI = "\u2067", "\u2069"
# Arabic names of types and statuses come with the record's own codes beside them, so that the table can be searched.
_STATUS = {"happened": "وقع", "planned": "مقرر", "called-for": "مطلوب", "conditional": "مشروط", "denied": "منفي"}
_STYLE = {"happened": "", "planned": "cyan", "called-for": "yellow", "conditional": "yellow", "denied": "red"}
_WIDEST = 150
_NARROWEST = 72


def show(record: Record, *, explain: bool = False, types: dict[str, str] | None = None) -> None:
    """Prints the record on standard output; `explain` adds rule and cue words under each event."""
    console = Console(highlight=False, soft_wrap=False)
    console.width = max(_NARROWEST, min(_WIDEST, console.width))
    _heading(console, record)
    if record.events:
        console.print(_events(record, explain, types or {}))
    else:
        console.print(Text("لا أحداث في هذا المقال", style="dim", justify="right"))
    for quote in record.quotes[:3]:
        console.print(_quote(quote, record.article.text), justify="right")
    if len(record.quotes) > 3:
        console.print(Text(_rtl(f"… و{len(record.quotes) - 3} أقوال أخرى"), style="dim"), justify="right")
    console.print()


def _heading(console: Console, record: Record) -> None:
    article = record.article
    console.rule(style="dim")
    console.print(Text(_rtl(article.title or article.id), style="bold"), justify="right")
    facts = [part for part in (article.published[:10], article.source, "، ".join(article.authors)) if part]
    if facts:
        console.print(Text(_rtl(" · ".join(facts)), style="dim"), justify="right")
    for span in record.digest:
        console.print(Text(_rtl("• " + _one_line(span.of(article.text)))), justify="right")
    for problem in record.problems:
        console.print(Text(f"! {problem}", style="yellow"))


def _events(record: Record, explain: bool, types: dict[str, str]) -> Table:
    text = record.article.text
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_lines=False)
    for name, ratio in (("الدليل", 4), ("أين", 2), ("متى", 2), ("الحال", 1), ("إلى من", 4), ("من", 4), ("الفعل", 3)):
        table.add_column(_rtl(name), justify="right", ratio=ratio, overflow="fold")
    for event in record.events:
        table.add_row(
            _cell(event.trigger_span.of(text)),
            _cell(event.place.name if event.place else ""),
            Text(event.date),
            Text(_rtl(_STATUS[event.status]), style=_STYLE[event.status]),
            _actors(event.targets),
            _actors(event.sources),
            Text(_rtl(types.get(event.type, event.type)) + (f"\n{event.mode}" if event.mode else ""), style="bold"),
        )
        if explain:
            table.add_row(*_explained(event))
    return table


def _explained(event: Event) -> Sequence[Text]:
    """A row with the lexicon row, the status cue and the confidence, spread over the columns from the right."""
    parts = [f"{event.rule}", event.status_cue, f"{event.confidence:.2f}", event.said_by]
    cells = [Text(_rtl(part), style="dim") for part in parts]
    return [Text(""), cells[3], Text(""), cells[1], cells[2], Text(""), cells[0]]


def _actors(actors: Sequence[Actor]) -> Text:
    shown = Text()
    for number, actor in enumerate(actors):
        if number:
            shown.append("\n")
        shown.append(_rtl(_one_line(actor.name)))
        shown.append(f" {actor.code}", style="dim")
    return shown


def _quote(quote: Quote, text: str) -> Text:
    said = _one_line(quote.span.of(text))
    return Text(_rtl(f"{quote.speaker}: «{said[:120]}{'…' if len(said) > 120 else ''}»"), style="italic dim")


def _cell(words: str) -> Text:
    return Text(_rtl(_one_line(words)))


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _rtl(words: str) -> str:
    return f"{_RLI}{words}{_PDI}" if words else ""
