"""A report that came out a week later tells of the same acts a week later."""

from __future__ import annotations

import datetime
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import coded, later, told

from waqai.pipeline import Waqai

EXAMPLES = int(os.environ.get("METAMORPHIC_EXAMPLES", "2"))
WEEK = 7

PAST = (
    "زار الرئيس الكيني سالم الحدادي تونس {when}.",
    "اعتقلت الشرطة المصرية ثلاثة ناشطين {when}.",
    "أعلن الجيش الصومالي مقتل خمسة مسلحين في غارة شنها {when}.",
    "و{when} وقعت كينيا اتفاقية مع رومانيا.",
    "تظاهر آلاف التونسيين {when} وسط العاصمة.",
    "اتهمت تركيا، {when}، أوكرانيا بخرق الاتفاق.",
)
COMING = (
    "يزور الرئيس الكيني سالم الحدادي تونس {when}.",
    "سيلتقي الرئيس الكيني الرئيس الصومالي {when}.",
    "من المقرر أن يعقد مجلس الأمن جلسة طارئة {when}.",
)
BEFORE = (
    "اليوم", "أمس", "أول أمس", "الثلاثاء", "مساء الأحد", "الخميس الماضي", "يوم السبت الماضي", "فجر الاثنين",
    "قبل ثلاثة أيام", "الليلة الماضية", "صباح اليوم", "الأسبوع الماضي",
)  # fmt: skip
AFTER = ("غدا", "بعد غد", "الثلاثاء المقبل", "يوم الأحد القادم", "مساء غد", "الأسبوع المقبل")
CASES = [(text, when) for text in PAST for when in BEFORE] + [(text, when) for text in COMING for when in AFTER]

days = st.dates(datetime.date(2008, 1, 1), datetime.date(2035, 12, 1))


def published(day: datetime.date) -> str:
    return f"{day.isoformat()}T10:00:00+00:00"


def moved(event_date: str, days_on: int) -> str:
    """A day, later; "" where the date is a month, which a week may or may not change."""
    return later(event_date, days_on) if len(event_date) == len("2024-05-15") else ""


@pytest.mark.parametrize("when", [*BEFORE, *AFTER])
def test_times_move_with_the_publication(waqai: Waqai, when: str) -> None:
    """times(published + 7 days) = times(published) + 7 days."""
    texts = [text.format(when=when) for text, said in CASES if said == when]

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
    @given(days, st.sampled_from(texts))
    def drawn(day: datetime.date, text: str) -> None:
        now, then = (coded(waqai, text, published(day + datetime.timedelta(n))) for n in (0, WEEK))
        assert now.times and len(now.times) == len(then.times)
        for one, two in zip(now.times, then.times, strict=True):
            assert (one.span, one.kind, later(one.value, WEEK)) == (two.span, two.kind, two.value)

    drawn()


@pytest.mark.parametrize("text", [*PAST, *COMING])
def test_acts_move_with_the_publication(waqai: Waqai, text: str) -> None:
    """coded(published + 7 days) = coded(published) with every day 7 days later."""
    phrases = [when for said, when in CASES if said == text]

    @settings(max_examples=EXAMPLES * 2, deadline=None, derandomize=True, database=None)
    @given(days, st.sampled_from(phrases))
    def drawn(day: datetime.date, when: str) -> None:
        filled = text.format(when=when)
        now, then = (told(coded(waqai, filled, published(day + datetime.timedelta(n)))) for n in (0, WEEK))
        assert now
        assert [(e.type, e.status, moved(e.date, WEEK), e.parties) for e in now] == [
            (e.type, e.status, moved(e.date, 0), e.parties) for e in then
        ]

    drawn()
