"""What is planned is kept with its day, and what became of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from click.testing import CliRunner
from told import HALA, MEETING, SALEM, linked, meeting, record

from waqai.cli import main
from waqai.exports.ics import lines
from waqai.store import Store
from waqai.stories.linking import Knowledge
from waqai.stories.register import Register, calendar
from waqai.stories.threads import Threads

PLAN = "ومن المقرر إجراء انتخابات رئاسية في مالي في 20 يونيو المقبل."
HELD = "جرت الانتخابات في مالي في 20 يونيو وسط إقبال كبير."
PUT_OFF = "أعلنت الحكومة في مالي تأجيل الانتخابات المقررة في 20 يونيو إلى موعد لاحق."
DAY = "20 يونيو"


def told(ident: str, title: str, words: str, published: str, value: str = "2024-06-20") -> dict[str, Any]:
    """An article with one sentence that names a day."""
    made = record(ident, title, words, published)
    start = made["text"].index(DAY)
    made["times"] = [{"text": DAY, "span": [start, start + len(DAY)], "value": value, "kind": "date"}]
    return made


PLANNED = told("one-1", "موعد الانتخابات في مالي", PLAN, "2024-05-15")


def states(store: Store, knowledge: Knowledge, as_of: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    found = Register(store, knowledge.library).entries(as_of=as_of)
    return [(entry.what, entry.date, entry.state, entry.countries) for entry in found]


def test_a_planned_election_is_due_then_overdue(shelf: Store, knowledge: Knowledge) -> None:
    linked(shelf, knowledge, [PLANNED])
    assert states(shelf, knowledge, "2024-06-01") == [("انتخابات", "2024-06-20", "due", ("MLI",))]
    [late] = Register(shelf, knowledge.library).overdue(as_of="2024-07-01")
    assert late.state == "overdue" and not late.followed
    assert late.tellings[0].text == PLAN


def test_what_was_held_is_fulfilled(shelf: Store, knowledge: Knowledge) -> None:
    linked(shelf, knowledge, [PLANNED, told("two-1", "انتخابات مالي", HELD, "2024-06-21")])
    assert states(shelf, knowledge, "2024-07-01")[0][2] == "fulfilled"
    assert states(shelf, knowledge, "2024-06-01")[0][2] == "due", "what was told later does not count"


def test_what_was_put_off_is_told(shelf: Store, knowledge: Knowledge) -> None:
    linked(shelf, knowledge, [PLANNED, told("two-1", "تأجيل في مالي", PUT_OFF, "2024-06-01")])
    assert states(shelf, knowledge, "2024-07-01")[0][2] == "postponed"


@pytest.mark.parametrize(("words", "state"), [
    ("أعلنت الحكومة في مالي إلغاء الانتخابات المقررة في 20 يونيو.", "cancelled"),
    ("ألغت الحكومة في مالي الانتخابات المقررة في 20 يونيو.", "cancelled"),
    ("طالب سالم البحري بإلغاء الانتخابات المقررة في مالي في 20 يونيو.", "overdue"),
    ("هدد سالم البحري بتأجيل الانتخابات المقررة في مالي في 20 يونيو.", "overdue"),
])  # fmt: skip
def test_what_is_asked_for_or_threatened_is_not_called_off(
    shelf: Store, knowledge: Knowledge, words: str, state: str
) -> None:
    linked(shelf, knowledge, [PLANNED, told("two-1", "جدل حول موعد الانتخابات في مالي", words, "2024-06-01")])
    assert states(shelf, knowledge, "2024-07-01")[0][2] == state


def test_an_outcome_stands_in_an_article_on_the_same_matter(shelf: Store, knowledge: Knowledge) -> None:
    """There are many meetings in a country in a week."""
    plan = told(
        "one-1", "اجتماع مرتقب لخبراء المياه", "سيعقد خبراء المياه في مالي اجتماعا في 20 يونيو المقبل.", "2024-06-15"
    )
    other = told(
        "two-1", "جلسة كروية صاخبة", "عقد اتحاد الكرة في مالي اجتماعا في 20 يونيو حول ملاعب العشب.", "2024-06-21"
    )
    linked(shelf, knowledge, [plan, other])
    assert states(shelf, knowledge, "2024-07-01")[0][::2] == ("اجتماع", "overdue")


@pytest.mark.parametrize("words", [
    "قال سالم البحري إن الأوضاع الاجتماعية في مالي ستتحسن، ومن المقرر صرف الرواتب في 20 يونيو.",
    "من المقرر أن تبدأ الحملة الانتخابية في مالي في 20 يونيو.",
    "من المقرر إعلان نتائج الانتخابات في مالي في 20 يونيو.",
])  # fmt: skip
def test_what_only_looks_like_an_occasion_is_no_entry(shelf: Store, knowledge: Knowledge, words: str) -> None:
    linked(shelf, knowledge, [told("one-1", "أخبار من مالي", words, "2024-06-01")])
    assert states(shelf, knowledge, "2024-06-02") == []


@pytest.mark.parametrize(("words", "act", "rule", "entries"), [
    ("وقع سالم البحري وهالة الزيدي اتفاقا لفتح المعابر.", "وقع", "agree.deal.waqqa", 1),
    ("لم يوقع سالم البحري وهالة الزيدي اتفاقا لفتح المعابر.", "يوقع", "agree.deal.waqqa", 0),
    ("التقى سالم البحري هالة الزيدي من أجل التوصل إلى اتفاق لفتح المعابر.", "التوصل", "agree.deal.tawassul", 0),
    ("تعهد سالم البحري لهالة الزيدي بفتح المعابر.", "تعهد", "agree.promise.taahhad", 0),
    ("وافق سالم البحري على طلب هالة الزيدي.", "وافق", "agree.consent.wafaq", 0),
])  # fmt: skip
def test_an_agreement_binds_two_sides_and_was_reached(
    shelf: Store, knowledge: Knowledge, words: str, act: str, rule: str, entries: int
) -> None:
    said = {"words": words, "act": act, "type": "AGREE", "rule": rule, "sources": [SALEM], "targets": [HALA]}
    linked(shelf, knowledge, [record("one-1", "المعابر", words, "2024-06-01", [said])])
    found = Register(shelf, knowledge.library).entries(as_of="2024-06-02", kind="agreement")
    assert len(found) == entries


@pytest.mark.parametrize(("date", "entries"), [("2024-09", 1), ("2024", 1), ("2026", 0)])
def test_a_year_to_come_is_no_day_of_a_plan(shelf: Store, knowledge: Knowledge, date: str, entries: int) -> None:
    made = meeting("one-1", MEETING, "2024-06-01", status="planned", date=date)
    linked(shelf, knowledge, [made])
    assert len(Register(shelf, knowledge.library).entries(as_of="2024-06-02", kind="planned")) == entries


def test_the_calendar_has_what_is_due(shelf: Store, knowledge: Knowledge) -> None:
    linked(shelf, knowledge, [PLANNED])
    written = "".join(lines(calendar(Register(shelf, knowledge.library).entries(as_of="2024-06-01")), {}))
    assert "DTSTART;VALUE=DATE:20240620" in written


def test_a_calendar_says_what_it_leaves_out(shelf: Store, knowledge: Knowledge) -> None:
    month = told("one-1", "موعد الانتخابات في مالي", PLAN, "2024-05-15", "2024-06")
    linked(shelf, knowledge, [month])
    words = ("register", "--ics", "--as-of", "2024-06-01", "--db", shelf.where)
    found = CliRunner().invoke(main, words)
    out = CliRunner().invoke(main, ("export", "--to", "ics", "--db", shelf.where))
    assert found.exit_code == 0 and "BEGIN:VEVENT" not in found.stdout
    assert "1 planned without a day left out: 1 with a month or year alone (see: waqai register)" in found.stderr
    assert out.exit_code == 0 and out.stderr == "waqai: nothing matches\n", "occasions are no events of the record"


@pytest.mark.parametrize(
    "asked", [("register", "--as-of", "2024-07-01"), ("threads", "one-1"), ("threads", "--least", "2")]
)
def test_a_pipe_is_in_one_language(shelf: Store, knowledge: Knowledge, asked: tuple[str, ...]) -> None:
    again = told("two-1", "موعد الانتخابات الرئاسية في مالي", PLAN + " ورحب سالم البحري بالموعد.", "2024-05-16")
    linked(shelf, knowledge, [PLANNED, again])
    text = PLANNED["text"] + again["text"] + "،"

    def own(*language: str, **environment: str) -> set[str]:
        """The words that the program itself says."""
        found = CliRunner().invoke(main, [*asked, *language, "--db", shelf.where], env=environment)
        assert found.exit_code == 0, found.output
        cells = [cell for line in found.stdout.split("\n") for cell in re.split(r"\t|: ", line)]
        own_cells = [cell for cell in cells if cell.strip("؟؛ ") not in text]
        return {word for cell in own_cells for word in re.findall(r"[^\W\d_]{2,}", cell)} - {"MLI", "one", "two"}

    english = own("--lang", "en")
    assert english and all(word.isascii() for word in english), english
    assert own(WAQAI_LANG="ar") == english, "scripts get the same, whatever the user's terminal speaks"
    shown = {word for word in own("--lang", "ar") if word.isascii()}
    assert not shown - set(own_ids(asked)), shown


def own_ids(asked: tuple[str, ...]) -> list[str]:
    """Ids of occasions' entries, which are the same in every language."""
    return ["election"] if asked[0] == "register" else []


def test_articles_of_one_story_make_a_thread(shelf: Store, knowledge: Knowledge) -> None:
    again = told("two-1", "موعد الانتخابات الرئاسية في مالي", PLAN + " ورحب سالم البحري بالموعد.", "2024-05-16")
    other = record("one-3", "أسعار القمح", "ارتفعت أسعار القمح في الأسواق المحلية بعد موسم جاف.", "2024-05-16")
    linked(shelf, knowledge, [PLANNED, again, other])
    threads = Threads(shelf, knowledge.library)
    [thread] = threads.all(least=2)
    assert [member.id for member in thread.members] == ["one-1", "two-1"]
    assert threads.of("two-1").id == "one-1"
    assert [entry.date for entry in threads.story(thread, "2024-06-01").open_ends] == ["2024-06-20"]
