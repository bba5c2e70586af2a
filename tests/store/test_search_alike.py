"""SQLite and PostgreSQL give the same answers, pair by pair of the probe, and for all else that can be asked."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from databases import fresh_database
from waqai.resources import Library
from waqai.store import Store
from waqai.store.filters import Filters
from waqai.store.search import Hit, search

PROBE = tomllib.loads((Path(__file__).parent / "probe.toml").read_text(encoding="utf-8"))
PAIRS = [tuple(entry.split(" · ")) for name in ("should", "should_not") for entry in PROBE[name]]
SAID = list(dict.fromkeys(said for _, said in PAIRS))
PAGES = [
    ("الوزراء يجتمعون في باماكو", "عقد الوزراء اجتماعا. وقال سالم البحري إن وقف إطلاق النار يبدأ غدا.", "المثال"),
    ("هدنة في الشمال", "أعلن المسلحون هدنة. وتحدث وزيرٌ عن النار التي أطلقت في الشمال، وعن وقف الرحلات.", "المثال"),
    ("أمطار غزيرة", "هطلت الأمطار على القرى، وأُغلقت المدارس. وقالت الوزيرة: أوقفوا العمل.", "النشرة"),
    ("", "NATO تعلن 12 قرارا، و١٣ اقتراحا", "النشرة"),
]
ASKED = [
    "وزير", "وزير نار", "قرية مدرسة", "غائب", "«وقف إطلاق النار»", "«إطلاق وقف»", "«وزير»", "وزير -هدنة",
    "وزير -«إطلاق النار»", "«النار التي» -أمطار", "في", "من في", "nato", "١٢", "13", "-في وزير", "وقف", "وقف «وقف»",
    "وزير وزير", "«في» في", "يجتمع الوزيران", "بيان", "\u200fوزير\u200f", "أُغلقت", "'وزير'", "وزير & نار", "a:b",
]  # fmt: skip


@pytest.fixture(scope="module")
def both(
    postgres: str,
    library: Library,
    make_record: Callable[..., dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Store, Store]]:
    """A store on each database, with the same pages: those above, and a page for each word of the probe."""
    pages = [*((title, body, source) for title, body, source in PAGES), *(("", word, "probe") for word in SAID)]
    with (
        fresh_database(postgres) as where,
        Store(str(tmp_path_factory.mktemp("alike") / "s.db"), library, create=True) as one,
        Store(where, library, create=True) as other,
    ):
        for number, (title, body, source) in enumerate(pages):
            record = make_record(title, body, id=str(number), source=source, published=f"2024-0{number % 9 + 1}-10")
            one.add(record)
            other.add(record)
        for store in (one, other):  # an older revision, which neither may find
            store.add(make_record("أمطار", "انحسرت السيول، قال وزير.", id="2", source="النشرة"))
        yield one, other


def answer(store: Store, asked: str, filters: Filters | None = None) -> list[Hit]:
    """What was found, by id: the order by rank is each database's own."""
    return sorted(search(store, asked, filters, limit=500), key=lambda hit: hit.id)


@pytest.mark.parametrize("words", PAIRS, ids=" ".join)
def test_each_pair_of_the_probe_is_answered_alike(both: tuple[Store, Store], words: tuple[str, str]) -> None:
    """The whole answers are compared, passages and marks too, asked by either word."""
    for word in words:
        one, other = (answer(store, word) for store in both)
        assert one == other and (one or word not in SAID)


@pytest.mark.parametrize("asked", ASKED)
def test_whatever_is_asked_is_answered_alike(both: tuple[Store, Store], asked: str) -> None:
    one, other = (answer(store, asked) for store in both)
    assert one == other


@pytest.mark.parametrize("filters", [
    Filters(outlet="المثال"), Filters(since="2024-02"), Filters(until="2024-01"),
    Filters(since="2024", until="2024-03"),
    Filters(actor="البحري"), Filters(country="MLI"),
], ids=str)  # fmt: skip
def test_filters_choose_alike(both: tuple[Store, Store], filters: Filters) -> None:
    for asked in ("وزير", "في", "«وقف إطلاق النار»"):
        one, other = (answer(store, asked, filters) for store in both)
        assert one == other


def test_the_best_come_first_on_both(both: tuple[Store, Store]) -> None:
    """Titles before bodies; the rest of the order may differ."""
    for asked, best in (("باماكو", "0"), ("هدنة", "1"), ("شمال", "1"), ("وزراء", "0")):
        assert [search(store, asked, Filters(outlet="المثال"))[0].id for store in both] == [best, best]
