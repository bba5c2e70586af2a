"""The API: lists in pages, one article and event, reading, ETags, problems; hostile values refused."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from fastapi.testclient import TestClient
from guarded_news import TEXT, record

from waqai.store import Store
from waqai.store.review import review

LISTS = ("/api/v1/articles", "/api/v1/events", "/api/v1/actors", "/api/v1/quotes")
SQL = ("' OR 1=1 --", "%' UNION SELECT password FROM users --", '"; DROP TABLE events; --', "\\", "%", "_")
WORDS = ("outlet", "actor", "place")
VALUES = ("type", "mode", "status", "sector", "country", "since", "until")


def follow(desk: TestClient, first: str) -> list[list[dict[str, Any]]]:
    """All pages of a list."""
    pages, address = [], first
    while address:
        told = desk.get(address).json()
        pages.append(told["items"])
        address = told["next"]
    return pages


def test_lists_come_in_pages_that_miss_and_repeat_nothing(desk: TestClient) -> None:
    for path, key in (("/api/v1/events", "id"), ("/api/v1/articles", "id"), ("/api/v1/actors", "name")):
        whole = desk.get(path).json()
        assert whole["next"] is None and len(whole["items"]) >= 2
        pages = follow(desk, f"{path}?limit=1")
        assert [len(page) for page in pages] == [1] * len(whole["items"])
        assert [row[key] for page in pages for row in page] == [row[key] for row in whole["items"]], path
    listed = desk.get("/api/v1/events?limit=1")
    assert listed.headers["link"] == f'<{listed.json()["next"]}>; rel="next"'


def test_events_are_narrowed_and_come_with_their_article(desk: TestClient) -> None:
    [found] = desk.get("/api/v1/events?type=consult&actor=سالم&limit=1").json()["items"]
    assert found["type"] == "CONSULT" and found["sources"][0]["code"] == "TUN GOV"
    assert found["evidence"].startswith("التقى") and found["article"]["source"] == "صحيفة المثال"
    start, end = found["trigger_span"]
    assert TEXT[start:end] == found["trigger"]
    assert [e["type"] for e in desk.get("/api/v1/events").json()["items"]][-1] == "ACCUSE", "undated ones last"


def test_an_article_is_its_record(desk: TestClient) -> None:
    for asked in ("a-1", "1", "https://example.org/a-1"):
        told = desk.get(f"/api/v1/articles/{asked}").json()
        assert told["text"] == TEXT and len(told["events"]) == 2
    assert desk.get("/api/v1/events/a-1-e1").json()["id"] == "a-1-e1"
    for missing in ("/api/v1/articles/none", "/api/v1/events/none", "/api/v1/nothing"):
        answer = desk.get(missing)
        assert answer.status_code == 404 and answer.headers["content-type"] == "application/problem+json"
        assert {"type", "title", "status", "detail"} <= answer.json().keys()


def test_rejected_events_are_left_out(desk: TestClient, shelf: str) -> None:
    with Store(shelf) as store:
        review(store, "a-1-e1", "reject", "لمى")
    assert len(desk.get("/api/v1/events").json()["items"]) == 3
    assert [event["id"] for event in desk.get("/api/v1/articles/a-1").json()["events"]] == ["a-1-e2"]


def test_quotes_and_searches(desk: TestClient) -> None:
    quotes = desk.get("/api/v1/quotes?speaker=هالة").json()["items"]
    assert len(quotes) == 2 and quotes[0]["text"].startswith("وطالبت") and quotes[0]["article"]["id"] == "a-2"
    assert desk.get("/api/v1/quotes?speaker=سالم").json()["items"] == []
    hits = desk.get("/api/v1/search?q=القوافل").json()["items"]
    assert {hit["id"] for hit in hits} == {"a-1", "a-2"}
    start, end = hits[0]["marks"][0]
    assert TEXT[start:end] == "القافلة"
    assert desk.get("/api/v1/search?q=-باماكو").status_code == 422


def test_what_the_asker_has_is_not_sent_again(desk: TestClient, shelf: str) -> None:
    first = desk.get("/api/v1/events")
    tag = first.headers["etag"]
    for asked in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = desk.get("/api/v1/events", headers={"if-none-match": asked})
        assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == tag
    assert desk.get("/api/v1/events", headers={"if-none-match": '"x"'}).status_code == 200
    with Store(shelf) as store:
        store.add(record("a-3"))
    assert desk.get("/api/v1/events", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("sql", SQL)
def test_sql_in_every_filter_is_only_words(desk: TestClient, sql: str) -> None:
    before = desk.get("/api/v1/events").json()
    for path in (*LISTS, "/api/v1/search"):
        for name in (*WORDS, *VALUES, "speaker", "q", "cursor", "limit"):
            answer = desk.get(path, params={"q": "باماكو"} | {name: sql})
            assert answer.status_code in (200, 400, 422), (path, name, answer.text)
            if answer.status_code == 200 and name in ("outlet", "actor", "place"):
                assert answer.json()["items"] == [], (path, name)
    assert desk.get(f"/api/v1/events/{sql}").status_code == 404
    assert desk.get("/api/v1/events").json() == before


@pytest.mark.parametrize("asked", [
    "type=BOMB", "status=maybe", "since=yesterday", "country=Egypt", "limit=0", "limit=1000", "limit=x", "actor=%00",
    f"outlet={'x' * 201}", "type=AID&mode=visit",
])  # fmt: skip
def test_values_that_cannot_be_are_problems(desk: TestClient, asked: str) -> None:
    answer = desk.get(f"/api/v1/events?{asked}")
    assert answer.status_code == 422 and answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("cursor", ["x", "e30", "WzEsMl0", "WyIyMDI0IiwgLTFd", "W" * 400, "bnVsbA", "dHJ1ZQ"])
def test_cursors_of_others_are_refused(desk: TestClient, cursor: str) -> None:
    assert desk.get(f"/api/v1/events?cursor={cursor}").status_code == 400
    assert desk.get(f"/api/v1/actors?cursor={cursor}").status_code == 400


def test_a_text_is_read_and_not_stored(desk: TestClient) -> None:
    body = "التقى سالم البحري وزير الخارجية التونسي نظيره المالي في باماكو أمس الثلاثاء."
    answer = desk.post("/api/v1/read", json={"text": body, "title": "لقاء", "published": "2024-05-15"})
    told = answer.json()
    assert answer.status_code == 200 and told["text"] == f"لقاء\n\n{body}" and told["schema"] == "waqai/1"
    assert any(event["type"] == "CONSULT" and event["date"] == "2024-05-14" for event in told["events"])
    assert len(desk.get("/api/v1/articles").json()["items"]) == 2


@pytest.mark.parametrize(("asked", "status"), [
    ({}, 422), ({"text": "قال", "url": "https://example.org"}, 422), ({"text": "   "}, 422), ({"text": 5}, 422),
    ({"text": "An English text, which is none of ours at all."}, 422), ({"text": "قال", "more": 1}, 422),
    ({"url": "file:///etc/passwd"}, 422), ({"url": "/etc/passwd"}, 422), ({"url": "javascript:alert(1)"}, 422),
    ({"url": "http://127.0.0.1:1/"}, 422), ({"url": "http://169.254.169.254/latest"}, 422),
    ({"url": "http://[::ffff:127.0.0.1]/"}, 422), ({"url": "http://0x7f.1/"}, 422), ({"url": "-"}, 422),
])  # fmt: skip
def test_what_cannot_be_read_is_a_problem(desk: TestClient, asked: dict[str, Any], status: int) -> None:
    answer = desk.post("/api/v1/read", json=asked)
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    assert "root:" not in answer.text


def test_a_name_that_leads_inside_is_not_visited(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is judged as the number that will be visited, whatever name it has."""
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.8", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: inside)
    answer = desk.post("/api/v1/read", json={"url": "http://news.example/1"})
    assert answer.status_code == 422 and "private" in answer.json()["detail"]


@pytest.mark.parametrize("body", ['{"text": "\\ud800 قال"}', '{"text": "\\u0000"}', "[]", "{", '"x"', ""])
def test_broken_json_is_a_problem(desk: TestClient, body: str) -> None:
    answer = desk.post("/api/v1/read", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422 and answer.json()["status"] == 422


def test_the_description_is_whole_and_its_page_loads_nothing(desk: TestClient) -> None:
    schema = desk.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1") and len(schema["paths"]) == 8
    told = json.dumps(schema)
    assert "HTTPValidationError" not in told
    page = desk.get("/api/v1/docs")
    assert page.status_code == 200 and all(path in page.text for path in schema["paths"])
    assert "<script>" not in page.text and "style=" not in page.text and "https://cdn" not in page.text
    assert desk.get("/api").headers["location"] == "/api/v1/docs"
