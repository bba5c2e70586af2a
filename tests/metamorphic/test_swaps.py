"""Laws on the parties of an act: other news beside it, parties that change places, people of another name."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import Told, coded, replaced, told
from templates import PEOPLE, STATES, TEMPLATES, UNRELATED, Template, joined

from waqai.pipeline import Waqai

# More examples find more: METAMORPHIC_EXAMPLES=100 pytest tests/metamorphic
EXAMPLES = int(os.environ.get("METAMORPHIC_EXAMPLES", "2"))
Pair = tuple[str, str]
Broken = dict[str, tuple[Pair | None, str]]  # template -> names by which the law breaks, and why

BARE = "two names side by side without a title are read as one"
REFUSED = "the refused request is coded as one by the refuser, and the refusal is left without a target"
DEPORTED = "سلم with two objects is read as deportation, extradition needs its word"
JOINED = "a name, a title without a country and a name are read as one long name, for some names"

SURE = "which of two words for one act is kept hangs on its confidence, and that on the names beside it"

SWAPPING: Broken = {
    "refuse": (None, REFUSED),
    "extradite": (None, DEPORTED),
    "meet": (None, BARE),
    "talks": (("سالم الحدادي", "نبيل الحدادي"), SURE),
    "promise": (("سالم بن صابر", "سالم الحدادي"), JOINED),
}
RENAMING: Broken = {
    "talks": (("نبيل الحدادي", "سالم الحدادي"), SURE),
    "promise": (("سالم بن صابر", "سالم الحدادي"), JOINED),
}
FLOATING = "the model that chooses sides sees how many actors stand in the article, and the request's side flips"
COMPANY: Broken = {"refuse": (("سوريا", "تونس"), FLOATING)}
HOME = "an actor without a country gets the one the article names most, even where its own sentence has a place"
UNPLACED = ("meet", "talks", "criticise-person", "accuse-person", "call-to-resign", "promise", "sentence", "kill")
COUNTRIES: Broken = dict.fromkeys(UNPLACED, (None, HOME)) | {
    "refuse": (("سوريا", "تونس"), FLOATING),
}
# Names by which a side is lost, each with the reason.
WORD = "a given name that is also a common word, before a family name that is also an adjective, is not seen as a name"
FUSED = "of a name that begins with ل or ال, with لـ written onto it, the name is not found"
HARD = (
    ("arrest", "مراد البحري", "", WORD),
    ("sentence", "منذر البحري", "", WORD),
    ("call-to-resign", "خلفان البحري", "عادل المرزباني", WORD),
    ("apologise", "تركيا", "ليبيا", FUSED),
    ("pledge", "أوكرانيا", "الصين", FUSED),
)


def law(broken: Broken, templates: tuple[Template, ...] = TEMPLATES) -> list[object]:
    """Every template, with those that are known to break the law expected to fail."""
    return [
        pytest.param(t, id=t.id, marks=pytest.mark.xfail(strict=True, reason=broken[t.id][1]) if t.id in broken else ())
        for t in templates
    ]


def holds(check: Callable[[str, str], None], template: Template, broken: Broken) -> None:
    """Runs `check` on the names by which the law is known to break, then on drawn ones."""
    known = broken.get(template.id, (None, ""))[0]
    if known:
        check(*known)
    names = st.sampled_from(STATES if template.kind == "states" else PEOPLE)

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
    @given(st.lists(names, min_size=2, max_size=2, unique=True))
    def drawn(pair: list[str]) -> None:
        check(pair[0], pair[1])

    drawn()


def act(template: Template, events: list[Told]) -> list[tuple[object, ...]]:
    """The act the template names, without codes."""
    return [
        (e.type, e.mode, e.status, e.date, e.parties, e.place, e.trigger) for e in events if e.type == template.type
    ]


@pytest.mark.parametrize("template", law(SWAPPING))
def test_parties_that_change_places_change_sides(waqai: Waqai, template: Template) -> None:
    """coded(swap(text)) = swap(coded(text)), and a is the source, b the target."""
    if template.parties == 1:
        pytest.skip("one party")

    def check(a: str, b: str) -> None:
        swap = replaced((a, b), (b, a), (joined(a), joined(b)), (joined(b), joined(a)))
        here, there = (told(coded(waqai, text)) for text in (template.fill(a, b), template.fill(b, a)))
        assert act(template, [event.mapped(swap) for event in here]) == act(template, there)
        assert ((a,), (b,)) in [event.parties for event in here if event.type == template.type]

    holds(check, template, SWAPPING)


@pytest.mark.parametrize("template", law(RENAMING, tuple(t for t in TEMPLATES if t.kind == "persons")))
def test_a_person_of_another_name_changes_nothing_but_the_name(waqai: Waqai, template: Template) -> None:
    """coded(rename(text)) = rename(coded(text)): types, statuses, dates, codes and triggers stay."""
    base = ("عبد الرحمن الحدادي", "وائل الغانمي")

    def check(a: str, b: str) -> None:
        old, new = (base, (a, b)) if template.parties == 2 else (base[:1], (a,))
        rename = replaced(*zip(old, new, strict=True))
        before = [event.mapped(rename) for event in told(coded(waqai, template.fill(*base)))]
        assert before == told(coded(waqai, template.fill(a, b)))

    holds(check, template, RENAMING)


def beside(waqai: Waqai, template: Template, check: Callable[[list[Told], list[Told]], None], broken: Broken) -> None:
    """Runs `check` on the template's events alone and in the company of each unrelated paragraph."""

    def one(a: str, b: str, paragraphs: tuple[str, ...] = UNRELATED) -> None:
        text = template.fill(a, b)
        alone = told(coded(waqai, text))
        for number, paragraph in enumerate(paragraphs):
            if number % 2:
                check(alone, told(coded(waqai, f"{text}\n{paragraph}"), end=len(text)))
            else:
                check(alone, told(coded(waqai, f"{paragraph}\n{text}"), start=len(paragraph)))

    holds(one, template, broken)


@pytest.mark.parametrize("template", law(COMPANY))
def test_an_unrelated_paragraph_changes_no_other_event(waqai: Waqai, template: Template) -> None:
    """coded(text + paragraph) has the events of coded(text): all but the countries guessed for unplaced actors."""

    def check(alone: list[Told], together: list[Told]) -> None:
        assert [bare(event) for event in alone] == [bare(event) for event in together]

    beside(waqai, template, check, COMPANY)


@pytest.mark.parametrize("template", law(COUNTRIES))
def test_an_unrelated_paragraph_changes_no_other_country(waqai: Waqai, template: Template) -> None:
    """Codes stay what they were, where a paragraph about other countries stands beside."""

    def check(alone: list[Told], together: list[Told]) -> None:
        codes = [[dict((*e.sources, *e.targets)) for e in events] for events in (alone, together)]
        assert codes[0] == codes[1]

    beside(waqai, template, check, COUNTRIES)


def bare(event: Told) -> tuple[object, ...]:
    """An event without codes."""
    return event.type, event.mode, event.status, event.date, event.parties, event.place, event.trigger, event.said_by


@pytest.mark.parametrize(
    ("id_", "a", "b"),
    [pytest.param(id_, a, b, marks=pytest.mark.xfail(strict=True, reason=reason)) for id_, a, b, reason in HARD],
)
def test_names_that_are_hard_to_see_are_parties_all_the_same(waqai: Waqai, id_: str, a: str, b: str) -> None:
    template = next(template for template in TEMPLATES if template.id == id_)
    named = {name for event in told(coded(waqai, template.fill(a, b))) for side in event.parties for name in side}
    assert {a, b} - {""} <= named
