"""The commands that keep a store going: watching sources, backups, and whether all is whole; cli.py takes them in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from waqai.commands_store import db_option, opened


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


COMMANDS = (backup, restore, check)
