"""Publication dates: the table beside this file, and laws that hold for every day."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.readers.dates import DateReader
from waqai.resources import Library

READER = DateReader(Library())
ROWS = tomllib.loads((Path(__file__).parent / "dates.toml").read_text(encoding="utf-8"))["date"]
MONTHS = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
DAYS = st.dates(min_value=date(1980, 1, 1), max_value=date(2060, 12, 31))


def test_the_table_is_large_enough() -> None:
    assert len(ROWS) >= 120


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] or "empty" for row in ROWS])
def test_table(row: dict[str, str]) -> None:
    assert READER.read(row["text"]).value == row["value"]


@given(day=DAYS)
def test_every_day_is_read_back(day: date) -> None:
    """A day written out, in digits, or in Arabic digits is the same day."""
    named = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    digits = named.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for text in (
        named,
        digits,
        f"{day.day}/{day.month}/{day.year}",
        f"{day.year}/{day.month}/{day.day}",
        day.isoformat(),
    ):
        assert READER.read(text).value == day.isoformat()


@given(st.text(alphabet="0123456789٠١٢/-.: \u200fTصم،يناراذوالحجةGMT+", max_size=60))
def test_any_string_gives_an_iso_prefix_or_nothing(text: str) -> None:
    value = READER.read(text).value
    if len(value) >= 10:
        date.fromisoformat(value[:10])
    else:
        assert len(value) in (0, 4, 7)


def test_a_sentence_that_names_a_day_is_no_date_line() -> None:
    assert READER.line("افتتح الوزير سالم البحري المعرض يوم 26 مارس 2024 في مدينة سوسة") == ""
    assert READER.line("الثلاثاء 26 مارس 2024") == "2024-03-26"
    assert READER.line("مارس 2024") == ""


def test_updates_are_told_from_publication() -> None:
    assert READER.is_update("آخر تحديث: 26 مارس 2024")
    assert not READER.is_update("نشر في 26 مارس 2024، آخر تحديث 27 مارس 2024")
