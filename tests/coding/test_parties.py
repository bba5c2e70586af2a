"""Candidates for both sides, and the choice among them."""

from __future__ import annotations

from acts import FRAME, Told, names
from waqai.coding.parties import SideChooser
from waqai.coding.weights import LinearModel
from waqai.model import Party, Sides, Trigger

TRIGGER = Trigger(FRAME, 0, 1, "verb")
BY_NAME = LinearModel(0.0, {"s": 4.0, "t": -4.0, "x": -9.0, "nobody": -1.0})
REVERSE = LinearModel(0.0, {"s": -4.0, "t": 4.0, "x": -9.0, "nobody": -1.0})


def choose(*parties: Party) -> tuple[tuple[int, ...], tuple[int, ...]]:
    sides = SideChooser(BY_NAME, REVERSE).choose(TRIGGER, parties, Sides())
    return sides.sources, sides.targets


def test_the_likeliest_is_taken_on_each_side() -> None:
    assert choose(Party(7, ("s",)), Party(8, ("t",)), Party(9, ("x",))) == ((7,), (8,))


def test_nobody_is_taken_where_nobody_is_likelier() -> None:
    assert choose(Party(9, ("x",))) == ((), ())


def test_those_tied_to_a_side_come_with_it() -> None:
    assert choose(Party(7, ("s",)), Party(8, ("x",), tied=7), Party(9, ("t",))) == ((7, 8), (9,))


def test_nobody_stands_on_both_sides() -> None:
    same = LinearModel(0.0, {"s": 4.0, "nobody": -1.0})
    sides = SideChooser(same, same).choose(TRIGGER, [Party(7, ("s",))], Sides())
    assert len(sides.sources + sides.targets) == 1


def test_every_acting_mention_of_the_sentence_is_a_candidate(told: Told) -> None:
    act = told("التقى الوزير سالم البحري نظيره العراقي بعد زيارة هالة الزيدي إلى مصر.", "التقى")
    found = names(act, [party.mention for party in act.parties])
    assert {"سالم البحري", "نظيره العراقي", "هالة الزيدي"} <= set(found)
    assert len(found) == len(set(found)) and all(party.features for party in act.parties)


def test_the_speaker_of_a_quote_is_a_candidate_inside_it(told: Told) -> None:
    act = told('قال الوزير سالم البحري: "زرنا بغداد أمس والتقينا الوفد العراقي".', "زرنا")
    assert "سالم البحري" in names(act, [party.mention for party in act.parties])
