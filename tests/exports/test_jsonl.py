"""A line of JSON has exactly the keys of the record's description, and its spans slice back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from spans import broken
from waqai.exports.jsonl import as_dict, line
from waqai.model import Article
from waqai.pipeline import Waqai

BODY = (
    "التقى وزير الخارجية التونسي سالم البحري نظيره المالي في باماكو أمس الثلاثاء.\n"
    'وقالت الوزيرة هالة الزيدي: "سنوقع الاتفاق قبل نهاية الشهر الجاري مهما حدث".\n'
    "وهاجم مسلحون قرية في شمال مالي، بحسب مصدر أمني."
)
ARTICLE = Article(
    "a-1", f"لقاء في باماكو\n\n{BODY}", "لقاء في باماكو", url="https://example.org/1", source="نشرة المثال",
    published="2024-05-15", published_from="given", authors=("هالة الزيدي",), caption="صورة", credit="أرشيف",
    standfirst="مقدمة", outlet_summary=("سطر",), problems=("one thing",),
)  # fmt: skip

KEYS = (
    "schema id url source language title published published_from authors caption credit standfirst outlet_summary "
    "text digest events quotes times mentions made_by problems"
)
EVENT = (
    "id type mode contexts cameo status status_cue date date_from sources targets place trigger trigger_span evidence "
    "evidence_span said_by said_by_span confidence rule"
)


@pytest.fixture(scope="module")
def written(waqai: Waqai) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(line(waqai.code(ARTICLE)))
    return written


def test_keys_in_the_order_of_the_description(written: dict[str, Any]) -> None:
    assert list(written) == KEYS.split()
    assert written["events"] and all(list(event) == EVENT.split() for event in written["events"])
    for key, keys in {
        "digest": "text span",
        "quotes": "speaker speaker_span kind text span cue cue_span",
        "times": "text span value kind",
        "mentions": "name span kind title role code",
    }.items():
        assert written[key] and all(list(row) == keys.split() for row in written[key]), key
    assert list(written["made_by"]) == ["waqai", "ontology", "lexicon", "models"]
    sides = [side for event in written["events"] for side in event["sources"] + event["targets"]]
    assert sides and all(list(side) == ["name", "code", "span", "title", "role"] for side in sides)
    places = [event["place"] for event in written["events"] if event["place"]]
    assert places and all(list(place) == ["name", "country", "lat", "lon", "geonames", "span"] for place in places)


def test_keys_are_those_that_the_description_lists(written: dict[str, Any]) -> None:
    description = Path(__file__).resolve().parents[2] / ".." / "shared" / "RECORD.md"
    if not description.is_file():
        pytest.skip("needs shared/RECORD.md beside the repository")
    tables = description.read_text(encoding="utf-8").split("An event:")
    for table, keys in zip(tables, (written, written["events"][0]), strict=True):
        listed = [key for row in re.findall(r"^\| (`.*?) \|", table, re.M) for key in re.findall(r"`(\w+)`", row)]
        assert sorted(listed) == sorted(keys)


def test_what_the_page_says_is_passed_on(written: dict[str, Any]) -> None:
    for key in [
        "id",
        "url",
        "source",
        "title",
        "published",
        "published_from",
        "caption",
        "credit",
        "standfirst",
        "text",
    ]:
        assert written[key] == getattr(ARTICLE, key)
    assert written["authors"] == ["هالة الزيدي"] and written["outlet_summary"] == ["سطر"]
    assert written["schema"] == "waqai/1" and written["language"] == "ar" and "one thing" in written["problems"]


def test_spans_slice_back(written: dict[str, Any]) -> None:
    assert broken(written) == []


def test_values_have_the_form_of_the_description(written: dict[str, Any]) -> None:
    for event in written["events"]:
        assert event["status"] in {"happened", "planned", "called-for", "conditional", "denied"}
        assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", event["date"])
        assert event["date_from"] in ({"text", "published"} if event["date"] else {""})
        assert 0 < event["confidence"] <= 1 and re.fullmatch(r"\d{2,4}", event["cameo"])
        for side in event["sources"] + event["targets"]:
            assert re.fullmatch(r"([A-Z]{3}|---) [A-Z]{3}", side["code"])
    assert len({event["id"] for event in written["events"]}) == len(written["events"])
    assert len(written["digest"]) <= 3
    assert {quote["kind"] for quote in written["quotes"]} <= {"direct", "indirect", "mixed"}
    assert {mention["kind"] for mention in written["mentions"]} <= {"person", "group", "place"}


def test_nothing_found_is_written_as_nothing(waqai: Waqai) -> None:
    empty = as_dict(waqai.code(Article("e", "هدوء", "هدوء")))
    assert list(empty) == KEYS.split()
    assert empty["events"] == empty["quotes"] == empty["times"] == empty["digest"] == empty["authors"] == []
    assert empty["published"] == empty["source"] == ""


def test_arabic_is_written_as_it_is_on_one_line(waqai: Waqai) -> None:
    written = line(waqai.code(ARTICLE))
    assert "\n" not in written and "سالم البحري" in written and "\\u" not in written
