"""Hypothesis generators shared by the tests: Arabic words as print has them, sentences, articles."""

from __future__ import annotations

from hypothesis import strategies as st

from waqai.model import Article

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
VARIANTS = "أإآٱىئؤءةی"
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640"  # the last is tatweel
BIDI = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\u061c\ufeff\u200c"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳"
STOPS = '.،؛؟!:…\n"«»()[]-/%'

# Words on which the steps have something to do, so that random texts are not passed over.
NEWS = [
    "قال", "إن", "التقى", "الوزير", "سالم", "البحري", "هالة", "الزيدي", "في", "القاهرة", "أمس", "الاثنين", "هاجم",
    "الجيش", "قرية", "لم", "سوف", "إذا", "وقف", "إطلاق", "النار", "مارس", "2024", "زيارة", "مقتل", "ثلاثة", "جنود",
    "دعا", "إلى", "من", "المقرر", "أن", "اتفاق", "بين", "مصر", "والسودان", "نفى", "وأعلن", "بحسب", "مصدر",
]  # fmt: skip

letters = st.sampled_from(LETTERS + VARIANTS)
plain_words = st.text(letters, min_size=1, max_size=9)


@st.composite
def words(draw: st.DrawFn) -> str:
    """One word, at times with marks, tatweel or bidi controls inside."""
    word = draw(st.one_of(st.sampled_from(NEWS), plain_words))
    if draw(st.integers(0, 3)):
        return word
    noise = draw(st.text(st.sampled_from(MARKS + BIDI), min_size=1, max_size=3))
    at = draw(st.integers(0, len(word)))
    return word[:at] + noise + word[at:]


numbers = st.text(st.sampled_from(DIGITS + "/.-,"), min_size=1, max_size=10)
tokens = st.one_of(
    words(), words(), words(), numbers, st.sampled_from(list(STOPS)), st.sampled_from(["NATO", "😀", "@a"])
)
sentences = st.lists(tokens, max_size=40).map(" ".join)
dates = st.sampled_from(["", "2024", "2024-03", "2024-05-15", "2020-02-29T23:59:00+03:00"])


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article whose text keeps the form readers give it: title, two newlines, paragraphs."""
    title = " ".join(draw(sentences).split())
    body = "\n".join(" ".join(line.split()) for line in draw(st.lists(sentences, max_size=4)))
    text = "\n\n".join(part for part in (title, body) if part)
    return Article("made-up", text, title, published=draw(dates))
