"""Tables that the commands of a store show on a terminal, in English or in Arabic; cells parted by tabs in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

import click
from click.core import ParameterSource

LANGUAGES = ("ar", "en")
_MEASURED = 200  # rows that columns are measured by, so that no table is held in memory as a whole
_LEAST, _WIDEST = 6, 200
_LONGEST = 20  # cells of a word that are never broken; addresses may be
_KEY = "waqai.language"
_HEADINGS = {
    "date": "التاريخ", "type": "الفعل", "status": "الحال", "sources": "من", "targets": "إلى", "place": "المكان",
    "id": "المعرّف", "corrected": "ما صُحّح", "published": "نُشر", "source": "المصدر", "target": "الهدف",
    "title": "العنوان", "snippet": "من النص", "name": "الاسم", "code": "الرمز", "as_source": "فاعلا",
    "as_target": "متلقيا", "first": "أول مرة", "last": "آخر مرة", "number": "العدد", "added": "أضيف",
    "current": "المعتمد", "period": "المدة", "events": "الأحداث", "intensity": "الشدة", "state": "الحال",
    "polled": "آخر زيارة", "next": "الزيارة التالية", "new": "جديد", "revised": "معدّل", "known": "معروف",
    "failed": "فاشل", "error": "الخطأ", "kind": "ما هو", "what": "ماذا", "countries": "البلدان", "parties": "الأطراف",
    "told": "الرواية", "articles": "المقالات",
}  # fmt: skip


def _choose(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    context.meta[_KEY] = value or _of_environment()


def _of_environment() -> str:
    """The language that the terminal's user has chosen for messages, as programs learn it everywhere."""
    chosen = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "ar" if chosen.startswith("ar") else "en"


language_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    envvar="WAQAI_LANG",
    default=None,
    expose_value=False,
    callback=_choose,
    help="The language of tables; that of the terminal where left out, English in a pipe. WAQAI_LANG for terminals.",
)


def language() -> str:
    """The language to write in, "ar" or "en": on a terminal that of its user, or of --lang.

    A pipe gets the same whoever's terminal it is started from, in English, unless --lang itself says otherwise.
    """
    context = click.get_current_context(silent=True)
    if context is None:
        return "en"
    asked = context.get_parameter_source("lang") is ParameterSource.COMMANDLINE
    return str(context.meta.get(_KEY, "en")) if asked or sys.stdout.isatty() else "en"


def show(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], terms: Callable[[], Mapping[str, str]]) -> None:
    """Writes rows as a table of `columns` on a terminal; in a pipe a line a row, cells parted by tabs.

    In Arabic the first column of a terminal stands on the right, and cells that are words of `terms` (types, statuses)
    are told in Arabic.
    """
    arabic = language() == "ar"
    if not sys.stdout.isatty():
        known = terms() if arabic else {}
        click.echo("\t".join(_HEADINGS.get(name, name) if arabic else name for name in columns))
        for row in rows:
            click.echo("\t".join(known.get(cell, cell) for cell in _cells(row, columns)))
        return
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    for line in lines(rows, columns, console.width, terms() if arabic else None):
        console.print(line, soft_wrap=True)


def lines(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], width: int, terms: Mapping[str, str] | None
) -> Iterator[Any]:
    """The lines of a table that is `width` cells wide at most; `terms` are given where it is in Arabic."""
    from waqai.exports.lines import GAP

    arabic = terms is not None
    headings = [_HEADINGS.get(name, name) if arabic else name for name in columns]
    told = ([(terms or {}).get(cell, cell) for cell in _cells(found, columns)] for found in rows)
    first = list(islice(told, _MEASURED))
    widths = _widths([headings, *first], min(width, _WIDEST) - 1 - GAP * (len(columns) - 1))
    if widths is None:
        for cells in chain(first, told):
            yield from _record(headings, cells, width, arabic)
        return
    yield from _line(headings, ["bold"] * len(columns), widths, arabic)
    for cells in chain(first, told):
        yield from _line(cells, [""] * len(columns), widths, arabic)


def _line(cells: Sequence[str], styles: Sequence[str], widths: Sequence[int], arabic: bool) -> Iterator[Any]:
    """The lines of one row, each with a space before it: marks with nothing before them are dropped by terminals."""
    from rich.text import Text

    from waqai.exports.lines import row

    for line in row([[piece] for piece in zip(cells, styles, strict=True)], widths, from_right=arabic):
        yield Text(" ").append_text(line) if arabic else line


def _record(headings: Sequence[str], cells: Sequence[str], width: int, arabic: bool) -> Iterator[Any]:
    """A row as lines under one another, what is empty left out: no words are broken on a narrow terminal."""
    from rich.text import Text

    from waqai.exports.lines import GAP

    least = max(len(heading) for heading in headings)
    sizes = [least, max(_LEAST, width - 1 - GAP - least)]
    for heading, cell in zip(headings, cells, strict=True):
        if cell:
            yield from _line([heading, cell], ["bold", ""], sizes, arabic)
    yield Text()


def _cells(row: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    return [" ".join(str(row.get(name, "")).split()) for name in columns]


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """As wide as the longest cell of each column; where that is too much, the widest are made narrower, down to their
    longest word. None where even that is too much.
    """
    from rich.cells import cell_len

    columns = list(zip(*rows, strict=True))
    wanted = [max(map(cell_len, column)) or 1 for column in columns]
    words = ((cell_len(word) for cell in column for word in cell.split()) for column in columns)
    least = [min(_LONGEST, max(column, default=1)) for column in words]
    if sum(least) > width:
        return None
    most = max(wanted)
    while sum(max(word, min(size, most)) for word, size in zip(least, wanted, strict=True)) > width:
        most -= 1
    return [max(word, min(size, most)) for word, size in zip(least, wanted, strict=True)]
