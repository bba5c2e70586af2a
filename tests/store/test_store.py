"""What goes in comes out; twice is once; a newer page is a new revision; humans are not overruled."""

from __future__ import annotations

import copy
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from databases import fresh_database
from waqai.errors import StoreError
from waqai.exports.jsonl import as_dict
from waqai.model import Article
from waqai.pipeline import Waqai
from waqai.resources import Library
from waqai.store import Added, Correction, Store
from waqai.store.queries import revision_of, revisions_of
from waqai.store.run import Run
from waqai.store.search import search

BODY = (
    "التقى وزير الخارجية التونسي سالم البحري نظيره المالي في باماكو أمس الثلاثاء.\n"
    'وقالت الوزيرة هالة الزيدي: "سنوقع الاتفاق قبل نهاية الشهر الجاري مهما حدث".\n'
    "وهاجم مسلحون قرية في شمال مالي، بحسب مصدر أمني."
)


def article(body: str = BODY, **said: Any) -> Article:
    given = {"url": "https://example.org/1", "source": "نشرة المثال", "published": "2024-05-15"} | said
    return Article(given.pop("id", "a-1"), f"لقاء في باماكو\n\n{body}", "لقاء في باماكو", **given)


@pytest.fixture(scope="module")
def record(waqai: Waqai) -> dict[str, Any]:
    return as_dict(waqai.code(article(authors=("هالة الزيدي",), problems=("one thing",))))


def test_a_record_comes_out_as_it_went_in(store: Store, record: dict[str, Any]) -> None:
    assert record["events"] and record["quotes"] and record["times"] and record["mentions"] and record["problems"]
    assert store.add(record) is Added.NEW
    assert store.record(revision_of(store, "a-1")) == record
    assert list(store.record(revision_of(store, "https://example.org/1"))) == list(record)


def test_the_examples_come_out_as_they_went_in(store: Store, waqai: Waqai) -> None:
    for path in sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.html")):
        for found in waqai.read(str(path)):
            assert not isinstance(found, Exception)
            whole = as_dict(found)
            store.add(whole)
            assert store.record(revision_of(store, whole["id"])) == whole


def test_adding_again_changes_nothing(store: Store, record: dict[str, Any]) -> None:
    store.add(record)
    before = store.counts()
    assert store.add(record) is Added.KNOWN
    assert store.counts() == before and before["articles"] == before["revisions"] == 1


def test_a_newer_version_is_a_new_revision_and_the_old_one_stays(
    store: Store, waqai: Waqai, record: dict[str, Any]
) -> None:
    store.add(record)
    newer = as_dict(waqai.code(article(BODY.replace("قرية", "بلدة"))))
    assert store.add(newer) is Added.REVISED
    assert store.add(newer) is Added.KNOWN
    assert store.record(revision_of(store, "a-1")) == newer
    assert store.record(revision_of(store, "a-1", 1)) == record
    told = revisions_of(store, revision_of(store, "a-1"))
    assert [row["number"] for row in told] == [1, 2]
    with pytest.raises(StoreError, match="has no revision 3"):
        revision_of(store, "a-1", 3)


def test_a_page_that_goes_back_to_an_earlier_wording_is_read_so_again(
    store: Store, waqai: Waqai, record: dict[str, Any]
) -> None:
    newer = as_dict(waqai.code(article(BODY.replace("قرية", "بلدة"))))
    store.add(record)
    store.add(newer)
    before = store.counts()
    assert store.add(record) is Added.REVISED and store.add(record) is Added.KNOWN
    assert revision_of(store, "a-1") == revision_of(store, "a-1", 1)
    assert store.record(revision_of(store, "a-1")) == record
    assert [hit.revision for hit in search(store, "قرية")] == [revision_of(store, "a-1", 1)]
    assert store.counts() == before
    newest = as_dict(waqai.code(article(BODY.replace("قرية", "مدينة"))))
    assert store.add(newest) is Added.REVISED and store.record(revision_of(store, "a-1", 3)) == newest


def test_what_a_page_says_again_is_read_by_this_version(store: Store, waqai: Waqai, record: dict[str, Any]) -> None:
    store.add(record)
    store.add(as_dict(waqai.code(article(BODY.replace("قرية", "بلدة")))))
    other = record | {"events": record["events"][:1], "made_by": record["made_by"] | {"waqai": "newer"}}
    assert store.add(other) is Added.REVISED
    assert store.record(revision_of(store, "a-1")) == other


def test_inputs_with_several_wordings_of_a_page_change_nothing_when_read_again(
    store: Store, waqai: Waqai, record: dict[str, Any]
) -> None:
    """What a run says last of a page holds, whatever it says before."""
    newer = as_dict(waqai.code(article(BODY.replace("قرية", "بلدة"))))
    told = []
    for said in ((record, newer), (record, newer), (newer, record), (record,), (newer, record, newer)):
        run = Run(store)
        told.append(([run.add(one).value for one in said], run.settle()))
    assert told == [
        (["new", "revised"], 0),
        (["known", "known"], 0),
        (["known", "known"], 1),
        (["known"], 0),
        (["known", "known", "known"], 1),
    ]
    assert store.record(revision_of(store, "a-1")) == newer and store.counts()["revisions"] == 2


def test_what_humans_corrected_outlives_a_new_reading(store: Store, record: dict[str, Any]) -> None:
    store.add(record)
    number, event = revision_of(store, "a-1"), record["events"][0]["id"]
    store.correct(Correction(event, "status", "planned"))
    store.correct(Correction(event, "status", "denied", note="he said so himself"))
    other = copy.deepcopy(record)
    other["events"][0]["cameo"] = "999"
    other["made_by"]["waqai"] = "newer"
    store.replace(number, other)
    kept = store.record(number)
    assert kept["events"][0]["status"] == "denied" and kept["events"][0]["cameo"] == "999"
    assert kept["made_by"]["waqai"] == "newer"
    assert [(c.event, c.value) for c in store.corrections()] == [(event, "planned"), (event, "denied")]
    store.replace(number, other | {"events": []})
    assert store.record(number)["events"] == [] and len(store.corrections()) == 2
    store.replace(number, record)
    assert store.record(number)["events"][0]["status"] == "denied"


def test_corrections_of_what_is_not_there_are_refused(store: Store, record: dict[str, Any]) -> None:
    store.add(record)
    with pytest.raises(StoreError, match="no such event"):
        store.correct(Correction("none", "status", "denied"))
    with pytest.raises(StoreError, match="cannot be corrected"):
        store.correct(Correction(record["events"][0]["id"], "trigger", "x"))


def test_an_article_that_fails_leaves_nothing_behind(
    store: Store, record: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("waqai.store.store.search_index.put", fail)
    with pytest.raises(KeyboardInterrupt):
        store.add(record)
    monkeypatch.undo()
    assert not any(store.counts().values())
    assert store.add(record) is Added.NEW


def test_two_writers_at_once_both_finish(address: str, library: Library, make_record: Any) -> None:
    """They add the same pages in opposite order: each is there once."""
    records = [make_record(f"عنوان {number}", "نص", id=str(number)) for number in range(30)]
    Store(address, library, create=True).close()
    failures: list[BaseException] = []

    def add(order: list[dict[str, Any]]) -> None:
        try:
            with Store(address, library) as store:
                for record in order:
                    store.add(record)
        except BaseException as error:
            failures.append(error)

    writers = [threading.Thread(target=add, args=(order,)) for order in (records, records[::-1])]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    with Store(address, library) as store:
        assert store.counts()["articles"] == store.counts()["revisions"] == 30


def test_a_store_of_a_newer_version_is_refused(address: str, library: Library) -> None:
    with Store(address, library, create=True) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"newer Waqai .*upgrade"):
        Store(address, library, create=True)


def test_a_database_with_other_tables_is_refused(postgres: str, library: Library) -> None:
    with fresh_database(postgres) as where:
        import psycopg

        with psycopg.connect(where) as connection:
            connection.execute("CREATE TABLE theirs (id int)")
        with pytest.raises(StoreError, match="other tables"):
            Store(where, library, create=True)


def test_no_store_is_made_by_only_looking(tmp_path: Path, library: Library) -> None:
    with pytest.raises(StoreError, match="no store there"):
        Store(str(tmp_path / "none.db"), library)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["text", "sqlite"])
def test_a_file_that_is_no_store_is_refused_untouched(tmp_path: Path, library: Library, kind: str) -> None:
    path = tmp_path / "theirs"
    if kind == "text":
        path.write_text("a letter to somebody\n" * 20)
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE theirs (id int)")
        connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="left untouched"):
        Store(str(path), library, create=True)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_addresses_of_other_databases_are_refused(library: Library) -> None:
    with pytest.raises(StoreError, match="only SQLite files and postgresql://"):
        Store("mysql://localhost/x", library)
    with pytest.raises(StoreError, match=r"postgresql://me:\*\*\*@127.0.0.1:1/none: cannot be opened"):
        Store("postgresql://me:secret@127.0.0.1:1/none", library)
