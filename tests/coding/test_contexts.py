"""Contexts come from words of the act's sentence, each once and in order."""

from __future__ import annotations

import pytest

from acts import Analyse
from waqai.coding.contexts import ContextReader
from waqai.resources import Library


@pytest.mark.parametrize(
    ("text", "contexts"),
    [
        ("قصفت مدفعية الجيش القرية.", {"military"}),
        ("دفع الجيش بدبابات إلى محيط البرلمان.", {"military", "legislative"}),
        ("شرب الولد كوبا من الحليب.", set()),
    ],
)
def test_contexts_of_a_sentence(library: Library, analyse: Analyse, text: str, contexts: set[str]) -> None:
    [sentence] = analyse(text).sentences
    assert set(ContextReader(library).read(sentence)) == contexts


def test_each_once_in_alphabetical_order(library: Library, analyse: Analyse) -> None:
    [sentence] = analyse("قصف جنود الجيش محيط البرلمان ثم قصفوا مجلس النواب.").sentences
    found = ContextReader(library).read(sentence)
    assert list(found) == sorted(set(found)) and len(found) >= 2


def test_words_of_a_phrase_alone_name_nothing(library: Library, analyse: Analyse) -> None:
    """ "وقف إطلاق النار" is military, "وقف" is not."""
    reader = ContextReader(library)
    [phrase], [word] = (analyse(text).sentences for text in ("أعلن وقف إطلاق النار.", "أعلن وقف العمل."))
    assert reader.read(phrase) == ("military",) and reader.read(word) == ()
