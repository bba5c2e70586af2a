"""Names for what the shared fixtures give, and pieces of events made by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from waqai.model import Act, Actor, Analysis, Draft, Frame, Span

Analyse = Callable[..., Analysis]  # body, title, published
Drafts = Callable[..., list[Draft]]  # body, title, published
Told = Callable[[str, str], Act]  # text, a word of it that names an act
Made = Callable[..., Draft]  # number of the sentence, fields of the event


def names(act: Act, numbers: Sequence[int]) -> list[str]:
    """The names of mentions of the act's article, by number."""
    return [act.scene.mentions[number].name for number in numbers]


FRAME = Frame("consult.meet.test", "CONSULT", "", "040", ("subject",), ("object",), "", False)


def actor(name: str, code: str = "EGY GOV") -> Actor:
    return Actor(name, code, Span(0, len(name)))
