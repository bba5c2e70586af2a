"""The ledger finds what the store finds."""

from __future__ import annotations

from collections import Counter

import pytest
from fastapi import FastAPI

from waqai.desk.asking import Asked, asked_in
from waqai.desk.finding import find
from waqai.desk.ledger import ledger_of
from waqai.store import Store
from waqai.store.event_list import events_numbered
from waqai.store.filters import Filters
from waqai.store.queries import actors_of, events_of

CHOICES = (
    Filters(),
    Filters(type="CONSULT"),
    Filters(status="planned"),
    Filters(country="LBY", type="CONSULT"),
    Filters(sector="GOV"),
    Filters(actor="البحري"),
    Filters(actor="بَحرى"),
    Filters(actor="SAU"),
    Filters(actor="SAU GOV"),
    Filters(between=("SAU", "IRN")),
    Filters(between=("البحري", "الزيدي")),
    Filters(place="عمان"),
    Filters(place="JOR"),
    Filters(since="2024-05"),
    Filters(until="2023"),
    Filters(since="2015", until="2020-10"),
    Filters(outlet="نشرة النهر"),
    Filters(mode="demo"),
    Filters(actor="لا أحد"),
)


@pytest.fixture(scope="module")
def store(app: FastAPI) -> Store:
    found = app.state.desk.store
    assert isinstance(found, Store)
    return found


@pytest.mark.parametrize("filters", CHOICES, ids=str)
def test_it_chooses_as_the_store_does(store: Store, filters: Filters) -> None:
    ledger = ledger_of(store)
    numbers = [int(number) for number in ledger.numbers[ledger.choose(filters)]]
    chosen = sorted(event["id"] for event in events_numbered(store, numbers))
    assert chosen == sorted(event["id"] for event in events_of(store, filters))


def test_events_by_number_are_those_of_the_store(store: Store) -> None:
    ledger = ledger_of(store)
    shown = {event["id"]: event for event in events_numbered(store, [int(n) for n in ledger.numbers])}
    for event in events_of(store):
        mine = shown.pop(event["id"])
        article = {name: mine["article"][name] for name in event["article"]}
        assert {name: mine[name] for name in event if name != "article"} | {"article": article} == event
    assert shown == {}


def test_the_oldest_first_has_the_undated_last(app: FastAPI, store: Store) -> None:
    desk = app.state.desk
    dates = find(desk.keeping, desk.store, Asked(sort="oldest")).dates()
    assert dates == sorted(dates, key=lambda date: (date == "", date))
    sure = find(desk.keeping, desk.store, Asked(sort="surest")).rows
    confidence = desk.keeping.ledger().confidence[sure].tolist()
    assert confidence == sorted(confidence, reverse=True)


@pytest.mark.parametrize("facet", ["type", "status", "country", "sector", "place", "actor"])
def test_a_facet_counts_what_choosing_it_leaves(store: Store, facet: str) -> None:
    ledger = ledger_of(store)
    for word, count in ledger.facets(Filters(since="2015"))[facet]:
        if facet in ("actor", "place"):  # a part of a name may be asked for: more may hold it
            assert count <= len(ledger.choose(Filters(since="2015", **{facet: word})))
        else:
            assert count == len(ledger.choose(Filters(since="2015", **{facet: word}))), word


def test_the_busiest_are_those_of_the_store(store: Store) -> None:
    mine = Counter({name: source + target for name, _, source, target in ledger_of(store).busiest(200)})
    theirs: Counter[str] = Counter()
    for row in actors_of(store, limit=1000):
        theirs[row["name"]] += row["as_source"] + row["as_target"]
    assert mine == theirs


def test_an_address_comes_back_as_it_was(app: FastAPI) -> None:
    said = {"q": "ميناء", "type": "CONSULT", "since": "2024", "source": "SAU", "target": "IRN", "sort": "oldest"}
    asked = asked_in(said, app.state.desk.ontology)
    from urllib.parse import parse_qsl

    assert dict(parse_qsl(asked.query())) == said
    assert "page" not in asked.query(type="") and "type" not in asked.query(type="")
