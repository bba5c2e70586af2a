"""Linear models: what they do not know weighs nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from waqai.coding.weights import LinearModel, load
from waqai.resources import Library


def test_probability() -> None:
    model = LinearModel(-1.0, {"a": 3.0, "b": -1.0})
    assert model.probability([]) == pytest.approx(0.2689, abs=1e-4)
    assert model.probability(["a"]) == pytest.approx(0.8808, abs=1e-4)
    assert model.probability(["a", "unknown"]) == model.probability(["a"])
    assert model.probability(["a", "b"]) < model.probability(["a"])


def test_far_values_stay_within_bounds() -> None:
    model = LinearModel(0.0, {"a": 1e6, "b": -1e6})
    assert 0 < model.probability(["b"]) < 1e-9 and 1 - 1e-9 < model.probability(["a"]) <= 1


def test_load(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text(json.dumps({"models": {"one": {"bias": 0.0, "weights": {"a": 1.0}}}}), encoding="utf-8")
    models = load(path)
    assert list(models) == ["one"] and models["one"].probability(["a"]) == pytest.approx(0.7311, abs=1e-4)


def test_the_shipped_file_holds_what_the_coder_asks_for(library: Library) -> None:
    assert {"source", "target", "event"} <= set(load(library.model("coding.json")))
