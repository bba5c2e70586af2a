"""The commands for whole archives; cli.py takes them in.

What loads Arrow, Spark or DuckDB is imported inside them: other commands start without.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import util
from typing import TYPE_CHECKING, Any

import click

from waqai.commands_reading import columns_option
from waqai.commands_store import db_option, opened
from waqai.errors import ArchiveError

if TYPE_CHECKING:
    from waqai.archive.manifest import Entry
    from waqai.archive.plan import Inputs
    from waqai.archive.status import Status
    from waqai.archive.worker import Coding

Command = Callable[..., Any]
_DAY = 86_400
_REASONS = 3  # that are named where no article came of the inputs


@click.group()
def archive() -> None:
    """Code whole archives of articles, shard by shard, and ask what was written (docs/archive.md)."""
    if util.find_spec("pyarrow") is None:
        raise ArchiveError("archives need pyarrow (pip install 'waqai[archive]')")


_INPUTS = "Files, a folder or pattern, s3://… or hdfs://…; NAME.paths lists paths. May be repeated."
_OPTIONS: tuple[Command, ...] = (
    click.option("--in", "inputs", multiple=True, required=True, metavar="PATH", help=_INPUTS),
    click.option("--out", required=True, metavar="DIR", help="The archive: a folder here, on S3 or on HDFS."),
    click.option("--base", default="", metavar="PATH", help="Where relative paths in lists are: s3://commoncrawl."),
    click.option(
        "--shard-mb",
        default=32,
        show_default=True,
        type=click.IntRange(1, 4096),
        help="Into what pieces large JSONL and Parquet files are parted.",
    ),
    click.option(
        "--lexicon",
        type=click.Path(exists=True, file_okay=False),
        help="A folder of your own rows, laid over the shipped ones.",
    ),
    columns_option,
    click.option(
        "--page-seconds",
        default=20.0,
        show_default=True,
        type=click.FloatRange(0, min_open=True),
        help="An article that takes longer is given up.",
    ),
)


def coded(command: Command) -> Command:
    """Gives a command the options that say what is coded, how and to where."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@archive.command()
@coded
@click.option("--master", default="", metavar="URL", help="Spark's master: local[4], spark://…, yarn; all cores here.")
@click.option("--conf", multiple=True, metavar="KEY=VALUE", help="A setting for Spark. May be repeated.")
@click.option(
    "--files-per-batch", default=64, show_default=True, type=click.IntRange(1), help="Files dealt out at once."
)
@click.option(
    "--processes", default=None, type=click.IntRange(1), help="Code without Spark, on so many processes here."
)
def run(
    out: str, master: str, conf: tuple[str, ...], files_per_batch: int, processes: int | None, **chosen: Any
) -> int:
    """Code all that is new in the inputs, on Spark or on the processes of this machine.

    Run it again to go on where it was stopped or killed, or when files have come.

    \b
    Exit status:
      0  all shards are complete; records that could not be read are told in the table failures
      1  the run was given up, or files could not be read to their end: run it again; or the inputs gave no article
      2  wrong usage
    """
    if processes and (master or conf):
        raise click.UsageError("--processes codes without Spark; leave out --master and --conf")
    inputs, coding, out = _inputs(chosen), _coding(chosen), _out(out, chosen)
    with _told_unwritable(out):
        if processes:
            _run_here(inputs, coding, out, processes)
        else:
            _run_on_spark(inputs, coding, out, files_per_batch, master, _settings(conf))
    return _end(out, inputs)


def _run_here(inputs: Inputs, coding: Coding, out: str, processes: int) -> None:
    from waqai.archive import plan, runner

    shards = plan.planned(inputs)
    plan.note(out, inputs, shards)
    for entry in runner.run(shards, out, coding, processes):
        _tell(entry)


def _run_on_spark(
    inputs: Inputs, coding: Coding, out: str, files_per_batch: int, master: str, conf: Mapping[str, str]
) -> None:
    from waqai.archive import spark

    def tell(batch: spark.Batch) -> None:
        if batch.shards:
            counts = f"{batch.shards} shards, {batch.articles:,} articles, {batch.failures:,} failures"
            click.echo(f"batch {batch.number}: {counts}" if batch.number >= 0 else f"what was left: {counts}", err=True)

    with spark.session(master, conf) as session:
        spark.run(session, inputs, out, coding, files_per_batch=files_per_batch, told=tell)


@archive.command()
@coded
@click.option(
    "--number", default=0, show_default=True, type=click.IntRange(0), help="Which one, as a Slurm array counts."
)
@click.option("--of", "every", metavar="N", default=None, type=click.IntRange(1), help="Also every N-th after it.")
@click.option("--list", "listed", is_flag=True, help="Only list the shards.")
def shard(out: str, number: int, every: int | None, listed: bool, **chosen: Any) -> int:
    """Code one shard of the inputs in this process, for Slurm or another engine.

    The same inputs always fall into the same shards. `--number $SLURM_ARRAY_TASK_ID --of 100` deals all of them out
    over an array of 100 jobs. A shard that is complete is passed by.
    """
    from waqai.archive import plan, worker

    inputs, coding, out = _inputs(chosen), _coding(chosen), _out(out, chosen)
    shards = plan.planned(inputs)
    if listed:
        for place, one in enumerate(shards):
            click.echo(f"{place}\t{one.id}\t{one.bytes}\t{one.name}")
        return 0
    if number >= len(shards):
        raise click.UsageError(f"--number {number}: there are {len(shards)} shards, counted from 0")
    whole = True
    with _told_unwritable(out):
        plan.note(out, inputs, shards)
        for one in shards[number::every] if every else [shards[number]]:
            entry = worker.code(out, one, coding)
            if entry is None:
                click.echo(f"{one.name}: complete already", err=True)
            else:
                _tell(entry)
                whole = whole and entry.whole
    return 0 if whole else 1


@archive.command()
@click.argument("out", metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
def status(out: str, as_json: bool) -> None:
    """Show how far the archive in DIR has come: rates, time left, failures by reason."""
    from dataclasses import asdict

    from waqai.archive import files
    from waqai.archive.status import status as found

    state = found(files.plain(out))
    if as_json:
        click.echo(json.dumps(asdict(state), ensure_ascii=False))
        return
    for line in _lines(state):
        click.echo(line)


@archive.command(name="import")
@click.argument("out", metavar="DIR")
@db_option
def into_store(out: str, db: str) -> int:
    """Take the records of the archive in DIR into a store, as they were coded; what is there already is left alone.

    They are linked as `waqai add` links articles.

    \b
    Exit status:
      0  all records are in the store
      1  DIR is no archive, or has no article in it; or the store takes no more
      2  wrong usage
    """
    from collections import Counter
    from itertools import chain

    from waqai.archive import files
    from waqai.archive.records import records
    from waqai.stories.keeping import Keeper

    counts: Counter[str] = Counter()
    out = files.plain(out)
    found = records(out)
    if (first := next(found, None)) is None:
        raise ArchiveError(f"{out}: the archive holds no articles (see what failed: waqai archive status {out})")
    with opened(db, create=True) as store:
        keeper = Keeper(store)
        for record in chain([first], found):
            counts[keeper.keep(record).value] += 1
        turned = keeper.settle()
    counts.update(revised=turned, known=-turned)
    click.echo(f"{counts['new']} new, {counts['revised']} revised, {counts['known']} known")
    return 0


@archive.command()
@click.argument("out", metavar="DIR")
@click.argument("sql", metavar="SQL")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV for spreadsheets.")
def query(out: str, sql: str, as_json: bool, as_csv: bool) -> None:
    """Ask the archive in DIR in DuckDB's SQL; the tables are articles, events, quotes and failures.

    As in: waqai archive query DIR "SELECT month, type, count(*) FROM events GROUP BY ALL ORDER BY ALL".
    """
    from waqai.archive import files
    from waqai.archive.query import query as asked

    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both")
    columns, rows = asked(files.plain(out), sql)
    if as_json:
        for row in rows:
            click.echo(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, default=str))
    elif as_csv:
        from waqai.exports.spreadsheet import lines

        for line in lines((dict(zip(columns, row, strict=True)) for row in rows), columns):
            click.echo(line, nl=False)
    else:
        _table(columns, rows)


def _inputs(chosen: Mapping[str, Any]) -> Inputs:
    from waqai.archive import files
    from waqai.archive.plan import Inputs

    return Inputs(tuple(map(files.plain, chosen["inputs"])), chosen["base"], chosen["shard_mb"] << 20)


def _out(out: str, chosen: Mapping[str, Any]) -> str:
    """The archive's path as it is known by. Raises click.UsageError where no archive can be or should be there."""
    from waqai.archive import files, plan

    known = files.plain(out)
    if files.is_local(known) and os.path.exists(known) and not os.path.isdir(known):  # noqa: PTH110, PTH112
        raise click.UsageError(f"--out {out}: a file; name a folder")
    if inside := plan.holds(_inputs(chosen), known):
        raise click.UsageError(f"--out {out}: inside --in {inside}, whose files are read; name a folder beside it")
    return known


def _coding(chosen: Mapping[str, Any]) -> Coding:
    from waqai.archive.worker import Coding

    lexicon = os.path.abspath(chosen["lexicon"]) if chosen["lexicon"] else ""  # noqa: PTH100 - links stay
    return Coding(lexicon, tuple((chosen["columns"] or {}).items()), chosen["page_seconds"])


@contextmanager
def _told_unwritable(out: str) -> Iterator[None]:
    """Raises ArchiveError where the archive takes no more: what stays, and what to do."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename or out}: cannot be written: {error.strerror or error}"
        raise ArchiveError(
            f"{where} (what is complete stays: make room, or see to the folder, and run it again)"
        ) from error


def _settings(conf: Iterable[str]) -> dict[str, str]:
    for pair in conf:
        if "=" not in pair:
            raise click.UsageError(f"--conf {pair}: write KEY=VALUE")
    return dict(pair.split("=", 1) for pair in conf)


def _tell(entry: Entry) -> None:
    rate = entry.rows("articles") / entry.seconds if entry.seconds else 0
    counts = (
        f"{entry.rows('articles'):,} articles, {entry.rows('events'):,} events, {entry.rows('failures'):,} failures"
    )
    click.echo(f"{entry.shard.name}: {counts}; {rate:.1f} articles a second", err=True)


def _end(out: str, inputs: Inputs) -> int:
    """Says what an archive now holds; 1 where shards are left, or the inputs gave no article."""
    from waqai.archive.status import given
    from waqai.archive.status import status as found

    state, own = found(out), given(out, inputs)
    (done, shards), rows = state.shards, state.rows
    counts = ", ".join(f"{rows[table]:,} {table}" for table in rows)
    click.echo(f"{done} of {shards} shards complete: {counts}")
    if own.others:
        click.echo(f"waqai: {out}: {own.others} of the shards are of other inputs, from earlier runs", err=True)
    if not own.articles:
        why = "; ".join(f"{count} × {reason}" for reason, count in list(own.failures.items())[:_REASONS])
        todo = f"check --in and --map; each record is told by: waqai archive query {out} 'SELECT * FROM failures'"
        click.echo(f"waqai: no article came of the inputs: {why or 'they are empty'} ({todo})", err=True)
    return 0 if done == shards and own.articles else 1


def _lines(state: Status) -> Iterable[str]:
    (done, shards), (ready, whole) = state.shards, state.bytes
    yield f"shards      {done:,} of {shards:,}" + (f" ({100 * ready / whole:.1f} % of the bytes)" if whole else "")
    yield from (f"{table:<11} {count:,}" for table, count in state.rows.items())
    yield f"rate        {state.rate:,.1f} articles a second on {state.workers} workers"
    yield f"            {3600 * state.core_rate:,.0f} articles an hour of one core's work"
    yield f"time left   {_duration(state.left)}"
    yield f"memory      {state.memory:,} MB in the largest worker"
    for reason, count in state.failures.items():
        yield f"  {count:>9,}  {reason}"
    if state.again:
        yield f"{state.again} shards could not be read to their end: the next run tries them again"
    if state.orphans:
        yield f"{state.orphans} files that no entry names, left by killed runs: they do not count and may be deleted"
    if len(state.versions) > 1:
        yield f"coded by {len(state.versions)} versions of the program or its tables"


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "not known yet"
    days, rest = divmod(round(seconds), _DAY)
    clock = time.strftime("%H:%M:%S", time.gmtime(rest))
    return f"{days} days {clock}" if days else clock


def _table(columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """A table on a terminal; in a pipe a line a row, cells parted by tabs."""
    if not sys.stdout.isatty():
        for row in (columns, *rows):
            click.echo("\t".join(" ".join(str("" if cell is None else cell).split()) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, header_style="bold")
    for row in rows:
        table.add_row(*(Text(" ".join(str("" if cell is None else cell).split())) for cell in row))
    Console(highlight=False).print(table)
