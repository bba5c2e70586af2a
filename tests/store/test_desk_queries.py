"""What the desk asks a store, on both databases."""

from __future__ import annotations

from typing import Any

from desk_news import PIECES, records
from waqai.pipeline import Waqai
from waqai.store import Store
from waqai.store.actor_page import offices, quotes_about, quotes_by
from waqai.store.article_page import article, article_of_event, article_of_record, numbers_of
from waqai.store.event_columns import event_columns, party_columns
from waqai.store.event_list import events_in_turn, events_numbered, records_in_turn
from waqai.store.queries import events_of, records_of
from waqai.store.saved import forget, save, saved_by_token, saved_in
from waqai.store.search import matching, search
from waqai.store.stamp import Stamp
from waqai.store.today import count_articles, days_published, last_day, newest


def filled(store: Store, waqai: Waqai) -> dict[str, Any]:
    """Puts one article, coded, into the store; its record."""
    [record] = records(waqai, PIECES[:1])
    store.add(record)
    return record


def test_events_are_those_of_the_other_queries(store: Store, waqai: Waqai) -> None:
    filled(store, waqai)
    rows = event_columns(store)
    shown = {event["id"]: event for event in events_in_turn(store, [row[0] for row in rows])}
    for event in events_of(store):
        mine = shown.pop(event["id"])
        assert {name: mine[name] for name in event if name != "article"} == {
            name: value for name, value in event.items() if name != "article"
        }
        assert {name: mine["article"][name] for name in event["article"]} == event["article"]
    assert shown == {} and events_numbered(store, []) == []
    assert {party[0] for party in party_columns(store)} <= {row[0] for row in rows}
    assert (
        list(records_in_turn(store, [row[1] for row in rows])) == list(records_of(store))[: len({r[1] for r in rows})]
    )


def test_the_first_page_has_its_numbers(store: Store, waqai: Waqai) -> None:
    assert (last_day(store, "2030-01-01"), newest(store, 5), count_articles(store)) == ("", [], 0)
    record = filled(store, waqai)
    day = record["published"][:10]
    assert last_day(store, "2030-01-01") == day and last_day(store, "1990-01-01") == ""
    assert [row["title"] for row in newest(store, 5, "2030-01-01")] == [record["title"]]
    assert days_published(store, 5, "2030-01-01") == {day: 1}


def test_an_article_is_found_by_all_its_names(store: Store, waqai: Waqai) -> None:
    record = filled(store, waqai)
    number = article_of_record(store, record["id"])
    assert number is not None and article(store, number) is not None and article(store, number + 99) is None
    held = article(store, number)
    assert (
        held and held.record["text"] == record["text"] and numbers_of(store, [held.revision]) == {held.revision: number}
    )
    for event in record["events"]:
        assert article_of_event(store, event["id"]) == number
    assert article_of_event(store, "none") is None


def test_what_is_said_of_an_actor(store: Store, waqai: Waqai) -> None:
    record = filled(store, waqai)
    by = {row["words"] for row in quotes_by(store, ["سالم البحري"])}
    assert by == {quote["text"] for quote in record["quotes"] if quote["speaker"] == "سالم البحري"} != set()
    about = quotes_about(store, [mention["name"] for mention in record["mentions"] if mention["kind"] == "group"])
    assert {row["words"] for row in about} <= {quote["text"] for quote in record["quotes"]}
    for mention in record["mentions"]:
        rows = offices(store, [mention["name"]])
        assert all(row["role"] or row["title"] for row in rows)


def test_matching_finds_what_a_search_does(store: Store, waqai: Waqai) -> None:
    record = filled(store, waqai)
    word = max(record["title"].split(), key=len)
    assert matching(store, word) == [hit.revision for hit in search(store, word)]


def test_searches_are_saved_and_forgotten(store: Store) -> None:
    one, other = save(store, "أول", "type=AID", "سلمى"), save(store, "ثان", "")
    assert saved_in(store) == [other, one] and saved_by_token(store, one.token) == one
    assert forget(store, one.token) and not forget(store, one.token)
    assert saved_by_token(store, one.token) is None


def test_a_stamp_changes_with_the_store(store: Store, waqai: Waqai) -> None:
    stamp = Stamp(store)
    before = stamp.read()
    assert stamp.read() == before
    filled(store, waqai)
    assert stamp.read() != before
    stamp.close()
