"""Confidence: a probability for each draft; the doubtful are not written."""

from __future__ import annotations

from acts import Made, actor
from waqai.coding.confidence import FLOOR, Judge, features, is_alone, keep
from waqai.coding.weights import LinearModel
from waqai.model import Article


def test_judged_changes_nothing_but_confidence(made: Made) -> None:
    draft = made(1, sources=(actor("سالم البحري"),), confidence=0.0)
    [judged] = Judge(LinearModel(1.0, {}), LinearModel(-9.0, {})).judged([draft], alone=False)
    assert judged.event.confidence == 0.731
    assert judged.event.sources == draft.event.sources and judged.act == draft.act


def test_a_lone_sentence_is_judged_by_its_own_model_where_that_was_taught(made: Made) -> None:
    judge = Judge(LinearModel(1.0, {}), LinearModel(-9.0, {"base=1": 9.0}))
    attack, visit = made(1, type="ASSAULT"), made(1)
    assert [draft.event.confidence for draft in judge.judged([attack, visit], alone=True)] == [0.5, 0.731]


def test_a_text_of_one_line_without_a_title_is_alone() -> None:
    assert is_alone(Article("a", "هاجم مسلحون القرية.\n", ""))
    assert not is_alone(Article("a", "خبر\n\nهاجم مسلحون القرية.", "خبر"))
    assert not is_alone(Article("a", "هاجم مسلحون القرية.\nوفر السكان.", ""))


def test_keep_drops_what_is_below_the_floor(made: Made) -> None:
    drafts = [made(n, confidence=c) for n, c in enumerate((FLOOR - 0.001, FLOOR, 0.99))]
    assert keep(drafts) == drafts[1:]


def test_features_tell_what_is_known_of_the_act(made: Made) -> None:
    """Drafts that differ in sides, or in being the headline, are not the same to the model."""
    bare, full = made(1), made(1, sources=(actor("سالم البحري"),), targets=(actor("هالة الزيدي"),))
    title = made(0, title=True)
    assert len({features([draft])[0] for draft in (bare, full, title)}) == 3


def test_features_do_not_depend_on_who_it_was(made: Made) -> None:
    one, other = (made(1, sources=(actor(name),)) for name in ("سالم البحري", "هالة الزيدي"))
    assert features([one]) == features([other])


def test_nothing_gives_nothing() -> None:
    assert features([]) == [] == keep([])
