"""Tags tokens with a linear-chain CRF, and spreads the names it found over one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pycrfsuite

from waqai.analysis.names.features import Features

SHORTEST_SURNAME = 3


class Tagger:
    """A CRF trained by train/names.py: folded tokens in, labels O, B-PERS, I-PERS, B-LOC … out."""

    def __init__(self, model: Path, features: Features) -> None:
        self._features = features
        self._crf = pycrfsuite.Tagger()
        self._crf.open(str(model))

    def tag(self, tokens: Sequence[str]) -> list[str]:
        """One label for each folded token."""
        return list(self._crf.tag(self._features.of(tokens))) if tokens else []

    def sure(self, tokens: Sequence[str]) -> tuple[list[str], list[float]]:
        """Labels, and how probable each is by itself, 0 to 1."""
        labels = self.tag(tokens)
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
