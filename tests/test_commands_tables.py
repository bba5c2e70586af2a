"""Tables on a terminal: in the language of its user, no wider than it is, every piece of Arabic closed off."""

from __future__ import annotations

import unicodedata

import click
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from waqai.commands_tables import language_option, lines

COLUMNS = ("date", "type", "status", "sources", "targets", "id")
TERMS = {"CONSULT": "تشاور", "planned": "مقرر"}
ROWS = [
    {"date": "2024-05-14", "type": "CONSULT", "status": "planned", "sources": "سالم البحري; هالة الزيدي",
     "targets": "رئيس الوزراء المالي", "id": "02990e7a0304"},
    {"date": "", "type": "AID", "status": "happened", "sources": "وزارة\nالصحة", "targets": "", "id": "c024e690ef3e"},
]  # fmt: skip


def bare(line: str) -> str:
    return "".join(letter for letter in line if unicodedata.category(letter) != "Cf")


def shown(width: int, terms: dict[str, str] | None) -> list[str]:
    return [line.plain for line in lines(ROWS, COLUMNS, width, terms)]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("terms", [None, TERMS])
def test_no_line_is_too_wide_and_no_word_is_broken(width: int, terms: dict[str, str] | None) -> None:
    told = shown(width, terms)
    assert all(cell_len(bare(line)) <= width for line in told)
    words = " ".join(map(bare, told)).split()
    for row in ROWS:
        for cell in row.values():
            said = (terms or {}).get(cell, cell).split()
            assert set(said) <= set(words)


def test_the_first_column_is_on_the_left_in_english_and_on_the_right_in_arabic() -> None:
    english, arabic = (bare(shown(120, terms)[0]).split() for terms in (None, TERMS))
    assert english == list(COLUMNS)
    assert arabic == ["المعرّف", "إلى", "من", "الحال", "الفعل", "التاريخ"]
    assert "تشاور" in shown(120, TERMS)[1] and "CONSULT" in shown(120, None)[1]


@pytest.mark.parametrize("terms", [None, TERMS])
def test_arabic_is_closed_off_on_its_line(terms: dict[str, str] | None) -> None:
    """Else a terminal would turn neighbouring cells around as one piece."""
    for width in (50, 120):
        for line in shown(width, terms):
            assert line.count("\u2067") == line.count("\u2069") and line[:1] in ("", " ")


def test_a_narrow_terminal_gets_rows_under_one_another() -> None:
    assert [bare(line).split() for line in shown(40, None)[:2]] == [["date", "2024-05-14"], ["type", "CONSULT"]]


@click.command()
@language_option
@click.pass_context
def ask(context: click.Context) -> None:
    click.echo(context.meta["waqai.language"])


@pytest.mark.parametrize(("words", "environment", "language"), [
    ((), {"LANG": "ar_EG.UTF-8", "LC_ALL": ""}, "ar"),
    ((), {"LANG": "ar_EG.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
    ((), {"LANG": "de_DE.UTF-8", "LC_ALL": "", "LC_MESSAGES": "ar"}, "ar"),
    ((), {"LANG": "ar_EG.UTF-8", "LC_ALL": "", "WAQAI_LANG": "en"}, "en"),
    (("--lang", "ar"), {"LANG": "C", "LC_ALL": "", "WAQAI_LANG": "en"}, "ar"),
])  # fmt: skip
def test_the_language_is_that_asked_for_or_that_of_the_terminal(
    words: tuple[str, ...], environment: dict[str, str], language: str
) -> None:
    nothing = {"LANG": None, "LC_ALL": None, "LC_MESSAGES": None, "WAQAI_LANG": None}
    assert CliRunner().invoke(ask, words, env={**nothing, **environment}).output == f"{language}\n"
