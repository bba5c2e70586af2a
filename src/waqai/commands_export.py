"""The command that writes a store in the formats of other tools; cli.py takes it in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from waqai.commands_store import conditions_of, db_option, filtered, opened, or_nothing

if TYPE_CHECKING:
    from waqai.store import Store
    from waqai.store.filters import Filters


class _Form(click.ParamType):  # type: ignore[type-arg]  # older ones of click take none
    """A format by its name; exports/formats.py lists them, and is loaded when one is named."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name. Raises BadParameter where there is no such format."""
        known = (*_forms(), "gold")
        if value not in known:
            self.fail(f"{value!r} is not one of {', '.join(known)}.", param, ctx)
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin with what is typed."""
        return [CompletionItem(name) for name in (*_forms(), "gold") if name.startswith(incomplete)]


def _forms() -> tuple[str, ...]:
    from waqai.exports.formats import NAMES

    return NAMES


@click.command()
@click.option("--to", "form", required=True, type=_Form(), help="The format: one of those below.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file; standard output where left out. A folder for gold."
)
@db_option
@filtered
def export(form: str, out: Path | None, db: str, **conditions: Any) -> int:
    """Write what a store holds for other tools.

    \b
    jsonl          whole records, as read --json writes them
    csv, parquet   an event a row
    polecat        the 40 columns of POLECAT, URL, status and evidence; a row for each source and target
    cameo          the 20 columns of ICEWS and the URL; only what happened
    ninjs          IPTC ninjs 3.1 news objects, one a line
    schemaorg      NewsArticle as JSON-LD, one a line
    ftm            FollowTheMoney entities, one a line
    webannotation  W3C Web Annotations with quote and position selectors, one a line
    ics            planned events that have a day, as a calendar; those without are counted on standard error
    tml            TimeML 1.2.1 with times, events and the time they are in; a document a line
    gold           articles all of whose events were reviewed, in the form of articles coded by hand; a file each

    Conditions choose events; for jsonl, ninjs, schemaorg, ftm, webannotation and tml articles that have such an event.
    """
    if form == "parquet" and out is None:
        raise click.UsageError("--to parquet needs --out FILE")
    if form == "gold":
        return _gold(db, out, conditions)
    if out is not None and out.is_dir():
        raise click.UsageError(f"--out {out}: a folder; name a file")
    with opened(db) as store, _file(out) as file:
        if form == "parquet":
            from waqai.exports import parquet
            from waqai.store.queries import events_of

            parquet.write(or_nothing(events_of(store, conditions_of(conditions))), file)
            return 0
        for line in _written(form, store, conditions_of(conditions)):
            file.write(line.encode("utf-8", "replace"))
    return 0


def _gold(db: str, out: Path | None, conditions: Mapping[str, Any]) -> int:
    """Writes reviewed articles, each as a file of the folder `out`, or a line each on standard output."""
    from waqai.exports import gold
    from waqai.store.review import reviewed, verdicts_of

    if out is not None and out.exists() and not out.is_dir():
        raise click.UsageError(f"--out {out}: a file; --to gold writes into a folder")
    count = 0
    with opened(db) as store:
        for number in reviewed(store, conditions_of(conditions)):
            record = store.record(number)
            line = gold.line(record, verdicts_of(store, number))
            count += 1
            if out is None:
                click.echo(line)
                continue
            out.mkdir(parents=True, exist_ok=True)
            (out / gold.file_name(record, number)).write_text(line + "\n", encoding="utf-8")
    if not count:
        click.echo("waqai: no article has been reviewed whole (see: waqai desk, Review)", err=True)
    elif out is not None:
        click.echo(f"{count} articles in {out}")
    return 0


@contextmanager
def _file(out: Path | None) -> Iterator[IO[bytes]]:
    """The file written to; it takes its name when it is whole, so that no half of one is left."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    half = out.with_name(out.name + ".part")
    try:
        with half.open("wb") as file:
            yield file
        half.replace(out)
    finally:
        half.unlink(missing_ok=True)


def _written(form: str, store: Store, filters: Filters) -> Iterator[str]:
    """The lines of a format over what the conditions choose; where the format has a place for nothing, that is
    said."""
    from waqai.exports.formats import FORMATS
    from waqai.exports.ics import LeftOut
    from waqai.resources import Library
    from waqai.store.queries import events_of, records_of

    chosen, left_out = FORMATS[form], LeftOut()
    rows = records_of(store, filters) if chosen.of == "records" else events_of(store, filters)
    seen = left_out.seen(rows) if form == "ics" else rows
    yield from chosen.lines(or_nothing(filter(chosen.fits, seen)), Library())
    if told := str(left_out):
        click.echo(f"waqai: {told} (see: waqai events --status planned)", err=True)
