"""The quality gate's pieces: floors, votes, ROUGE-L, copies of the lead, reliability."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.proof.figures import Bounds

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / "bench" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


quality = load("quality")
speed = load("speed")


def test_a_figure_below_its_floor_is_told() -> None:
    assert quality.below({"quotes": 0.5, "times/span": 0.9}, {"quotes": 0.6, "times/span": 0.9, "unmeasured": 1.0}) == [
        "quotes is 0.5000, below its floor 0.6"
    ]


def test_floors_are_only_raised() -> None:
    assert not quality.lowered({"quotes": 0.7, "new": 0.1}, {"quotes": 0.6})
    assert len(quality.lowered({"quotes": 0.5}, {"quotes": 0.6, "times/span": 0.9})) == 2


def test_the_floors_file_is_numbers_by_names() -> None:
    bounds = Bounds.of(ROOT / "bench" / "floors.toml")
    assert bounds.least and all(0 < floor <= 1 for floor in bounds.least.values())
    assert bounds.most and all(isinstance(ceiling, float) for ceiling in bounds.most.values())


@pytest.mark.parametrize(
    ("accept", "reject", "answer"),
    [(2, 0, True), (0, 2, False), (3, 2, True), (1, 1, None), (1, 0, None), (0, 0, None), (0, 1, None)],
)
def test_majority_of_two_votes_or_more(accept: int, reject: int, answer: bool | None) -> None:
    assert quality.majority({"accept": accept, "reject": reject}) is answer


def test_precision_recall_f1() -> None:
    assert quality.precision_recall_f1([True, True, False, False], [True, False, True, False]) == (0.5, 0.5, 0.5)
    assert quality.precision_recall_f1([True], [False]) == (0.0, 0.0, 0.0)


def test_rouge_l_counts_folded_words_in_order() -> None:
    assert quality.rouge_l("وصل الوزير إلى المدينة", "وصل الوزير الى المدينه.") == 1.0
    assert quality.rouge_l("وصل الوزير مساء", "مساء وصل الوزير") == pytest.approx(2 / 3)
    assert quality.rouge_l("وصل", "") == 0.0


@given(st.lists(st.sampled_from("ابتث"), max_size=12), st.lists(st.sampled_from("ابتث"), max_size=12))
def test_common_subsequence_is_the_longest(one: list[str], two: list[str]) -> None:
    def slow(a: list[str], b: list[str]) -> int:
        if not a or not b:
            return 0
        if a[-1] == b[-1]:
            return slow(a[:-1], b[:-1]) + 1
        return max(slow(a[:-1], b), slow(a, b[:-1]))

    assert quality.common(one[:7], two[:7]) == slow(one[:7], two[:7])
    assert quality.common(one, two) == quality.common(two, one)


def test_an_abstract_that_copies_the_lead_is_known() -> None:
    lead = "افتتح الوزير سالم البحري صباح اليوم مدرسة جديدة في حي الورود شمال المدينة"
    assert quality.copies(lead, lead + " وسط حضور كبير")
    assert not quality.copies("جولة ميدانية واسعة تشمل مرافق تعليمية وصحية متعددة قبل بدء العام الدراسي", lead)


def test_reliability_by_bins() -> None:
    assert quality.reliability([(0.91, True), (0.99, False), (1.0, True), (0.5, False)]) == [
        (0.5, 1, 0.5, 0.0),
        (0.9, 3, pytest.approx(0.9666, abs=1e-3), pytest.approx(2 / 3)),
    ]


def test_a_layer_is_charged_for_itself_alone() -> None:
    watch = speed.Stopwatch()
    inner = watch.timed("inner", lambda: sum(range(200_000)))
    watch.timed("outer", inner)()
    assert set(watch.spent) == {"inner", "outer"}
    assert watch.spent["outer"] < watch.spent["inner"]


def test_the_sample_spreads_over_outlets_and_months() -> None:
    path = SHARED / "data" / "news" / "ant2018-h1.jsonl.xz"
    if not path.is_file():
        pytest.skip("the news sample is not beside the repository (../shared/data/news)")
    articles = speed.sample(path, 60)
    assert len({article.id for article in articles}) == 60
    assert len({article.published[:7] for article in articles}) >= 6
