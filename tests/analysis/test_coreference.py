"""Coreference: surnames, offices, short forms of groups, fused spellings."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.analysis.coreference import Coreferrer
from waqai.analysis.names import NameFinder
from waqai.analysis.sentences import SentenceFinder
from waqai.analysis.titles import PhraseComposer
from waqai.analysis.words import WordReader
from waqai.model import Mention, Sentence
from waqai.resources import Library


@cache
def steps() -> tuple[SentenceFinder, WordReader, NameFinder, PhraseComposer, Coreferrer]:
    library = Library()
    return (
        SentenceFinder(library),
        WordReader(library),
        NameFinder(library),
        PhraseComposer(library),
        Coreferrer(library),
    )


def resolve(title: str, body: str) -> tuple[str, tuple[Mention, ...]]:
    finder, reader, names, phrases, coreference = steps()
    text = f"{title}\n\n{body}"
    sentences = tuple(
        Sentence(span, reader.read(text, span), "title" if span.end <= len(title) else "body")
        for span in finder.find(text, len(title))
    )
    return text, coreference.resolve(text, sentences, phrases.compose(text, sentences, names.find(text, sentences)))


MINISTER = "التقى وزير الدفاع التونسي سالم البحري نظيره أمس في باماكو.\n"


@pytest.mark.parametrize(
    ("title", "body", "phrase", "name"),
    [
        ("لقاء في باماكو", MINISTER + "وقال البحري إن اللقاء مفيد.", "البحري", "سالم البحري"),
        ("لقاء في باماكو", MINISTER + "وقال الوزير إن اللقاء مفيد.", "الوزير", "سالم البحري"),
        ("لقاء في باماكو", MINISTER + "وقال الوزير التونسي إن اللقاء مفيد.", "الوزير التونسي", "سالم البحري"),
        ("لقاء في باماكو", MINISTER + "وقال وزير الدفاع إن اللقاء مفيد.", "وزير الدفاع", "سالم البحري"),
        ("وزير الدفاع التونسي في باماكو", MINISTER, "وزير الدفاع التونسي", "سالم البحري"),
        ("لقاء في باماكو", "اتهمت حركة حماس الشرطة. ورفضت الحركة الاتهام.", "الحركة", "حركة حماس"),
        ("لقاء", "قالت مصادر عسكرية إنه غادر. وأضافت المصادر أنه سيعود.", "المصادر", "مصادر عسكرية"),
        ("لقاء", "أكد الجيش اليمني ذلك. وأعلن أن قصفا للجيش اليمني وقع.", "للجيش اليمني", "الجيش اليمني"),
        (
            "لقاء",
            "أكد القائد كريم العبيدي ذلك. وغادر القائد #كريم_العبيدي القاعة.",
            "القائد #كريم_العبيدي",
            "كريم العبيدي",
        ),
    ],
)
def test_short_forms_get_the_full_name(title: str, body: str, phrase: str, name: str) -> None:
    """A short form stands for the nearest actor before it that fits, in a headline for the first after it."""
    text, found = resolve(title, body)
    assert (phrase, name) in [(mention.span.of(text), mention.name) for mention in found]


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        (MINISTER + "وقال الرئيس إن اللقاء مفيد.", "الرئيس"),
        (MINISTER + "وقال الوزير المغربي إن اللقاء مفيد.", "الوزير المغربي"),
        (MINISTER + "وقال وزير إن اللقاء مفيد.", "وزير"),
    ],
)
def test_an_office_that_does_not_fit_stays_as_it_is(body: str, phrase: str) -> None:
    """Another office, another country, or an indefinite one stands for nobody who is named."""
    text, found = resolve("لقاء في باماكو", body)
    assert (phrase, phrase, True) in [(mention.span.of(text), mention.name, mention.generic) for mention in found]


@given(st.lists(st.sampled_from([*MINISTER.split(), "الوزير", "البحري", "الحركة", "حركة", "حماس", "."]), max_size=30))
@settings(max_examples=60, deadline=None)
def test_names_are_written_in_the_article(pieces: list[str]) -> None:
    """Every name given stands in the text; spans are those of the mentions that came in."""
    text, found = resolve("لقاء", " ".join(pieces))
    for mention in found:
        assert mention.name
        assert mention.name in text
        assert mention.span.of(text)
