"""Marks: the text stays the text, whatever lies over whatever."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from waqai.desk.marking import Layer, Marker, layers_of, snippet

TEXT = "وبرئاسة هالة <b>الزيدي</b> &amp; قال: «نعم»\nسطر ثان \u202eمقلوب"
KINDS = ("person", "group", "place", "time", "quote", "cue", "act", "digest", "party")


@st.composite
def layers(draw: st.DrawFn) -> list[Layer]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(TEXT) - 1))
        end = draw(st.integers(start + 1, len(TEXT)))
        kind = draw(st.sampled_from(KINDS))
        event = draw(st.integers(0, 2)) if kind in ("act", "party", "cue") else -1
        found.append(Layer(start, end, kind, event, draw(st.sampled_from(("", f"a{number}")))))
    return found


def said(markup: str) -> str:
    return str(html.fromstring(f"<div>{markup}</div>").text_content())


@given(layers())
def test_marked_text_is_the_text(found: list[Layer]) -> None:
    marker = Marker(TEXT, found, ["e0", "e1", "e2"], 1)
    assert "\n".join(said(part.html) for part in marker.paragraphs(0)) == TEXT


class Letters(HTMLParser):
    """Letter by letter what a page is marked as."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[set[str]] = []
        self._open: list[set[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(set((dict(attrs).get("class") or "").split()) - {"to-card"})

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.kinds += [set().union(*self._open)] * len(data)


@given(layers())
def test_every_letter_is_marked_as_all_that_it_is(found: list[Layer]) -> None:
    for part in Marker(TEXT, found, ["e0", "e1", "e2"]).paragraphs(0):
        letters = Letters()
        letters.feed(part.html)
        letters.close()
        for at, kinds in enumerate(letters.kinds, part.start):
            assert kinds == {layer.kind for layer in found if layer.start <= at < layer.end}


@given(layers())
def test_an_anchor_stands_once(found: list[Layer]) -> None:
    marker = Marker(TEXT, found, ["e0", "e1", "e2"])
    whole = "".join(part.html for part in marker.paragraphs(0))
    ids = html.fromstring(f"<div>{whole}</div>").xpath("//@id")
    # A layer that begins with the line break between paragraphs has no letter to stand at.
    assert sorted(ids) == sorted(layer.anchor for layer in found if layer.anchor and TEXT[layer.start] != "\n")


def test_spans_outside_the_text_mark_nothing() -> None:
    record = {
        "text": "نص", "mentions": [{"span": [0, 9], "kind": "person"}, {"span": [1, 1], "kind": "place"}],
        "times": [], "quotes": [], "digest": [], "events": [],
    }  # fmt: skip
    assert layers_of(record) == []


def test_a_snippet_marks_what_was_searched_for() -> None:
    assert snippet("<a> وقف النار", 10, [(14, 17), (15, 17)]) == "&lt;a&gt; <mark>وقف</mark> النار"
