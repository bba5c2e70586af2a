"""Takes the pictures of the desk: `python docs/screenshots.py [FOLDER]`, by default docs/desk/.

They show the bundled examples and the tests' own fiction, in a Chromium found by path.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvicorn
from playwright.sync_api import sync_playwright

from waqai.desk import create_app
from waqai.errors import InputError
from waqai.exports.jsonl import as_dict
from waqai.pipeline import Waqai
from waqai.store import Store
from waqai.store.article_page import article_of_record

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
HEIGHT = 860
# name: page, language, theme, width
SHOTS = {
    "today": ("/", "ar", "light", 1280),
    "article": ("/article/marsa-1", "ar", "light", 1280),
    "article-dark": ("/article/marsa-1", "ar", "dark", 360),
    "events": ("/events", "ar", "light", 1280),
    "timeline": ("/timeline?sort=oldest&since=2024", "ar", "light", 1280),
    "actor": (f"/actor?{urlencode({'name': 'سالم البحري'})}", "ar", "light", 1280),
    "events-english": ("/events?type=CONSULT", "en", "light", 1280),
}


def fill(path: Path) -> None:
    """A store of the examples and the fiction, without its hostile articles."""
    from desk_news import PIECES, records

    waqai = Waqai()
    with Store(str(path), create=True) as store:
        for record in records(waqai, tuple(piece for piece in PIECES if not piece["id"].startswith("hostile"))):
            store.add(record)
        for page in sorted((ROOT / "examples").glob("*.html")):
            for found in waqai.read(str(page)):
                assert not isinstance(found, InputError)
                store.add(as_dict(found))


def take(address: str, app: Any, folder: Path) -> None:
    """Each of SHOTS."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, (path, language, theme, width) in SHOTS.items():
            size: Any = {"width": width, "height": HEIGHT}
            context = browser.new_context(viewport=size, color_scheme="dark" if theme == "dark" else "light")
            context.add_cookies([{"name": "waqai_language", "value": language, "url": address}])
            page = context.new_page()
            page.goto(address + numbered(app, path))
            if name == "article":
                page.locator(".card-link").first.click()
                page.evaluate("scrollTo(0, 0)")
                page.wait_for_timeout(400)
            page.screenshot(path=folder / f"{name}.png")
            context.close()
        browser.close()


def numbered(app: Any, path: str) -> str:
    """The address with an article's number in place of its record's id."""
    start, found, record = path.partition("/article/")
    return f"{start}/article/{article_of_record(app.state.desk.store, record)}" if found else path


def main() -> None:
    """Fills a store, opens the desk over it, takes the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "desk"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, socket.socket() as listening:
        fill(Path(made, "news.db"))
        app = create_app(str(Path(made, "news.db")))
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        serving = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
        serving.start()
        while not server.started:
            time.sleep(0.05)
        take(f"http://127.0.0.1:{listening.getsockname()[1]}", app, folder)
        server.should_exit = True
        serving.join(10)


if __name__ == "__main__":
    main()
