"""The command that writes a store in the formats of other tools; cli.py takes it in."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from waqai._version import __version__
from waqai.commands_store import conditions_of, db_option, filtered, opened, or_nothing

if TYPE_CHECKING:
    from waqai.store import Store
    from waqai.store.filters import Filters

Lines = Callable[["Store", "Filters"], Iterator[str]]


@click.command()
@click.option("--to", "form", required=True, type=click.Choice([
    "jsonl", "csv", "parquet", "polecat", "cameo", "ninjs", "schemaorg", "ftm", "webannotation", "ics", "tml", "gold",
]), help="The format.")  # fmt: skip
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
    ics            planned events that have a day, as a calendar
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

            parquet.write(_events(store, conditions_of(conditions)), file)
            return 0
        for line in _FORMATS[form](store, conditions_of(conditions)):
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


def _events(
    store: Store, filters: Filters, fits: Callable[[Mapping[str, Any]], bool] = lambda _: True
) -> Iterator[Mapping[str, Any]]:
    """The events that the format has a place for; where there is none, that is said."""
    from waqai.store.queries import events_of

    return or_nothing(filter(fits, events_of(store, filters)))


def _records(store: Store, filters: Filters) -> Iterator[Mapping[str, Any]]:
    from waqai.store.queries import records_of

    return or_nothing(records_of(store, filters))


def _jsonl(store: Store, filters: Filters) -> Iterator[str]:
    for record in _records(store, filters):
        yield json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def _csv(store: Store, filters: Filters) -> Iterator[str]:
    from waqai.exports import spreadsheet

    return spreadsheet.lines(map(spreadsheet.event_row, _events(store, filters)), spreadsheet.EVENT_COLUMNS)


def _polecat(store: Store, filters: Filters) -> Iterator[str]:
    from waqai.exports import polecat

    return polecat.lines(_events(store, filters), _weights(), f"waqai {__version__}")


def _cameo(store: Store, filters: Filters) -> Iterator[str]:
    from waqai.exports import cameo

    return cameo.lines(_events(store, filters, cameo.fits), _weights())


def _ninjs(store: Store, filters: Filters) -> Iterator[str]:
    from waqai.exports import ninjs

    return (ninjs.line(record) + "\n" for record in _records(store, filters))


def _tml(store: Store, filters: Filters) -> Iterator[str]:
    from waqai.exports import tml

    return (tml.line(record) + "\n" for record in _records(store, filters))


def _schemaorg(store: Store, filters: Filters) -> Iterator[str]:
    from waqai.exports import schemaorg

    return (schemaorg.line(record) + "\n" for record in _records(store, filters))


def _ftm(store: Store, filters: Filters) -> Iterator[str]:
    from waqai.exports import ftm

    return _each(_records(store, filters), ftm.lines)


def _webannotation(store: Store, filters: Filters) -> Iterator[str]:
    from waqai.exports import webannotation

    return _each(_records(store, filters), webannotation.lines)


def _ics(store: Store, filters: Filters) -> Iterator[str]:
    from waqai.exports import ics
    from waqai.resources import Library

    arabic = {row["id"]: row["arabic"] for row in Library().rows("ontology", "type")}
    return ics.lines(_events(store, filters, ics.fits), arabic)


def _each(
    records: Iterable[Mapping[str, Any]], lines_of: Callable[[Mapping[str, Any]], Iterator[str]]
) -> Iterator[str]:
    for record in records:
        for line in lines_of(record):
            yield line + "\n"


def _weights() -> dict[str, tuple[str, float]]:
    from waqai.ontology import weights
    from waqai.resources import Library

    return weights(Library())


_FORMATS: Mapping[str, Lines] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "polecat": _polecat,
    "cameo": _cameo,
    "ninjs": _ninjs,
    "schemaorg": _schemaorg,
    "ftm": _ftm,
    "webannotation": _webannotation,
    "ics": _ics,
    "tml": _tml,
}
