"""Pages of stories: reports side by side, links and splits by hand, threads, the register, wire copies."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="needs the desk: pip install 'waqai[desk]'")

from fastapi.testclient import TestClient

sys.path.append(str(Path(__file__).resolve().parents[2] / "stories"))
from told import BLAST, BLAST_AGAIN, HALA, MEETING, RETOLD, SALEM, blast, event, meeting, record

from waqai.desk import create_app
from waqai.desk.stories.linked import event_in
from waqai.resources import Library
from waqai.store import Store
from waqai.store.article_page import article_of_record
from waqai.stories.linking import Linker
from waqai.stories.scoring import WEIGHTS

LONG = " ".join(f"{MEETING} وقال متحدث إن الجولة رقم {number} من المشاورات تناولت بندا آخر." for number in range(9))
PLAN = "ومن المقرر أن يلتقي سالم البحري هالة الزيدي في تونس يوم 20 مايو 2018."
CHANGE = ("بندا آخر", "بندا سريا")


def _records() -> Iterator[dict[str, Any]]:
    yield meeting("wah-1", MEETING, "2018-05-10", date="2018-05-10", said_by="متحدث باسم الوزارة")
    yield meeting("nahr-1", RETOLD, "2018-05-10", date="2018-05-10", said_by="هالة الزيدي")
    yield blast("wah-2", BLAST, "2018-05-12", date="2018-05-12")
    yield blast("nahr-2", BLAST_AGAIN, "2018-05-12", date="2018-05-12")
    yield record("wah-3", "مشاورات المعابر", LONG, "2018-05-14")
    yield record("nahr-3", "مشاورات المعابر", LONG.replace(*CHANGE, 1), "2018-05-14")
    planned = record("wah-4", "لقاء مقبل", PLAN, "2018-05-15")
    told = {"status": "planned", "date": "2018-05-20", "sources": [SALEM], "targets": [HALA]}
    planned["events"].append(event(planned, PLAN, "يلتقي", **told))
    yield planned
    yield meeting("wah-5", "التقى سالم البحري هالة الزيدي في غاو <b>بلا وسم</b>.", "2018-06-20", date="2018-06-19")


@pytest.fixture
def client(tmp_path: Path, library: Library) -> Iterator[TestClient]:
    path = str(tmp_path / "news.db")
    with Store(path, library, create=True) as store:
        for made in _records():
            store.add(made)
        assert sum(Linker(store).everything()) == 8
    with TestClient(create_app(path, library=library), base_url="http://127.0.0.1:8000") as client:
        yield client


def _number(client: TestClient, name: str) -> int:
    return int(article_of_record(client.app.state.desk.store, name) or 0)  # type: ignore[attr-defined]


def _csrf(page: str) -> str:
    return re.findall(r'name="csrf" value="([^"]+)"', page)[0]


def _reports(page: str) -> int:
    return page.count('class="report')  # of the list, and one a report


def test_reports_stand_side_by_side_with_what_they_differ_in_and_why(client: TestClient) -> None:
    page = client.get("/linked/wah-1-0").text
    assert "wah" in page and "nahr" in page and MEETING in page and RETOLD in page
    assert "ما اختلفت فيه الروايات" in page and "متحدث باسم الوزارة" in page
    assert "لماذا رُبطت" in page and "اليوم نفسه" in page and re.search(r"0\.[789]\d|1\.00", page)
    tolls = client.get("/linked/nahr-2-0").text
    assert "القتلى" in tolls and "5" in tolls and "7" in tolls
    assert client.get("/linked/none").status_code == 404


def test_the_article_and_the_event_lead_to_other_reports(client: TestClient) -> None:
    page = client.get("/event/wah-1-0").text
    assert 'href="/linked/wah-1-0">روايات أخرى: 1' in page
    alone = client.get("/event/wah-5-0").text
    assert "روايات أخرى" not in alone and "&lt;b&gt;" in client.get("/linked/wah-5-0").text


def test_an_editor_splits_and_links_again(client: TestClient) -> None:
    page = client.get("/linked/wah-1-0").text
    refused = client.post("/linked/wah-1-0", data={"action": "split"})
    assert refused.status_code == 403
    parted = client.post("/linked/wah-1-0", data={"action": "split", "csrf": _csrf(page)}).text
    assert RETOLD not in parted.split("ما قاله المراجعون")[0].split("تشبهها")[0] and "فُصلت يدويا" in parted
    address = "http://127.0.0.1:8000/article/2?event=nahr-1-0#t-nahr-1-0"
    form = {"action": "link", "other": address, "note": "لقاء واحد", "csrf": _csrf(parted)}
    again = client.post("/linked/wah-1-0", data=form).text
    assert RETOLD in again and "رُبطت يدويا" in again and "لقاء واحد" in again
    wrong = client.post("/linked/wah-1-0", data={"action": "link", "other": "none", "csrf": _csrf(again)})
    assert wrong.status_code == 422 and "لا حدث بهذا الرقم" in wrong.text


def test_an_event_is_meant_by_its_id_or_an_address() -> None:
    assert event_in("a-1") == "a-1"
    assert event_in("http://desk.example/linked/a-1") == event_in("/event/a-1") == "a-1"
    assert event_in("/article/7?event=a-1#t-a-1") == "a-1"


def test_copies_stand_on_the_page_of_the_article_with_their_differences(client: TestClient) -> None:
    page = client.get(f"/article/{_number(client, 'wah-3')}").text
    assert "نسخ من هذا الخبر" in page and f"/article/{_number(client, 'nahr-3')}" in page
    assert "سريا" in page and "مواضع الاختلاف: 1" in page
    assert "نسخ من هذا الخبر" not in client.get(f"/article/{_number(client, 'wah-5')}").text


def test_the_register_has_tabs_filters_and_a_calendar(client: TestClient) -> None:
    overdue = client.get("/register?state=overdue").text
    assert "ما الذي كان مقررا ولم يحدث" in overdue and "تونس يوم 20 مايو" in overdue
    assert "تونس يوم 20 مايو" not in client.get("/register").text
    assert "تونس يوم 20 مايو" in client.get("/register?as_of=2018-05-16").text
    assert "تونس يوم 20 مايو" in client.get("/register?state=overdue&kind=planned&country=TUN&since=2018-05").text
    assert "تونس يوم 20 مايو" not in client.get("/register?state=overdue&country=LBY").text
    feed = client.get("/register.ics?kind=planned")
    assert feed.headers["content-type"].startswith("text/calendar") and "DTSTART;VALUE=DATE:20180520" in feed.text
    for wrong in ("state=x", "kind=x", "country=12", "since=2018-13", "as_of=2018", "page=0", "least=x"):
        assert client.get(f"/register?{wrong}").status_code == 400, wrong


def test_threads_are_listed_and_told(client: TestClient) -> None:
    assert client.get("/threads").status_code == 200
    assert client.get("/threads?since=x").status_code == 400
    assert client.get("/threads?about=none").status_code == 200
    assert client.get("/thread/none").status_code == 404
    assert client.get("/thread/wah-5").status_code == 200


def test_every_sign_and_occasion_has_its_text(client: TestClient, library: Library) -> None:
    texts = client.app.state.desk.texts  # type: ignore[attr-defined]
    assert [name for name in WEIGHTS if f"sign.{name}" not in texts] == []
    assert [row["id"] for row in library.rows("stories", "toll") if f"disagree.{row['id']}" not in texts] == []
    for row in library.rows("stories", "occasion"):
        assert texts.say("ar")(f"occasion.{row['id']}") == row["arabic"]
