"""Backups of both databases, restored to both; faults that are found."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from waqai.cli import main
from waqai.errors import StoreError
from waqai.exports.jsonl import as_dict
from waqai.model import Article
from waqai.pipeline import Waqai
from waqai.resources import Library
from waqai.store import Added, Correction, Store
from waqai.store.backup import backup, restore
from waqai.store.backup_check import check
from waqai.store.search import search

BODY = (
    "التقى وزير الخارجية التونسي سالم البحري نظيره المالي في باماكو أمس الثلاثاء.\n"
    'وقالت الوزيرة هالة الزيدي: "سنوقع الاتفاق قبل نهاية الشهر الجاري مهما حدث".'
)


def article(number: int, body: str = BODY) -> Article:
    return Article(
        f"a-{number}", f"لقاء\n\n{body}", "لقاء", url=f"https://example.org/{number}", published="2024-05-15"
    )


@pytest.fixture
def filled(store: Store, waqai: Waqai) -> Store:
    """Three articles, one of them revised, and a correction."""
    for number in range(3):
        assert store.add(as_dict(waqai.code(article(number)))) is Added.NEW
    assert store.add(as_dict(waqai.code(article(1, BODY + "\nوغادر الوزير باماكو.")))) is Added.REVISED
    event = next(iter(store.current()))[0]
    store.correct(Correction(store.record(event)["events"][0]["id"], "status", "denied"))
    return store


def told(store: Store) -> list[object]:
    return [(number, store.record(number)) for number, _ in store.current()]


@pytest.fixture
def target(tmp_path: Path) -> str:
    """Where a store can be made."""
    return str(tmp_path / "restored.db")


def test_a_backup_comes_back_as_it_was(filled: Store, tmp_path: Path, target: str, library: Library) -> None:
    file = tmp_path / "backup.db"
    backup(filled, file)
    before = file.read_bytes()
    assert restore(file, target, library) == filled.counts()
    assert file.read_bytes() == before
    with Store(target, library) as back:
        assert told(back) == told(filled) and back.corrections() == filled.corrections()
        assert [hit.id for hit in search(back, "اتفاق")] == [hit.id for hit in search(filled, "اتفاق")] != []
        assert list(check(back)) == []
    left = {path.name.removesuffix("-wal").removesuffix("-shm") for path in tmp_path.iterdir() if path.is_file()}
    assert left <= {"waqai.db", "backup.db", "restored.db"}


def test_a_backup_goes_into_an_empty_database_and_that_goes_on(
    filled: Store, tmp_path: Path, waqai: Waqai, library: Library, postgres: str
) -> None:
    from databases import fresh_database

    file = tmp_path / "backup.db"
    backup(filled, file)
    with fresh_database(postgres) as where:
        assert restore(file, where, library) == filled.counts()
        with Store(where, library) as back:
            assert told(back) == told(filled)
            assert back.add(as_dict(waqai.code(article(9)))) is Added.NEW
            assert list(check(back)) == []
        with pytest.raises(StoreError, match="there are articles in it"):
            restore(file, where, library)


def test_what_is_there_is_never_written_over(filled: Store, tmp_path: Path, library: Library) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("مرحبا", encoding="utf-8")
    with pytest.raises(StoreError, match="a file already"):
        backup(filled, file)
    with pytest.raises(StoreError, match=r"not a database|no Waqai store"):
        restore(file, str(tmp_path / "new.db"), library)
    with pytest.raises(StoreError, match="no backup there"):
        restore(tmp_path / "none.db", str(tmp_path / "new.db"), library)
    assert file.read_text(encoding="utf-8") == "مرحبا" and not (tmp_path / "new.db").exists()


def test_a_whole_store_has_no_faults(filled: Store) -> None:
    assert list(check(filled)) == []


@pytest.mark.parametrize(("damage", "table", "what"), [
    ("UPDATE events SET evidence_end = 100000", "events", "evidence"),
    ("UPDATE mentions SET text_start = text_end", "mentions", "text"),
    ("UPDATE event_actors SET name_end = NULL", "event_actors", "name"),
    ("UPDATE revisions SET title = 'x' WHERE id = 1", "revisions", "digest"),
    ("UPDATE revisions SET digest = '[[0, 100000]]' WHERE id = 1", "revisions", "sentence"),
    ("UPDATE articles SET page = 'x' WHERE id = 1", "revisions", "address"),
    ("UPDATE articles SET current = 1000 WHERE id = 1", "articles", "in use"),
    ("UPDATE articles SET seen = 7 WHERE id = 1", "articles", "counted"),
])  # fmt: skip
def test_faults_are_found(filled: Store, damage: str, table: str, what: str) -> None:
    with filled.writing() as connection:
        connection.execute(text(damage))
    found = list(check(filled))
    assert found and all(fault.table == table and what in fault.what for fault in found)


def test_orphans_and_what_is_not_indexed_are_found(filled: Store) -> None:
    if filled.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no orphans")
    with sqlite3.connect(filled.where) as connection:  # which minds no foreign keys unless told to
        connection.execute("DELETE FROM revisions WHERE id = 1")
    found = {(fault.table, fault.what.split(" (")[0]) for fault in check(filled)}
    assert ("events", "belongs to a row of revisions that is not there") in found
    assert ("search_index", "stands for a revision that is not there") in found


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_the_commands(filled: Store, tmp_path: Path) -> None:
    file, new = str(tmp_path / "b.db"), str(tmp_path / "n.db")
    assert run("backup", file, "--db", filled.where).exit_code == 0
    assert run("backup", file, "--db", filled.where).exit_code == 1
    assert run("restore", file, "--db", new).output.startswith("3 articles, ")
    assert run("restore", file, "--db", new).exit_code == 1
    assert run("check", "--db", new).output == "no faults\n"
    with Store(new) as store, store.writing() as connection:
        connection.execute(text("UPDATE articles SET seen = 7 WHERE id = 1"))
    found = run("check", "--json", "--db", new)
    assert found.exit_code == 1 and json.loads(found.stdout)["table"] == "articles"
