"""A thread of very many articles: its page has parts, and tells what the thread tells."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, pairwise
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the desk: pip install 'waqai[desk]'")

from fastapi.testclient import TestClient
from sqlalchemy import delete, insert, select

sys.path.append(str(Path(__file__).resolve().parents[2] / "stories"))
from told import HALA, SALEM, record

from waqai.desk import create_app
from waqai.desk.outlines import outlines_of
from waqai.desk.stories.parts import first_of, last_of
from waqai.desk.stories.telling import told
from waqai.desk.told import Report, spokesman
from waqai.resources import Library
from waqai.store import Store
from waqai.store.article_page import article_of_record
from waqai.store.story_tables import story_members, story_parents
from waqai.store.tables import articles, events
from waqai.stories.linking import Linker
from waqai.stories.threads import Threads

COUNT = 120
FIRST = date(2018, 1, 1)


def _day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def _fill(store: Store) -> None:
    """A chain of articles, each going on from the one before, and one that stands alone; the first two tell one act."""
    for number in range(COUNT):
        words = f"التقى سالم البحري هالة الزيدي في الجولة رقم {number} من مشاورات المعابر."
        act = {"words": words, "act": "التقى", "sources": [SALEM], "targets": [HALA], "date": _day(number)}
        made = record(f"wah-{number}", f"مشاورات المعابر {number}", words, _day(number), [act])
        start = made["text"].index("الجولة")
        made["quotes"] = [
            {"speaker": "سالم البحري", "speaker_span": [], "kind": "indirect", "text": made["text"][start : start + 12],
             "span": [start, start + 12], "cue": "", "cue_span": []}
        ]  # fmt: skip
        store.add(made)
    store.add(record("wah-alone", "حصاد الزيتون", "بدأ موسم قطاف الزيتون في التلال.", "2018-03-01"))
    assert sum(Linker(store).everything()) == COUNT + 1
    with store.writing() as connection:
        numbers = list(connection.execute(select(articles.c.current).order_by(articles.c.id)).scalars())[:COUNT]
        connection.execute(delete(story_parents))
        rows = [
            {"revision": later, "parent": earlier, "score": 1.0, "reasons": []} for earlier, later in pairwise(numbers)
        ]
        connection.execute(insert(story_parents), rows)
        connection.execute(delete(story_members))
        firsts = connection.execute(select(events.c.id).order_by(events.c.id).limit(2)).scalars()
        connection.execute(insert(story_members), [{"event": event, "head": "wah-0-0"} for event in firsts])


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[TestClient]:
    path = str(tmp_path_factory.mktemp("thread") / "news.db")
    with Store(path, library, create=True) as store:
        _fill(store)
    with TestClient(create_app(path, library=library), base_url="http://127.0.0.1:8000") as client:
        yield client


def _store(client: TestClient) -> Store:
    store: Store = client.app.state.desk.store  # type: ignore[attr-defined]
    return store


def _articles(page: str) -> list[int]:
    held = page[page.index('class="thread-articles"') :]
    return [int(number) for number in re.findall(r'href="/article/(\d+)"', held)]


def test_all_articles_and_acts_stand_in_the_parts_of_a_long_thread(client: TestClient) -> None:
    shown: list[list[int]] = []
    days: list[list[str]] = []
    for page in (3, 2, 1):
        text = client.get(f"/thread/wah-7?page={page}&articles={page}").text
        shown.append(_articles(text))
        days.append(re.findall(r'<p class="day-name"><time datetime="([^"]+)"', text))
    numbers = [article_of_record(_store(client), f"wah-{number}") for number in range(COUNT)]
    assert [len(part) for part in shown] == [20, 50, 50]
    assert list(chain(*shown)) == numbers
    assert [len(part) for part in days] == [19, 50, 50]
    assert list(chain(*days)) == [_day(0), *(_day(number) for number in range(2, COUNT))]


def test_an_act_with_several_reports_leads_to_them(client: TestClient) -> None:
    page = client.get("/thread/wah-7?page=3").text
    assert page.count('class="to-reports"') == 1
    assert client.get(re.findall(r'class="to-reports" href="([^"]+)"', page)[0]).text.count('id="r-') == 2


def test_parts_lead_to_one_another_and_keep_the_other_lists(client: TestClient) -> None:
    page = client.get("/thread/wah-7?articles=2").text
    assert '/thread/wah-0?page=2&amp;articles=2"' in page
    assert '/thread/wah-0?articles=3"' in page
    assert '/thread/wah-0"' in page
    assert client.get("/thread/wah-7?articles=999&page=x&open=-1").status_code == 200


def test_quotes_are_of_the_articles_shown(client: TestClient) -> None:
    first = client.get("/thread/wah-7?articles=3").text
    quotes = first[first.index('class="quotes"') : first.index("thread-articles")]
    assert len(re.findall("<li>", quotes)) == 20
    assert f'/article/{article_of_record(_store(client), "wah-0")}"' in quotes


def test_one_that_stands_alone_has_no_thread(client: TestClient) -> None:
    page = client.get("/thread/wah-alone")
    assert page.status_code == 200
    assert "هذا المقال لا يتابع غيره" in page.text


def test_people_and_acts_are_those_that_the_thread_tells(client: TestClient) -> None:
    desk = client.app.state.desk  # type: ignore[attr-defined]
    threads = Threads(desk.store, desk.library)
    thread = threads.of("wah-7")
    story = threads.story(thread, "2018-06-01")
    mine = told(desk.keeping.ledger(), [member.revision for member in thread.members])
    assert {(one.name, one.code, one.articles) for one in mine.people} == {
        (one.name, one.code, one.articles) for one in story.people
    }
    assert [act.when for act in mine.acts][-60:] == [event.date for event in story.timeline]


def test_outlines_hold_what_the_threads_do(client: TestClient, library: Library) -> None:
    store = _store(client)
    outlines = outlines_of(store, library)
    threads = Threads(store, library)
    for about, since, until in (("", "", ""), ("المعابر", "", ""), ("الزيتون", "", ""), ("", "2018-06", ""),
                                ("", "", "2017"), ("", "2018-02", "2018-02")):  # fmt: skip
        expected = threads.all(about=about, since=since, until=until)
        found = [outlines.at(place) for place in outlines.narrowed(about, since, until)]
        assert [(one.id, one.title, one.first, one.last) for one in found] == [
            (one.id, one.title, one.first, one.last) for one in expected
        ]
        assert [one.revisions.tolist() for one in found] == [[m.revision for m in one.members] for one in expected]


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 100, 101])
def test_parts_hold_everything_once(count: int) -> None:
    things = list(range(count))
    for part_of, name in ((last_of, "page"), (first_of, "open")):
        parts = [list(part_of(things, name, {name: str(page)}, 50).shown) for page in range(1, -(-count // 50) + 1)]
        assert sorted(chain(*parts)) == things
        assert part_of(things, name, {name: "9" * 5}, 50).count == count


def _report(row: int, article: int, status: str, day: str) -> Report:
    return Report(row, f"2018-01-0{row}", row, article, "CONSULT", status, day)


def test_the_first_report_that_says_what_most_say_stands_for_an_act() -> None:
    reports = [
        _report(1, 1, "planned", "2018-01-02"),
        _report(2, 2, "happened", "2018-01-02"),
        _report(3, 3, "happened", "2018-01-02"),
    ]
    assert spokesman(reports) == 2


def test_wire_copies_count_once() -> None:
    reports = [
        _report(1, 1, "planned", "2018-01-02"),
        *(_report(row, 2, "happened", "2018-01-02") for row in (2, 3)),
        _report(4, 4, "planned", "2018-01-02"),
    ]
    assert spokesman(reports) == 1
