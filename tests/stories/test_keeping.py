"""Whatever door a record comes by it is kept and linked; what a killed run left unlinked is linked by the next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from told import MEETING, RETOLD, linked, meeting

from waqai.cli import main
from waqai.exports.jsonl import as_dict
from waqai.model import Record
from waqai.pipeline import Waqai
from waqai.store import Added, Store
from waqai.stories.events import LinkedEvents
from waqai.stories.keeping import Keeper, unlinked
from waqai.stories.linking import Knowledge, Linker

NEWS = [
    meeting("one-1", MEETING, "2024-05-15T09:00:00"),
    meeting("two-1", RETOLD, "2024-05-15T11:00:00"),
    meeting("three-1", MEETING, "2024-05-16T08:00:00", date="2024-05-15"),
]
PAGES = [str(made["url"]) for made in NEWS]


def reports(store: Store, event: str = "one-1-0") -> list[str]:
    return [report.event["id"] for report in LinkedEvents(store).of(event).reports]


def keeper(store: Store, knowledge: Knowledge, batch: int = 100) -> Keeper:
    return Keeper(store, knowledge=lambda: knowledge, batch=batch)


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_what_is_kept_is_linked(shelf: Store, knowledge: Knowledge, batch: int) -> None:
    held = keeper(shelf, knowledge, batch)
    for number, made in enumerate(NEWS, 1):
        assert held.keep(made) is Added.NEW
        assert len(unlinked(shelf, PAGES)) == number % batch
    assert held.settle() == 0
    assert reports(shelf) == ["one-1-0", "two-1-0", "three-1-0"] and not unlinked(shelf, PAGES)


@pytest.mark.parametrize("batch", [1, 100])
@pytest.mark.parametrize("asked", ["knows", "keep"])
def test_what_a_killed_run_left_is_linked_by_the_next(
    shelf: Store, knowledge: Knowledge, asked: str, batch: int
) -> None:
    for made in NEWS:  # stored, and the run was killed before it came to linking
        shelf.add(made)
    assert unlinked(shelf, PAGES) == PAGES
    held = keeper(shelf, knowledge, batch)
    for made in NEWS:
        assert getattr(held, asked)(made) in (True, Added.KNOWN)
    if batch > 1:
        held.settle()  # else killed once more: each article was linked before the next came
    assert reports(shelf) == ["one-1-0", "two-1-0", "three-1-0"]


def test_a_page_that_goes_back_is_linked_as_it_is_again(shelf: Store, knowledge: Knowledge) -> None:
    linked(shelf, knowledge, NEWS)
    other = meeting("two-1", "التقى سالم البحري تجار الحبوب في تمبكتو بعد موسم جاف.", "2024-06-28T11:00:00")
    held = keeper(shelf, knowledge)
    assert held.keep(other) is Added.REVISED and held.settle() == 0
    assert "two-1-0" not in reports(shelf)
    held = keeper(shelf, knowledge)
    assert held.keep(NEWS[1]) is Added.KNOWN and held.settle() == 1
    assert reports(shelf) == ["one-1-0", "two-1-0", "three-1-0"]


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A file with two articles on one meeting."""
    body = "التقى وزير الخارجية التونسي سالم البحري نظيره المالي في باماكو الأربعاء لبحث فتح المعابر."
    row = {"title": "لقاء وزاري في باماكو", "published": "2024-05-15", "body": body}
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(row | {"id": name}) + "\n" for name in ("one", "two")), encoding="utf-8")
    return path


def test_adding_links(told: Path, tmp_path: Path) -> None:
    db = str(tmp_path / "s.db")
    assert "2 new" in run("add", told, "--db", db)
    assert whole(db)


def test_adding_again_links_what_was_stored_without(told: Path, tmp_path: Path, waqai: Waqai) -> None:
    db = str(tmp_path / "s.db")
    with Store(db, create=True) as store:
        for found in waqai.read(str(told)):
            assert isinstance(found, Record)
            store.add(as_dict(found))
    assert "2 known" in run("add", told, "--db", db)
    assert whole(db)


def test_an_archive_taken_in_is_linked(told: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="needs pyarrow: pip install 'waqai[archive]'")
    out, db = tmp_path / "coded", str(tmp_path / "s.db")
    run("archive", "run", "--in", told, "--out", out, "--processes", "1")
    assert "2 new" in run("archive", "import", out, "--db", db)
    assert whole(db)
    assert "2 known" in run("archive", "import", out, "--db", db)


def run(*words: Any) -> str:
    found = CliRunner().invoke(main, list(map(str, words)))
    assert found.exit_code == 0, found.output
    return found.output


def whole(db: str) -> bool:
    """Whether the two reports are one act, and nothing is left to be linked."""
    with Store(db) as store:
        return sum(Linker(store).everything()) == 0 and len(LinkedEvents(store).largest()[0].reports) == 2
