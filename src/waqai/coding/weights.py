"""Linear models over named features, as trained by train/coding.py."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from itertools import repeat
from pathlib import Path


class LinearModel:
    """A logistic model: a bias and a weight a feature; features it does not know weigh nothing."""

    def __init__(self, bias: float, weights: Mapping[str, float]) -> None:
        self._bias, self._weights = bias, weights

    def score(self, features: Iterable[str]) -> float:
        """The sum of the weights."""
        return self._bias + sum(map(self._weights.get, features, repeat(0.0)))

    def probability(self, features: Iterable[str]) -> float:
        """The probability, 0 to 1, that the answer is yes."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.score(features)))))


def load(path: Path) -> dict[str, LinearModel]:
    """The models of a weights file, by name."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {name: LinearModel(model["bias"], model["weights"]) for name, model in stored["models"].items()}
