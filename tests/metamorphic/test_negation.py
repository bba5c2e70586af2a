"""A verb that is negated tells an act that did not happen."""

from __future__ import annotations

import os
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from laws import coded, told
from templates import PEOPLE, STATES

from acts import Drafts
from waqai.pipeline import Waqai

EXAMPLES = int(os.environ.get("METAMORPHIC_EXAMPLES", "2"))

# An act as told, and the ways to say that it was not done; {a} and {b} are states in the first part, then persons.
OF_STATES = (
    (
        "أرسلت {a} مساعدات غذائية إلى {b}.",
        "لم ترسل {a} مساعدات غذائية إلى {b}.",
        "ما أرسلت {a} مساعدات غذائية إلى {b}.",
    ),
    ("قطعت {a} علاقاتها مع {b}.", "لم تقطع {a} علاقاتها مع {b}.", "نفت {a} قطع علاقاتها مع {b}."),
    ("فرضت {a} عقوبات على {b}.", "لم تفرض {a} عقوبات على {b}.", "نفت {a} فرض عقوبات على {b}."),
    ("وقعت {a} معاهدة مع {b}.", "لم توقع {a} معاهدة مع {b}.", "نفت {a} أن تكون قد وقعت معاهدة مع {b}."),
    ("هاجمت {a} {b} بالصواريخ.", "لم تهاجم {a} {b} بالصواريخ.", "نفت {a} أنها هاجمت {b} بالصواريخ."),
    ("حشدت {a} قواتها على حدود {b}.", "لم تحشد {a} قواتها على حدود {b}.", "لا تحشد {a} قواتها على حدود {b}."),
    ("ستزود {a} {b} بالأسلحة.", "لن تزود {a} {b} بالأسلحة.", "نفت {a} أنها ستزود {b} بالأسلحة."),
    ("طردت {a} سفير {b}.", "لم تطرد {a} سفير {b}.", "{a} لم تطرد سفير {b}."),
)
OF_PERSONS = (
    (
        "التقى الوزير {a} السفير {b} في جنيف.",
        "لم يلتق الوزير {a} السفير {b} في جنيف.",
        "نفى الوزير {a} أنه التقى السفير {b}.",
    ),
    ("زار الرئيس الكيني {a} تونس.", "لم يزر الرئيس الكيني {a} تونس.", "الرئيس الكيني {a} لم يزر تونس."),
    (
        "اعتقلت الشرطة المصرية الناشط {a}.",
        "لم تعتقل الشرطة المصرية الناشط {a}.",
        "نفت الشرطة المصرية اعتقال الناشط {a}.",
    ),
    ("قتل الجيش الصومالي القيادي {a}.", "لم يقتل الجيش الصومالي القيادي {a}.", "نفى الجيش الصومالي قتل القيادي {a}."),
    ("أعلن الوزير {a} استقالته.", "لم يعلن الوزير {a} استقالته.", "نفى الوزير {a} استقالته."),
    ("استقال الوزير التونسي {a}.", "لم يستقل الوزير التونسي {a}.", "نفى الوزير التونسي {a} أنه استقال."),
    (
        "أفرجت السلطات المصرية عن الناشط {a}.",
        "لم تفرج السلطات المصرية عن الناشط {a}.",
        "لن تفرج السلطات المصرية عن الناشط {a}.",
    ),
)
PAIRS = [(yes, no) for yes, *negations in (*OF_STATES, *OF_PERSONS) for no in negations]

# How many pairs may break each law; a ceiling is only ever lowered. Known to: "ما" before a perfect verb is read as
# "what"; "نفى" with a person after it is read as banishing besides denying; a denied act falls below the floor.
READ, WRITTEN, LOST = 1, 1, 3


def each(check: Callable[[dict[str, str]], None], yes: str) -> None:
    """Runs `check` on drawn parties."""
    names = st.sampled_from(STATES if any(yes == row[0] for row in OF_STATES) else PEOPLE)

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, report_multiple_bugs=False)
    @given(st.lists(names, min_size=2, max_size=2, unique=True))
    def drawn(pair: list[str]) -> None:
        check({"a": pair[0], "b": pair[1]})

    drawn()


def breaking(check: Callable[[str, str], None]) -> list[str]:
    """The negations that break a law."""
    found = []
    for yes, no in PAIRS:
        try:
            check(yes, no)
        except AssertionError:
            found.append(no)
    return found


def test_a_negated_act_is_read_as_denied(drafts: Drafts) -> None:
    """Among all acts read, doubtful ones included, the one of the verb is denied, and was not without its negation."""

    def law(yes: str, no: str) -> None:
        def check(names: dict[str, str]) -> None:
            before, after = (drafts(text.format(**names)) for text in (yes, no))
            kind = before[0].event.type
            assert "denied" not in {draft.event.status for draft in before}
            assert "denied" in {draft.event.status for draft in after if draft.event.type == kind}

        each(check, yes)

    found = breaking(law)
    assert len(found) <= READ, found


def test_a_negated_act_is_never_written_as_done(waqai: Waqai) -> None:
    """The record tells no act of the verb's type as happened or planned."""

    def law(yes: str, no: str) -> None:
        def check(names: dict[str, str]) -> None:
            kinds = {event.type for event in told(coded(waqai, yes.format(**names)))}
            assert not [e for e in told(coded(waqai, no.format(**names))) if e.type in kinds and e.status != "denied"]

        each(check, yes)

    found = breaking(law)
    assert len(found) <= WRITTEN, found


def test_what_its_author_denies_is_written_where_the_told_act_is(waqai: Waqai) -> None:
    """A denial is news too. That an act just was not done ("لم", "لن") mostly is none: of 478 such acts in the coded
    articles their coders wrote 35."""
    lost = []
    for yes, no in PAIRS:
        if not no.startswith("نف"):
            continue
        of_states = any(yes == row[0] for row in OF_STATES)
        a, b = ("تونس", "كينيا") if of_states else ("وائل الغانمي", "نبيل الحدادي")
        kinds = {event.type for event in told(coded(waqai, yes.format(a=a, b=b)))}
        after = {event.type for event in told(coded(waqai, no.format(a=a, b=b)))}
        lost += [no] if kinds - after else []
    assert len(lost) <= LOST, lost
