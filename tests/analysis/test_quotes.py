"""Who said what, by which word: direct, indirect and mixed speech, source phrases, and what is no quote."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from acts import Analyse
from strategies import NEWS, sentences
from waqai.analysis.analyser import Analyser
from waqai.model import Article, Span

CASES = [
    # text, kind, speaker, cue word, what was said
    ('قالت هالة الزيدي: "لن نقبل بهذا الاتفاق أبدا".', "direct", "هالة الزيدي", "قالت", "لن نقبل بهذا الاتفاق أبدا"),
    ("قالت هالة الزيدي: «لن نقبل بهذا الاتفاق أبدا».", "direct", "هالة الزيدي", "قالت", "لن نقبل بهذا الاتفاق أبدا"),
    (
        'أكد سالم البحري في بيان أن "المحادثات مع الوفد اليمني كانت ناجحة".', "direct", "سالم البحري", "أكد",
        "المحادثات مع الوفد اليمني كانت ناجحة",
    ),
    (
        "قال سالم البحري إن الحكومة سترسل مساعدات إلى السودان.", "indirect", "سالم البحري", "قال",
        "الحكومة سترسل مساعدات إلى السودان",
    ),
    (
        "وصرحت هالة الزيدي بأن الحكومة أفرجت عن السجناء.", "indirect", "هالة الزيدي", "صرحت",
        "الحكومة أفرجت عن السجناء",
    ),
    (
        "فر السجناء من السجن المركزي، بحسب الشرطة.", "indirect", "الشرطة", "حسب", "فر السجناء من السجن المركزي",
    ),
    (
        "بحسب هالة الزيدي، هاجم مسلحون القرية.", "indirect", "هالة الزيدي", "حسب", "هاجم مسلحون القرية",
    ),
    (
        "ونقلت الوكالة عن سالم البحري قوله إن القوات دخلت المدينة.", "indirect", "سالم البحري", "نقلت",
        "القوات دخلت المدينة",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "speaker", "cue", "said"), CASES, ids=[case[0][:30] for case in CASES])
def test_quotes(analyse: Analyse, text: str, kind: str, speaker: str, cue: str, said: str) -> None:
    [quote] = analyse(text).quotes
    assert (quote.kind, quote.speaker, quote.span.of(text)) == (kind, speaker, said)
    assert quote.cue_span and cue in quote.cue_span.of(text)


@pytest.mark.parametrize(
    "text",
    [
        'زار سالم البحري معرض "ألوان" في المدينة.',  # a name in quotation marks
        'وصف الكاتب الحفل بأنه "رائع".',  # one word of somebody's
        "وصل الوفد إلى المدينة أمس.",
    ],
)
def test_what_is_no_quote(analyse: Analyse, text: str) -> None:
    assert analyse(text).quotes == ()


def test_the_speaker_is_named_in_full(analyse: Analyse) -> None:
    """A surname alone stands for the man named before."""
    text = "وصل الوزير سالم البحري إلى المدينة أمس. وقال البحري إن المحادثات تبدأ غدا في القصر."
    [quote] = analyse(text).quotes
    assert quote.speaker == "سالم البحري"


def test_quotes_stand_in_text_order(analyse: Analyse) -> None:
    text = "\n".join(case[0] for case in CASES)
    spans = [quote.span for quote in analyse(text).quotes]
    assert len(spans) == len(CASES) and spans == sorted(spans)


def test_blanks_inside_quotation_marks_are_not_quoted(analyse: Analyse) -> None:
    text = 'قال الوزير سالم إن " قال . "'
    assert [quote.span.of(text) for quote in analyse(text).quotes] == ["قال ."]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=sentences.map(lambda text: f"قال الوزير {NEWS[4]} إن {text}"))
def test_spans_are_trimmed_and_inside_the_text(analyser: Analyser, text: str) -> None:
    for quote in analyser.analyse(Article("a", text, "", published="2024-05-15")).quotes:
        said = quote.span.of(text)
        assert said and said == said.strip(' "«»')
        for span in (quote.speaker_span, quote.cue_span):
            assert span is None or Span(0, len(text)).holds(span)
