"""Reports of one act become one event, whatever the order; what people say of it stays."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from told import BLAST, BLAST_AGAIN, MEETING, RETOLD, blast, linked, meeting, record

from waqai.errors import StoreError
from waqai.store import Store
from waqai.store.story_tables import story_copies, story_links, story_members, story_occasions, story_parents
from waqai.store.tables import events, revisions
from waqai.stories.copies import copies_of, difference
from waqai.stories.events import LinkedEvents, link, split
from waqai.stories.linking import Knowledge, Linker

NEWS = [
    meeting("one-1", MEETING, "2024-05-15T09:00:00"),
    meeting("two-1", RETOLD, "2024-05-15T11:00:00"),
    meeting("three-1", MEETING, "2024-05-16T08:00:00", date="2024-05-15"),
    blast("one-2", BLAST, "2024-05-16T08:00:00"),
    blast("two-2", BLAST_AGAIN, "2024-05-16T10:00:00"),
    record("one-3", "أسعار القمح", "ارتفعت أسعار القمح في الأسواق المحلية.", "2024-05-16"),
    meeting("four-1", MEETING, "2024-08-20T09:00:00", date="2024-08-20"),
]
slow = settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(store: Store) -> dict[str, Any]:
    """All that linking wrote, told by ids of the records, not by numbers of rows."""
    with store.reading() as connection:
        event = dict(tuple(row) for row in connection.execute(select(events.c.id, events.c.event)))
        page = dict(tuple(row) for row in connection.execute(select(revisions.c.id, revisions.c.record)))
        links = {
            (frozenset((event[row.one], event[row.other])), row.kind, row.score, repr(row.reasons))
            for row in connection.execute(select(story_links))
        }
        return {
            "members": {(event[row.event], row.head) for row in connection.execute(select(story_members))},
            "links": links,
            "copies": {frozenset((page[r.one], page[r.other])) for r in connection.execute(select(story_copies))},
            "parents": {(page[r.revision], page[r.parent], r.score) for r in connection.execute(select(story_parents))},
            "occasions": sorted(
                (page[r.revision], r.occasion, r.says, r.date) for r in connection.execute(select(story_occasions))
            ),
        }


def filled(knowledge: Knowledge, records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, Store(str(Path(folder, "w.db")), create=True) as store:
        linked(store, knowledge, records)
        return outcome(store)


def test_reports_of_one_act_are_one_event(shelf: Store, knowledge: Knowledge) -> None:
    linked(shelf, knowledge, NEWS)
    found = LinkedEvents(shelf, knowledge.library).of("two-1-0")
    assert [report.event["id"] for report in found.reports] == ["one-1-0", "two-1-0", "three-1-0"]
    assert found.id == "one-1-0"
    assert found.date == "2024-05-15"
    assert [name for name, _, count in found.sources if count == 3] == ["سالم البحري"]
    assert found.reasons and all(reason.score > 0 and reason.signs for reason in found.reasons)


def test_what_reports_disagree_on_is_listed(shelf: Store, knowledge: Knowledge) -> None:
    linked(shelf, knowledge, NEWS)
    found = LinkedEvents(shelf, knowledge.library).of("one-2-0")
    told = {told.field: told.values for told in found.disagreements}
    assert told["killed"] == {"5": ("one-2-0",), "7": ("two-2-0",)}


def test_the_same_words_months_later_are_another_act(shelf: Store, knowledge: Knowledge) -> None:
    linked(shelf, knowledge, NEWS)
    assert len(LinkedEvents(shelf, knowledge.library).of("four-1-0").reports) == 1


@slow
@given(order=st.permutations(NEWS))
def test_the_order_of_arrival_changes_nothing(knowledge: Knowledge, order: list[dict[str, Any]]) -> None:
    assert filled(knowledge, order) == filled(knowledge, NEWS)


@slow
@given(again=st.lists(st.sampled_from(NEWS), max_size=4))
def test_linking_again_changes_nothing(knowledge: Knowledge, again: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(str(Path(folder, "w.db")), create=True) as store:
        linker = linked(store, knowledge, NEWS)
        before = outcome(store)
        linker.add([str(made["url"]) for made in again])
        sum(linker.everything(anew=True))
        assert outcome(store) == before
        assert sum(Linker(store, knowledge=knowledge).everything()) == 0


@slow
@given(order=st.permutations(NEWS), at=st.integers(2, len(NEWS)))
def test_a_split_stays_split(knowledge: Knowledge, order: list[dict[str, Any]], at: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(str(Path(folder, "w.db")), create=True) as store:
        linker = linked(store, knowledge, NEWS[:2])
        assert split(store, "two-1-0") == ["one-1-0"]
        for made in order[:at]:
            store.add(made)
            linker.add([str(made["url"])])
        sum(linker.everything(anew=True))
        with store.reading() as connection:
            event = dict(tuple(row) for row in connection.execute(select(events.c.event, events.c.id)))
            head = dict(tuple(row) for row in connection.execute(select(story_members.c.event, story_members.c.head)))
        heads = [head.get(event[name], name) for name in ("one-1-0", "two-1-0")]
        assert heads[0] != heads[1]


def test_people_link_what_nothing_links(shelf: Store, knowledge: Knowledge) -> None:
    linker = linked(shelf, knowledge, NEWS)
    link(shelf, "one-1-0", "four-1-0", "told late")
    assert "four-1-0" in {r.event["id"] for r in LinkedEvents(shelf, knowledge.library).of("one-1-0").reports}
    sum(linker.everything(anew=True))
    assert "four-1-0" in {r.event["id"] for r in LinkedEvents(shelf, knowledge.library).of("one-1-0").reports}
    split(shelf, "four-1-0")
    assert len(LinkedEvents(shelf, knowledge.library).of("four-1-0").reports) == 1


def test_an_event_that_is_not_there_is_told(shelf: Store) -> None:
    with pytest.raises(StoreError, match="no such event"):
        split(shelf, "nowhere")


def test_nothing_is_lost_when_an_article_is_read_anew(shelf: Store, knowledge: Knowledge) -> None:
    linker = linked(shelf, knowledge, NEWS)
    before = outcome(shelf)
    with shelf.reading() as connection:
        number = connection.execute(select(revisions.c.id).where(revisions.c.record == "two-1")).scalar_one()
    shelf.replace(number, NEWS[1] | {"made_by": {"waqai": "1", "ontology": "", "lexicon": "", "models": ""}})
    assert sum(linker.everything()) == 1
    assert outcome(shelf) == before


def test_wire_copies_stand_together(shelf: Store, knowledge: Knowledge) -> None:
    body = " ".join(f"الجملة رقم {number} من خبر طويل عن أسواق المدينة وتجارها." for number in range(30))
    one = record("one-9", "خبر الوكالة", body, "2024-05-15T10:00:00")
    two = record("two-9", "خبر الوكالة", body.replace("رقم 7", "رقم سبعة"), "2024-05-15T09:00:00")
    linked(shelf, knowledge, [one, two, *NEWS])
    with shelf.reading() as connection:
        number = dict(tuple(row) for row in connection.execute(select(revisions.c.record, revisions.c.id)))
    group = copies_of(shelf, number["one-9"])
    assert [copy.source for copy in group] == ["two", "one"]
    assert len(difference(shelf, number["one-9"], number["two-9"])) == 1
    assert copies_of(shelf, number["one-3"]) == []


@pytest.mark.parametrize("published", ["", "2024", "2024-05", "2024-05-15T10:00:00+03:00", "2024-13-99"])
def test_any_date_of_publication_will_do(shelf: Store, knowledge: Knowledge, published: str) -> None:
    linked(shelf, knowledge, [meeting("odd-1", MEETING, published), *NEWS[:2]])
    assert len(LinkedEvents(shelf, knowledge.library).of("one-1-0").reports) >= 2
