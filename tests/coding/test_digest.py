"""The digest: up to three whole sentences of the body, in text order, the lead among them, nothing twice."""

from __future__ import annotations

from acts import Analyse, Drafts
from waqai.coding.digest import digest
from waqai.model import Span

BODY = (
    "التقى الوزير التونسي سالم البحري نظيره المالي في باماكو أمس الثلاثاء.\n"
    "وكان الطقس حارا في العاصمة طوال النهار كما هي العادة.\n"
    "وهاجم مسلحون قاعدة للجيش المالي في الشمال وقتلوا عشرة جنود.\n"
    "وتقع القرية على ضفة نهر كبير تحيط بها أشجار عالية.\n"
    "واعتقلت الشرطة المالية ثلاثة صحفيين في المدينة مساء الاثنين.\n"
    "التقى الوزير التونسي سالم البحري نظيره المالي في باماكو أمس الثلاثاء."
)


def test_lead_first_then_the_sentences_with_acts(analyse: Analyse, drafts: Drafts) -> None:
    title = "لقاء في باماكو"
    analysis = analyse(BODY, title)
    spans = digest(analysis.sentences, [draft.event for draft in drafts(BODY, title)])
    text = analysis.article.text
    assert [span.of(text).split()[0] for span in spans] == ["التقى", "وهاجم", "واعتقلت"]
    assert list(spans) == sorted(spans)


def test_it_is_made_of_whole_sentences_of_the_body(analyse: Analyse) -> None:
    analysis = analyse(BODY, "لقاء في باماكو بين الوزير التونسي ونظيره المالي")
    spans = digest(analysis.sentences, [])
    assert 1 <= len(spans) <= 3
    assert set(spans) <= {sentence.span for sentence in analysis.sentences if sentence.part == "body"}


def test_a_short_body_has_a_short_digest(analyse: Analyse) -> None:
    analysis = analyse("وصل الوفد التونسي إلى المدينة أمس.")
    assert digest(analysis.sentences, []) == (Span(0, len(analysis.article.text)),)
    assert digest((), []) == ()


def test_it_costs_a_reader_forty_five_words_at_most_beyond_its_first_sentence(analyse: Analyse) -> None:
    long = " ".join(["وبحث الوفد مع المسؤولين في المدينة شؤون التجارة والنقل والمياه"] * 4) + "."
    analysis = analyse(f"وصل الوفد التونسي إلى المدينة أمس.\n{long}\n{long}")
    spans = digest(analysis.sentences, [])
    assert [len(span.of(analysis.article.text).split()) <= 45 for span in spans] == [True] * len(spans)
