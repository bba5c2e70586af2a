"""The pages: what they show, what they refuse, and that hostile articles stay text."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html

from desk_news import HOSTILE, LONG, PIECES
from waqai.desk import create_app
from waqai.store import Store
from waqai.store.article_page import article_of_record

PAGES = ("/", "/events", "/timeline", "/actors", "/saved", "/search", f"/search?{urlencode({'q': 'ميناء'})}",
         f"/actor?{urlencode({'name': 'سالم البحري'})}")  # fmt: skip


def number_of(app: FastAPI, record: str) -> int:
    number = article_of_record(app.state.desk.store, record)
    assert number is not None
    return number


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_comes_in_both_languages(client: TestClient, page: str, language: str) -> None:
    client.cookies.set("waqai_language", language)
    answer = client.get(page)
    assert answer.status_code == 200
    tree = html.fromstring(answer.text)
    assert tree.get("lang") == language
    assert tree.get("dir") == {"ar": "rtl", "en": "ltr"}[language]
    assert len(tree.xpath("//main")) == len(tree.xpath("//h1")) == 1


def test_every_answer_forbids_what_comes_from_elsewhere(client: TestClient) -> None:
    for page in (*PAGES, "/nowhere", "/static/desk.css"):
        headers = client.get(page).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_needs_what_the_policy_forbids(client: TestClient, app: FastAPI) -> None:
    """No inline script, style, or handler stands on any page."""
    for page in (*PAGES, f"/article/{number_of(app, 'marsa-1')}", f"/article/{number_of(app, 'hostile-1')}"):
        tree = html.fromstring(client.get(page).text)
        assert not tree.xpath("//script[not(@src)] | //style | //@style")
        assert not [name for name in tree.xpath("//@*") if name.attrname.startswith("on")]


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece["id"])
def test_the_text_of_the_page_is_that_of_the_record(client: TestClient, app: FastAPI, piece: dict[str, str]) -> None:
    number = number_of(app, piece["id"])
    tree = html.fromstring(client.get(f"/article/{number}").text)
    [title, *paragraphs] = [part.text_content() for part in tree.xpath("//*[@data-text]")]
    text = f"{piece['title']}\n\n{piece['body']}"
    assert "\n".join((title, "", *paragraphs)) == text


def test_hostile_articles_render_as_text(client: TestClient, app: FastAPI) -> None:
    number = number_of(app, "hostile-1")
    pages = (*PAGES, f"/article/{number}", "/search?q=" + quote("عنوان"), "/events?q=" + quote("بلا نهاية"))
    seen = 0
    for page in pages:
        answer = client.get(page).text
        assert HOSTILE not in answer and "<img" not in answer
        seen += HOSTILE.replace("<", "&lt;").replace(">", "&gt;") in answer
        assert not re.search(r"""href=["']?\s*javascript:""", answer, re.I)
    assert seen >= 3


def test_a_title_of_200_kb_is_cut_short_in_lists(client: TestClient, app: FastAPI) -> None:
    assert len(client.get("/").text) < 100_000
    assert LONG in client.get(f"/article/{number_of(app, 'hostile-2')}").text


def test_foreign_strings_are_isolated(client: TestClient, app: FastAPI) -> None:
    """An override that is never closed ends where its element does."""
    tree = html.fromstring(client.get(f"/article/{number_of(app, 'hostile-1')}").text)
    holding = [node for node in tree.iter() if "\u202e" in (node.text or "") and node.tag not in ("script", "title")]
    assert holding
    for node in holding:
        around = {ancestor.tag for ancestor in (node, *node.iterancestors())}
        assert "bdi" in around or any(above.get("dir") == "auto" for above in (node, *node.iterancestors()))


def test_cards_say_who_did_what_to_whom(client: TestClient, app: FastAPI) -> None:
    tree = html.fromstring(client.get(f"/article/{number_of(app, 'marsa-1')}").text)
    cards = [" ".join(card.text_content().split()) for card in tree.xpath("//*[@data-event]")]
    assert any("تشاور" in card and "سالم البحري" in card and "هالة الزيدي" in card for card in cards)
    for link in tree.xpath("//a[@class='card-link']/@href"):
        assert tree.xpath("//*[@id=$id]", id=link.partition("#")[2]), link
    for line in tree.xpath("//*[@class='digest']//a/@href"):
        assert tree.xpath("//*[@id=$id]", id=line[1:])
    assert "بحث الوزيران توسعة الميناء" in tree.xpath("string(//*[@class='outlet'])")


def test_a_chosen_event_is_lit_without_javascript(client: TestClient, app: FastAPI) -> None:
    number = number_of(app, "marsa-1")
    tree = html.fromstring(client.get(f"/article/{number}").text)
    link = tree.xpath("//a[@class='card-link']/@href")[0]
    chosen = html.fromstring(client.get(link.partition("#")[0]).text)
    lit = chosen.xpath("//*[contains(concat(' ', @class, ' '), ' lit ')][@data-e]")
    assert lit and all("0" in node.get("data-e").split() for node in lit)
    assert len(chosen.xpath("//li[contains(@class, 'lit')]")) == 1


def test_an_event_leads_to_its_article(client: TestClient, app: FastAPI) -> None:
    number = number_of(app, "marsa-1")
    card = html.fromstring(client.get(f"/article/{number}").text).xpath("//*[@data-event]/@id")[0]
    answer = client.get(f"/event/{card[2:]}", follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"].startswith(f"/article/{number}?")
    assert client.get("/event/none").status_code == 404


def test_facets_count_what_they_leave(client: TestClient) -> None:
    tree = html.fromstring(client.get("/events").text)
    links = tree.xpath("//aside[@id='facets']//li/a")
    assert len(links) > 10
    for link in links[::4]:
        said = int(link.xpath("string(*[@class='count'])").replace(",", ""))
        answer = html.fromstring(client.get(link.get("href")).text)
        shown = int(re.search(r"[\d,]+", answer.xpath("string(//p[@class='under'])"))[0].replace(",", ""))  # type: ignore[index]
        assert shown == said, link.get("href")


def test_conditions_can_be_taken_away_again(client: TestClient) -> None:
    tree = html.fromstring(client.get("/events?type=CONSULT&status=planned&sort=oldest").text)
    assert {link.partition("?")[2] for link in tree.xpath("//ul[@class='chips']//a/@href")} == {
        "status=planned&sort=oldest", "type=CONSULT&sort=oldest", "",
    }  # fmt: skip


@pytest.mark.parametrize("query", [
    "type=NONE", "status=maybe", "sort=random", "page=0", "page=x", "page=²", "since=yesterday", "country=Egypt",
    "sector=NONE", "q=%00", "actor=" + "a" * 501, "q=-", "mode=none",
])  # fmt: skip
def test_what_cannot_be_is_refused(client: TestClient, query: str) -> None:
    for page in ("/events", "/timeline", "/events/export/csv"):
        assert client.get(f"{page}?{query}").status_code == 400


@pytest.mark.parametrize(
    "name", ["q", "actor", "place", "outlet", "country", "sector", "type", "status", "since", "source"]
)
def test_sql_in_a_condition_is_no_sql(client: TestClient, app: FastAPI, name: str) -> None:
    before = app.state.desk.store.counts()
    for words in ("'; DROP TABLE events; --", "%' OR '1'='1", '" OR 1=1 --', "*", "NEAR(", "\\"):
        answer = client.get("/events", params={name: words})
        assert answer.status_code in (200, 400)
        assert client.get("/search", params={name: words}).status_code in (200, 400)
        assert client.get("/actor", params={"name": words}).status_code == 404
    assert app.state.desk.store.counts() == before


def test_a_timeline_sets_plans_apart(client: TestClient) -> None:
    tree = html.fromstring(client.get("/timeline").text)
    days = [day.get("datetime") for day in tree.xpath("//h2[@class='day-name']/time")]
    assert days == sorted(days, reverse=True)
    planned = tree.xpath("//section[@class='planned']//li")
    assert planned and all("status-happened" not in html.tostring(one, encoding="unicode") for one in planned)
    assert tree.xpath("//*[contains(@class, 'entry-meeting')]") and tree.xpath(
        "//*[contains(@class, 'entry-agreement')]"
    )


def test_an_actor_has_a_network_of_links(client: TestClient) -> None:
    tree = html.fromstring(client.get("/actor", params={"name": "سالم البحري"}).text)
    links = tree.xpath("//*[local-name()='svg'][@class='network']//*[local-name()='a']/@href")
    assert len(links) > 2 and all(client.get(link).status_code == 200 for link in links)
    rows = tree.xpath("//table[.//a[starts-with(@href, '/actor?')]]//tbody/tr")
    assert len(rows) == len(links) - 1, "the table behind has a row for each node but the centre"
    assert "الرصيف الجديد" in tree.xpath("string(//*[@aria-labelledby='h-said'])")


def test_every_chart_has_its_table(client: TestClient) -> None:
    for page in ("/", "/timeline", "/actor?" + urlencode({"name": "سالم البحري"})):
        tree = html.fromstring(client.get(page).text)
        charts = tree.xpath("//figure[@class='chart']")
        assert charts and all(chart.xpath(".//table//td") for chart in charts)


def test_a_search_shows_passages_and_names(client: TestClient) -> None:
    tree = html.fromstring(client.get("/search", params={"q": "صياد"}).text)
    marks = tree.xpath("//p[@class='passage']/mark/text()")
    assert any("الصيادين" in mark or "صيادين" in mark for mark in marks)
    names = html.fromstring(client.get("/search", params={"q": "البحري"}).text).xpath("//nav[@class='names']/a")
    assert [name.text_content() for name in names][:1] == ["سالم البحري"]


def test_preferences_are_kept_and_lead_nowhere_else(client: TestClient) -> None:
    answer = client.get("/prefer?language=en&size=2&back=/events?type=AID", follow_redirects=False)
    assert answer.headers["location"] == "/events?type=AID"
    assert client.cookies["waqai_language"] == "en" and client.cookies["waqai_size"] == "2"
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"):
        answer = client.get("/prefer", params={"back": back}, follow_redirects=False)
        assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", [
    "/article/0", "/article/99999999999999999999999", "/nowhere", "/static/../app.py", "/static/%2e%2e/app.py",
    "/events/export/none", "/saved/none.atom", "/actor",
])  # fmt: skip
def test_what_is_not_there_is_told(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and "<h1>" in answer.text


def test_a_page_follows_the_store(where: str) -> None:
    """What is kept of a page is let go of when the store changes."""
    with TestClient(create_app(where), base_url="http://127.0.0.1:8000") as client:
        before = client.get("/events?type=CONSULT").text
        assert client.get("/events?type=CONSULT").text == before
        event = html.fromstring(before).xpath("//td[contains(@class, 'told')]//a/@href")[0].partition("#t-")[2]
        with Store(where) as other:
            from waqai.store import Correction

            other.correct(Correction(event, "rejected", "yes"))
        assert event not in client.get("/events?type=CONSULT").text


def test_an_empty_store_has_its_pages(tmp_path: Path) -> None:
    path = str(tmp_path / "empty.db")
    Store(path, create=True).close()
    with TestClient(create_app(path), base_url="http://127.0.0.1:8000") as client:
        for page in ("/", "/events", "/timeline", "/actors", "/saved", "/search?q=x"):
            assert client.get(page).status_code == 200
