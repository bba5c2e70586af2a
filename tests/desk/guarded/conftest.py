"""Desks over a small store of made articles: open on this machine, and guarded with a reader and an editor."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the desk: pip install 'waqai[desk]'")

from fastapi import FastAPI
from fastapi.testclient import TestClient
from guarded_news import FAR, LOCAL, PASSWORD, MakeClient, csrf, record

from waqai.desk import create_app
from waqai.pipeline import Waqai
from waqai.resources import Library
from waqai.store import Store, accounts
from waqai.store.accounts import add_user


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost next to nothing."""
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", lambda: hasher)


@pytest.fixture(scope="session")
def first_shelf(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Path:
    """A store with two articles, made once and copied."""
    where = tmp_path_factory.mktemp("shelf") / "news.db"
    with Store(str(where), library, create=True) as store:
        for name in ("a-1", "a-2"):
            store.add(record(name))
    return where


@pytest.fixture
def shelf(tmp_path: Path, first_shelf: Path) -> str:
    """The path of a store with two articles."""
    return str(shutil.copy(first_shelf, tmp_path / "news.db"))


@pytest.fixture
def desk(shelf: str, library: Library, waqai: Waqai) -> Iterator[TestClient]:
    """The desk on this machine, nobody logged in; its models are those of all tests."""
    app = create_app(shelf, library=library)
    app.state.desk.waqai = waqai
    with TestClient(app, base_url=LOCAL, follow_redirects=False) as client:
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
