"""Desks over a small store of made articles: open on this machine, and guarded with a reader and an editor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="needs the desk: pip install 'waqai[desk]'")

from fastapi import FastAPI
from fastapi.testclient import TestClient

from waqai.desk import create_app
from waqai.resources import Library
from waqai.store import Store, accounts
from waqai.store.accounts import add_user

LOCAL = "http://127.0.0.1:8000"
FAR = "https://desk.example"
PASSWORD = "نخلة-على-التل-7"
TEXT = (
    "لقاء في باماكو\n\n"
    "التقى سالم البحري وزير الخارجية التونسي نظيره المالي في باماكو أمس الثلاثاء.\n"
    "وأدانت هالة الزيدي الهجوم على القافلة، وطالبت الحكومة المالية بالتحقيق."
)
MakeClient = Callable[..., TestClient]


def span(words: str, text: str = TEXT) -> list[int]:
    """Where `words` first stand in `text`."""
    start = text.index(words)
    return [start, start + len(words)]


def actor(name: str, code: str) -> dict[str, Any]:
    return {"name": name, "code": code, "span": span(name), "title": "", "role": ""}


def event(name: str, kind: str, trigger: str, **said: Any) -> dict[str, Any]:
    line = next(line for line in TEXT.split("\n") if trigger in line)
    return {
        "id": name, "type": kind, "mode": "", "contexts": [], "cameo": "042", "status": "happened", "status_cue": "",
        "date": "2024-05-14", "date_from": "text", "sources": [], "targets": [], "place": {},
        "trigger": trigger, "trigger_span": span(trigger), "evidence": line, "evidence_span": span(line),
        "said_by": "", "said_by_span": [], "confidence": 0.7, "rule": "made",
    } | said  # fmt: skip


def record(name: str = "a-1", title: str = "لقاء في باماكو", **said: Any) -> dict[str, Any]:
    """A record with a meeting and a condemnation, its title as told."""
    whole = {
        "schema": "waqai/1", "id": name, "url": f"https://example.org/{name}", "source": "صحيفة المثال",
        "language": "ar", "title": title, "published": "2024-05-15", "published_from": "given", "authors": [],
        "caption": "", "credit": "", "standfirst": "", "outlet_summary": [], "text": TEXT, "digest": [],
        "events": [
            event(f"{name}-e1", "CONSULT", "التقى", mode="visit", sources=[actor("سالم البحري", "TUN GOV")],
                  place={"name": "باماكو", "country": "MLI", "lat": 12.6, "lon": -8.0, "geonames": 2460596,
                         "span": span("باماكو أمس")[:1] + [span("باماكو أمس")[0] + 6]}),
            event(f"{name}-e2", "ACCUSE", "أدانت", mode="disapprove", sources=[actor("هالة الزيدي", "--- UNK")],
                  date=""),
        ],
        "quotes": [{"speaker": "هالة الزيدي", "speaker_span": span("هالة الزيدي"), "kind": "indirect",
                    "text": "وطالبت الحكومة المالية بالتحقيق", "span": span("وطالبت الحكومة المالية بالتحقيق"),
                    "cue": "طالبت", "cue_span": span("طالبت")}],
        "times": [], "problems": [],
        "mentions": [
            {"name": "سالم البحري", "span": span("سالم البحري"), "kind": "person", "title": "", "role": "",
             "code": "TUN GOV"},
            {"name": "الحكومة المالية", "span": span("الحكومة المالية"), "kind": "group", "title": "", "role": "",
             "code": "MLI GOV"},
        ],
        "made_by": {"waqai": "0", "ontology": "", "lexicon": "", "models": ""},
    }  # fmt: skip
    return whole | said


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost next to nothing."""
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", lambda: hasher)


@pytest.fixture
def shelf(tmp_path: Path, library: Library) -> Iterator[str]:
    """The path of a store with two articles."""
    where = str(tmp_path / "news.db")
    with Store(where, library, create=True) as store:
        for name in ("a-1", "a-2"):
            store.add(record(name))
    yield where


@pytest.fixture
def desk(shelf: str, library: Library) -> Iterator[TestClient]:
    """The desk on this machine, nobody logged in."""
    with TestClient(create_app(shelf, library=library), base_url=LOCAL, follow_redirects=False) as client:
        yield client


@pytest.fixture
def guarded(shelf: str, library: Library) -> Iterator[FastAPI]:
    """A guarded desk with the accounts لمى, an editor, and نور, a reader."""
    with Store(shelf, library) as store:
        add_user(store, "لمى", "editor", PASSWORD)
        add_user(store, "نور", "reader", PASSWORD)
    app = create_app(shelf, library=library, guarded=True)
    with TestClient(app, base_url=FAR):
        yield app


@pytest.fixture
def visitor(guarded: FastAPI) -> MakeClient:
    """Makes a client of the guarded desk, logged in under the name given."""

    def make(name: str = "", base: str = FAR) -> TestClient:
        client = TestClient(guarded, base_url=base, follow_redirects=False)
        if name:
            form = {"name": name, "password": PASSWORD, "csrf": csrf(client, "/login")}
            assert client.post("/login", data=form).status_code == 303
        return client

    return make


def csrf(client: TestClient, page: str) -> str:
    """The token of the forms on a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(page).text)
    assert found, page
    return found[1]
