"""Codes an archive on Spark: a stream of files, a task for each shard, one loaded coder a worker.

Spark lists the inputs, deals out shards, tries failed tasks again and remembers which files it has dealt out. Articles
do not pass through the JVM: a worker opens its shard, codes it and writes its files itself. What is complete is told by
the manifest, so that a shard that is dealt out twice counts once.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from waqai.archive import files, manifest, plan, watchdog, worker
from waqai.archive.plan import Inputs
from waqai.archive.shard import Shard
from waqai.archive.worker import Coding
from waqai.errors import ArchiveError

_TRIES = 4  # of a task; in local mode Spark has to be told
_LISTING = "path string, modificationTime timestamp, length long, content binary"
_DONE = "shard string, articles long, failures long"
_CHECKPOINTS = "_checkpoint"
_LOGGING = Path(__file__).resolve().parents[1] / "data" / "archive" / "log4j2.properties"
_ERROR = re.compile(r"[\w.]*(?:Error|Exception)\b.*:")
FILES_PER_BATCH = 64
LAST = -1  # the number of the batch after the stream


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch of the stream brought: shards coded, their articles and failures; the last is numbered LAST."""

    number: int
    shards: int
    articles: int
    failures: int


@contextmanager
def session(master: str = "", conf: Mapping[str, str] | None = None) -> Iterator[Any]:
    """A Spark session that ends with the block, and with this program if that is killed.

    `master` is "local[2]", "yarn", "spark://…"; where it is empty, spark-submit's, else all cores of this machine.
    Raises ArchiveError where Spark or Java is missing.
    """
    found = _started(master, conf or {})
    jvm = getattr(found.sparkContext._gateway, "proc", None)  # none of ours where spark-submit started it
    guard = watchdog.start(jvm.pid) if jvm else None
    try:
        yield found
    finally:
        with suppress(Exception):  # it may be gone already
            found.stop()
        if guard and jvm:
            jvm.stdin.close()
            watchdog.end(jvm.pid)
            jvm.wait()
            guard.kill()
            guard.communicate()
            _forget_gateway()


def run(
    spark: Any,
    inputs: Inputs,
    out: str,
    coding: Coding,
    *,
    files_per_batch: int = FILES_PER_BATCH,
    told: Callable[[Batch], None] = lambda batch: None,
) -> None:
    """Codes all that is new in `inputs` into the archive `out`, and ends; `told` hears of each batch.

    A file that was dealt out in an earlier run is passed by, and so is a shard that is complete. Raises ArchiveError
    where the inputs cannot be listed or a task has failed on all its tries.
    """
    listed = _listed(spark, inputs)
    plan.note(out, inputs, listed)

    def each(frame: Any, number: int) -> None:
        told(_deal(spark, number, _shards(frame.collect(), inputs), out, coding))

    stream = _stream(spark, inputs.paths, files_per_batch).writeStream.foreachBatch(each).trigger(availableNow=True)
    with _errors_told():
        query = stream.option("checkpointLocation", _hadoop(f"{out}/{_CHECKPOINTS}/{plan.digest(inputs)}")).start()
        try:
            query.awaitTermination()
        finally:
            query.stop()
        # What the stream takes for done and the manifest does not: files that have changed since they were dealt out,
        # lists that have grown, shards whose file could not be read to its end.
        told(_deal(spark, LAST, listed, out, coding))


def _shards(rows: Iterable[Any], inputs: Inputs) -> list[Shard]:
    """The shards of a batch's rows: files, and lines of lists."""
    rows = list(rows)
    found = list(plan.shards(((row.path, row.length) for row in rows if not row.list), inputs))
    lines = ((row.path.strip(), row.list) for row in rows if row.list)
    return found + [
        Shard(plan.joined(line, path, inputs.base)) for line, path in lines if line and not line.startswith("#")
    ]


def _stream(spark: Any, paths: Sequence[str], files_per_batch: int) -> Any:
    """A stream of path, length and list: of files the first two, of lists of paths a line and the list's own path."""
    frames = []
    for path in paths:
        # Looking below folders also lets Spark take a path that is a file.
        reader = spark.readStream.option("maxFilesPerTrigger", files_per_batch).option("recursiveFileLookup", "true")
        if plan.is_list(path):
            frames.append(
                reader.text(_hadoop(path)).selectExpr("value AS path", "-1L AS length", f"{_quoted(path)} AS list")
            )
        else:
            # The column `content` is not asked for: Spark only lists.
            found = reader.format("binaryFile").schema(_LISTING).load(_hadoop(path))
            frames.append(found.selectExpr("path", "length", "'' AS list"))
    return reduce(lambda one, other: one.union(other), frames)


def _listed(spark: Any, inputs: Inputs) -> list[Shard]:
    """All shards of the inputs as they are now."""
    found: list[Shard] = []
    for path in inputs.paths:
        if plan.is_list(path):
            found += (Shard(name) for name in plan.followed(path, inputs.base))
            continue
        with _errors_told(f"{path}: cannot be listed"):
            frame = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(_hadoop(path))
            rows = frame.select("path", "length").collect()
        found += plan.shards(((row.path, row.length) for row in rows), inputs)
    return plan.some(found, inputs)


def _deal(spark: Any, number: int, shards: Sequence[Shard], out: str, coding: Coding) -> Batch:
    """Has the workers code those of `shards` that are not complete, the largest first."""
    left = sorted((shard for shard in shards if not manifest.has(out, shard)), key=lambda shard: -shard.bytes)
    if not left:
        return Batch(number, 0, 0, 0)
    # A partition a shard: workers that are done take the next, and a failed task costs one shard.
    dealt = spark.range(0, len(left), 1, len(left)).mapInPandas(_task(left, out, coding), _DONE)
    rows = dealt.collect()
    return Batch(number, len(rows), sum(row.articles for row in rows), sum(row.failures for row in rows))


def _task(shards: Sequence[Shard], out: str, coding: Coding) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """What a worker does with the numbers of shards."""

    def work(frames: Iterable[Any]) -> Iterator[Any]:
        import pandas
        from pyspark import TaskContext

        worker.follow_parent()
        context = TaskContext.get()
        again = context is not None and context.attemptNumber() > 0
        for frame in frames:
            entries = (worker.code(out, shards[number], coding, again=again) for number in frame["id"])
            rows = [(done.shard.id, done.rows("articles"), done.rows("failures")) for done in entries if done]
            yield pandas.DataFrame(rows, columns=["shard", "articles", "failures"])

    return work


def _started(master: str, conf: Mapping[str, str]) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise ArchiveError("Spark is missing (pip install 'waqai[archive]', or code with --processes)") from error
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if not submitted and not os.environ.get("JAVA_HOME") and not shutil.which("java"):
        raise ArchiveError("Spark needs Java 17 or later (install a JRE or set JAVA_HOME, or code with --processes)")
    chosen = master or ("" if submitted else "local[*]")
    builder = SparkSession.builder.appName("waqai archive")
    for key, value in (_settings(chosen) | dict(conf)).items():
        builder = builder.config(key, value)
    with _errors_told("Spark does not start; it needs Java 17 or later"):
        return builder.getOrCreate()


def _settings(master: str) -> dict[str, str]:
    """What Spark is told unless the user says otherwise."""
    found = {"spark.python.worker.reuse": "true", "spark.ui.showConsoleProgress": "false"}
    if not master:
        return found
    found["spark.master"] = master
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else workers run whatever "python3" is
        found |= {
            "spark.master": re.sub(r"^local\[(\w+|\*)\]$", rf"local[\1,{_TRIES}]", master),
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGGING}",
        }
    return found


@contextmanager
def _errors_told(what: str = "Spark has given up") -> Iterator[None]:
    """Raises ArchiveError for whatever Spark raises, with the last line that says something."""
    try:
        yield
    except (ArchiveError, KeyboardInterrupt):
        raise
    except Exception as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        told = next((line for line in reversed(lines) if _ERROR.match(line)), lines[0] if lines else "")
        raise ArchiveError(
            f"{what}: {told or type(error).__name__:.300} (what is complete stays; run it again)"
        ) from error


def _hadoop(path: str) -> str:
    """A path as Spark takes it: without "file:", a cluster's own file system would be meant."""
    return f"file:{path}" if files.is_local(path) else path


def _forget_gateway() -> None:
    """Lets a later session of this program start a JVM of its own."""
    from pyspark import SparkContext

    SparkContext._gateway = SparkContext._jvm = None


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
