"""The commands that keep a store going: watching sources, backups, and whether all is whole; cli.py takes them in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from waqai.commands_store import db_option, opened
from waqai.commands_tables import language_option
from waqai.commands_tables import show as show_table

if TYPE_CHECKING:
    from waqai.watching import State, Watcher


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@db_option
def backup(file: Path, db: str) -> int:
    """Write all that a store holds to FILE, while others may go on adding to it.

    FILE is a store of its own in one SQLite file, also where the store is on PostgreSQL. A file that is there
    already is left untouched.
    """
    from waqai.store.backup import backup as copied

    with opened(db) as store:
        copied(store, file)
    click.echo(f"{file}: {file.stat().st_size:,} bytes")
    return 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@db_option
def restore(file: Path, db: str) -> int:
    """Make a store of the backup FILE, where there is none yet: --db names a new file or an empty database."""
    from waqai.store.backup import restore as made

    counts = made(file, db)
    click.echo(f"{counts['articles']} articles, {counts['events']} events, {counts['corrections']} corrections")
    return 0


@click.command()
@db_option
@click.option("--json", "as_json", is_flag=True, help="Write one fault a line as JSON: table, row, what.")
def check(db: str, as_json: bool) -> int:
    """Look whether a store is whole: spans slice from the texts, digests match, no row hangs on nothing.

    \b
    Exit status:
      0  no fault
      1  faults: each is named
      2  wrong usage
    """
    from dataclasses import asdict

    from waqai.store.backup_check import check as faults_of

    count = 0
    with opened(db) as store:
        for fault in faults_of(store):
            count += 1
            place = " ".join(str(part) for part in (fault.table, fault.row) if part)
            line = json.dumps(asdict(fault), ensure_ascii=False) if as_json else f"{place or 'the store'}: {fault.what}"
            click.echo(line)
    if not as_json:
        click.echo("no faults" if not count else f"{count} faults", err=bool(count))
    return 1 if count else 0


@click.command()
@click.argument("sources", type=click.Path(path_type=Path, dir_okay=False), metavar="SOURCES")
@db_option
@click.option("--once", is_flag=True, help="Poll the sources whose time has come, and end: for cron.")
@click.option("--status", is_flag=True, help="Only show how it stands with each source.")
@click.option(
    "--memory",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What was seen is remembered here; beside SOURCES where left out.",
)
@click.option(
    "--lexicon",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of your own rows, laid over the shipped ones.",
)
@click.option(
    "--allow-private",
    is_flag=True,
    help="Visit addresses of your own network too. A page or feed from outside may then lead there.",
)
@language_option
def watch(
    sources: Path, db: str, once: bool, status: bool, memory: Path | None, lexicon: Path | None, allow_private: bool
) -> int:
    """Keep a store up to date with the feeds, sitemaps and folders that the file SOURCES names.

    Each is polled at its own pace; one that fails is tried again after twice as long, up to a day. SIGINT and SIGTERM
    end the run when the article at hand is stored.

    \b
    Exit status:
      0  it was stopped, or with --once no source failed
      1  with --once, a source gave nothing but errors; or the store takes no more, or another watch is running
      2  wrong usage
    """
    from waqai.watching import Memory, Stop, Stopped, Visitor, Watcher, alone, sources_of

    found = sources_of(sources)
    remembered = memory or sources.with_name(sources.name + ".memory")
    with Memory(remembered) as kept:
        if status:
            _show(kept.state(source.name) for source in found)
            return 0
        with alone(remembered), opened(db, create=True) as store, Stop() as stop:
            try:
                watcher = Watcher(found, store, kept, stop, Visitor(kept, allow_private=allow_private), lexicon=lexicon)
                while True:
                    failed = _round(watcher)
                    if once:
                        return 1 if failed else 0
                    watcher.wait()
            except Stopped:
                click.echo("stopped; what was read is stored", err=True)
    return 0


def _round(watcher: Watcher) -> bool:
    """Polls what is due and says how it went: on a terminal as a table; whether a source failed."""
    failed = polled = False
    for poll in watcher.round():
        polled, failed = True, failed or bool(poll.state.failures)
        for error in poll.errors:
            click.echo(f"waqai: {error}", err=True)
        if not sys.stdout.isatty():
            click.echo(_line(poll.state))
            sys.stdout.flush()
    if polled and sys.stdout.isatty():
        _show(watcher.states())
    return failed


def _line(state: State) -> str:
    counts = f"{state.new} new, {state.revised} revised, {state.known} known, {state.failed} failed"
    tried = f"; failing, {state.failures} in a row" if state.failures else ""
    return f"{state.name}: {counts}{tried}; next {_at(state.due)}"


def _show(states: Iterable[State]) -> None:
    """The status table; in a pipe cells parted by tabs."""
    columns = ("source", "state", "polled", "next", "new", "revised", "known", "failed", "error")
    cells = (
        (state.name, _standing(state), _at(state.polled), _at(state.due), *map(str, _counts(state)), state.error)
        for state in states
    )
    show_table((dict(zip(columns, row, strict=True)) for row in cells), columns, dict)


def _standing(state: State) -> str:
    if not state.polled:
        return "not yet polled"
    return f"failing ({state.failures})" if state.failures else "fine"


def _counts(state: State) -> tuple[int, int, int, int]:
    return state.new, state.revised, state.known, state.failed


def _at(moment: float) -> str:
    """A moment in the time of the machine, "" for never."""
    return datetime.fromtimestamp(moment).isoformat(" ", "seconds") if moment else ""


COMMANDS = (backup, restore, check, watch)
