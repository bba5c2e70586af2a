"""Acts picked out of short texts, and events made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from acts import FRAME, Drafts, Made, Told
from waqai.model import Act, Draft, Event, Mention, Parse, Scene, Sentence, Sides, Span, Status, Trigger, Unit, Word


@pytest.fixture(scope="session")
def told(drafts: Drafts) -> Told:
    """Text and the word that names an act in it -> the act."""

    def pick(text: str, word: str) -> Act:
        found = [draft.act for draft in drafts(text) if draft.event.trigger_span.of(text).split()[0] == word]
        assert found, f"{word} names no act in: {text}"
        return found[0]

    return pick


@pytest.fixture
def made() -> Made:
    """Fields of an event, and the number of its sentence -> a draft of it; sentences stand a hundred letters apart."""

    def make(sentence: int = 0, *, title: bool = False, part: str = "verb", **fields: object) -> Draft:
        at = sentence * 100
        base = Event(
            id="e", type="CONSULT", mode="", cameo="040", status="happened", status_cue="", date="", date_from="",
            sources=(), targets=(), place=None, trigger_span=Span(at, at + 3), evidence_span=Span(at, at + 50),
            said_by="", said_by_span=None, confidence=0.5, rule=FRAME.id,
        )  # fmt: skip
        word = Word(base.trigger_span, "التقى", "التقى", "VERB")
        parse = Parse((Unit("verb", 0, 1, 0),), (), (0,))
        scene = Scene(Sentence(base.evidence_span, (word,)), parse, list[Mention](), frozenset())
        trigger = Trigger(FRAME, 0, 1, part)
        act = Act(trigger, scene, sentence, base.trigger_span, None, Sides(), (), Sides(), Status("happened"), ())
        return Draft(replace(base, **fields), sentence, title, act)  # type: ignore[arg-type]

    return make
