"""The desk in a browser that really runs: no errors, no overflow, letters that stay joined, nothing that needs scripts.

Skipped where there is no Chromium or no playwright.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI

from desk_news import PIECES
from waqai.store.article_page import article_of_record
from waqai.store.queries import revision_of

OPEN = "article"  # what numbers of articles are filled into
LINKED = "linked"  # what ids of events are filled into, the first of each article
PAGES = {
    "today": "/", "article": f"/{OPEN}/marsa-1", "hostile": f"/{OPEN}/hostile-1", "long": f"/{OPEN}/hostile-2",
    "events": "/events", "chosen": "/events?type=CONSULT&status=planned", "timeline": "/timeline",
    "actor": f"/actor?{urlencode({'name': 'سالم البحري'})}", "actors": "/actors",
    "search": f"/search?{urlencode({'q': 'ميناء'})}",
    "saved": "/saved", "nowhere": "/nowhere", "linked": f"/{LINKED}/marsa-1", "threads": "/threads",
    "thread": "/thread/marsa-1", "register": "/register?state=overdue", "agreed": "/register?state=agreed",
}  # fmt: skip
LOOKS = [(language, theme, width) for language in ("ar", "en") for theme in ("light", "dark") for width in (360, 1280)]
OpenPage = Callable[..., Any]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
ACCESS = (Path(__file__).parent / "landmarks.js").read_text(encoding="utf-8")


@pytest.fixture
def open_page(browser: Any, address: str, app: FastAPI) -> Iterator[OpenPage]:
    """Opens a page as somebody with this taste sees it; fails at the end where a console said something wrong."""
    contexts, said = [], []

    def opened(path: str, language: str = "ar", theme: str = "light", width: int = 1280, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, **more)
        contexts.append(context)
        context.add_cookies([{"name": "waqai_language", "value": language, "url": address}])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address + _numbered(app, path))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [line for line in said if "404" not in line] == []


def _numbered(app: FastAPI, path: str) -> str:
    """The address with the number of the article, or the id of its first event, in place of its record's id."""
    store = app.state.desk.store
    if path.startswith(f"/{LINKED}/"):
        record = store.record(revision_of(store, path.removeprefix(f"/{LINKED}/")))
        return f"/{LINKED}/{record['events'][0]['id']}"
    start, _, record = path.partition(f"/{OPEN}/")
    return f"{start}/{OPEN}/{article_of_record(store, record)}" if record else path


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
def test_every_page_fits_and_can_be_read(
    open_page: OpenPage, address: str, app: FastAPI, language: str, theme: str, width: int
) -> None:
    page = open_page("/", language, theme, width)
    for name, path in PAGES.items():
        page.goto(address + _numbered(app, path))
        assert page.evaluate(OVERFLOW) <= 0, name
        assert page.evaluate(CONTRAST) == [], name
        assert page.evaluate(ACCESS) == [], name
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize("width", [360, 1280])
def test_marks_keep_letters_joined_and_in_order(open_page: OpenPage, width: int) -> None:
    """A paragraph with its marks is as wide, line by line, as the same words without them."""
    page = open_page(f"/{OPEN}/marsa-1", width=width)
    widths = page.evaluate("""
      () => [...document.querySelectorAll(".body p")].map((node) => {
        const measure = (one) => { const range = document.createRange(); range.selectNodeContents(one);
          const boxes = [...range.getClientRects()]; return [one.offsetHeight,
            Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left))]; };
        const plain = node.cloneNode(); plain.textContent = node.textContent; node.after(plain);
        const found = [measure(node), measure(plain)]; plain.remove(); return found; })
    """)
    assert widths
    for marked, plain in widths:
        assert marked[0] == plain[0] and abs(marked[1] - plain[1]) < 0.5


@pytest.mark.parametrize("piece", PIECES[:4], ids=lambda piece: piece["id"])
def test_what_is_selected_is_the_text_of_the_record(open_page: OpenPage, piece: dict[str, str]) -> None:
    page = open_page(f"/{OPEN}/{piece['id']}")
    selected = page.evaluate("""
      () => [...document.querySelectorAll("[data-text]")].map((node) => {
        getSelection().selectAllChildren(node); return getSelection().toString(); })
    """)
    assert selected == [piece["title"], *piece["body"].split("\n")]


def test_choosing_a_card_lights_its_words_and_back(open_page: OpenPage) -> None:
    page = open_page(f"/{OPEN}/marsa-1")
    card = page.locator("[data-event]").first
    card.locator(".card-link").click()
    lit = page.locator(".paper .lit").all_text_contents()
    assert "التقى" in lit and any("سالم البحري" in words for words in lit)
    assert page.locator(".card.lit").count() == 1 and "lit" in (card.get_attribute("class") or "")
    page.keyboard.press("Escape")
    assert page.locator(".lit").count() == 0
    other = page.locator("a.to-card").last
    other.focus()
    page.keyboard.press("Enter")
    number = page.locator(".card.lit").get_attribute("data-event")
    assert number and number in (page.locator("a.to-card .lit").last.get_attribute("data-e") or "").split()


def test_letters_grow_and_it_is_remembered(open_page: OpenPage) -> None:
    page = open_page(f"/{OPEN}/marsa-1")
    size = "parseFloat(getComputedStyle(document.querySelector('.body')).fontSize)"
    before = page.evaluate(size)
    page.locator("[data-size='1']").click()
    assert (grown := page.evaluate(size)) > before
    page.reload()
    assert page.evaluate(size) == grown


def test_the_summary_opens_and_its_lines_lead_to_their_sentences(open_page: OpenPage) -> None:
    page = open_page(f"/{OPEN}/marsa-1")
    page.get_by_text("إظهار الملخص").click()
    line = page.locator(".digest a").first
    line.click()
    assert page.evaluate("document.querySelector('.body :target')?.closest('p').textContent").startswith("التقى")


def test_marks_can_be_put_out(open_page: OpenPage) -> None:
    page = open_page(f"/{OPEN}/marsa-1", java_script_enabled=True)
    line = "getComputedStyle(document.querySelector('.body mark.person')).textDecorationLine"
    assert page.evaluate(line) == "underline"
    page.locator("#show-person").uncheck()
    assert page.evaluate(line) == "none"


def test_a_key_leads_to_the_search(open_page: OpenPage) -> None:
    page = open_page("/")
    page.keyboard.press("/")
    page.keyboard.type("ميناء")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    assert page.locator(".hits li").count() >= 1


def test_every_page_works_without_javascript(open_page: OpenPage, address: str, app: FastAPI) -> None:
    page = open_page("/", java_script_enabled=False)
    for path in (*PAGES.values(), f"/{OPEN}/marsa-1"):
        page.goto(address + _numbered(app, path))
        assert page.locator("main").inner_text().strip()
    page.locator(".card-link").first.click()
    assert page.locator(".paper .lit").count() >= 2
    page.locator("[data-size='1']").click()
    assert page.locator(".size-1").count() == 1
    page.get_by_text("إظهار الملخص").click()
    assert page.locator(".digest li").first.is_visible()
    page.get_by_text("English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_an_override_turns_nothing_but_its_own_words(open_page: OpenPage) -> None:
    """What stands beside a string with an open override is shown as it would be without it."""
    page = open_page("/events?type=CONSULT", "en")
    directions = page.evaluate(
        "[...document.querySelectorAll('.told a, .told bdi')].map((node) => getComputedStyle(node).unicodeBidi)"
    )
    assert directions and all(kind in ("isolate", "plaintext", "isolate-override") for kind in directions)


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core: the file that WAQAI_AXE names, or what npm gives."""
    if given := os.environ.get("WAQAI_AXE"):
        return Path(given).read_text(encoding="utf-8")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs axe-core: npm, or its axe.min.js named by WAQAI_AXE")
    folder = tmp_path_factory.mktemp("axe")
    install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), "axe-core@4"]
    try:
        subprocess.run(install, check=True, capture_output=True, timeout=60)
    except (subprocess.SubprocessError, OSError):
        pytest.skip("axe-core cannot be fetched here; name its axe.min.js by WAQAI_AXE")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "theme"), [("ar", "light"), ("en", "dark")])
def test_axe_finds_nothing_serious(
    open_page: OpenPage, address: str, app: FastAPI, axe: str, language: str, theme: str
) -> None:
    page = open_page("/", language, theme)
    for name, path in PAGES.items():
        page.goto(address + _numbered(app, path))
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        serious = [
            f"{rule['id']}: {rule['nodes'][0]['html'][:120]}"
            for rule in found
            if rule["impact"] in ("serious", "critical")
        ]
        assert serious == [], name
