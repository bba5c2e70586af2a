"""The text of an article beside the form: where words stand in it, and its paragraphs in pieces that know theirs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SENTENCE_END = re.compile(r"[.!؟?؛](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the text that carry the same marks; `start` is the code point they begin at."""

    start: int
    text: str
    marks: str  # classes, parted by spaces


def paragraphs(text: str, event: Mapping[str, Any]) -> list[list[Piece]]:
    """The text, a list for each line that is not empty, cut where a mark of the event begins or ends."""
    marks = list(_marks(event))
    return [list(_pieces(text, start, end, marks)) for start, end in _lines(text) if end > start]


def find(text: str, words: str, start: int | None, near: int) -> list[int] | None:
    """The span of `words` in the text: at `start` where they stand there, else where they are nearest to `near`."""
    if not words:
        return None
    if start is not None and text.startswith(words, start):
        return [start, start + len(words)]
    found = [match.start() for match in re.finditer(re.escape(words), text)]
    if not found:
        return None
    best = min(found, key=lambda place: abs(place - near))
    return [best, best + len(words)]


def sentence(text: str, span: Sequence[int]) -> list[int]:
    """The span of the sentence that holds `span`, spaces at its ends left out."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= span[0]), default=0)
    end = min((end for end in ends if end >= span[1]), default=len(text))
    held = text[start:end]
    return [start + len(held) - len(held.lstrip()), start + len(held.rstrip())]


def told(value: Any) -> str:
    """A value of the log in a few words."""
    if isinstance(value, list):
        return "، ".join(told(one) for one in value) or "—"
    if isinstance(value, dict):
        return " ".join(str(value[name]) for name in ("name", "code", "country") if value.get(name)) or "—"
    return str(value) if value not in ("", None) else "—"


def _marks(event: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
    if event["evidence_span"]:
        yield (*event["evidence_span"], "is-evidence")
    if event["trigger_span"]:
        yield (*event["trigger_span"], "is-trigger")
    for side in ("source", "target"):
        for actor in event[f"{side}s"]:
            if actor["span"]:
                yield (*actor["span"], f"is-{side}")
    if event["place"].get("span"):
        yield (*event["place"]["span"], "is-place")


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _pieces(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]]) -> Iterator[Piece]:
    here = [mark for mark in marks if mark[0] < end and mark[1] > start]
    cuts = sorted({start, end, *(max(start, mark[0]) for mark in here), *(min(end, mark[1]) for mark in here)})
    for left, right in itertools.pairwise(cuts):
        names = dict.fromkeys(name for first, last, name in here if first <= left and right <= last)
        yield Piece(left, text[left:right], " ".join(names))
