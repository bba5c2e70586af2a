"""`waqai bench`: bounds, tables, peers and pages; that it measures with what the package ships."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from waqai.cli import main
from waqai.proof import open_set, pace, peers, reading
from waqai.proof.figures import Bounds, Figure, as_json, last_of, shown, table
from waqai.proof.material import PLACES, material

ROOT = Path(__file__).resolve().parents[2]
BOUNDS = Bounds.parsed('"a/x" = 0.5\n[most]\n"b/y" = 2.0')


def test_figures_out_of_bounds_are_told() -> None:
    assert BOUNDS.broken([Figure("a/x", 0.5), Figure("b/y", 2.0), Figure("c", 9.0)]) == []
    low, high = BOUNDS.broken([Figure("a/x", 0.4), Figure("b/y", 2.1)])
    assert "below its floor 0.5" in low and "above its ceiling 2" in high


def test_a_table_shows_bound_last_and_peers() -> None:
    lines = list(table([Figure("a/x", 0.75, "F1", "people .9")], BOUNDS, {"a/x": 0.7}))
    assert lines[0].split() == ["figure", "now", "bound", "last", "beside", "it"]
    assert lines[-1].split() == ["a/x", "0.750", "F1", "≥", "0.500", "0.700", "people", ".9"]
    assert [shown(value) for value in (1234.5, 12.34, 0.5)] == ["1,234", "12.3", "0.500"]


def test_a_run_is_the_last_one_of_the_next(tmp_path: Path) -> None:
    path = tmp_path / "last.json"
    assert last_of(path) == {}
    path.write_text(json.dumps(as_json([Figure("a/x", 0.4)], BOUNDS, {"waqai": "0"})), encoding="utf-8")
    assert last_of(path) == {"a/x": 0.4}
    assert len(json.loads(path.read_text(encoding="utf-8"))["broken"]) == 1


def test_what_the_wheel_ships_is_what_is_measured_with() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = table["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {place: f"waqai/proof/material/{name}" for name, place in PLACES.items()}
    assert all(material(name).exists() for name in PLACES)


@pytest.mark.parametrize(
    ("kind", "text", "keyword", "verb"),
    [
        ("PROTEST", "وتظاهر العمال أمام المصنع", True, True),
        ("PROTEST", "قال أحد المتظاهرين إنه متعب", True, False),
        ("ASSAULT", "هاجم مسلحون القرية", False, True),
        ("ASSAULT", "زار الوزير المدينة", False, False),
    ],
)
def test_peers(kind: str, text: str, keyword: bool, verb: bool) -> None:
    assert peers.keyword(kind, text) is keyword
    assert peers.event_verb(kind, text) is verb


def test_precision_and_recall() -> None:
    assert peers.precision_recall_f1([True, True, False, False], [True, False, True, False]) == (0.5, 0.5, 0.5)
    assert peers.f1([False], [False]) == 0.0
    assert peers.n_grams(["نص"] * 9, [True] + [False] * 8) is None


def test_a_wrong_side_status_and_date_are_counted_apart() -> None:
    score = open_set.scorer()
    actor = [{"name": "سالم البحري", "code": "--- GOV"}]
    other = [{"name": "هالة الزيدي", "code": "--- GOV"}]
    gold = {"sources": actor, "targets": other, "status": "happened", "date": "2029", "mode": ""}
    turned = {**gold, "sources": other, "targets": actor, "status": "planned"}
    assert list(open_set._wrong(score, gold, gold)) == []
    assert list(open_set._wrong(score, gold, turned)) == [
        "source is another", "target is another", "sides the other way round", "status is another",
    ]  # fmt: skip
    assert list(open_set._wrong(score, gold, {**gold, "targets": []})) == ["target missing"]
    assert list(open_set._wrong(score, {**gold, "targets": []}, gold)) == ["target where there is none"]


def test_own_pages_and_dates_are_read_without_a_fault() -> None:
    figures = {figure.name: figure.value for figure in (*reading.parts(), *reading.dates())}
    assert figures.pop("readers/dates wrong, not abstained") == 0.0
    assert set(figures.values()) == {1.0}


def test_a_cold_start_is_measured() -> None:
    clock, processor, memory = pace.cold_start(ROOT / "examples" / "skhirat.txt")
    assert clock > 0 and processor > 0 and memory >= 0


def test_the_command_tells_and_keeps(tmp_path: Path) -> None:
    path = tmp_path / "last.json"
    result = CliRunner().invoke(main, ["bench", "--only", "readers", "--last", str(path)])
    assert result.exit_code == 0, result.stderr
    assert "htmldate" in result.stdout and "trafilatura" in result.stdout
    assert "readers/dates right" in last_of(path)
