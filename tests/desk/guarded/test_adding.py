"""Adding: a text, a file, an address; hostile names, sizes and addresses refused."""

from __future__ import annotations

import io
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from guarded_news import MakeClient, csrf

from waqai.desk.access.gate import MAX_UPLOAD
from waqai.desk.adding.sources import bare_name
from waqai.store import Store

BODY = "التقى سالم البحري وزير الخارجية التونسي نظيره المالي في باماكو أمس الثلاثاء. " * 3
PAGE = (
    f"<html lang=ar><head><title>لقاء</title></head><body><article><h1>لقاء</h1><p>{BODY}</p></article></body></html>"
)


def add(desk: TestClient, way: str, files: Any = None, **fields: str) -> Any:
    return desk.post(f"/add/{way}", data={"csrf": csrf(desk, "/add"), **fields}, files=files)


def told(desk: TestClient, answer: Any) -> str:
    """The page that the answer leads to, once the job behind it is done; that of the article where it is only one."""
    assert answer.status_code == 303, answer.text
    for _ in range(600):
        page = desk.get(answer.headers["location"]).text
        if "http-equiv" not in page:
            break
        time.sleep(0.1)
    articles = re.findall(r'<li><a href="(/article/\d+)"', page) if 'class="added"' in page else []
    return str(desk.get(articles[0]).text if len(articles) == 1 else page)


def test_a_pasted_text_is_read_and_shown(desk: TestClient, shelf: str) -> None:
    page = told(desk, add(desk, "text", title="لقاء", text=BODY, published="2024-05-15", url="https://example.org/x"))
    assert "سالم البحري" in page
    with Store(shelf) as store:
        assert [row["url"] for _, row in store.current()][-1] == "https://example.org/x"


def test_a_text_without_a_title(desk: TestClient) -> None:
    assert "باماكو" in told(desk, add(desk, "text", text=f"لقاء في باماكو\n\n{BODY}"))


@pytest.mark.parametrize("name", [
    "page.html", "../../../../etc/cron.d/x.html", "..\\..\\x.html", "/etc/passwd", "\u202elmth.html", "a" * 500,
    "x\0.html", "CON", "<script>.html",
])  # fmt: skip
def test_a_file_is_read_from_memory_whatever_its_name(desk: TestClient, shelf: str, name: str) -> None:
    page = told(desk, add(desk, "file", files={"file": (name, PAGE.encode(), "text/html")}))
    assert "<script>.html" not in page and "root:" not in page
    left = {path.name for path in Path(shelf).parent.iterdir()}
    assert left <= {"news.db", "news.db-wal", "news.db-shm", "news.db.secret"}
    assert not Path("/etc/cron.d/x.html").exists()


def test_a_file_of_several_articles_is_listed(desk: TestClient) -> None:
    rows = [{"id": f"r-{n}", "title": f"لقاء {n}", "body": BODY} for n in range(3)]
    body = "\n".join([*(json.dumps(row) for row in rows), "{broken"]).encode()
    page = told(desk, add(desk, "file", files={"file": ("many.jsonl", body, "")}))
    assert len(re.findall(r'href="/article/\d+"', page)) == 3 and "many.jsonl:4" in page


def test_a_file_that_is_none_of_ours_is_told(desk: TestClient) -> None:
    for body in (b"\x89PNG\r\n\x1a\n" + bytes(500), b"An English text that is long enough to be told apart."):
        page = told(desk, add(desk, "file", files={"file": ("x.png", body, "image/png")}))
        assert 'class="errors"' in page


def test_an_uploaded_feed_leads_to_no_other_page(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.getaddrinfo", refused)
    feed = (
        "<rss version='2.0'><channel><title>x</title><item><title>لقاء</title>"
        "<link>http://127.0.0.1/secret</link></item></channel></rss>"
    )
    told(desk, add(desk, "file", files={"file": ("feed.xml", feed.encode(), "")}))


def test_too_large_a_file_is_refused(desk: TestClient) -> None:
    token = csrf(desk, "/add")
    files = {"file": ("x.txt", io.BytesIO(b"x" * (MAX_UPLOAD + 1)), "text/plain")}
    assert desk.post("/add/file", data={"csrf": token}, files=files).status_code == 413
    assert desk.post("/add/text", data={"csrf": token, "text": "ا" * 600_000}).status_code in (413, 422)


@pytest.mark.parametrize("url", [
    "", "file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/x", "/etc/passwd", "https://", "http://x:y/",
    "data:text/html,x", "gopher://127.0.0.1/", "https://" + "x" * 3_000,
])  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(desk: TestClient, url: str) -> None:
    assert add(desk, "address", url=url).status_code == 422


@pytest.mark.parametrize("url", [
    "http://127.0.0.1:8000/", "http://localhost/", "http://169.254.169.254/", "http://[::1]/", "http://2130706433/",
])  # fmt: skip
def test_addresses_inside_are_not_visited(desk: TestClient, url: str) -> None:
    page = told(desk, add(desk, "address", url=url))
    assert "private or local" in page


def test_a_pasted_address_that_is_a_script_is_refused(desk: TestClient) -> None:
    assert add(desk, "text", title="لقاء", text=BODY, url="javascript:alert(1)").status_code == 422


def test_nothing_is_told(desk: TestClient) -> None:
    assert add(desk, "text", text="  ").status_code == 422
    assert add(desk, "file", files={"file": ("x.txt", b"", "")}).status_code == 422
    assert add(desk, "file").status_code == 422


def test_a_job_is_its_owner_s(visitor: MakeClient) -> None:
    editor, reader = visitor("لمى"), visitor("نور")
    form = {"csrf": csrf(editor, "/add"), "url": "http://127.0.0.1/"}
    address = editor.post("/add/address", data=form).headers["location"]
    assert editor.get(address).status_code == 200 and reader.get(address).status_code == 404
    assert editor.get("/add/none").status_code == 404


def test_names_are_cut_to_their_last_part() -> None:
    assert bare_name("../../a/b.html") == "b.html" and bare_name("C:\\x\\y.txt") == "y.txt"
    assert bare_name("a\0b\n\u202e.html") == "ab.html" and bare_name("..") == ".." and len(bare_name("x" * 999)) == 120
