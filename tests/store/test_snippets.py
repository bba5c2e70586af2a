"""Marks stand where a search of every single word would set them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import articles, words
from waqai.resources import Library
from waqai.store.keys import SPOKEN, Keys, form, plain
from waqai.store.keys import words as words_of
from waqai.store.lettered import Lettered
from waqai.store.search import parse
from waqai.store.snippets import Marker

PROBE = tomllib.loads((Path(__file__).parent / "probe.toml").read_text(encoding="utf-8"))
SAID = sorted({word for name in ("should", "should_not") for pair in PROBE[name] for word in pair.split(" · ")})
# Marks, ligatures, letters of other keyboards, fractions, joiners: what one letter folds to may be none, or several.
ODD = "ًّـ\u200c\u202bﷲﻻﻼ﷽ﺍکگی²½…\xa0İßﬁ_"
ANY_TEXT = st.text(
    st.one_of(st.sampled_from("اأبتةيىؤءئ ،.\n" + ODD), st.characters(codec="utf-8", max_codepoint=0x10FF)), max_size=60
)


@pytest.fixture(scope="session")
def keys(library: Library) -> Keys:
    return Keys(library)


@settings(deadline=None)
@given(st.one_of(ANY_TEXT, articles().map(lambda article: article.text)))
def test_letters_of_a_whole_text_are_those_of_its_words(text: str) -> None:
    """Each word as `words` gives it has its place, and the letters that `plain` gives it."""
    letters = Lettered(text)
    found = [(*letters.written(*match.span()), match[0]) for match in re.finditer(r"[^\W_]+", letters.folded)]
    bare = ((start, end, "".join(filter(str.isalnum, plain(word)))) for start, end, word in words_of(text))
    assert found == [word for word in bare if word[2]]


@settings(deadline=None)
@given(words())
def test_a_word_has_the_stem_of_each_of_its_keys(keys: Keys, word: str) -> None:
    """So that no word that should be marked is passed by; a text is searched for stems with ة as ه."""
    for key in keys.of(word):
        assert any(stem in plain(SPOKEN.sub("", word)).replace("ة", "ه") for stem in keys.stems.of(key)), key


def test_the_words_of_the_probe_have_the_stems_of_their_keys(keys: Keys) -> None:
    for word in SAID:
        for key in keys.of(word):
            assert any(stem in plain(word).replace("ة", "ه") for stem in keys.stems.of(key)), (word, key)


@pytest.mark.parametrize(("asked", "text", "marked"), [
    ("وزير", "قال الوُزَراءُ إنّ وزيرًا سافر", ["الوُزَراءُ", "وزيرًا"]),
    ("جاء", "لم يجئ أحد وجاءت هي", ["يجئ", "وجاءت"]),
    ("لاعب", "وصل ﻻعب إلى الملعب", ["ﻻعب"]),
    ("مدرسة", "أغلقت المدارس والمدرسه", ["المدارس", "والمدرسه"]),
    ("«وقف إطلاق النار»", "طلبوا وقفَ إطلاقِ… النارِ أو وقف النار", ["وقفَ إطلاقِ… النارِ"]),
    ("نفط", "لا شيء هنا", []),
])  # fmt: skip
def test_what_is_marked(keys: Keys, asked: str, text: str, marked: list[str]) -> None:
    query = parse(asked, keys.of)
    passage = Marker(query.wanted, query.phrases, keys).passage(text)
    assert [text[slice(*mark)] for mark in passage.marks] == marked
    assert text[slice(*passage.span)] == text


def test_a_passage_shows_most_of_what_was_asked_for(keys: Keys) -> None:
    """Not the first word alone, but the place where both stand; whole words on either side."""
    text = "النفط غال. " + "كلام كثير عن أمور أخرى. " * 30 + "قال الوزير إن النفط رخيص. " + "وهكذا دواليك. " * 30
    query = parse("نفط وزير", keys.of)
    passage = Marker(query.wanted, query.phrases, keys).passage(text)
    assert [text[slice(*mark)] for mark in passage.marks] == ["الوزير", "النفط"]
    shown = text[slice(*passage.span)].split()
    assert len(shown) == 32 and shown[6] == "الوزير" and set(shown) <= set(text.split()) | {"دواليك"}


@settings(deadline=None)
@given(articles(), st.lists(words(), min_size=1, max_size=3))
def test_marks_are_the_words_that_share_a_key(keys: Keys, article: Any, asked: list[str]) -> None:
    """As a look at every word would find them, in an article that is one passage."""
    text = " ".join(article.text.split()[:20])
    query = parse(" ".join(asked), keys.of)
    passage = Marker(query.wanted, query.phrases, keys).passage(text)
    wanted = {key for group in query.wanted for key in group}
    assert passage.marks == tuple(
        (start, end) for start, end, word in words_of(text) if wanted & set(keys.of(word)) and start >= passage.span[0]
    )


def test_forms_of_phrases_are_compared_as_filed(keys: Keys) -> None:
    assert form("الحكومة") == form("الحكومه")
