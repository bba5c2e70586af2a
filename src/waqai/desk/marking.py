"""Marks in the text of an article: the text itself in HTML, cut where something begins or ends, never altered.

Marks have no width of their own, so that Arabic letters stay joined where one begins inside a word.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

NAMED = {"person", "group", "place"}


@dataclass(frozen=True, slots=True)
class Layer:
    """A stretch of the text and what it is.

    `kind` is person, group, place, time, quote, cue, act, digest, party or evidence. `event` is the number of the
    event it belongs to, -1 for none; `anchor` an id by which the page leads to it.
    """

    start: int
    end: int
    kind: str
    event: int = -1
    anchor: str = ""


def _layer(span: Sequence[int], kind: str, event: int = -1, anchor: str = "") -> Layer:
    return Layer(span[0], span[1], kind, event, anchor)


def layers_of(record: Mapping[str, Any]) -> list[Layer]:
    """All that is marked in a record's text; events, quotes and digest lines are numbered as the record has them."""
    found = [_layer(mention["span"], mention["kind"]) for mention in record["mentions"] if mention["kind"] in NAMED]
    found += [_layer(time["span"], "time") for time in record["times"]]
    found += [_layer(quote["span"], "quote", anchor=f"q-{n}") for n, quote in enumerate(record["quotes"])]
    found += [_layer(line["span"], "digest", anchor=f"s-{n}") for n, line in enumerate(record["digest"])]
    for number, event in enumerate(record["events"]):
        found += _event_layers(number, event)
    length = len(record["text"])
    return [layer for layer in found if 0 <= layer.start < layer.end <= length]


def _event_layers(number: int, event: Mapping[str, Any]) -> Iterator[Layer]:
    if event["trigger_span"]:
        yield _layer(event["trigger_span"], "act", number, f"t-{event['id']}")
    for actor in (*event["sources"], *event["targets"]):
        if actor["span"]:
            yield _layer(actor["span"], "party", number)
    for span in (event["place"].get("span"), event["said_by_span"]):
        if span:
            yield _layer(span, "party", number)
    if event["status_cue"] and event["evidence_span"]:
        start, end = event["evidence_span"]
        at = event["evidence"].find(event["status_cue"])
        if 0 <= at < end - start:
            yield Layer(start + at, start + at + len(event["status_cue"]), "cue", number)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text as HTML; `start` is its offset. Its text content is the paragraph, letter by letter."""

    start: int
    html: Markup


class Marker:
    """Writes stretches of `text` with `layers` marked; `events` are their ids by number, `lit` the chosen one."""

    def __init__(self, text: str, layers: Sequence[Layer], events: Sequence[str], lit: int = -1) -> None:
        self._text, self._events, self._lit = text, events, lit
        self._opening: dict[int, list[Layer]] = defaultdict(list)
        for layer in layers:
            self._opening[layer.start].append(layer)
        self._cuts = sorted({cut for layer in layers for cut in (layer.start, layer.end)})
        self._open: list[Layer] = []

    def paragraphs(self, start: int) -> list[Paragraph]:
        """The paragraphs of the text from `start` on."""
        found, at = [], start
        for line in self._text[start:].split("\n"):
            if line:
                found.append(Paragraph(at, self.stretch(at, at + len(line))))
            at += len(line) + 1
        return found

    def stretch(self, start: int, end: int) -> Markup:
        """`text[start:end]`; stretches are asked for in the order of the text."""
        inside = [cut for cut in self._cuts if start < cut < end]
        bounds = [start, *inside, end]
        # What began before (a quote of two paragraphs) goes on.
        for cut in sorted(cut for cut in self._opening if cut < start):
            self._open += self._opening.pop(cut)
        pieces = [self._piece(one, other) for one, other in itertools.pairwise(bounds)]
        return Markup("".join(pieces))

    def _piece(self, start: int, end: int) -> Markup:
        opened = self._opening.pop(start, [])
        self._open = [layer for layer in (*self._open, *opened) if layer.end > start]
        words = escape(self._text[start:end])
        if not self._open:
            return words
        anchors = [layer.anchor for layer in opened if layer.anchor]
        return self._marked(words, anchors)

    def _marked(self, words: Markup, anchors: Sequence[str]) -> Markup:
        act = next((layer for layer in self._open if layer.kind == "act"), None)
        numbers = sorted({layer.event for layer in self._open if layer.event >= 0})
        kinds = dict.fromkeys(layer.kind for layer in self._open)
        if self._lit in numbers:
            kinds["lit"] = None
        about = f' data-e="{" ".join(map(str, numbers))}"' if numbers else ""
        first = f' id="{escape(anchors[0])}"' if anchors else ""
        more = "".join(f'<span id="{escape(anchor)}"></span>' for anchor in anchors[1:])
        tag = "span" if kinds.keys() <= {"digest", "party", "evidence"} else "mark"
        marked = f'{more}<{tag} class="{" ".join(kinds)}"{first}{about}>{words}</{tag}>'
        if act is not None:
            marked = f'<a class="to-card" href="#e-{escape(self._events[act.event])}">{marked}</a>'
        return Markup(marked)


def snippet(text: str, start: int, marks: Iterable[tuple[int, int]]) -> Markup:
    """`text`, which begins at offset `start` of its article, with `marks` (offsets of the article) marked."""
    pieces, at = [], 0
    for first, last in marks:
        if first - start < at:
            continue
        pieces.append(f"{escape(text[at : first - start])}<mark>{escape(text[first - start : last - start])}</mark>")
        at = last - start
    return Markup("".join([*pieces, escape(text[at:])]))
