"""What is said: the stretch of text that a cue reports, between quotation marks or up to where the sentence ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waqai.arabic import fold
from waqai.model import Parse, Sentence, Span

_PAIRS = {"«": "»", "“": "”", "„": "”", '"': '"', "”": "”"}
# Shorter ones are scare quotes or titles: the coding guide wants a clause or more.
CLAUSE_WORDS = 4
_TRIM = " \u00a0،,؛;:.-–\"«»“”'"
# What does not belong to a quotation at its ends, unlike its full stop.
EDGES = ' \u00a0\t"«»“”„'


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word at [index, last) of its sentence."""

    index: int
    last: int
    kind: str  # verb, participle, noun, attribution
    speaker: str
    bare: bool


def quotations(text: str) -> list[Span]:
    """The stretches between quotation marks, without the marks; none crosses a paragraph's end."""
    found: list[Span] = []
    start = -1
    closing = ""
    for offset, letter in enumerate(text):
        if letter == "\n":
            start = -1
        elif start >= 0 and letter == closing:
            found.append(Span(start, offset))
            start = -1
        elif start < 0 and letter in _PAIRS:
            start, closing = offset + 1, _PAIRS[letter]
    return found


def wordy(text: str, span: Span) -> bool:
    return len(span.of(text).split()) >= CLAUSE_WORDS


def said_after(
    text: str,
    start: int,
    sentence: Sentence,
    marks: Sequence[Span],
    kind: str,
    end: int | None = None,
    opening: int | None = None,
) -> tuple[Span, str] | None:
    """What is said from `start` on: the quotation that opens at `opening`, or the words up to `end`."""
    end = bounded(sentence, sentence.span.end) if end is None else end
    opening = start if opening is None else opening
    for mark in marks:
        if mark.start >= opening and not text[opening : mark.start - 1].strip(_TRIM):
            if wordy(text, mark):
                return mark, "direct"
            break
    running = next((mark for mark in marks if start <= mark.start < end < mark.end), None)
    if running is not None:
        return running, "direct"  # a quotation that runs on past the sentence
    span = trimmed(text, Span(start, end))
    if span is None or len(span.of(text).split()) < 2:
        return None
    mixed = any(span.holds(mark) for mark in marks)
    return span, kind or ("mixed" if mixed else "indirect")


def said_bare(
    text: str, cue: Cue, later: int, sentence: Sentence, parse: Parse, marks: Sequence[Span]
) -> tuple[Span, str] | None:
    """What is announced as a noun: "أعلن الجيش السيطرة على البلدة", "شدد على ضرورة الحوار"."""
    clause = next((c for c in parse.clauses if c.verb == parse.unit_at[cue.index]), None)
    start: int | None = None
    if clause is not None:
        said = [n for n in clause.objects if parse.units[n].mention is None]
        said += [n for n in clause.obliques if fold(parse.units[n].preposition) in (fold("على"), fold("عن"))]
        if said:
            start = sentence.words[parse.units[min(said)].first].span.start
    elif cue.kind == "participle":
        number = parse.unit_at[cue.index] + 1
        while number < len(parse.units) and parse.units[number].kind == "particle":
            number += 1
        if number < len(parse.units) and parse.units[number].kind == "np":
            start = sentence.words[parse.units[number].first].span.start
    if start is None:
        return None
    limit = sentence.words[later].span.start if later < len(sentence.words) else sentence.span.end
    return said_after(text, start, sentence, marks, "", bounded(sentence, limit))


def said_before(text: str, cue: Cue, sentence: Sentence, marks: Sequence[Span]) -> tuple[Span, str] | None:
    """What a source phrase vouches for: all before it, or, where it opens the sentence, all after its comma."""
    words = sentence.words
    if cue.index <= 1:
        comma = next((w for w in words[cue.last :] if w.form in ("،", ",")), None)
        if comma is None:
            return None
        return said_after(text, comma.span.end, sentence, marks, "")
    start, end = sentence.span.start, words[cue.index].span.start
    if set(words[0].proclitics) & {"و", "ف"} and text[start] in "وف":
        start += 1
    for mark in marks:
        if mark.end <= end and not text[mark.end + 1 : end].strip(_TRIM) and wordy(text, mark):
            return mark, "direct"
    span = trimmed(text, Span(start, end))
    if span is None or len(span.of(text).split()) < 3:
        return None
    return span, "mixed" if any(span.holds(mark) for mark in marks) else "indirect"


def bounded(sentence: Sentence, limit: int) -> int:
    return min(limit, sentence.span.end)


def trimmed(text: str, span: Span, letters: str = _TRIM) -> Span | None:
    """`span` without the `letters` at its ends, None where nothing else is in it."""
    start, end = span
    while start < end and text[start] in letters:
        start += 1
    while end > start and text[end - 1] in letters:
        end -= 1
    return Span(start, end) if end > start else None
