"""The open gold set is well formed and large enough; its scorer counts what it says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from waqai.ontology import STATUSES, Ontology
from waqai.resources import Library

OPEN = Path(__file__).resolve().parents[2] / "bench" / "open"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"open_{name}", OPEN / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


check, score = load("check"), load("score")
ARTICLES, SENTENCES = check.articles(), check.sentences()


def event(**fields: Any) -> dict[str, Any]:
    said = "زار الوزير سالم البحري باماكو"
    actor = {"name": "سالم البحري", "code": "--- GOV"}
    base = {"type": "CONSULT", "mode": "visit", "status": "happened", "date": "", "sources": [actor], "targets": []}
    return {**base, "place": {}, "trigger": "زار", "evidence": said, "said_by": "", **fields}


def article(*events: dict[str, Any]) -> dict[str, Any]:
    body = "زار الوزير سالم البحري باماكو"
    return {"title": "", "body": body, "events": list(events), "quotes": [], "times": []}


def test_the_set_has_no_fault() -> None:
    assert check.faults() == []


def test_the_set_is_as_large_and_as_various_as_told() -> None:
    assert len(ARTICLES) >= 40 and len(SENTENCES) >= 200
    assert all(120 <= len(row["body"].split()) <= 350 for row in ARTICLES)
    coded = [found for row in (*ARTICLES, *SENTENCES) for found in row["events"]]
    modes = {(kind.id, mode) for kind in Ontology(Library()).types.values() for mode in kind.modes}
    assert modes <= {(found["type"], found["mode"]) for found in coded}
    assert {found["type"] for found in coded} == set(Ontology(Library()).types)
    assert {found["status"] for found in coded} == set(STATUSES)
    near = sum(not row["events"] for row in SENTENCES)
    assert 0.45 < near / len(SENTENCES) < 0.55


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"type": "MEET"}, "no type"),
        ({"mode": "drone"}, "no mode"),
        ({"status": "maybe"}, "no status"),
        ({"date": "May"}, "no date"),
        ({"trigger": "لقي"}, "not in its evidence"),
        ({"evidence": "زار الوزير باماكو"}, "not verbatim"),
        ({"said_by": "وكالة"}, "not verbatim"),
        ({"targets": [{"name": "باماكو", "code": "MLI CITY"}]}, "no code"),
        ({"targets": [{"name": "باماكو", "code": "MLI NGO"}]}, "no country"),
        ({"place": {"name": "باماكو", "country": "Mali"}}, "no country"),
        ({"extra": 1}, "keys"),
    ],
)
def test_a_fault_is_seen(fields: dict[str, Any], fault: str) -> None:
    text = "زار الوزير سالم البحري باماكو"
    assert list(check.event_faults(event(), text, Ontology(Library()))) == []
    assert any(fault in found for found in check.event_faults(event(**fields), text, Ontology(Library())))


def test_times_stand_in_text_order() -> None:
    times = [{"text": "أمس", "value": "2029-01-01", "kind": "date"}, {"text": "غدا", "value": "x", "kind": "date"}]
    assert [fault.split(":")[0] for fault in check.times_faults(times, "وصل غدا أو أمس")] == [
        "not verbatim, or out of order",
        "no time",
    ]


def test_an_event_that_is_all_right_counts_thrice_and_a_wrong_side_once() -> None:
    full, wrong = score.Score(), score.Score()
    full.article(article(event()), article(event()))
    wrong.article(article(event()), article(event(sources=[{"name": "هالة الزيدي", "code": "--- GOV"}])))
    names = ("events/type", "events/who", "events/full")
    assert [full.tallies[name].right for name in names] == [1, 1, 1]
    assert [wrong.tallies[name].right for name in names] == [1, 0, 0]


def test_another_status_is_not_full_and_another_type_is_nothing() -> None:
    planned, other = score.Score(), score.Score()
    planned.article(article(event()), article(event(status="planned")))
    other.article(article(event()), article(event(type="AID", mode="")))
    assert (planned.tallies["events/who"].right, planned.tallies["events/full"].right) == (1, 0)
    assert other.tallies["events/type"].right == 0 and other.figures()["events/type"]["f1"] == 0.0


def test_one_event_pairs_with_one() -> None:
    twice = score.Score()
    twice.article(article(event()), article(event(), event()))
    assert twice.tallies["events/type"].right == 1 and twice.tallies["events/type"].coded == 2


def test_sentences_tell_acts_from_near_misses() -> None:
    tally = score.Score()
    tally.sentence(article(event()), article(event()))
    tally.sentence(article(), article(event()))
    tally.sentence(article(event()), article())
    assert tally.figures()["sentences/any"] == {"p": 0.5, "r": 0.5, "f1": 0.5, "gold": 2, "coded": 2}
