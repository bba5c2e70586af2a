"""Tokens, clitics, parts of speech, lemmas and verb readings."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.analysis.words import WordReader
from waqai.model import Reading, Span, Word
from waqai.resources import Library


@cache
def reader() -> WordReader:
    return WordReader(Library())


def read(text: str) -> tuple[Word, ...]:
    return reader().read(text, Span(0, len(text)))


def apart(text: str) -> list[str]:
    """The words of `text` with their clitics, joined by +."""
    return ["+".join([*word.proclitics, word.form, *([word.enclitic] if word.enclitic else [])]) for word in read(text)]


def test_tokens() -> None:
    """Letters, numbers with their points, single marks; # and _ part words and are none; marks stay in the span."""
    text = "أكّــدَ #سالم_البحري: 2.5%، و15 (FAO)"
    words = read(text)
    assert [word.span.of(text) for word in words] == [
        "أكّــدَ", "سالم", "البحري", ":", "2.5", "%", "،", "و", "15", "(", "FAO", ")",
    ]  # fmt: skip
    assert words[0].form == "أكد"
    assert [word.pos for word in words if word.form in ("2.5", "15")] == ["NUM", "NUM"]
    assert words[3].pos == "PUNCT"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("للجيش", "ل+ال+جيش"),
        ("وبالمدينة", "و+ب+ال+مدينة"),
        ("سيلتقي", "س+يلتقي"),
        ("حكومته", "حكومت+ه"),
        ("لأنهم", "ل+أن+هم"),
        ("به", "ب+ه"),
        ("عليها", "علي+ها"),
        ("والتقى", "و+التقى"),
        ("الله", "الله"),
        ("كما", "كما"),
        ("بالتزامه", "ب+التزام+ه"),
        ("للجنة", "ل+ال+لجنة"),
        ("فقال", "ف+قال"),
    ],
)
def test_clitics(text: str, cut: str) -> None:
    """Clitics come off in order; words that only look as though they had some stay whole."""
    assert apart(text) == [cut]


@pytest.mark.parametrize(
    ("text", "word", "pos"),
    [
        ("قتل ثلاثة جنود في هجوم قرب باماكو.", "قتل", "VERB"),
        ("أدان المجلس قتل الرهائن في باماكو.", "قتل", "NOUN"),
        ("مقتل خمسة مدنيين في انفجار", "مقتل", "NOUN"),
        ("الرئيس التونسي يلتقي وفدا ماليا", "يلتقي", "VERB"),
        ("وصل سالم البحري إلى تونس.", "إلى", "ADP"),
        ("وصل سالم البحري الى تونس.", "الى", "ADP"),
        ("قال إن الهجوم الذي شنه مسلحون فشل.", "شن", "VERB"),
        ("زار سالم البحري بيروت أمس.", "بيروت", "PROPN"),
        ("كان الوفد قد وصل.", "كان", "VERB"),
    ],
)
def test_parts_of_speech(text: str, word: str, pos: str) -> None:
    """Verbs are told from nouns by what stands around them."""
    assert next(one.pos for one in read(text) if one.form == word) == pos


def first(form: str, *, pronoun: bool = False) -> Reading:
    return reader().readings(form, pronoun=pronoun)[0]


@pytest.mark.parametrize(
    ("form", "lemma", "aspect", "agreement"),
    [
        ("أعلنت", "أعلن", "perfect", "3fs"),
        ("اعلنت", "أعلن", "perfect", "3fs"),
        ("التقوا", "التقى", "perfect", "3mp"),
        ("إلتقى", "التقى", "perfect", "3ms"),
        ("يدعو", "دعا", "imperfect", "3ms"),
        ("يعد", "عد", "imperfect", "3ms"),
        ("يقول", "قال", "imperfect", "3ms"),
        ("قيل", "قال", "perfect", "3ms"),
        ("تجريان", "جرى", "imperfect", "3fd"),
        ("قرؤوا", "قرأ", "perfect", "3mp"),
        ("نرى", "رأى", "imperfect", "1cp"),
        ("آمنوا", "آمن", "perfect", "3mp"),
    ],
)
def test_readings(form: str, lemma: str, aspect: str, agreement: str) -> None:
    """The likeliest reading comes first: common verbs before rare, third person before second."""
    found = first(form)
    assert (found.lemma, found.aspect, found.agreement) == (lemma, aspect, agreement)


def test_readings_follow_the_clitics() -> None:
    """What the word shows rules readings out: س leaves the imperfect, a pronoun its own spellings, لم the jussive."""
    assert {reading.aspect for reading in read("سيعلن الوفد موقفه.")[0].readings} == {"imperfect"}
    assert first("دعا", pronoun=True).lemma == "دعا"
    assert not any(reading.agreement == "3mp" for reading in reader().readings("دعوا", pronoun=True))
    assert read("لم يعد الوزير إلى بلاده.")[1].readings[0].lemma == "عاد"


def test_damma_shows_the_passive() -> None:
    """قُتل and يُقتل are passive; يُعلن may be either."""
    assert read("قُتل الجندي.")[0].readings[0].voices == "p"
    assert read("يُقتل الجنود.")[0].readings[0].voices == "p"
    assert "a" in read("يُعلن الوفد موقفه.")[0].readings[0].voices


def test_lemmas() -> None:
    """Verbs have their citation form; nouns lose a sound plural, and ت before a pronoun is ة again."""
    lemmas = {word.form: word.lemma for word in read("التقى الوزير ممثلين عن منظمات دولية في سفارته، وأعلنت عليها.")}
    assert lemmas["التقى"] == "التقى"
    assert lemmas["منظمات"] == "منظمة"
    assert lemmas["سفارت"] == "سفارة"
    assert lemmas["علي"] == "على"


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from('ابتلوفسكيهةأإآىءؤئ ًّـ.،"#_0١a😀پ\u200f\u200d\ud800') | st.characters(), max_size=120
    )
)
def test_words_slice_back_and_lose_nothing(text: str) -> None:
    """Words are in order, do not overlap, and cover every code point but blanks and what ties hashtags."""
    words = read(text)
    covered = set()
    last = 0
    for word in words:
        assert last <= word.span.start < word.span.end <= len(text)
        covered.update(range(*word.span))
        last = word.span.end
    assert all(at in covered or letter.isspace() or letter in "#_" for at, letter in enumerate(text))


def test_rubbish_is_bounded_in_time() -> None:
    """A word of 10,000 letters, 20,000 short words, Persian and pictures neither fail nor linger."""
    began = time.process_time()
    for text in ("و" * 10_000, "كلمة " * 20_000, "این یک آزمایش است 😀🇾🇪 " * 200, "ـ" * 5000, "\u0651" * 5000):
        read(text)
    assert time.process_time() - began < 10


def test_reading_twice_is_the_same() -> None:
    """What is remembered between sentences changes nothing."""
    text = "استقبل الرئيس وفد بلاده وأكد دعمه للحوار."
    assert read(text) == WordReader(Library()).read(text, Span(0, len(text)))
