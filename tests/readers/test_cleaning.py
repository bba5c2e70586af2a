"""Cleaning: what nobody sees goes, what a reader sees stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.readers.cleaning import clean, one_line, paragraphs


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("\ufeb3\ufe8e\ufedf\ufee2", "سالم"),  # positional forms
        ("\ufefbعب", "لاعب"),  # lam-alef ligature
        ("ا\u0654علن", "أعلن"),  # hamza apart from its letter
        ("کتاب یوم", "كتاب يوم"),
        ("م\u0651د\ufe7cا", "م\u0651د\u0651ا"),  # a shadda stored alone goes on the letter before it
        ("قال\xa0الوزير\u2003غدا", "قال الوزير غدا"),
        ("قا\x00ل\u200f \u202bالوزير\u202c\ud800", "قال الوزير"),
        ("\ufeffقا\u200cل\u00ad", "قال"),
        ("سطر\r\nسطر\u2028سطر\x0bسطر", "سطر\nسطر\nسطر\nسطر"),
        ("\uf09aخبر\U000f0001", "خبر"),  # glyphs of icon fonts
        ("مـــصر  تُعلِنُ", "مـــصر  تُعلِنُ"),  # tatweel, marks and double spaces are the writer's
        ("٢٦ مارس", "٢٦ مارس"),
    ],
)
def test_examples(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


@given(st.text(alphabet="\n \t\xa0\u200fابت.", max_size=40))
def test_paragraphs_have_no_outer_space_and_are_not_empty(text: str) -> None:
    for line in paragraphs(clean(text)):
        assert line and line == line.strip() and "\n" not in line


def test_one_line() -> None:
    assert one_line("  سطر\n  آخر\t") == "سطر آخر"
