"""Case by spelling: objects in ين and alif, and words that only look like them."""

from __future__ import annotations

import pytest

from waqai.analysis.cases import accusative
from waqai.model import Span, Word


@pytest.mark.parametrize(
    ("form", "lemma", "proclitics", "any_", "alif"),
    [
        ("مواطنين", "مواطن", ("ال",), True, False),
        ("هجوما", "هجوم", (), True, True),
        ("مواطنون", "مواطن", ("ال",), False, False),
        ("فلسطين", "فلسطين", (), False, False),
        ("عصا", "عصا", (), False, False),
    ],
)
def test_accusative(form: str, lemma: str, proclitics: tuple[str, ...], any_: bool, alif: bool) -> None:
    word = Word(Span(0, len(form)), form, lemma, "NOUN", proclitics)
    assert accusative(word) is any_
    assert accusative(word, alif_only=True) is alif
