"""The commands of the store, and what is left where they are stopped in the middle."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from waqai.cli import main
from waqai.errors import StoreError
from waqai.resources import Library
from waqai.store import Store

BENCH = Path(__file__).resolve().parents[2] / "bench"
EXAMPLES = sorted(map(str, (Path(__file__).resolve().parents[2] / "examples").glob("*.html")))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of the examples."""
    path = str(tmp_path_factory.mktemp("shelf") / "s.db")
    assert run("add", *EXAMPLES, "--db", path).output == f"{len(EXAMPLES)} new, 0 revised, 0 known, 0 failed\n"
    return path


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of more events than a pipe holds."""
    spec = importlib.util.spec_from_file_location("bench_made_up", BENCH / "made_up.py")
    assert spec is not None and spec.loader is not None
    made_up = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made_up)
    path = str(tmp_path_factory.mktemp("many") / "s.db")
    with Store(path, create=True) as store:
        made_up.fill(store, 3000)
    return path


def run(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, words, env=environment)


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_adding_again_changes_nothing_and_names_what_cannot_be_read(shelf: str) -> None:
    again = run("add", *EXAMPLES, "none.html", WAQAI_DB=shelf)
    assert again.exit_code == 1 and "none.html: no such file" in again.stderr
    assert again.stdout == f"0 new, 0 revised, {len(EXAMPLES)} known, 1 failed\n"


@pytest.mark.parametrize("words", [
    ("search", "اتفاق"), ("events",), ("actors",), ("series", "--dyads"),
    ("show", "{id}"), ("show", "{id}", "--revisions"),
])  # fmt: skip
def test_each_question_is_answered_as_table_json_and_csv(shelf: str, words: tuple[str, ...]) -> None:
    article = rows(run("search", "اتفاق", "--json", "--db", shelf))[0]["id"]
    asked = [word.format(id=article) for word in words]
    table = run(*asked, "--db", shelf)
    assert table.exit_code == 0 and "\t" in table.output
    assert rows(run(*asked, "--db", shelf, "--json"))
    written = run(*asked, "--db", shelf, "--csv").stdout
    assert written.startswith("\ufeff") and list(csv.DictReader(io.StringIO(written[1:])))
    assert run(*asked, "--db", shelf, "--csv", "--json").exit_code == 2


def test_events_between_two_and_by_status(shelf: str) -> None:
    found = rows(run("events", "--between", "SAU", "IRN", "--json", "--db", shelf))
    assert found
    for event in found:
        sides = [{actor["code"][:3] for actor in event[side]} for side in ("sources", "targets")]
        assert ("SAU" in sides[0] and "IRN" in sides[1]) or ("IRN" in sides[0] and "SAU" in sides[1])
    assert {event["status"] for event in rows(run("events", "--status", "planned", "--json", "--db", shelf))} == {
        "planned"
    }


def test_recoding_leaves_what_is_up_to_date_and_keeps_corrections(shelf: str, tmp_path: Path) -> None:
    mine = str(tmp_path / "mine.db")
    with Store(shelf) as store:
        store.counts()
    shutil.copy(shelf, mine)
    event = rows(run("events", "--json", "--limit", "1", "--db", shelf))[0]["id"]
    assert run("correct", event, "status=denied", "--db", mine).exit_code == 0
    assert run("recode", "--db", mine).output == f"0 read anew, {len(EXAMPLES)} left as they were\n"
    before = rows(run("export", "--to", "jsonl", "--db", mine))
    assert run("recode", "--all", "--db", mine).output == f"{len(EXAMPLES)} read anew, 0 left as they were\n"
    assert rows(run("export", "--to", "jsonl", "--db", mine)) == before
    assert [found["id"] for found in rows(run("events", "--status", "denied", "--json", "--db", mine))].count(
        event
    ) == 1


_FORMS = (
    "jsonl", "csv", "parquet", "polecat", "cameo", "ninjs", "schemaorg", "ftm", "webannotation", "ics", "tml",
)  # fmt: skip


def test_exports_are_written_whole(shelf: str, tmp_path: Path) -> None:
    for form in _FORMS:
        out = tmp_path / form
        assert run("export", "--to", form, "--out", str(out), "--db", shelf).exit_code == 0
        assert out.stat().st_size > 40
    assert len(list(tmp_path.iterdir())) == len(_FORMS)
    read = rows(run("read", *EXAMPLES, "--json"))
    assert sorted(map(json.dumps, read)) == sorted(map(json.dumps, rows(run("export", "--to", "jsonl", "--db", shelf))))
    assert run("export", "--to", "parquet", "--db", shelf).exit_code == 2


def test_what_is_wrong_is_said_in_one_line(shelf: str, tmp_path: Path) -> None:
    for words, message in [
        (("show", "nothing"), "nothing with this id"),
        (("search", "--", "-x"), "nothing to search for"),
        (("correct", "none", "status=denied"), "no such event"),
    ]:
        failed = run(words[0], "--db", shelf, *words[1:])
        assert failed.exit_code == 1 and message in failed.stderr and failed.stderr.count("\n") == 1
    assert "no store there" in run("events", "--db", str(tmp_path / "none.db")).stderr


def test_reading_starts_without_the_database() -> None:
    code = "import sys, waqai.cli; sys.exit(bool({'sqlalchemy', 'alembic'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("form", ["jsonl", "csv", "cameo", "ics", "ftm"])
def test_an_export_of_nothing_says_so(shelf: str, form: str) -> None:
    none = run("export", "--to", form, "--since", "2031", "--db", shelf)
    assert none.exit_code == 0 and none.stderr == "waqai: nothing matches\n"


@pytest.mark.parametrize("words", [("events",), ("export", "--to", "jsonl"), ("export", "--to", "csv")], ids=" ".join)
def test_a_reader_that_leaves_ends_the_run_quietly(many: str, words: tuple[str, ...]) -> None:
    """As `| head -1` does: nothing is said, and the status is that of a broken pipe."""
    command = [sys.executable, "-m", "waqai", *words, "--db", many]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        assert running.stdout.readline()
        running.stdout.close()
        assert running.wait(60) == 141 and running.stderr.read() == b""


def test_an_input_without_articles_is_told(tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("[]", encoding="utf-8")
    added = run("add", str(tmp_path / "none.json"), "--db", str(tmp_path / "s.db"))
    assert added.exit_code == 0 and f"{tmp_path / 'none.json'}: no article in it" in added.stderr
    assert added.stdout == "0 new, 0 revised, 0 known, 0 failed\n" and not (tmp_path / "s.db").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = os.getuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], check=False, capture_output=True
    ).returncode == 0  # fmt: skip
    if not mounted:
        pytest.skip("needs the right to mount a small tmpfs")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_said_and_the_store_stays_whole(small_disk: Path, library: Library, make_record: object) -> None:
    assert callable(make_record)
    added = 0
    with Store(str(small_disk / "s.db"), library, create=True) as store:
        with pytest.raises(StoreError, match="full"):
            for number in range(2000):
                store.add(make_record(f"عنوان {number}", "نص طويل " * 200, id=str(number)))
                added += 1
        assert store.counts()["articles"] == store.counts()["revisions"] == added > 0
        assert [store.record(number)["id"] for number, _ in store.current()] == [str(number) for number in range(added)]


def test_what_cannot_be_written_or_is_not_there_is_named_with_what_to_do(shelf: str, tmp_path: Path) -> None:
    where = tmp_path / "none" / "out.csv"
    result = subprocess.run(
        [sys.executable, "-m", "waqai", "export", "--to", "csv", "--out", str(where), "--db", shelf],
        capture_output=True,
        check=False,
    )
    assert result.returncode == 1 and f"waqai: cannot write {where}.part: ".encode() in result.stderr
    missing = tmp_path / "none.db"
    asked = run("events", "--db", str(missing))
    assert asked.exit_code == 1 and f"make one with: waqai add INPUT... --db {missing})" in asked.stderr
