"""The command line: one command a verb."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from waqai._version import __version__
from waqai.errors import InputError, WaqaiError
from waqai.exports import jsonl
from waqai.model import Record

if TYPE_CHECKING:
    from waqai.pipeline import Waqai

# Reading that takes longer says so on standard error.
PATIENCE_SECONDS = 2.0


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="waqai")
def main() -> None:
    """Waqai (وقائع) reads Arabic news and writes who did what to whom, when and where, and who said it."""


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON record a line.")
@click.option(
    "--explain", is_flag=True, help="Add under each event the row of the lexicon and the cue words behind it."
)
@click.option(
    "--lexicon",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder of your own rows, laid over the shipped ones.",
)
def read(inputs: tuple[str, ...], as_json: bool, explain: bool, lexicon: Path | None) -> None:
    """Read articles and write what they say.

    INPUT is an HTML page, a page dump as plain text, JSON or JSONL articles (id, title, published, body), or - for
    standard input.

    \b
    Exit status: 0 all inputs read; 1 some could not be read (each is named on standard error); 2 wrong usage.
    """
    try:
        failures = _read(inputs, as_json, explain, lexicon)
    except WaqaiError as error:
        raise click.ClickException(str(error)) from error
    sys.exit(1 if failures else 0)


def _read(inputs: tuple[str, ...], as_json: bool, explain: bool, lexicon: Path | None) -> int:
    """Reads and writes; the number of articles that could not be read."""
    from waqai.pipeline import Waqai

    waqai = Waqai(lexicon)
    failures = 0
    for found in _watched(waqai, inputs):
        if isinstance(found, InputError):
            failures += 1
            click.echo(f"waqai: {found}", err=True)
        elif as_json:
            click.echo(jsonl.line(found))
        else:
            from waqai.exports import card

            card.show(found, explain=explain)
    return failures


def _watched(waqai: Waqai, inputs: tuple[str, ...]) -> Iterator[Record | InputError]:
    """The records of all inputs, with a count on standard error when it takes long and somebody is looking."""
    started = told = time.monotonic()
    count = 0
    for source in inputs:
        for found in waqai.read(source):
            yield found
            count += 1
            now = time.monotonic()
            if now - told > PATIENCE_SECONDS and sys.stderr.isatty():
                click.echo(f"\r{count} articles, {count / (now - started):.0f} a second", nl=False, err=True)
                told = now
    if told > started:
        click.echo(err=True)
