"""Spark really runs, on two workers of this machine; without Java these tests are skipped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from articles import Corpus, as_lines, ids, lines

from waqai.archive import manifest, spark, watchdog
from waqai.archive.plan import Inputs
from waqai.archive.status import status
from waqai.archive.worker import Coding

pytestmark = pytest.mark.skipif(
    not (shutil.which("java") or os.environ.get("JAVA_HOME")),
    reason="Spark needs Java 17 or later (default-jre-headless)",
)
SHARDS, EACH = 12, 3


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    with spark.session("local[2]") as found:
        yield found


def test_spark_gives_the_records_of_a_plain_reading(
    corpus: Corpus, plain: list[str], session: Any, tmp_path: Path
) -> None:
    out, inputs = tmp_path / "out", Inputs((str(corpus.folder),))
    batches: list[spark.Batch] = []
    spark.run(session, inputs, str(out), Coding(), files_per_batch=3, told=batches.append)
    assert as_lines(out) == plain and [batch.shards for batch in batches] == [3, 1, 0]
    state = status(str(out))
    assert state.rows["articles"] == corpus.articles and state.rows["failures"] == corpus.failures
    assert state.shards == (4, 4) and "Unreadable: broken JSON" in state.failures

    batches.clear()
    new = corpus.folder / "e.jsonl"  # what has come since is coded, nothing else
    new.write_bytes(lines(range(40, 42)))
    spark.run(session, inputs, str(out), Coding(), told=batches.append)
    new.unlink()
    assert sum(batch.shards for batch in batches) == 1 and len(as_lines(out)) == corpus.articles + 2


def test_alarms_ring_in_workers_and_lists_are_followed(corpus: Corpus, session: Any, tmp_path: Path) -> None:
    (tmp_path / "more.paths").write_text(f"{corpus.folder}/c.jsonl\n{corpus.folder}/d.csv\n")
    every_article_overruns = Coding(seconds=1e-4)
    spark.run(session, Inputs((f"{tmp_path}/more.paths",)), f"{tmp_path}/out", every_article_overruns)
    state = status(f"{tmp_path}/out")
    assert state.rows["articles"] == 0 and state.failures["TooLarge: a page that takes more than 0 s"] == 5 + 2


def test_a_killed_driver_leaves_nothing_running_and_a_rerun_gives_each_article_once(
    session: Any, tmp_path: Path
) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for number in range(SHARDS):
        (source / f"{number}.jsonl").write_bytes(lines(range(EACH * number, EACH * (number + 1))))
    command = [sys.executable, "-m", "waqai", "archive", "run", "--in", str(source), "--out", str(out)]
    driver = subprocess.Popen([*command, "--master", "local[2]", "--files-per-batch", "3"])
    try:
        wait_until(lambda: len(list((out / "_manifest").glob("*.json"))) > 1, 300)
        started = family(driver.pid)
        assert len(started) >= 3  # the JVM, its Python workers, the watchdog
    finally:
        driver.send_signal(signal.SIGKILL)
        driver.wait()
    before = len(list(manifest.entries(str(out))))
    assert 0 < before < SHARDS
    wait_until(lambda: not any(map(alive, started)), 20)

    spark.run(session, Inputs((str(source),)), str(out), Coding(), files_per_batch=3)
    assert ids(out) == {f"a{number}": 1 for number in range(EACH * SHARDS)}
    assert status(str(out)).shards == (SHARDS, SHARDS)


def family(pid: int) -> list[int]:
    """All processes that a process and its children have started."""
    below = watchdog._children()
    found = list(below[pid])
    for one in found:
        found += below[one]
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
