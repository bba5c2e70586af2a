"""Words: tokens, clitics taken apart, part of speech, lemma, and how to read each verb."""

from __future__ import annotations

import lzma
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from waqai.analysis.words.clitics import ARTICLE, Cut, Cutter, Spellings
from waqai.analysis.words.closed import closed_words, favoured_verbs, whole_words
from waqai.analysis.words.lemmas import Lemmas
from waqai.analysis.words.tagger import Features, Nominals, Seen, Tagger, shape_of
from waqai.analysis.words.tokens import ARABIC, FOREIGN, MARK, NUMBER, tokens
from waqai.analysis.words.verbs import Shape, VerbLexicon
from waqai.arabic import strip_marks
from waqai.model import Reading, Span, Word
from waqai.resources import Library

__all__ = ["WordReader"]

_FIXED = {NUMBER: "NUM", FOREIGN: "X", MARK: "PUNCT"}
_DAMMA = "\u064f"
_JUSSIVE_AFTER = "لم"
_PERSIAN = str.maketrans("یکۀہھ", "يكههه")
# What ties a hashtag together stands between words and is none: "#وزير_العدل" reads like "وزير العدل".
_HASHTAG = frozenset("#_")


class _Entry(NamedTuple):
    form: str
    lemma: str
    readings: tuple[Reading, ...]


class WordReader:
    """Reads the words of a sentence.

    `library` gives the closed-class words of `data/words/` and the models `words-*` and `verbs.txt.xz`.
    """

    def __init__(self, library: Library) -> None:
        self._verbs = VerbLexicon(library.model("verbs.txt.xz"), favoured_verbs(library))
        self._closed = closed_words(library)
        spellings = Spellings(library.model("words-forms.txt.xz"))
        nominals = Nominals(library.model("words-lexicon.txt.xz"))
        weights = _weights(library)
        self._cutter = Cutter(weights, spellings, self._closed, whole_words(library), self._is_verb)
        features = Features(spellings, nominals, self._verbs, self._closed)
        self._tagger = Tagger(library.model("words-pos.crf"), features)
        self._lemmas = Lemmas(spellings, nominals)
        self._seen = lru_cache(maxsize=1 << 15)(self._shown)
        self._entry = lru_cache(maxsize=1 << 15)(self._looked_up)

    def read(self, text: str, sentence: Span) -> tuple[Word, ...]:
        """The words and marks of `text` inside `sentence`, in order; their spans count in `text`.

        Every code point that is no blank lies in exactly one word, but for the # and _ of hashtags.
        """
        found = [token for token in tokens(text, sentence) if text[token[0] : token[1]] not in _HASHTAG]
        shown = [self._seen(kind, text[start:end]) for start, end, kind in found]
        tags = self._tagger.tag(shown)
        words = []
        before = ""
        for (start, end, kind), seen, tag in zip(found, shown, tags, strict=True):
            cut = seen.cut
            pos = self._checked(seen, tag)
            if kind != ARABIC:
                words.append(Word(Span(start, end), cut.host, cut.host, pos))
                before = ""
                continue
            entry = self._entry(cut, pos, before == _JUSSIVE_AFTER)
            readings = entry.readings
            if readings and _DAMMA in text[start:end]:
                readings = _voiced(readings, text[start:end], cut)
            words.append(Word(Span(start, end), entry.form, entry.lemma, pos, cut.proclitics, cut.enclitic, readings))
            before = cut.host
        return tuple(words)

    def readings(self, form: str, *, pronoun: bool = False) -> tuple[Reading, ...]:
        """Ways to read `form`, a word without clitics, as a verb, likeliest first; () where it is none."""
        return tuple(reading for reading, _ in self._verbs.read(form, Shape(pronoun)))

    def _is_verb(self, host: str, pronoun: bool) -> bool:
        return bool(self._verbs.read(host, Shape(pronoun)))

    def _shown(self, kind: str, surface: str) -> Seen:
        if kind != ARABIC:
            return Seen(kind, surface, Cut((), surface, ""))
        plain = strip_marks(unicodedata.normalize("NFKC", surface)).translate(_PERSIAN)
        return Seen(kind, plain, self._cutter.cut(plain)) if plain else Seen(MARK, surface, Cut((), surface, ""))

    def _checked(self, seen: Seen, tag: str) -> str:
        """The tagger's choice, unless kind or table rule it out."""
        if seen.kind != ARABIC:
            return _FIXED[seen.kind]
        cut = seen.cut
        allowed = self._closed.get(cut.host) if ARTICLE not in cut.proclitics else None
        if allowed is None and cut.enclitic:
            allowed = self._closed.get(cut.host + "+")
        if allowed and tag not in allowed and tag != "PROPN":
            return allowed[0]
        return "NOUN" if tag == "PUNCT" else tag

    def _looked_up(self, cut: Cut, pos: str, jussive: bool) -> _Entry:
        if pos != "VERB":
            return _Entry(cut.host, self._lemmas.of(cut, pos), ())
        readings: tuple[tuple[Reading, float], ...] = ()
        for shape in (shape_of(cut, jussive=jussive), shape_of(cut), Shape(bool(cut.enclitic)), Shape(False)):
            readings = self._verbs.read(cut.host, shape)
            if readings:
                break
        lemma = readings[0][0].lemma if readings else cut.host
        return _Entry(cut.host, lemma, tuple(reading for reading, _ in readings))


def _weights(library: Library) -> dict[str, float]:
    weights: dict[str, float] = {}
    for line in lzma.decompress(library.model("words-cuts.txt.xz").read_bytes()).decode().split("\n"):
        weight, *features = line.split("\t")
        weights.update(dict.fromkeys(features, float(weight)))
    return weights


def _voiced(readings: Sequence[Reading], surface: str, cut: Cut) -> tuple[Reading, ...]:
    """Readings narrowed to the passive where the writer put a damma on the verb's first letter (قُتل, يُقتل)."""
    at = sum(len(clitic) for clitic in cut.proclitics)
    letters = 0
    for place, letter in enumerate(surface):
        if letter.isalpha() and letter != "ـ":
            letters += 1
            if letters == at + 1:
                if surface[place + 1 : place + 2] != _DAMMA:
                    return tuple(readings)
                break
    kept = []
    for reading in readings:
        open_vowel = reading.aspect == "perfect" or (reading.aspect == "imperfect" and len(reading.lemma) == 3)
        if not open_vowel:
            kept.append(reading)
        elif "p" in reading.voices:
            kept.append(reading._replace(voices="p"))
    return tuple(kept) or tuple(readings)
