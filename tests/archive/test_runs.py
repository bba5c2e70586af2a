"""An archive: the runner gives the records of a plain reading, what is broken in its folder does no harm."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from articles import Corpus, as_lines, lines
from click.testing import CliRunner, Result

from waqai.archive import files, manifest, plan, runner, worker
from waqai.archive.plan import Inputs
from waqai.archive.query import query
from waqai.archive.records import records
from waqai.archive.shard import Shard
from waqai.archive.status import status
from waqai.archive.worker import Coding
from waqai.cli import main
from waqai.errors import ArchiveError
from waqai.store import Store


@pytest.fixture(scope="module")
def done(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, coded on two processes of this machine."""
    out = tmp_path_factory.mktemp("archive") / "out"
    found = CliRunner().invoke(
        main, ["archive", "run", "--in", str(corpus.folder), "--out", str(out), "--processes", "2"]
    )
    assert found.exit_code == 0, found.output
    return out


def test_the_runner_gives_the_records_of_a_plain_reading(done: Path, plain: list[str], corpus: Corpus) -> None:
    assert as_lines(done) == plain and len(plain) == corpus.articles
    state = status(str(done))
    assert state.rows["articles"] == corpus.articles and state.rows["failures"] == corpus.failures
    assert state.shards == (4, 4) and state.left == 0 and state.orphans == 0 and state.memory > 50
    assert sum(state.failures.values()) == corpus.failures and "Unreadable: broken JSON" in state.failures


def test_tables_stand_by_month(done: Path) -> None:
    columns, rows = query(str(done), "SELECT month, count(*) AS n FROM articles GROUP BY ALL ORDER BY ALL")
    assert columns == ["month", "n"] and [month for month, _ in rows] == ["2024-01", "2024-02", "2024-03", "unknown"]
    assert all((done / "articles" / f"month={month}").is_dir() for month, _ in rows)
    asked = "SELECT count(*) FROM events e JOIN articles a USING (shard, number) WHERE e.article = a.id"
    assert query(str(done), asked)[1] == query(str(done), "SELECT count(*) FROM events")[1] != [(0,)]
    with pytest.raises(ArchiveError, match="cannot be answered"):
        query(str(done), "SELECT nothing FROM nowhere")


def test_commands(done: Path, corpus: Corpus, tmp_path: Path) -> None:
    run = CliRunner()
    told = run.invoke(main, ["archive", "status", str(done)]).output
    assert "4 of 4 (100.0 %" in told and "Unreadable: broken JSON" in told
    asked = ["archive", "query", str(done), "SELECT article, type FROM events WHERE false", "--json"]
    assert run.invoke(main, asked).output == ""
    into = ["archive", "import", str(done), "--db", str(tmp_path / "a.db")]
    assert f"{corpus.articles} new" in run.invoke(main, into).output
    assert f"{corpus.articles} known" in run.invoke(main, into).output
    with Store(str(tmp_path / "a.db")) as store:
        assert store.counts()["events"] == status(str(done)).rows["events"]
    assert run.invoke(main, ["archive", "status", str(tmp_path / "none")]).exit_code == 1


def test_broken_and_orphan_files_do_no_harm(done: Path, plain: list[str]) -> None:
    folder = done / "articles" / "month=2024-01"
    left = [folder / "killed.parquet", folder / "0123456789abcdef-00000000-000.parquet", folder / ".killed.parquet.1"]
    left[0].write_bytes(b"")
    left[1].write_bytes(next(folder.glob("*.parquet")).read_bytes())
    left[2].write_bytes(b"PAR1")
    (done / "_manifest" / ".half.json.1").write_bytes(b"{")
    assert as_lines(done) == plain and status(str(done)).orphans == 2
    assert query(str(done), "SELECT count(*) FROM articles")[1] == [(len(plain),)]
    for path in left:
        path.unlink()


def test_a_second_run_codes_nothing(done: Path, corpus: Corpus) -> None:
    before = {path: path.stat().st_mtime_ns for path in done.rglob("*.parquet")}
    assert list(runner.run(plan.planned(Inputs((str(corpus.folder),))), str(done), Coding(), 1)) == []
    assert {path: path.stat().st_mtime_ns for path in done.rglob("*.parquet")} == before


def test_a_shard_coded_twice_at_once_counts_once(corpus: Corpus, tmp_path: Path, plain: list[str]) -> None:
    """As when a task that was thought lost goes on beside the one in its place."""
    from waqai.archive import output
    from waqai.archive.shard import coded, findings

    waqai = worker.loaded(Coding())
    for shard in plan.planned(Inputs((str(corpus.folder),))):
        for _ in range(2):
            one = findings(shard, waqai.reader, lambda article, where: coded(article, where, waqai.code, 20))
            output.write(str(tmp_path), shard, one)
    assert as_lines(tmp_path) == plain and status(str(tmp_path)).orphans > 0


def test_files_that_changed_or_could_not_be_read_are_coded_again(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", str(tmp_path / "out")
    entry = worker.code(out, Shard(str(source)), Coding())
    assert entry is not None and not entry.whole and status(out).again == 1
    source.write_bytes(lines(range(2)))
    assert worker.code(out, Shard(str(source)), Coding()) is not None and status(out).again == 0
    for count in (2, 3):
        source.write_bytes(lines(range(count)))
        [shard] = plan.planned(Inputs((str(source),)))
        assert worker.code(out, shard, Coding()) is not None
    assert [record["id"] for record in records(out)] == ["a0", "a1", "a2"]


def test_an_archive_keeps_to_the_size_of_its_shards(corpus: Corpus, tmp_path: Path) -> None:
    inputs = Inputs((str(corpus.folder),))
    plan.note(str(tmp_path), inputs, plan.planned(inputs))
    with pytest.raises(ArchiveError, match="--shard-mb"):
        plan.note(str(tmp_path), replace(inputs, shard_bytes=1 << 20), [])


def test_a_broken_entry_is_named(tmp_path: Path) -> None:
    files.put(f"{tmp_path}/_manifest/0.json", b"{}")
    with pytest.raises(ArchiveError, match=r"0\.json"):
        manifest.current(str(tmp_path))


def test_one_shard_by_number(corpus: Corpus, tmp_path: Path, plain: list[str]) -> None:
    run, told = CliRunner(), ["archive", "shard", "--in", str(corpus.folder), "--out", str(tmp_path)]
    assert len(run.invoke(main, [*told, "--list"]).output.splitlines()) == 4
    assert run.invoke(main, [*told, "--number", "9"]).exit_code == 2
    assert run.invoke(main, [*told, "--number", "0", "--of", "2"]).exit_code == 0
    assert status(str(tmp_path)).shards == (2, 4)
    assert run.invoke(main, [*told, "--number", "1", "--of", "2"]).exit_code == 0
    assert as_lines(tmp_path) == plain


def archive(*words: object) -> Result:
    return CliRunner().invoke(main, ["archive", *map(str, words)])


@pytest.fixture
def unreadable(tmp_path: Path) -> Path:
    """A folder of three files of which no article can be had."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text("no JSON at all", encoding="utf-8")
    (folder / "b.warc.gz").write_bytes(bytes(range(255)))
    (folder / "c.jsonl").write_bytes(b"")
    return folder


def test_a_run_that_gives_no_article_fails_and_says_why(unreadable: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):  # also where all shards are complete already
        told = archive("run", "--in", unreadable, "--out", out, "--processes", "1")
        assert told.exit_code == 1 and "3 of 3 shards complete: 0 articles" in told.stdout
        assert "no article came of the inputs" in told.stderr and "Unreadable" in told.stderr
    into = archive("import", out, "--db", tmp_path / "s.db")
    assert into.exit_code == 1 and "waqai archive status" in into.stderr and not (tmp_path / "s.db").exists()


def test_inputs_are_judged_apart_from_what_an_archive_holds(done: Path, unreadable: Path, tmp_path: Path) -> None:
    out = shutil.copytree(done, tmp_path / "out")
    told = archive("run", "--in", unreadable, "--out", out, "--processes", "1")
    assert told.exit_code == 1 and "4 of the shards are of other inputs" in told.stderr


def test_wrong_paths_are_told_before_anything_is_written(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("no input", encoding="utf-8")
    usual = ("--processes", "1")
    for given, out, status_, said in (
        (corpus.folder, tmp_path / "file", 2, "a file; name a folder"),
        (tmp_path, tmp_path / "out", 2, "name a folder beside it"),
        (tmp_path / "*", tmp_path / "out", 2, "name a folder beside it"),
        (tmp_path / "none", tmp_path / "out", 1, "check --in"),
        (tmp_path / "empty", tmp_path / "out", 1, "check --in"),
        (tmp_path / "notes", tmp_path / "out", 1, "nothing to code"),
    ):
        told = archive("run", "--in", given, "--out", out, *usual)
        assert told.exit_code == status_ and said in told.stderr, told.output
        assert not (tmp_path / "out").exists()
    for folder in ("none", "empty"):
        into = archive("import", tmp_path / folder, "--db", tmp_path / "s.db")
        assert into.exit_code == 1 and "waqai archive run" in into.stderr and not (tmp_path / "s.db").exists()


def test_a_full_disk_is_said_with_what_to_do(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        told = archive("shard", "--in", corpus.folder / "d.csv", "--out", out)
    assert told.exit_code == 1 and "No space left" in told.stderr and "run it again" in told.stderr
    assert str(out) in told.stderr and not [path for path in out.rglob("*") if path.is_file()]
    assert archive("shard", "--in", corpus.folder / "d.csv", "--out", out).exit_code == 0
