"""Spelling that means nothing changes nothing: tatweel, vowel marks, hamza on alef, digits, bidi controls."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import coded, folded
from templates import TEMPLATES, Template

from waqai.pipeline import Waqai
from waqai.readers.cleaning import clean

EXAMPLES = int(os.environ.get("METAMORPHIC_EXAMPLES", "1"))
JOINING = "بتثجحخسشصضطظعغفقكلمنهي"  # letters that a stroke may follow
BIDI = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\u061c\ufeff"
CASES = "\u064e\u064f\u0650\u0652"  # the short vowels and sukun, as endings
HAMZA = str.maketrans("أإآ", "ااا")
INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WHEN = (
    " وذلك في 12 مايو 2024.",
    " وذلك يوم 3/5/2024.",
    " وجرى ذلك قبل 4 أيام.",
    " وقال مصدر إن 15 شخصا شهدوا ذلك الثلاثاء.",
)

Change = Callable[[str, random.Random], str]


def tatweel(text: str, chance: random.Random) -> str:
    """A stroke after some letters inside words."""
    return re.sub(f"([{JOINING}])(?=\\w)", lambda m: m[1] + "ـ" * chance.randrange(4) * chance.randrange(2), text)


def endings(text: str, chance: random.Random) -> str:
    """A vowel mark at the end of some words."""
    return re.sub(r"([^\W\d_])(?=[\s.،]|$)", lambda m: m[1] + chance.choice(CASES) * chance.randrange(2), text)


def hamza(text: str, chance: random.Random) -> str:
    """The hamza of alef left out in some words, as hurried spelling does."""
    return re.sub(r"\w+", lambda m: m[0].translate(HAMZA) if chance.randrange(2) else m[0], text)


def digits(text: str, chance: random.Random) -> str:
    """Arabic-Indic digits in some numbers."""
    return re.sub(r"\d+", lambda m: m[0].translate(INDIC) if chance.randrange(4) else m[0], text)


def bidi(text: str, chance: random.Random) -> str:
    """Invisible controls before some words and inside some, and the text cleaned of them as readers clean it."""
    return clean(marked(text, chance))


def marked(text: str, chance: random.Random) -> str:
    """Invisible controls before some words and inside some."""
    return re.sub(r"(?<=[\s\w])(?=\w)", lambda m: chance.choice(BIDI) if not chance.randrange(5) else "", text)


CHANGES: dict[str, Change] = {
    "tatweel": tatweel, "endings": endings, "hamza": hamza, "digits": digits, "bidi": bidi,
}  # fmt: skip


def filled(template: Template, ending: str) -> str:
    names = ("إيران", "ألمانيا") if template.kind == "states" else ("عبد الرحمن الغانمي", "وائل الشقصوي")
    return template.fill(*names).rstrip(".") + ending


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_spelling_changes_nothing(waqai: Waqai, template: Template, name: str) -> None:
    """folded(coded(spelt(text))) = folded(coded(text))."""

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
    @given(st.integers(1, 10**6), st.sampled_from(WHEN))
    def drawn(seed: int, ending: str) -> None:
        text = filled(template, ending)
        assert folded(coded(waqai, CHANGES[name](text, random.Random(seed)))) == folded(coded(waqai, text))

    drawn()


@pytest.mark.xfail(strict=True, reason="only readers clean bidi marks; one before a year parts its date")
def test_bidi_marks_that_no_reader_cleaned_change_nothing(waqai: Waqai) -> None:
    text = "اعتقلت الشرطة المصرية الناشط عبد الرحمن الغانمي في القاهرة وذلك في 12 مايو 2024."
    assert folded(coded(waqai, text.replace(" ", " \u200f"))) == folded(coded(waqai, text))


VOWELLED = (
    "اِتَّهَمَتْ تُرْكِيَا أُوكْرَانِيَا بِخَرْقِ اتِّفَاقِ الهُدْنَةِ.",
    "اِسْتَقْبَلَ الوَزِيرُ سَالِمٌ الحَدَّادِيُّ السَّفِيرَ الكِينِيَّ فِي مَكْتَبِهِ.",
    "قَتَلَ مُسَلَّحُونَ ثَلَاثَةَ جُنُودٍ فِي بِنْغَازِي.",
    "أَرْسَلَتْ كِينْيَا مُسَاعَدَاتٍ غِذَائِيَّةً إِلَى الصُّومَالِ أَمْسِ.",
    "فَرَضَتْ رُومَانْيَا عُقُوبَاتٍ عَلَى إِيرَانَ.",
    "تَظَاهَرَ آلَافُ التُّونِسِيِّينَ وَسَطَ العَاصِمَةِ.",
    "أَفْرَجَتِ السُّلُطَاتُ المِصْرِيَّةُ عَنِ الصَّحَفِيِّ نَبِيلٍ الحَدَّادِيِّ.",
)
MARKS = re.compile("[\u064b-\u0652]")


@pytest.mark.parametrize("text", VOWELLED)
def test_full_vowels_change_nothing(waqai: Waqai, text: str) -> None:
    assert folded(coded(waqai, text)) == folded(coded(waqai, MARKS.sub("", text)))
