"""The first page the project was shown: what must be read from it, counted and dated, none of it quoted here."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from waqai.exports.jsonl import as_dict
from waqai.model import Record
from waqai.pipeline import Waqai

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"
PAGE = SHARED / "seed" / "article.txt"
FLOOR = 6  # of 8 events
CODED = SHARED / "gold" / "dev" / "alaraby-2024-03-26.json"


@pytest.fixture(scope="module")
def record(waqai: Waqai) -> dict[str, Any]:
    if not PAGE.is_file() or not CODED.is_file():
        pytest.skip("needs shared/seed and shared/gold beside the repository")
    [found] = waqai.read(str(PAGE))
    assert isinstance(found, Record)
    return as_dict(found)


@pytest.fixture(scope="module")
def coded(record: dict[str, Any]) -> dict[str, Any]:
    coded: dict[str, Any] = json.loads(CODED.read_text(encoding="utf-8"))
    return coded


def test_parts_of_the_page(record: dict[str, Any], coded: dict[str, Any]) -> None:
    assert record["title"] == coded["title"]
    assert (record["published"], record["published_from"]) == ("2024-03-26", "text")
    assert record["caption"] and record["credit"] == "فيسبوك"
    assert len(record["outlet_summary"]) == 3


def test_text_is_title_and_body_and_nothing_else(record: dict[str, Any], coded: dict[str, Any]) -> None:
    title, body = record["text"].split("\n\n")
    assert title == coded["title"]
    assert [line.split() for line in body.split("\n")] == [line.split() for line in coded["body"].split("\n") if line]
    assert len(body.split("\n")) == 6


def test_times(record: dict[str, Any], coded: dict[str, Any]) -> None:
    assert [time["value"] for time in record["times"]] == [time["value"] for time in coded["times"]]


def test_events_that_were_coded_by_hand(record: dict[str, Any], coded: dict[str, Any]) -> None:
    """By type and evidence; the floor is what the first version reached, and only ever goes up."""
    told = {(event["type"], tuple(event["evidence"].split())) for event in record["events"]}
    found = [event for event in coded["events"] if any(_same(event, *telling) for telling in told)]
    assert len(found) >= FLOOR


def _same(event: dict[str, Any], type_: str, evidence: tuple[str, ...]) -> bool:
    here, there = set(evidence), set(event["evidence"].split())
    return bool(type_ == event["type"]) and len(here & there) * 2 >= len(here | there)


def test_no_event_from_caption_or_summary(record: dict[str, Any]) -> None:
    for event in record["events"]:
        assert event["evidence"] not in (record["caption"], *record["outlet_summary"])
    assert re.search(r"\b(الخط|الملخص|المساهمون)\b", record["text"]) is None
