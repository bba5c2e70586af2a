"""A shard depends on its arguments alone: stretches make up their file, records come through the tables unchanged."""

from __future__ import annotations

import io
import json
import os
import signal
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pyarrow as arrow
import pytest
from articles import Corpus, lines, row
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from waqai.archive import plan, schema, worker
from waqai.archive.plan import Inputs
from waqai.archive.shard import CRASH, STOPPED, Failure, Shard, articles, coded, findings
from waqai.archive.stretch import stretch_of
from waqai.errors import ArchiveError
from waqai.exports.jsonl import as_dict
from waqai.model import Article, Record
from waqai.pipeline import Waqai

ARTICLE = Article("a", "عنوان\n\nنص", "عنوان")


@given(st.lists(st.text(st.characters(exclude_characters="\n\0", exclude_categories=["Cs"]), max_size=40)), st.data())
def test_stretches_make_up_the_file(texts: list[str], data: st.DataObject) -> None:
    body = b"{}\n" + "\n".join(texts).encode()
    cuts = sorted(data.draw(st.lists(st.integers(1, max(1, len(body) - 1)), max_size=5, unique=True)))
    edges = [0, *cuts, len(body)]
    found = b""
    for start, end in pairwise(edges):
        part = stretch_of(io.BufferedReader(io.BytesIO(body)), start, end)  # type: ignore[arg-type]
        piece = part.read() if part else b""
        found += piece
    assert found == body


@pytest.mark.parametrize(
    "body", [b'[{"a": 1},\n{"a": 2}]', b"\x1f\x8b\x08 packed\n\n", '{"a": 1}\n'.encode("utf-16-le")]
)
def test_what_is_not_of_lines_is_not_parted(body: bytes) -> None:
    def stream() -> io.BufferedReader:
        return io.BufferedReader(io.BytesIO(body))  # type: ignore[arg-type]

    assert stretch_of(stream(), 5, 9) is None
    whole = stretch_of(stream(), 0, 5)
    assert whole is not None and whole.read() == body


@pytest.mark.parametrize("size", [200, 700, 100_000])
@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_parts_hold_each_article_once(tmp_path: Path, waqai: Waqai, suffix: str, size: int) -> None:
    path = tmp_path / f"a.{suffix}"
    if suffix == "jsonl":
        path.write_bytes(lines(range(20)))
    else:
        parquet.write_table(arrow.Table.from_pylist([row(n) for n in range(20)]), path, row_group_size=3)
    found = plan.planned(Inputs((str(path),), shard_bytes=size))
    assert len(found) == -(-path.stat().st_size // size)
    read = [item for shard in found for item in articles(shard, waqai.reader)]
    assert [item.id for item in read if isinstance(item, Article)] == [f"a{n}" for n in range(20)]


def test_the_same_files_fall_into_the_same_shards(corpus: Corpus) -> None:
    first = plan.planned(Inputs((str(corpus.folder),)))
    second = plan.planned(Inputs((f"file:{corpus.folder}/../{corpus.folder.name}",)))
    assert first == second and len({shard.id for shard in first}) == 4
    assert not any("_hidden" in shard.path or "README" in shard.path for shard in first)
    with pytest.raises(ArchiveError, match="no such file"):
        plan.planned(Inputs((f"{corpus.folder}/nothing",)))


def test_lists_of_paths_are_followed(tmp_path: Path) -> None:
    (tmp_path / "warc.paths").write_text("a/1.warc.gz\n\n# a comment\ns3://other/2.warc.gz\n")
    here = plan.planned(Inputs((f"{tmp_path}/warc.paths",)))
    there = plan.planned(Inputs((f"{tmp_path}/warc.paths",), base="s3://commoncrawl/"))
    assert [shard.path for shard in here] == [f"{tmp_path}/a/1.warc.gz", "s3://other/2.warc.gz"]
    assert there[0].path == "s3://commoncrawl/a/1.warc.gz"


def test_records_come_through_the_tables_unchanged(corpus: Corpus, waqai: Waqai) -> None:
    for found in waqai.read(str(corpus.folder / "c.jsonl")):
        if not isinstance(found, Record):
            continue
        record = as_dict(found)
        rows: dict[str, list[object]] = {table: [] for table in schema.SCHEMAS}
        for table, one in schema.rows_of(record, "shard", 0):
            rows[table].append(one)
        made = {table: arrow.Table.from_pylist(rows[table], schema=schema.SCHEMAS[table]).to_pylist() for table in rows}
        again = schema.record_of(made["articles"][0], made["events"], made["quotes"])
        assert json.dumps(again) == json.dumps(record) and record["events"]


@pytest.mark.parametrize(
    ("published", "month"), [("2024-03-25T10:00", "2024-03"), ("2024", "unknown"), ("", "unknown")]
)
def test_months(published: str, month: str) -> None:
    assert schema.month_of(published) == month


def test_an_article_the_coder_falls_over_is_a_failure() -> None:
    def fall(article: Article) -> Record:
        raise KeyError("lemma")

    found = coded(ARTICLE, "x.jsonl a", fall, 5)
    assert isinstance(found, Failure) and found.kind == CRASH and "KeyError" in found.what
    assert found.reason == "Crash: the coder failed"


def test_an_article_over_its_time_is_given_up() -> None:
    def stay(article: Article) -> Record:
        while True:
            time.sleep(0.01)

    started = time.monotonic()
    found = coded(ARTICLE, "x.jsonl a", stay, 0.2)
    assert isinstance(found, Failure) and found.kind == "TooLarge" and time.monotonic() - started < 5


def test_an_article_that_kills_its_process_is_a_failure(waqai: Waqai) -> None:
    def die(article: Article, where: str) -> Record:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    found = worker._Apart(die, 5)(ARTICLE, "x.jsonl a")
    assert isinstance(found, Failure) and found.kind == CRASH and "status 9" in found.what
    apart = worker._Apart(lambda article, where: waqai.code(article), 20)(ARTICLE, "")
    assert apart == waqai.code(ARTICLE)


def test_a_file_that_cannot_be_read_on_is_told_last(tmp_path: Path, waqai: Waqai) -> None:
    def broken(article: Article, where: str) -> Record:
        raise AssertionError("not reached")

    [found] = findings(Shard(f"{tmp_path}/gone.jsonl"), waqai.reader, broken)
    assert isinstance(found, Failure) and found.kind == STOPPED


@pytest.fixture(autouse=True)
def _no_alarm_is_left() -> Iterator[None]:
    yield
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
