"""The command line: one command a verb."""

from __future__ import annotations

import contextlib
import errno
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from waqai._version import __version__
from waqai.commands_archive import archive
from waqai.commands_bench import bench
from waqai.commands_desk import COMMANDS as DESK_COMMANDS
from waqai.commands_export import export
from waqai.commands_reading import columns_option, recursive_option, told_if_empty
from waqai.commands_store import COMMANDS as STORE_COMMANDS
from waqai.commands_stories import COMMANDS as STORY_COMMANDS
from waqai.commands_users import COMMANDS as USERS_COMMANDS
from waqai.commands_watch import COMMANDS as WATCH_COMMANDS
from waqai.errors import InputError, WaqaiError
from waqai.model import Record

if TYPE_CHECKING:
    from waqai.pipeline import Waqai

# Reading that takes longer says so on standard error.
PATIENCE_SECONDS = 2.0
# As shells count them: 128 and the number of the signal.
INTERRUPTED, UNREAD = 130, 141


class ReaderLeft(Exception):
    """Nobody reads what is written any longer."""

    def __init__(self, why: OSError) -> None:
        self.why = why


class Verbs(click.Group):
    """A group whose every end is an exit status and, where something is wrong, one line on standard error."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; where the reader of its output has left, says so before click makes a status of its own."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderLeft(error) from error

    def main(self, *args: Any, **extra: Any) -> Any:
        """Runs the command line; with `standalone_mode` off, errors are raised instead."""
        run: Callable[..., Any] = super().main
        if not extra.pop("standalone_mode", True):
            return run(*args, standalone_mode=False, **extra)
        try:
            status = run(*args, standalone_mode=False, **extra)
            if sys.stdout is not None:
                sys.stdout.flush()
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            sys.exit(INTERRUPTED)
        except WaqaiError as error:
            _complain(str(error))
            sys.exit(1)
        except OSError as error:
            _give_up_writing(error)
        except ReaderLeft as error:
            _give_up_writing(error.why)
        sys.exit(status if isinstance(status, int) else 0)


@click.group(cls=Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=lambda context, _, asked: _tell_version(context) if asked and not context.resilient_parsing else None,
    help="Show the version, and what models and tables it reads with, and exit.",
)
@click.pass_context
def main(context: click.Context) -> None:
    """Waqai (وقائع) reads Arabic news and writes who did what to whom, when and where, and who said it."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(2)


def _tell_version(context: click.Context) -> None:
    """Writes the version and the digests that every record carries under made_by."""
    from waqai.resources import LEXICON, Library

    library = Library()
    click.echo(f"waqai, version {__version__}")
    digests = {"models": ("models",), "lexicon": LEXICON, "ontology": ("ontology",)}
    click.echo(", ".join(f"{name} {library.digest(*folders)}" for name, folders in digests.items()))
    context.exit(0)


for command in (
    *STORE_COMMANDS,
    *STORY_COMMANDS,
    *WATCH_COMMANDS,
    export,
    archive,
    bench,
    *DESK_COMMANDS,
    *USERS_COMMANDS,
):
    main.add_command(command)


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON record a line.")
@click.option(
    "--plain", "as_plain", is_flag=True, help="Write a plain list instead of a table, as in a pipe: no colours."
)
@click.option("--explain", is_flag=True, help="Add under each event its rule, its cue words and how sure it is.")
@click.option(
    "--lexicon",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of your own rows, laid over the shipped ones.",
)
@recursive_option
@columns_option
@click.option(
    "--allow-private",
    is_flag=True,
    help="Visit addresses of your own network too. A page or feed from outside may then lead there.",
)
def read(
    inputs: tuple[str, ...], as_json: bool, as_plain: bool, explain: bool, lexicon: Path | None, **reading: Any
) -> int:
    """Read articles and write what they say.

    INPUT is an HTML page, a page dump as plain text, JSON or JSONL articles (id, title, published, body), a CSV or
    Parquet table of them, a feed or sitemap, a WARC archive, an http or https address of any of these, or - for
    standard input.

    \b
    Exit status:
      0  all inputs were read
      1  some could not be read: each is named on standard error, the rest is written
      2  wrong usage
    """
    if as_json and (as_plain or explain):
        raise click.UsageError("--json writes whole records; leave out --plain and --explain")
    if sys.stdout is None:
        raise click.ClickException("standard output is closed: nowhere to write to")
    waqai = _loaded(lexicon, **reading)
    write = _json_writer() if as_json else _card_writer(waqai, as_plain, explain)
    progress = Progress(sys.stderr, shown=sys.stderr.isatty() and not sys.stdout.isatty())
    failures = 0
    for found in _records(waqai, inputs):
        progress.clear()
        if isinstance(found, InputError):
            failures += 1
            _complain(str(found))
        else:
            write(found)
        progress.count()
    progress.clear()
    return 1 if failures else 0


@main.command()
@click.argument("sentence", metavar="SENTENCE")
@click.option("--published", default="", help="The ISO date to resolve relative times against.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.option(
    "--lexicon",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of your own rows, laid over the shipped ones.",
)
def explain(sentence: str, published: str, as_json: bool, lexicon: Path | None) -> None:
    """Show what is seen in one SENTENCE: words, names, times, clauses, the rows tried, and why each is taken or not."""
    from waqai.explain import Explainer
    from waqai.resources import Library

    layers = Explainer(Library(lexicon)).explain(sentence, published)
    if as_json:
        click.echo(json.dumps(layers, ensure_ascii=False))
        return
    for layer, rows in layers.items():
        click.echo(f"{layer}:")
        for row in rows:
            click.echo("  " + " · ".join(f"{key}: {_shown(value)}" for key, value in row.items() if value))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "، ".join(_shown(part) or "-" for part in value)
    return str(value)


@main.group()
def lexicon() -> None:
    """Look after lexicon tables: the shipped ones and your own."""


@lexicon.command()
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="[DIR]"
)
@click.option("--json", "as_json", is_flag=True, help="Write one fault a line as JSON: row, what.")
def check(folder: Path | None, as_json: bool) -> int:
    """Code the example of each frame row and name the rows where it comes out otherwise.

    DIR is a folder of your own rows, which are checked as laid over the shipped ones; without it the shipped rows are.

    \b
    Exit status:
      0  no fault
      1  faults, or a table that cannot be read
      2  wrong usage
    """
    from waqai.lexicon import check as faults_of

    count = 0
    for fault in faults_of(folder):
        count += 1
        if as_json:
            click.echo(json.dumps({"row": fault.row, "what": fault.what}, ensure_ascii=False))
        else:
            click.echo(f"{fault.row:<40} {fault.what}")
    if not as_json:
        click.echo("no faults" if not count else f"{count} faults", err=bool(count))
    return 1 if count else 0


def _loaded(lexicon: Path | None, **reading: Any) -> Waqai:
    """The pipeline with its tables; what is loaded stays, so nothing is gained by collecting garbage among it."""
    gc.disable()
    from waqai.pipeline import Waqai

    waqai = Waqai(lexicon, **reading)
    gc.freeze()
    gc.enable()
    return waqai


def _records(waqai: Waqai, inputs: tuple[str, ...]) -> Iterator[Record | InputError]:
    for source in inputs:
        yield from told_if_empty(source, waqai.read(source))


def _json_writer() -> Callable[[Record], None]:
    from waqai.exports import jsonl

    return lambda record: click.echo(jsonl.line(record))


def _card_writer(waqai: Waqai, as_plain: bool, explain: bool) -> Callable[[Record], None]:
    from waqai.exports import card

    if as_plain or not sys.stdout.isatty() or _counts_marks():
        return lambda record: click.echo(card.plain(record, waqai.ontology, explain=explain))
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    return lambda record: card.show(record, waqai.ontology, console, explain=explain)


def _counts_marks() -> bool:
    """Whether the terminal gives the marks that keep columns apart a width of their own, or cannot write Arabic."""
    return "MLTERM" in os.environ or os.environ.get("TERM") in ("linux", "dumb")


class Progress:
    """How far a long run has come, on one line of `stream` that is written over; silent unless `shown`."""

    def __init__(self, stream: IO[str], *, shown: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._shown, self._clock = stream, shown, clock
        self._started = self._told = clock()
        self._count = 0
        self._width = 0

    def count(self) -> None:
        """One article more."""
        self._count += 1
        now = self._clock()
        if not self._shown or now - self._told < PATIENCE_SECONDS:
            return
        line = f"{self._count} articles, {self._count / (now - self._started):.0f} a second"
        self._stream.write(f"\r{line}")
        self._stream.flush()
        self._told, self._width = now, len(line)

    def clear(self) -> None:
        """Wipes the line, so that something else can be written there."""
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0


def _complain(what: str) -> None:
    click.echo(f"waqai: {what}", err=True)


def _give_up_writing(error: OSError) -> None:
    """Ends the run when standard output takes no more: quietly where its reader has left, else with the reason."""
    left = error.errno == errno.EPIPE
    if not left:
        where = f" {error.filename}" if error.filename else ""
        _complain(f"cannot write{where}: {error.strerror or error}")
    with contextlib.suppress(OSError):
        sys.stdout.close()  # else Python tries once more to flush as it ends
    sys.exit(UNREAD if left else 1)
