"""A record for a person to read: a table of its events on a terminal, a plain list of them in a pipe.

On a terminal the first column stands on the right. Terminals differ in how they turn Arabic around: each piece of a
line is closed off in a right-to-left isolate, with left-to-right marks between the pieces, so that a terminal which
reorders whole lines turns only what is inside a cell, and one which does no reordering is left as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from waqai.exports.lines import GAP, LRM, PDI, RLI, Cell, isolated, row, wrapped
from waqai.model import Actor, Event, Quote, Record
from waqai.ontology import STATUSES, Ontology

__all__ = ["plain", "show"]

_NARROWEST, _WIDEST = 40, 160
_QUOTES = 3
_QUOTE_LENGTH = 160
# Named colours only: they are the reader's own, chosen to be legible on the reader's background.
_STATUS_STYLE = {"planned": "cyan", "called-for": "magenta", "conditional": "magenta", "denied": "red"}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its heading, the width it needs at least, and its share of what is left over."""

    heading: str
    least: int
    share: int


# From the right.
_COLUMNS = (
    _Column("الفعل", 11, 2),
    _Column("من", 15, 6),
    _Column("إلى", 15, 6),
    _Column("متى", 10, 0),
    _Column("أين", 9, 2),
    _Column("الحال", 6, 0),
)
# A narrower terminal gets events one under the other: columns would break names in the middle.
_TABLE = sum(column.least for column in _COLUMNS) + GAP * (len(_COLUMNS) - 1)


def show(record: Record, ontology: Ontology, console: Console, *, explain: bool = False) -> None:
    """Prints the card of `record`; `explain` adds rule, cue words and confidence under each event."""
    width = max(_NARROWEST, min(_WIDEST, console.width))
    for line in _lines(record, ontology, width, explain):
        console.print(line, soft_wrap=True)


def _lines(record: Record, ontology: Ontology, width: int, explain: bool) -> Iterator[Text]:
    text = record.article.text
    yield Text("─" * width, style="dim")
    yield from _heading(record, width)
    widths = _widths(width) if width >= _TABLE else None
    if record.events and widths:
        yield Text()
        yield from row([[(column.heading, "bold")] for column in _COLUMNS], widths)
    for number, event in enumerate(record.events, start=1):
        yield Text("─" * width, style="dim")
        yield from row(_cells(event, ontology), widths) if widths else _stacked(number, event, ontology, width)
        yield from _evidence(event, text, width)
        if explain:
            yield from _paragraph(" · ".join(_reasons(event)), width, "dim", indent=2)
    if not record.events:
        yield from _paragraph("لا أحداث في هذا المقال", width, "dim")
    else:
        yield Text("─" * width, style="dim")
    for line in _said(record):
        yield from _paragraph(line, width, "italic")
    yield Text()


def _heading(record: Record, width: int) -> Iterator[Text]:
    article = record.article
    yield from _paragraph(article.title or article.id, width, "bold")
    if facts := _facts(record):
        yield from _paragraph(facts, width, "dim")
    for span in record.digest:
        yield from _paragraph("• " + one_line(span.of(article.text)), width, "")
    for problem in record.problems:
        yield Text(f"! {problem}", style="magenta")


def _cells(event: Event, ontology: Ontology) -> list[Cell]:
    act: list[tuple[str, str]] = [(ontology.types[event.type].arabic, "bold")]
    if event.mode:
        act.append((ontology.modes.get(event.mode, event.mode), ""))
    return [
        act,
        _actors(event.sources),
        _actors(event.targets),
        [(event.date, "")],
        [(one_line(event.place.name), "")] if event.place else [],
        [(STATUSES[event.status], _STATUS_STYLE.get(event.status, ""))],
    ]


def _stacked(number: int, event: Event, ontology: Ontology, width: int) -> Iterator[Text]:
    """An event as lines under one another, for terminals too narrow for columns."""
    act, *parties = _told(number, event, ontology)
    yield from _paragraph(act, width, "bold")
    for line in parties:
        yield from _paragraph(line.strip(), width, "", indent=2)


def _actors(actors: Sequence[Actor]) -> Cell:
    return [piece for actor in actors for piece in ((one_line(actor.name), ""), (actor.code, "dim")) if piece[0]]


def _evidence(event: Event, text: str, width: int) -> Iterator[Text]:
    """The sentence an event was read from, the word that names the act in bold."""
    sentence = one_line(event.evidence_span.of(text))
    trigger = one_line(event.trigger_span.of(text))
    before = len(one_line(text[event.evidence_span.start : event.trigger_span.start] + "«")) - 1
    at = before + len("«")
    for line in _paragraph(f"«{sentence}»", width, "dim", indent=2):
        start = line.plain.find(RLI) + 1
        if line.plain[start + at :].startswith(trigger) and at >= 0:
            line.stylize(Style(bold=True, underline=True, dim=False), start + at, start + at + len(trigger))
        at -= len(line.plain) - start - len(PDI + LRM) + 1  # the space at which the line was broken
        yield line


def plain(record: Record, ontology: Ontology, *, explain: bool = False) -> str:
    """The card as text without colours, columns or bidi controls, one fact a line, for pipes and files."""
    article = record.article
    lines = [article.title or article.id]
    if facts := _facts(record):
        lines.append(facts)
    lines.extend("• " + one_line(span.of(article.text)) for span in record.digest)
    lines.extend(f"! {problem}" for problem in record.problems)
    for number, event in enumerate(record.events, start=1):
        lines.append("")
        lines.extend(_told(number, event, ontology))
        lines.append(f"   «{one_line(event.evidence_span.of(article.text))}»")
        if explain:
            lines.append(f"   {' · '.join(_reasons(event))}")
    if not record.events:
        lines.append("لا أحداث في هذا المقال")
    if said := list(_said(record)):
        lines.extend(("", *said))
    return "\n".join(lines) + "\n"


def _told(number: int, event: Event, ontology: Ontology) -> Iterator[str]:
    """What happened, and who did it to whom, a line each."""
    act = ontology.types[event.type].arabic
    if event.mode:
        act += f" ({ontology.modes.get(event.mode, event.mode)})"
    where = one_line(event.place.name) if event.place else ""
    # The date comes first: after Arabic letters its parts would be shown in reverse order.
    yield f"{number}. " + " · ".join(part for part in (event.date, act, STATUSES[event.status], where) if part)
    for heading, actors in (("من", event.sources), ("إلى", event.targets)):
        if actors:
            yield f"   {heading}: " + "، ".join(_named(actor) for actor in actors)


def _named(actor: Actor) -> str:
    return one_line(actor.name) + (f" ({actor.code})" if actor.code else "")


def _facts(record: Record) -> str:
    article = record.article
    return " · ".join(part for part in (article.published[:10], article.source, "، ".join(article.authors)) if part)


def _reasons(event: Event) -> Iterator[str]:
    """What `--explain` tells: codes, the row of the lexicon, cue words, whose word it is, and how sure."""
    yield event.type + (f"/{event.mode}" if event.mode else "") + f" {event.cameo}"
    yield event.rule
    for cue in dict.fromkeys((event.status_cue, *event.cues)):
        if cue:
            yield f"«{one_line(cue)}»"
    if event.said_by:
        yield f"عن {one_line(event.said_by)}"
    yield f"{event.confidence:.2f}"


def _said(record: Record) -> Iterator[str]:
    for quote in record.quotes[:_QUOTES]:
        yield _quoted(quote, record.article.text)
    if len(record.quotes) > _QUOTES:
        yield f"أقوال أخرى: {len(record.quotes) - _QUOTES}"


def _quoted(quote: Quote, text: str) -> str:
    said = one_line(quote.span.of(text)).strip('"«»“”')
    if len(said) > _QUOTE_LENGTH:
        said = said[:_QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"
    return f"{quote.speaker}: «{said}»" if quote.speaker else f"«{said}»"


def one_line(words: str) -> str:
    """`words` with every run of white space as one space."""
    return " ".join(words.split())


def _widths(width: int) -> list[int]:
    """The widths of the columns, gaps left out, that fill `width` together."""
    spare = width - sum(column.least for column in _COLUMNS) - GAP * (len(_COLUMNS) - 1)
    shares = sum(column.share for column in _COLUMNS)
    widths = [column.least + max(0, spare) * column.share // shares for column in _COLUMNS]
    # What division leaves over goes to the two columns of names.
    for number in (1, 2):
        widths[number] += (width - sum(widths) - GAP * (len(widths) - 1)) // (3 - number)
    return widths


def _paragraph(words: str, width: int, style: str, indent: int = 0) -> Iterator[Text]:
    """Lines of running text that begin at the right edge, or `indent` cells left of it.

    Each has a space before it: marks with nothing before them are dropped by some terminals.
    """
    for line in wrapped(words, width - indent - 1):
        shown = Text(" " * (width - indent - cell_len(line)))
        shown.append(isolated(line), style=style)
        yield shown
