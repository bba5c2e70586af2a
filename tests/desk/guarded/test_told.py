"""What is refused is told in the page's language, beside what was wrong, and what was written stays."""

from __future__ import annotations

import re
import time

import pytest
from fastapi.testclient import TestClient
from guarded_news import csrf

from waqai.store import Store
from waqai.store.story_tables import story_articles

BODY = "التقى سالم البحري وزير الخارجية التونسي نظيره المالي في باماكو أمس الثلاثاء. " * 3


def main_of(page: str) -> str:
    """The words of a page between its head and its foot."""
    return re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0].partition(">")[2])


@pytest.mark.parametrize("address", [
    "/events?type=NOTHING", "/events?since=13.5.2024", "/timeline?country=Egypt", "/events?page=0", "/events?sort=best",
    "/register?state=never", "/register?since=soon", "/search?q=%C2%AB%C2%BB", f"/search?q={'x' * 600}",
    "/actors?country=Egypt", "/events?q=-x", "/article/seven",
])  # fmt: skip
def test_refusals_are_in_the_language_of_the_page(desk: TestClient, address: str) -> None:
    told = main_of(desk.get(address).text)
    assert "--" not in told and not re.search(r"\b(?:one of|waqai|write|should|letters|number from)\b", told), told
    desk.cookies.set("waqai_language", "en")
    english = re.sub(r"“[^”]*”", "", main_of(desk.get(address).text))
    assert not re.search("[ء-ي]", english) and "--" not in english, english


def test_a_stale_form_keeps_what_was_written(desk: TestClient) -> None:
    page = desk.post("/add/text", data={"csrf": "old", "title": "لقاء <b>", "text": f"سطر\nوسطر\n{BODY}"})
    assert page.status_code == 403 and "مفتوحة أطول" in page.text and ">csrf<" not in page.text
    assert "لقاء &lt;b&gt;" in page.text and f">\nسطر\nوسطر\n{BODY}</textarea>" in page.text
    again = re.search(r'name="csrf" value="(\w+)"', page.text)
    assert again and 'action="/add/text"' in page.text
    sent = desk.post("/add/text", data={"csrf": again[1], "title": "لقاء", "text": BODY})
    assert sent.status_code == 303


def test_a_stale_form_does_not_repeat_a_password(desk: TestClient) -> None:
    page = desk.post("/login", data={"csrf": "old", "name": "لمى", "password": "نخلة-على-التل-7"})
    assert page.status_code == 403 and "نخلة" not in page.text and "مفتوحة أطول" in page.text


@pytest.mark.parametrize("said", ["13/5/2024", "2024-13-01", "أمس", "20240513T", "2024-02-30"])
def test_a_wrong_date_is_told_beside_it_and_the_rest_stays(desk: TestClient, said: str) -> None:
    form = {"csrf": csrf(desk, "/add"), "title": "عنوان أول", "text": BODY, "published": said, "source": "نشرة النهر"}
    page = desk.post("/add/text", data=form)
    assert page.status_code == 422
    field = re.search(r'<input id="add-published"[^>]*>(.*?)</p>', page.text, re.S)
    assert field and "ليس هذا تاريخا" in field[1] and said in field[0] and 'aria-invalid="true"' in field[0]
    assert all(words in page.text for words in ("عنوان أول", BODY.strip(), "نشرة النهر"))


@pytest.mark.parametrize("said", ["2024-05-13", "2024-05-13T10:00:00Z", "2024-05", "2024", "٢٠٢٤-٠٥-١٣"])
def test_dates_as_they_may_be_written(desk: TestClient, said: str) -> None:
    form = {"csrf": csrf(desk, "/add"), "title": "عنوان", "text": BODY, "published": said}
    assert desk.post("/add/text", data=form).status_code == 303


def test_the_api_names_a_field_there_is_not_and_those_there_are(desk: TestClient) -> None:
    answer = desk.post("/api/v1/read", json={"txt": BODY})
    assert answer.status_code == 422
    assert all(name in answer.json()["detail"] for name in ("txt", "text", "title", "published", "source", "url"))


def test_nothing_found_gives_advice(desk: TestClient) -> None:
    told = main_of(desk.get("/search?q=زرافة").text)
    assert "لم يُعثر" in told and "الإملاء" in told
    assert "لم يُعثر" not in main_of(desk.get("/search?q=باماكو").text)


def test_a_mode_has_one_name(desk: TestClient) -> None:
    review, events = desk.get("/review/a-1-e1").text, desk.get("/events").text
    assert "الصيغة" in review and "الصيغة" in events and "الوجه" not in review + events


def test_every_mode_has_an_arabic_name(desk: TestClient) -> None:
    held = desk.app.state.desk  # type: ignore[attr-defined]
    modes = {mode for kind in held.ontology.types.values() for mode in kind.modes}
    assert not [mode for mode in modes if held.labels.of("mode", mode, "ar").isascii()]


def test_what_is_added_is_linked(desk: TestClient, shelf: str) -> None:
    form = {"csrf": csrf(desk, "/add"), "title": "لقاء", "text": BODY, "published": "2024-05-15"}
    where = desk.post("/add/text", data=form).headers["location"]
    for _ in range(300):
        if "http-equiv" not in desk.get(where).text:
            break
        time.sleep(0.1)
    with Store(shelf) as store, store.reading() as connection:
        assert connection.execute(story_articles.select()).first() is not None
