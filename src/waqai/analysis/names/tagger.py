"""Tags tokens with a linear-chain CRF, and spreads the names it found over one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import add
from pathlib import Path
from typing import Any

from waqai.analysis.chain import Chain, Scores
from waqai.analysis.names.features import BEYOND, CACHED, Features

SHORTEST_SURNAME = 3


class Tagger:
    """A CRF trained by train/names.py: folded tokens in, labels O, B-PERS, I-PERS, B-LOC … out."""

    def __init__(self, model: Path, features: Features) -> None:
        self._model, self._features = model, features
        self._chain = Chain(model)
        self._crf: Any = None
        self._scores = lru_cache(maxsize=CACHED)(self._scored)

    def tag(self, tokens: Sequence[str]) -> list[str]:
        """One label for each folded token."""
        return self._chain.best(self._along(tokens))

    def _along(self, tokens: Sequence[str]) -> Iterator[list[float]]:
        """What each token and its neighbours say for each label."""
        start, end = map(self._scores, BEYOND)
        sides = [start, start, *map(self._scores, tokens), end, end]
        for before, left, here, right, after in zip(sides, sides[1:], sides[2:], sides[3:], sides[4:], strict=False):
            near = map(add, map(add, here[0], left[1]), right[2])
            yield list(map(add, map(add, near, before[3]), after[4]))

    def _scored(self, token: str) -> tuple[Scores, ...]:
        """The scores of the sides of a token, in their order."""
        return tuple(self._chain.scores(side) for side in self._features.sides(token))

    def sure(self, tokens: Sequence[str]) -> tuple[list[str], list[float]]:
        """Labels, and how probable each is by itself, 0 to 1; by crfsuite itself, for training."""
        if self._crf is None:
            import pycrfsuite

            self._crf = pycrfsuite.Tagger()
            self._crf.open(str(self._model))
        labels = list(self._crf.tag(self._features.of(tokens))) if tokens else []
        return labels, [self._crf.marginal(label, n) for n, label in enumerate(labels)]


def surnames(tagged: Sequence[tuple[Sequence[str], Sequence[str]]]) -> set[str]:
    """Last words of the names of two words or more that were found in an article, where never seen as aught else."""
    last: Counter[str] = Counter()
    for tokens, labels in tagged:
        for n, label in enumerate(labels):
            ends = n + 1 == len(labels) or labels[n + 1] != "I-PERS"
            if label == "I-PERS" and ends and len(tokens[n]) >= SHORTEST_SURNAME:
                last[tokens[n]] += 1
    return set(last)


def spread(tagged: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[list[str]]:
    """Labels with every bare surname of the article's people made a name of its own where it had no label."""
    known = surnames(tagged)
    return [
        ["B-PERS" if label == "O" and token in known else label for token, label in zip(tokens, labels, strict=True)]
        for tokens, labels in tagged
    ]
