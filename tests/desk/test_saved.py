"""Saved searches, their feeds, and what is shown taken along."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from lxml import etree, html

from desk_news import HOSTILE
from waqai.desk import create_app
from waqai.desk.exporting import FORMS
from waqai.store import Store
from waqai.store.filters import Filters
from waqai.store.queries import events_of, records_of
from waqai.store.saved import saved_in

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def desk(where: str) -> Iterator[TestClient]:
    with TestClient(create_app(where), base_url="http://127.0.0.1:8000") as client:
        yield client


def save(client: TestClient, query: str, name: str) -> None:
    page = html.fromstring(client.get(f"/events?{query}").text)
    form = {node.get("name"): node.get("value") for node in page.xpath("//form[@action='/saved']//input")}
    answer = client.post("/saved", data=form | {"name": name}, follow_redirects=False)
    assert answer.status_code == 303, answer.text


def test_a_search_is_saved_followed_and_forgotten(desk: TestClient, where: str) -> None:
    save(desk, "type=CONSULT&q=ميناء", f"لقاءات {HOSTILE}")
    page = html.fromstring(desk.get("/saved").text)
    assert HOSTILE in page.xpath("string(//a[@class='saved-name'])")
    address = page.xpath("//link[@rel='alternate']/@href")[0]
    feed = etree.fromstring(desk.get(address).content)
    entries = feed.findall("a:entry", ATOM)
    assert entries and HOSTILE in feed.findtext("a:title", namespaces=ATOM)
    for entry in entries:
        assert entry.findtext("a:id", namespaces=ATOM).startswith("urn:waqai:event:")
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)", entry.findtext("a:updated", namespaces=ATOM)
        )
        link = entry.find("a:link", ATOM).get("href")
        assert desk.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200
    form = page.xpath("//form[contains(@action, '/forget')]")[0]
    token = {node.get("name"): node.get("value") for node in form.xpath(".//input")}
    assert desk.post(form.get("action"), data=token, follow_redirects=False).status_code == 303
    with Store(where) as store:
        assert saved_in(store) == []
    assert desk.get(address).status_code == 404


def test_hostile_articles_are_text_in_a_feed(desk: TestClient) -> None:
    save(desk, "outlet=" + "منبر " + HOSTILE, "معادون")
    address = html.fromstring(desk.get("/saved").text).xpath("//link[@rel='alternate']/@href")[0]
    answer = desk.get(address)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    assert feed.findall("a:entry", ATOM) and not feed.xpath("//*[local-name()='script']")


def test_what_could_never_be_shown_is_not_saved(desk: TestClient) -> None:
    token = html.fromstring(desk.get("/events").text).xpath("//form[@action='/saved']//input[@name='csrf']/@value")[0]
    for form in ({"name": "x", "query": "type=NONE"}, {"name": " ", "query": ""}, {"name": "a" * 201}, {}):
        assert desk.post("/saved", data=form | {"csrf": token}).status_code in (400, 422)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_shown_can_be_taken_along(desk: TestClient, form: str) -> None:
    answer = desk.get(f"/events/export/{form}?country=LBY")
    assert answer.status_code == 200 and answer.content
    assert re.search(r'filename="waqai-[\w.-]+"', answer.headers["content-disposition"])


def test_a_table_has_the_events_in_their_order(desk: TestClient, where: str) -> None:
    csv.field_size_limit(1 << 20)  # a hostile title
    text = desk.get("/events/export/csv?type=CONSULT&sort=oldest").text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    with Store(where) as store:
        assert [row["id"] for row in rows] == [event["id"] for event in events_of(store, Filters(type="CONSULT"))]


def test_records_are_whole_and_stand_once(desk: TestClient, where: str) -> None:
    lines = desk.get("/events/export/jsonl?sort=oldest").text.splitlines()
    with Store(where) as store:
        whole = {record["id"]: record for record in records_of(store)}
    records = [json.loads(line) for line in lines]
    assert len({record["id"] for record in records}) == len(records) > 3
    assert all(record == whole[record["id"]] for record in records)


def test_the_formats_are_those_of_the_command() -> None:
    from waqai.commands_export import export

    form = next(one for one in export.params if one.name == "form")
    assert [form.type.convert(name, form, None) for name in FORMS] == list(FORMS)
