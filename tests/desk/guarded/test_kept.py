"""What the desk keeps ready: never one reader's own for another, never what people have said since left out."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from guarded_news import MakeClient, csrf

from waqai.desk import keeping
from waqai.desk.apart import Work, made, made_apart
from waqai.desk.keeping import Shelf
from waqai.errors import StoreError
from waqai.resources import Library
from waqai.store import Store
from waqai.store import review as reviews

PAGES = ("/", "/events", "/timeline", "/actors", "/actor?name=سالم+البحري", "/search?q=باماكو", "/article/1",
         "/threads", "/register", "/linked/a-1-e1")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_kept_page_shows_each_reader_their_own(visitor: MakeClient, page: str) -> None:
    editor, reader = visitor("لمى"), visitor("نور")
    theirs, own = editor.get(page).text, reader.get(page).text
    assert "لمى" in theirs and "لمى" not in own and "نور" in own
    tokens = [set(re.findall(r'name="csrf" value="(\w+)"', text)) for text in (theirs, own)]
    assert all(len(found) == 1 for found in tokens) and tokens[0] != tokens[1]
    assert editor.get(page).text == theirs and reader.get(page).text == own


def test_what_editors_may_do_is_not_shown_to_readers(visitor: MakeClient) -> None:
    pages = (visitor(name).get("/linked/a-1-e1").text for name in ("لمى", "نور"))
    forms = [re.findall(r'<form[^>]*action="(/[^"]*)"', page) for page in pages]
    assert [any(one.startswith("/linked") for one in found) for found in forms] == [True, False]


def test_a_page_that_is_the_same_is_not_sent_again(visitor: MakeClient) -> None:
    editor, reader = visitor("لمى"), visitor("نور")
    tag = editor.get("/events").headers["etag"]
    again = editor.get("/events", headers={"if-none-match": tag})
    assert again.status_code == 304 and not again.content
    assert reader.get("/events", headers={"if-none-match": tag}).status_code == 200
    assert editor.get("/events?type=ACCUSE", headers={"if-none-match": tag}).status_code == 200


def test_what_somebody_rejects_is_gone_at_once(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the ledger takes long to make, and is still the one of before."""
    monkeypatch.setattr(keeping, "_QUICK", -1.0)
    pages = ("/events", "/timeline", "/article/1", "/")
    assert all("a-1-e1" in desk.get(page).text for page in pages)
    form = {"csrf": csrf(desk, "/review/a-1-e1"), "action": "reject"}
    assert desk.post("/review/a-1-e1", data=form).status_code == 303
    assert not any("event=a-1-e1" in desk.get(page).text for page in pages)


def test_a_correction_is_shown_at_once_in_either_language(desk: TestClient) -> None:
    for language in ("ar", "en"):
        desk.cookies.set("waqai_language", language)
        assert desk.get("/events").status_code == 200
    with desk.app.state.desk.store as store:  # type: ignore[attr-defined]
        reviews.review(store, "a-1-e1", "edit", "لمى", changes={"date": "2024-05-10"})
        for language, day in (("ar", "10 مايو 2024"), ("en", "10 May 2024")):
            desk.cookies.set("waqai_language", language)
            assert day in desk.get("/events").text, language


def test_the_ledger_is_made_anew_behind_readers(desk: TestClient, monkeypatch: pytest.MonkeyPatch, shelf: str) -> None:
    monkeypatch.setattr(keeping, "_QUICK", -1.0)
    kept = desk.app.state.desk.keeping  # type: ignore[attr-defined]
    before = kept.ledger()
    with Store(shelf) as store:
        reviews.review(store, "a-1-e1", "reject", "لمى", changes={})
    assert kept.ledger() is before
    for _ in range(300):
        if kept.ledger() is not before:
            break
        time.sleep(0.1)
    assert kept.ledger().size == before.size - 1


def test_what_is_made_apart_is_what_is_made_here(filled: Path, library: Library) -> None:
    with Store(str(filled)) as store:
        register, threads = Work("register", "2024-05-20"), Work("threads")
        assert made_apart(store, library, register) == made(store, library, register)
        one, other = made_apart(store, library, threads), made(store, library, threads)
        assert one.ids == other.ids != []
        assert (one.titles, one.firsts, one.lasts, one.newest) == (
            other.titles, other.firsts, other.lasts, other.newest,
        )  # fmt: skip
        assert sorted(one.terms) == sorted(other.terms)
        assert one.revisions.tolist() == other.revisions.tolist()
        here, apart = (make(store, library, Work("ledger")) for make in (made, made_apart))
        assert here.date == apart.date and here.numbers.tolist() == apart.numbers.tolist()


def test_what_cannot_be_made_apart_is_told(filled: Path, library: Library) -> None:
    with Store(str(filled)) as store, pytest.raises(StoreError, match="could not be made"):
        made_apart(store, library, Work("nothing"))


def test_a_shelf_holds_so_much() -> None:
    shelf: Shelf[str] = Shelf((1, 1), 10, len)
    for name in "abcd":
        shelf.put(name, name * 3)
        shelf.get("a")
    assert [shelf.get(name) for name in "abcd"] == ["aaa", None, "ccc", "ddd"]


def test_what_a_thread_reads_at_once_is_of_one_moment(shelf: str) -> None:
    with Store(shelf) as store, Store(shelf) as other:
        with store.reading_at_once():
            before = store.counts()["corrections"]
            reviews.review(other, "a-1-e1", "edit", "لمى", changes={"date": "2024"})
            assert store.counts()["corrections"] == before
        assert store.record(1)["events"][0]["date"] == "2024"
