"""One act told twice is one event; two acts stay two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from acts import Made, actor
from waqai.coding.merge import merge
from waqai.model import Place, Span

SALIM, HALA, ARMY = actor("سالم البحري", "EGY SPY"), actor("هالة الزيدي", "LBY GOV"), actor("الجيش الوطني", "LBY MIL")


def test_headline_and_lead_tell_one_act(made: Made) -> None:
    """The body's telling is kept, with what only the headline knew."""
    title = made(0, title=True, sources=(SALIM,), targets=(HALA,), confidence=0.9)
    lead = made(1, sources=(SALIM,), date="2024-05-14", date_from="text", confidence=0.6)
    [draft] = merge([title, lead])
    event = draft.event
    assert event.evidence_span == lead.event.evidence_span and not draft.title
    assert event.sources == (SALIM,) and event.targets == (HALA,)
    assert (event.date, event.date_from, event.confidence) == ("2024-05-14", "text", 0.9)


def test_a_shorter_name_is_the_same_man(made: Made) -> None:
    short = actor("البحري", "EGY SPY")
    assert len(merge([made(1, sources=(SALIM,), targets=(HALA,)), made(2, sources=(short,), targets=(HALA,))])) == 1


def test_a_meeting_is_the_same_from_either_side(made: Made) -> None:
    told = [made(1, sources=(SALIM,), targets=(HALA,)), made(2, sources=(HALA,), targets=(SALIM,))]
    assert len(merge(told)) == 1
    attacks = [replace(draft, event=replace(draft.event, type="ASSAULT")) for draft in told]
    assert len(merge(attacks)) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"type": "AID"}, {"date": "2024-05-13"}, {"status": "denied"}, {"mode": "phone"},
        {"sources": (ARMY,)}, {"targets": (actor("ناصر العلي", "SYR REB"),)},
    ],
    ids=lambda other: next(iter(other)),
)  # fmt: skip
def test_acts_that_differ_stay_apart(made: Made, other: dict[str, Any]) -> None:
    fields: dict[str, Any] = {"sources": (SALIM,), "targets": (HALA,), "date": "2024-05-14", "mode": "visit"}
    assert len(merge([made(1, **fields), made(1, **fields)])) == 1
    assert len(merge([made(1, **fields), made(5, **{**fields, **other})])) == 2


def test_a_date_agrees_with_a_less_precise_one_and_the_longer_is_kept(made: Made) -> None:
    place = Place("طرابلس", "LBY", Span(0, 6))
    told = [
        made(1, sources=(SALIM,), targets=(HALA,), date="2024-05", date_from="text", place=place),
        made(2, sources=(SALIM,), targets=(HALA,), date="2024-05-14", date_from="text"),
    ]
    [draft] = merge(told)
    assert draft.event.date == "2024-05-14" and draft.event.place == place


def test_a_nameless_telling_joins_only_a_neighbour(made: Made) -> None:
    named, bare = made(1, sources=(ARMY,), type="ASSAULT"), {"type": "ASSAULT"}
    assert len(merge([named, made(2, **bare)])) == 1
    assert len(merge([named, made(9, **bare)])) == 2


def test_order_is_that_of_the_text(made: Made) -> None:
    drafts = [made(n, type=type_, sources=(SALIM,)) for n, type_ in ((3, "AID"), (1, "CONSULT"), (2, "ACCUSE"))]
    assert [draft.event.type for draft in merge(drafts)] == ["CONSULT", "ACCUSE", "AID"]


def test_nothing_gives_nothing() -> None:
    assert merge([]) == []
