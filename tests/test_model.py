"""The types are frozen, and spans are half-open."""

from __future__ import annotations

import dataclasses
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai import model
from waqai.model import Article, Frame, Span, Word

spans = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 30), st.integers(1, 10))


@pytest.mark.parametrize(
    "type_", [cls for _, cls in inspect.getmembers(model, dataclasses.is_dataclass)], ids=lambda cls: cls.__name__
)
def test_every_type_is_frozen_and_has_slots(type_: type) -> None:
    assert type_.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(type_)


def test_an_article_cannot_be_altered() -> None:
    article = Article("a", "نص", "")
    with pytest.raises(dataclasses.FrozenInstanceError):
        article.text = "آخر"  # type: ignore[misc]


def test_span_counts_code_points() -> None:
    assert Span(2, 5).of("😀 خبر") == "خبر"


@given(spans, spans)
def test_spans_that_meet_share_an_offset(one: Span, two: Span) -> None:
    shared = set(range(*one)) & set(range(*two))
    assert one.meets(two) == bool(shared)
    assert one.holds(two) == (shared == set(range(*two)))


def test_definite() -> None:
    word = Word(Span(0, 7), "وزير", "وزير", "NOUN", ("ب", "ال"))
    assert word.definite and not dataclasses.replace(word, proclitics=("ب",)).definite


def test_more_specific_rows_weigh_more() -> None:
    plain = Frame("a", "AID", "", "07", (), (), "", False)
    needy = dataclasses.replace(plain, needs=frozenset({"إلى"}))
    having = dataclasses.replace(plain, having=(("النار",),))
    longer = dataclasses.replace(plain, rest=("اطلاق", "النار"))
    assert plain.weight < needy.weight < having.weight < longer.weight
