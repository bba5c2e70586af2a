"""When and where: the time and place of the act's own clause, and only dates that are dates."""

from __future__ import annotations

import pytest

from acts import Drafts
from waqai.coding.circumstances import iso_date


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2024", "2024"), ("2024-05", "2024-05"), ("2024-05-14", "2024-05-14"), ("2024-05-14T20:00", "2024-05-14"),
        ("2024-05-14TEV", "2024-05-14"), ("P3D", ""), ("XXXX-WXX-1", ""), ("PAST_REF", ""), ("", ""),
        ("2024-W20", "2024-05"),
    ],
)  # fmt: skip
def test_iso_prefix_of_a_value(value: str, date: str) -> None:
    assert iso_date(value) == date


def when_and_where(drafts: Drafts, text: str) -> dict[str, tuple[str, str]]:
    return {
        draft.event.trigger_span.of(text): (draft.event.date, draft.event.place.name if draft.event.place else "")
        for draft in drafts(text)
    }


def test_each_act_has_the_time_and_place_of_its_clause(drafts: Drafts) -> None:
    text = (
        "زار الوزير سالم البحري نظيره العراقي في بغداد يوم 3 مايو 2024، "
        "واعتقلت الشرطة المصرية هالة الزيدي في القاهرة أمس."
    )
    found = when_and_where(drafts, text)
    assert found["زار"] == ("2024-05-03", "بغداد") and found["واعتقلت"] == ("2024-05-14", "القاهرة")


def test_a_place_that_is_a_side_is_not_where(drafts: Drafts) -> None:
    assert when_and_where(drafts, "زار الوزير سالم البحري بغداد أمس.") == {"زار": ("2024-05-14", "")}


def test_the_date_of_an_announcement_is_not_that_of_what_is_announced(drafts: Drafts) -> None:
    text = "أعلن الوزير سالم البحري أمس أن وفدا سيزور بغداد الخميس المقبل."
    assert when_and_where(drafts, text)["سيزور"][0] == "2024-05-16"


def test_where_nothing_is_said_nothing_is_written(drafts: Drafts) -> None:
    text = "التقى الوزير سالم البحري نظيره العراقي."
    [draft] = drafts(text)
    assert (draft.event.date, draft.event.date_from, draft.event.place) == ("", "", None)
