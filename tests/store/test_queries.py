"""Lists, filters and counts, the same on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from waqai.store import Correction, Store
from waqai.store.filters import Filters
from waqai.store.queries import actors_of, corrections_of, events_of, revision_of, series
from waqai.store.search import search

WEIGH = {"CONSULT": ("verbal cooperation", 2.5), "ASSAULT": ("material conflict", -10.0)}


def event(number: int, **said: Any) -> dict[str, Any]:
    """An event as records have it; `sources` and `targets` given as "name CODE CODE"."""
    sides = {
        side: [
            {"name": name.replace("_", " "), "code": code, "span": [0, 4], "title": "", "role": ""}
            for name, _, code in (words.partition(" ") for words in said.pop(side, ()))
        ]
        for side in ("sources", "targets")
    }
    plain: dict[str, Any] = {
        "id": f"e{number}", "type": "CONSULT", "mode": "", "contexts": [], "cameo": "040", "status": "happened",
        "status_cue": "", "date": "2024-05-13", "date_from": "text", **sides, "place": {}, "trigger": "لقاء",
        "trigger_span": [0, 4], "evidence": "لقاء", "evidence_span": [0, 4], "said_by": "", "said_by_span": [],
        "confidence": 0.5, "rule": "r",
    }  # fmt: skip
    return plain | said


EVENTS = [
    event(1, sources=["سالم_البحري TUN GOV"], targets=["الوفد MLI GOV"], date="2024-05-13"),
    event(2, sources=["الوفد MLI GOV"], targets=["تونس TUN GOV"], date="2024-05-19", status="planned"),
    event(3, type="ASSAULT", sources=["مسلحون --- UAF"], targets=["قرية MLI CVL", "جنود TUN MIL"], date="2024-06",
          place={"name": "باماكو", "country": "MLI", "lat": 1.0, "lon": 2.0, "geonames": 7, "span": [0, 4]}),
    event(4, type="ASSAULT", sources=["مسلحون --- UAF"], date=""),
]  # fmt: skip


@pytest.fixture
def shelf(store: Store, make_record: Callable[..., dict[str, Any]]) -> Store:
    for number, chosen in enumerate((EVENTS[:2], EVENTS[2:])):
        title = f"لقاء {number}"
        store.add(
            make_record(title, "نص", source=f"نشرة {number}", url=f"u{number}", published="2024-06-01", events=chosen)
        )
    return store


def ids(store: Store, **filters: Any) -> list[str]:
    return [found["id"] for found in events_of(store, Filters(**filters))]


def test_events_are_listed_by_date_as_records_have_them(shelf: Store) -> None:
    assert ids(shelf) == ["e1", "e2", "e3", "e4"]
    first = next(events_of(shelf, Filters(type="CONSULT")))
    article = {"id": "لقاء 0", "url": "u0", "source": "نشرة 0", "title": "لقاء 0", "published": "2024-06-01"}
    assert first == EVENTS[0] | {"corrected": [], "article": article}


@pytest.mark.parametrize(("filters", "expected"), [
    ({"type": "ASSAULT"}, ["e3", "e4"]),
    ({"status": "planned"}, ["e2"]),
    ({"since": "2024-05-14"}, ["e2", "e3"]),
    ({"until": "2024-05"}, ["e1", "e2"]),
    ({"since": "2024-06", "until": "2024-06"}, ["e3"]),
    ({"actor": "سَالم البحرى"}, ["e1"]),  # marks and final letters are folded
    ({"actor": "البحرى"}, ["e1"]),
    ({"actor": "MLI"}, ["e1", "e2", "e3"]),
    ({"actor": "MLI CVL"}, ["e3"]),
    ({"actor": "--- UAF"}, ["e3", "e4"]),
    ({"country": "TUN"}, ["e1", "e2", "e3"]),
    ({"sector": "MIL"}, ["e3"]),
    ({"place": "باماكو"}, ["e3"]),
    ({"place": "MLI"}, ["e3"]),
    ({"between": ("TUN", "MLI")}, ["e1", "e2"]),
    ({"between": ("MLI", "TUN GOV")}, ["e1", "e2"]),
    ({"between": ("البحري", "الوفد")}, ["e1"]),
    ({"outlet": "نشرة 1"}, ["e3", "e4"]),
    ({"actor": "100%"}, []),
])  # fmt: skip
def test_filters(shelf: Store, filters: dict[str, Any], expected: list[str]) -> None:
    assert ids(shelf, **filters) == expected


def test_pages_of_events_join_without_a_seam(shelf: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.store.queries._BATCH", 1)
    assert ids(shelf) == ["e1", "e2", "e3", "e4"]
    for limit in (2, 3, 4):
        assert [found["id"] for found in events_of(shelf, None, limit)] == ["e1", "e2", "e3", "e4"][:limit]


def test_searches_take_conditions_of_events(shelf: Store) -> None:
    assert [hit.url for hit in search(shelf, "لقاء", Filters(type="ASSAULT", place="MLI"))] == ["u1"]
    assert search(shelf, "لقاء", Filters(type="ASSAULT", status="planned")) == []


def test_corrected_events_are_listed_as_corrected(shelf: Store) -> None:
    shelf.correct(Correction("e2", "date", "2023-01-01"))
    shelf.correct(Correction("e1", "rejected", "yes"))
    assert ids(shelf) == ["e2", "e3", "e4"]
    assert [found["corrected"] for found in events_of(shelf, Filters(until="2023"))] == [["date"]]
    number = revision_of(shelf, "e1")
    assert corrections_of(shelf, number) == {"e1": ["rejected"], "e2": ["date"]}
    shelf.correct(Correction("e1", "rejected", "no"))
    assert corrections_of(shelf, number)["e1"] == []
    assert [found["corrected"] for found in events_of(shelf, Filters(status="happened"))] == [[], [], []]


def test_actors(shelf: Store) -> None:
    found = actors_of(shelf)
    assert found[0] == {
        "name": "الوفد", "code": "MLI GOV", "as_source": 1, "as_target": 1, "first": "2024-05-13", "last": "2024-05-19"
    }  # fmt: skip
    assert {row["name"] for row in found} == {"سالم البحري", "الوفد", "تونس", "مسلحون", "قرية", "جنود"}
    assert [row["name"] for row in actors_of(shelf, Filters(type="CONSULT"), limit=1)] == ["الوفد"]


def test_series(shelf: Store) -> None:
    months = series(shelf, "month", WEIGH)
    assert months.undated == 1
    nobody = {"source": "", "target": ""}
    told, fought = ({"material conflict": m, "verbal cooperation": v} for m, v in ((0, 2), (1, 0)))
    assert months.rows == [
        {"period": "2024-05", **nobody, "events": 2, **told, "intensity": 2.5},
        {"period": "2024-06", **nobody, "events": 1, **fought, "intensity": -10.0},
    ]
    assert [row["period"] for row in series(shelf, "week", WEIGH).rows] == ["2024-05-13"]
    assert [row["period"] for row in series(shelf, "day", WEIGH).rows] == ["2024-05-13", "2024-05-19"]
    assert series(shelf, "day", WEIGH).undated == 2


def test_series_by_dyad(shelf: Store) -> None:
    rows = series(shelf, "month", WEIGH, dyads=True).rows
    assert [(row["period"], row["source"], row["target"], row["events"]) for row in rows] == [
        ("2024-05", "MLI", "TUN", 1), ("2024-05", "TUN", "MLI", 1), ("2024-06", "---", "MLI", 1),
        ("2024-06", "---", "TUN", 1),
    ]  # fmt: skip
