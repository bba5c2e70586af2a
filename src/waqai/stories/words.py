"""Stems and roots of words and how rare they are: what reports of one act, and articles of one story, have in
common."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log, sqrt

from waqai.arabic import fold
from waqai.resources import Library

_WORD = re.compile(r"[^\W_]+")
_PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "س")
_ENDINGS = ("هما", "تين", "تان", "يات", "ها", "هم", "هن", "ات", "ون", "ين", "ان", "يه", "وا", "ه", "ي", "ا")
_WEAK = re.compile("(?<!^)[اويء]|^ا")
_DOUBLED = re.compile(r"(\D)\1+")
_SHORTEST = 3  # letters a stem keeps
_COMMON = 14  # log2 of a count, plus one: a word met oftener tells nothing of what a text is about
_RAREST = 2  # of words that the table of spellings lacks
_TOP = 18.0  # the commonest word of that table
_LEAD = 160  # words of an article that say what it is about; the rest is background
_TITLE = 2.0  # what a word of the title counts for
_NAMED = 1.7  # and what a word of a name counts for
_TERMS = 28  # words of an article's profile

Weights = dict[str, float]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The folded word without clitics, article and endings, as far as three letters are left."""
    word = fold(word)
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST + (len(prefix) == 1):
            word = word[len(prefix) :]
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1 << 16)
def root(word: str) -> str:
    """The stem without weak letters and doubled ones: what forms of one root, and spellings of one foreign name, share.

    أقال and إقالة, تيلرسون and تليرسون come out alike; so do, seldom, two words that have nothing to do with one
    another.
    """
    whole = stem(word)
    bare = _DOUBLED.sub(r"\1", _WEAK.sub("", whole))
    return bare if len(bare) > 2 else whole


def roots(text: str) -> list[str]:
    """The roots of the words of `text`, in order; numbers stay as they are."""
    return [root(word) for word in _WORD.findall(text)]


def stems(text: str) -> list[str]:
    """The stems of the words of `text`, in order; numbers stay as they are."""
    return [stem(word) for word in _WORD.findall(text)]


class Rarity:
    """How much a root tells, 0 to 1: by the counts of spellings in data/models, never by what a store holds.

    What weighs the words is shipped, so that two reports are as alike in a store of ten articles as in one of millions,
    whatever came first.
    """

    def __init__(self, library: Library) -> None:
        self._power: dict[str, int] = {}
        table = lzma.decompress(library.model("words-forms.txt.xz").read_bytes()).decode()
        for line in table.split("\n"):
            count, _, *forms = line.split(" ")
            for spelled in forms:
                key = root(spelled)
                self._power[key] = max(int(count), self._power.get(key, 0))

    def of(self, term: str) -> float:
        """0 for words that tell nothing, 1 for the rarest."""
        power = self._power.get(term, _RAREST)
        return 0.0 if power > _COMMON or len(term) < 2 else (_TOP - power) / (_TOP - _RAREST)

    def weights(self, terms: Iterable[str]) -> Weights:
        """The weight of each term that tells anything."""
        return {term: weight for term in set(terms) if (weight := self.of(term))}

    def profile(self, title: str, body: str, names: Iterable[str] = ()) -> Weights:
        """What an article is about: the words of its title and beginning that tell most, with their weights.

        Words of `names`, the actors and places that it mentions, weigh more; numbers count for nothing.
        """
        counts: Counter[str] = Counter()
        for term in roots(title):
            counts[term] += int(_TITLE)
        counts.update(roots(body)[:_LEAD])
        named = {term for name in names for term in roots(name)}
        scored = {
            term: (1 + log(count)) * self.of(term) * (_NAMED if term in named else 1.0)
            for term, count in counts.items()
            if not term.isdigit()
        }
        best = sorted((-weight, term) for term, weight in scored.items() if weight)[:_TERMS]
        return {term: round(-weight, 3) for weight, term in best}


def alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two sets of weighted terms, 0 where either is empty."""
    if len(other) < len(one):
        one, other = other, one
    shared = sum(weight * other[term] for term, weight in one.items() if term in other)
    return shared / (length(one) * length(other)) if shared else 0.0


def length(terms: Mapping[str, float]) -> float:
    """The Euclidean length of weighted terms."""
    return sqrt(sum(weight * weight for weight in terms.values()))


def shared(one: Mapping[str, float], other: Mapping[str, float], most: int = 6) -> list[str]:
    """The terms that two sets share, those that weigh most first."""
    both = sorted((-weight * other[term], term) for term, weight in one.items() if term in other)
    return [term for _, term in both[:most]]
