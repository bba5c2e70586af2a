"""Happened, planned, called for, conditional, denied: the nearest cue decides, and its word is kept."""

from __future__ import annotations

import pytest

from acts import Drafts, Told

CASES = [
    ("زار الوزير سالم البحري بغداد.", "زار", "happened", ""),
    ("سيلتقي الوزير سالم البحري نظيره العراقي.", "سيلتقي", "planned", "سيلتقي"),
    ("سوف يزور الوزير سالم البحري بغداد.", "يزور", "planned", "سوف"),
    ("لم يزر الوزير سالم البحري بغداد.", "يزر", "denied", "لم"),
    ("لن يزور الوزير سالم البحري بغداد.", "يزور", "denied", "لن"),
    ("قد يزور الوزير سالم البحري بغداد.", "يزور", "conditional", "قد"),
    ("كان الوزير سالم البحري قد زار بغداد.", "زار", "happened", ""),
    ("إذا هاجم الجيش السوداني المدينة فسيرد المتمردون.", "هاجم", "conditional", "إذا"),
    ("نفى الجيش السوداني قصف المدينة.", "قصف", "denied", "نفى"),
    ("نفت الحكومة السودانية أنها ستزود المتمردين بالسلاح.", "ستزود", "denied", "نفت"),
    ("دعا مؤتمر عقد الأحد إلى وقف إطلاق النار.", "دعا", "happened", ""),
]


@pytest.mark.parametrize(("text", "word", "status", "cue"), CASES, ids=[case[0] for case in CASES])
def test_status_and_its_cue(told: Told, text: str, word: str, status: str, cue: str) -> None:
    read = told(text, word).status
    assert (read.value, read.cue.of(text) if read.cue else "") == (status, cue)


def test_what_is_dated_after_publication_is_planned(drafts: Drafts) -> None:
    text = "يزور الوزير سالم البحري بغداد في 20 مايو 2024."
    assert [draft.event.status for draft in drafts(text)] == ["planned"]
    assert [draft.event.status for draft in drafts(text, published="2024-06-01")] == ["happened"]


def test_the_cue_of_one_clause_leaves_the_next_alone(told: Told) -> None:
    text = "لم يزر الوزير سالم البحري بغداد، والتقى نظيره العراقي في عمان."
    assert told(text, "يزر").status.value == "denied"
    assert told(text, "والتقى").status.value == "happened"
