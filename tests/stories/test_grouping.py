"""Groups depend on the links alone; what people said holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waqai.stories.grouping import groups

NODES = [f"e{number}" for number in range(7)]
PAIRS = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] < pair[1])
SCORES = st.dictionaries(PAIRS, st.sampled_from([0.2, 0.5, 0.7, 0.8, 0.9]))
HOME = {node: number for number, node in enumerate(NODES)}


@given(scores=SCORES, order=st.randoms(use_true_random=False))
def test_the_order_of_links_changes_nothing(scores: dict[tuple[str, str], float], order: object) -> None:
    items, nodes = list(scores.items()), list(NODES)
    order.shuffle(items)  # type: ignore[attr-defined]
    order.shuffle(nodes)  # type: ignore[attr-defined]
    assert groups(dict(items), nodes, least=0.7, home=HOME) == groups(scores, NODES, least=0.7, home=HOME)


@given(scores=SCORES, never=st.sets(PAIRS, max_size=4))
def test_a_split_pair_is_never_together(scores: dict[tuple[str, str], float], never: set[tuple[str, str]]) -> None:
    found = groups(scores, NODES, least=0.7, home=HOME, never=never)
    assert not any(one in group and other in group for group in found for one, other in never)
    assert sorted(node for group in found for node in group) == NODES


@given(scores=SCORES, must=st.sets(PAIRS, max_size=3))
def test_a_linked_pair_is_together(scores: dict[tuple[str, str], float], must: set[tuple[str, str]]) -> None:
    found = groups(scores, NODES, least=0.7, home=HOME, must=must)
    assert all(any(one in group and other in group for group in found) for one, other in must)
