"""Folding is for looking up: it forgives spelling and never loses track of where it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import BIDI, MARKS, sentences, words
from waqai.arabic import arabic_share, ascii_digits, fold, fold_map, strip_marks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"), ("إلى", "الي"), ("آمال", "امال"), ("مدرسة", "مدرسه"), ("مستشفى", "مستشفي"),
        ("مسؤول", "مسوول"), ("رئيس", "رييس"), ("کرکوک", "كركوك"), ("مُحَمَّدٌ", "محمد"), ("الـعـراق", "العراق"),
        ("٢٠٢٤", "2024"), ("۱۹", "19"), ("ﷲ", "الله"), ("ﻻ", "لا"), ("\u202bخبر\u202c", "خبر"), ("NATO", "nato"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_fold_to_one_form(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("كتب", "كتبه"), ("سعيد", "سعد"), ("حرب", "جرب"), ("12", "21")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(sentences)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(words())
def test_folding_leaves_no_mark(word: str) -> None:
    assert not set(fold(word)) & set(MARKS + BIDI)


@given(sentences)
def test_fold_map_leads_back(text: str) -> None:
    """Each folded letter comes from the letter its offset names, offsets never run back, and the end is the end."""
    folded, origin = fold_map(text)
    assert len(origin) == len(folded) + 1 and origin[-1] == len(text)
    assert origin == sorted(origin)
    for letter, offset in zip(folded, origin, strict=False):
        assert letter in fold(text[offset])


@given(sentences)
def test_fold_map_and_fold_agree(text: str) -> None:
    assert fold_map(text)[0] == fold(text)


@given(st.text())
def test_digits_keep_the_length(text: str) -> None:
    assert len(ascii_digits(text)) == len(text)


def test_strip_marks_keeps_letters() -> None:
    assert strip_marks("أُعْلِنَ إلـى\u200f") == "أعلن إلى"


@pytest.mark.parametrize(
    ("text", "share"), [("", 0.0), ("123 !", 0.0), ("خبر", 1.0), ("news", 0.0), ("خبر abc", 0.5), ("پگ", 1.0)]
)
def test_arabic_share(text: str, share: float) -> None:
    assert arabic_share(text) == pytest.approx(share)
