"""Phrases: title, role and name; roles and groups without a name; demonyms."""

from __future__ import annotations

import itertools
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.analysis.names import NameFinder
from waqai.analysis.sentences import SentenceFinder
from waqai.analysis.titles import PhraseComposer
from waqai.analysis.words import WordReader
from waqai.model import Mention, Sentence
from waqai.resources import Library

PIECES = [
    "الرئيس", "وزير", "الدفاع", "السوري", "،", "سالم", "البحري", "اللواء", "ستة", "جنود", "من", "في", "قوات", "و",
    "المتحدث", "باسم", "الحكومة", "\"", "#", "_", "عدد", "أكثر", "35", "امرأة", "إلى", "مصر", "للجيش", "-", "الأحد",
]  # fmt: skip


@cache
def steps() -> tuple[SentenceFinder, WordReader, NameFinder, PhraseComposer]:
    library = Library()
    return SentenceFinder(library), WordReader(library), NameFinder(library), PhraseComposer(library)


def compose(text: str) -> tuple[Mention, ...]:
    finder, reader, names, phrases = steps()
    sentences = tuple(Sentence(span, reader.read(text, span)) for span in finder.find(text, 0))
    return phrases.compose(text, sentences, names.find(text, sentences))


def demonyms(text: str) -> list[str]:
    finder, reader, _, phrases = steps()
    sentences = tuple(Sentence(span, reader.read(text, span)) for span in finder.find(text, 0))
    return [mention.name for mention in phrases.demonyms(text, sentences)]


@pytest.mark.parametrize(
    ("text", "title", "role", "name"),
    [
        ("قال وزير الخارجية التونسي سالم البحري إنه سيسافر.", "", "وزير الخارجية التونسي", "سالم البحري"),
        ("التقى اللواء سالم البحري الوفد.", "اللواء", "", "سالم البحري"),
        (
            "زار مدير المخابرات العامة الأردنية اللواء سالم البحري باماكو.",
            "اللواء",
            "مدير المخابرات العامة الأردنية",
            "سالم البحري",
        ),
        ("أعلن الرئيس التونسي، سالم البحري، موعد القمة.", "", "الرئيس التونسي", "سالم البحري"),
        ("أعلن سالم البحري، الرئيس التونسي، موعد القمة.", "", "الرئيس التونسي", "سالم البحري"),
        ("وقال سالم البحري رئيس اللجنة إن العدد كبير.", "", "رئيس اللجنة", "سالم البحري"),
        (
            "قالت المتحدثة باسم الخارجية الروسية هالة الزيدي إن الرد قريب.",
            "",
            "المتحدثة باسم الخارجية الروسية",
            "هالة الزيدي",
        ),
        ("التقى الرئيس التونسي #سالم_البحري الوفد.", "", "الرئيس التونسي", "سالم_البحري"),
        (
            "دعا رئيس اتحاد العمال لشؤون السكن سالم البحري إلى الحوار.",
            "",
            "رئيس اتحاد العمال لشؤون السكن",
            "سالم البحري",
        ),
        ("قالت المبعوثة الخاصة للسلام، هالة الزيدي، إن الرد قريب.", "", "المبعوثة الخاصة للسلام", "هالة الزيدي"),
        ('قال رئيس اتحاد العمال "فاعل" سالم البحري إنه سيسافر.', "", 'رئيس اتحاد العمال "فاعل"', "سالم البحري"),
    ],
)
def test_title_role_and_name_are_one_mention(text: str, title: str, role: str, name: str) -> None:
    """The span covers all three, the name span the name alone."""
    found = [mention for mention in compose(text) if mention.name == name]
    assert [(m.title, m.role, m.kind, m.generic) for m in found] == [(title, role, "person", False)]
    assert found[0].name_span.of(text) == name
    assert role in found[0].span.of(text)


@pytest.mark.parametrize(
    "text",
    [
        "قلل رئيس اللجنة في بيت سالم البحري من الخطر.",
        "سلم رئيس اللجنة في الرئيس التونسي سالم البحري ثقته.",
        "وصل رئيس اللجنة إلى الميناء، سالم البحري ينتظر.",
    ],
)
def test_a_name_of_somebody_else_is_not_the_roles(text: str) -> None:
    """A genitive, a name with a role of its own, a name that begins a clause."""
    assert not [mention for mention in compose(text) if mention.name == "سالم البحري" and "اللجنة" in mention.role]


@pytest.mark.parametrize(
    ("text", "phrase", "kind"),
    [
        ("قتل ستة جنود في الهجوم.", "ستة جنود", "group"),
        ("أصيب 12 جنديا من المغرب في الانفجار.", "12 جنديا من المغرب", "group"),
        ("اعتقلت الشرطة أكثر من 35 امرأة تونسية.", "أكثر من 35 امرأة تونسية", "group"),
        ("هاجم مسلحون مجهولون القرية.", "مسلحون مجهولون", "group"),
        ("دان القضاء الفرنسي الوزير السابق.", "القضاء الفرنسي", "group"),
        ("قال وزير الدفاع العراقي إن المعركة انتهت.", "وزير الدفاع العراقي", "person"),
        ("وذكرت مصادر عسكرية أن القصف توقف.", "مصادر عسكرية", "group"),
        ("وذكر مصدر تونسي خاص أن القصف توقف.", "مصدر تونسي خاص", "person"),
        ("رفضت المعارضة التونسية المسلحة العرض.", "المعارضة التونسية المسلحة", "group"),
        ("تظاهر آلاف المحتجين في العاصمة.", "آلاف المحتجين", "group"),
    ],
)
def test_phrases_without_a_name(text: str, phrase: str, kind: str) -> None:
    """A role or group with its numeral, adjectives and genitives is one generic mention."""
    assert (phrase, kind, True) in [(m.span.of(text), m.kind, m.generic) for m in compose(text)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("وصل الوزير الخميس إلى باماكو.", "الوزير الخميس"),
        ("تحدث عن الأمر مطولا.", "الأمر"),
        ("قدم مساعدة للسكان.", "مساعدة"),
        ("دعت وزيرة الدفاع الفرنسية للحوار مرارا.", "وزيرة الدفاع الفرنسية للحوار"),
    ],
)
def test_what_is_no_actor_stays_out(text: str, wrong: str) -> None:
    """Days, masdars spelt like participles, words that differ by hamza, and adverbials are not taken."""
    assert wrong not in [mention.span.of(text) for mention in compose(text)]


def test_demonyms_of_things() -> None:
    """A demonym that describes a thing names its country; one that describes an actor is part of the actor's phrase."""
    assert demonyms("قبلت الحكومة دعوة أميركية إلى الحوار.") == ["أميركية"]
    assert demonyms("قالت الحكومة الأميركية إنها ستنظر في الأمر.") == []


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.booleans())
@settings(max_examples=80, deadline=None)
def test_mentions_are_in_order_and_apart(pieces: list[str], spaced: bool) -> None:
    """Whatever the words, mentions do not overlap, and every name is what its span covers."""
    text = (" " if spaced else "  ").join(pieces)
    found = compose(text)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    for mention in found:
        assert mention.name == mention.name_span.of(text) != ""
        assert mention.span.holds(mention.name_span)
        assert mention.role in text
        assert mention.title in text
