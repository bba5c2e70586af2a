"""The fuzz targets hold on seeds and on a few changed ones; what breaks a law is seen. Long runs: `make fuzz`."""

from __future__ import annotations

import importlib.util
import random
import sys
from itertools import islice
from pathlib import Path
from types import ModuleType

import pytest

FUZZ = Path(__file__).resolve().parents[2] / "bench" / "fuzz"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"fuzz_{name}", FUZZ / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


targets, fuzz = load("targets"), load("fuzz")


@pytest.mark.parametrize("name", targets.TARGETS)
def test_seeds_and_changed_seeds_break_no_law(name: str) -> None:
    target, seeds, draw = targets.TARGETS[name](), list(islice(targets.seeds(name), 8)), random.Random(3)
    assert seeds
    for data in (*seeds, b"", *(fuzz.mutated(draw, seeds) for _ in range(20))):
        target(data)


def test_a_broken_law_ends_the_run_with_the_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(data: bytes) -> None:
        assert len(data) < 3, data

    monkeypatch.setitem(sys.modules, "targets", targets)
    monkeypatch.setitem(targets.TARGETS, "dates", lambda: fails)
    monkeypatch.setattr(fuzz, "OUT", tmp_path)
    assert fuzz.plain("dates", 5, 1) == 1
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [next(targets.seeds("dates"))]
