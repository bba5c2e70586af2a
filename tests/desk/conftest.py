"""A store of our own fiction, the desk over it, and readers of it: a client, a browser."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from waqai.pipeline import Waqai
from waqai.store import Store

pytest.importorskip("fastapi", reason="needs the desk: pip install 'waqai[desk]'")

from fastapi import FastAPI
from fastapi.testclient import TestClient

from desk_news import records
from waqai.desk import create_app

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
HOST = "127.0.0.1"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, waqai: Waqai) -> Path:
    """A store of the fiction and the examples, to be copied or only read."""
    path = tmp_path_factory.mktemp("desk") / "news.db"
    examples = Path(__file__).resolve().parents[2] / "examples"
    with Store(str(path), create=True) as store:
        for record in records(waqai):
            store.add(record)
        from waqai.errors import InputError
        from waqai.exports.jsonl import as_dict

        for page in sorted(examples.glob("*.html")):
            for found in waqai.read(str(page)):
                assert not isinstance(found, InputError)
                store.add(as_dict(found))
        _linked(store)
    return path


def _linked(store: Store) -> None:
    """Links what is there, and by hand two events that anybody can see are one, for pages to show side by side."""
    from waqai.store.queries import revision_of
    from waqai.stories.events import link
    from waqai.stories.linking import Linker

    assert sum(Linker(store).everything())
    firsts = (store.record(revision_of(store, name))["events"][0]["id"] for name in ("marsa-1", "hostile-1"))
    link(store, *firsts)


@pytest.fixture
def where(filled: Path, tmp_path: Path) -> str:
    """A copy of the store that a test may change."""
    copy = tmp_path / "news.db"
    with Store(str(filled)) as store:
        from waqai.store.backup import backup

        backup(store, copy)
    return str(copy)


@pytest.fixture(scope="session")
def app(filled: Path) -> FastAPI:
    return create_app(str(filled))


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """A reader nobody knows; the desk's doors are left as they are, so that it may be asked again."""
    return TestClient(app, base_url=f"http://{HOST}:8000", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def address(app: FastAPI) -> Iterator[str]:
    """Where the desk really listens."""
    import uvicorn

    with socket.socket() as listening:
        listening.bind((HOST, 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        serving = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
        serving.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://{HOST}:{listening.getsockname()[1]}"
        server.should_exit = True
        serving.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by playwright."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("needs a browser (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install 'waqai[dev]'")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield opened
        opened.close()
