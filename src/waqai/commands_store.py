"""The commands that keep records and ask for them; cli.py takes them in.

What opens a database is imported inside them: `waqai read` starts without it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from waqai.commands_reading import columns_option, recursive_option, told_if_empty
from waqai.commands_tables import language_option
from waqai.commands_tables import show as show_table
from waqai.errors import InputError

if TYPE_CHECKING:
    from waqai.store import Store
    from waqai.store.filters import Filters

Command = Callable[..., Any]
db_option = click.option(
    "--db",
    envvar="WAQAI_DB",
    default="waqai.db",
    show_default=True,
    metavar="PATH|URL",
    help="The store: a file, or postgresql://…; WAQAI_DB in the environment.",
)
_lexicon = click.option(
    "--lexicon",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of your own rows, laid over the shipped ones.",
)


def filtered(command: Command) -> Command:
    """Gives a command the options of store.filters.Filters."""
    for option in reversed((
        click.option("--outlet", default="", help="The outlet's name."),
        click.option("--since", default="", metavar="DATE", help="From this day, month or year on."),
        click.option("--until", default="", metavar="DATE", help="To this day, month or year, included."),
        click.option("--actor", default="", help='Part of a name, a country ("EGY") or a code ("EGY GOV").'),
        click.option("--between", nargs=2, default=None, metavar="ACTOR ACTOR", help="One on each side."),
        click.option("--country", default="", help="Country of a party, in three letters: EGY."),
        click.option("--sector", default="", help="Sector code of a party."),
        click.option("--type", default="", help="Event type."),
        click.option("--mode", default="", help="Mode of the type."),
        click.option("--status", default="", help="happened, planned, called-for, conditional or denied."),
        click.option("--place", default="", help="Part of a place's name, or its country code."),
    )):  # fmt: skip
        command = option(command)
    return command


def written(command: Command) -> Command:
    """Gives a command the options --json, --csv and --lang."""
    command = language_option(command)
    command = click.option("--csv", "as_csv", is_flag=True, help="Write CSV for spreadsheets.")(command)
    return click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")(command)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@db_option
@_lexicon
@recursive_option
@columns_option
def add(inputs: tuple[str, ...], db: str, lexicon: Path | None, **reading: Any) -> int:
    """Read the articles of INPUT into a store; what is there already is left alone.

    \b
    Exit status:
      0  all inputs were read
      1  some could not be read: each is named on standard error, the rest is stored
      2  wrong usage
    """
    from waqai.exports.jsonl import as_dict
    from waqai.pipeline import Waqai
    from waqai.stories.keeping import Keeper

    counts: Counter[str] = Counter()
    with ExitStack() as held:
        # A new store is made when there is something to put into it.
        there = "://" in db or Path(db).exists()
        keeper = Keeper(held.enter_context(opened(db, create=True))) if there else None
        waqai = Waqai(lexicon, **reading)
        for found in (found for source in inputs for found in told_if_empty(source, waqai.read(source))):
            if isinstance(found, InputError):
                click.echo(f"waqai: {found}", err=True)
                counts["failed"] += 1
                continue
            keeper = keeper or Keeper(held.enter_context(opened(db, create=True)))
            counts[keeper.keep(as_dict(found)).value] += 1
        turned = keeper.settle() if keeper else 0
        counts.update(revised=turned, known=-turned)
    click.echo(f"{counts['new']} new, {counts['revised']} revised, {counts['known']} known, {counts['failed']} failed")
    return 1 if counts["failed"] else 0


@click.command()
@db_option
@_lexicon
@click.option("--all", "every", is_flag=True, help="Also what this version and these tables have read.")
@click.option("--index", is_flag=True, help="Only make the search index anew.")
def recode(db: str, lexicon: Path | None, every: bool, index: bool) -> int:
    """Read what a store holds anew with this version and its tables; what people corrected stays."""
    with opened(db) as store:
        counts = {True: 0, False: 0}
        if not index:
            from waqai.collection import recode as recoded
            from waqai.pipeline import Waqai

            for fresh in recoded(Waqai(lexicon), store, every=every):
                counts[fresh] += 1
        if renewed := index or not store.index_is_current():
            store.reindex()
    told = [] if index else [f"{counts[True]} read anew, {counts[False]} left as they were"]
    click.echo("; ".join(told + ["search index made anew"] * renewed))
    return 0


@click.command()
@click.argument("event", metavar="EVENT")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--note", default="", help="Why.")
@db_option
def correct(event: str, changes: tuple[str, ...], note: str, db: str) -> int:
    """Say what is right about EVENT, by FIELD=VALUE: type, mode, cameo, status, date, said_by, or rejected=yes.

    A date is a year, month or day (2024, 2024-05, 2024-05-13). Nothing is changed where one value is wrong.
    """
    from waqai.ontology import Ontology
    from waqai.resources import Library
    from waqai.store import Correction
    from waqai.store.values import corrected

    if wrong := [change for change in changes if "=" not in change]:
        raise click.UsageError(f"{wrong[0]}: write FIELD=VALUE")
    said = {field: value for field, _, value in (change.partition("=") for change in changes)}
    with opened(db) as store:
        before = store.event(event)
        try:
            now = corrected(said, before, Ontology(Library()))
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        for field, value in now.items():
            store.correct(Correction(event, field, value, note))
            old, new = before[field] or "(none)", value or "(none)"
            click.echo(f"{event}: {field} {old} → {new}" if old != new else f"{event}: {field} stays {new}")
    return 0


@click.command()
@click.argument("query", nargs=-1, required=True)
@db_option
@filtered
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 10_000), help="At most this many.")
@written
def search(query: tuple[str, ...], db: str, limit: int, as_json: bool, as_csv: bool, **conditions: Any) -> int:
    """Find articles: words in any form, «exact phrases», -excluded words; the best first.

    Dates are those of publication. Write -- before a query that begins with an excluded word.
    """
    from dataclasses import asdict

    from waqai.store.search import search as found

    with opened(db) as store:
        hits = [asdict(hit) for hit in found(store, " ".join(query), conditions_of(conditions), limit)]
    shown = ("published", "source", "id", "title", "snippet")
    _write(or_nothing(hits), shown, as_json, as_csv, lambda hit: {**hit, "snippet": _marked(hit)})
    return 0


@click.command()
@db_option
@filtered
@click.option("--limit", default=None, type=click.IntRange(1), help="At most this many.")
@written
def events(db: str, limit: int | None, as_json: bool, as_csv: bool, **conditions: Any) -> int:
    """List events, oldest first, those without a date last. Dates are those of the events.

    Under "corrected" stand the fields that people have corrected; events that they rejected are left out.
    """
    from waqai.store.queries import events_of

    with opened(db) as store:
        found = events_of(store, conditions_of(conditions), limit)
        _write(or_nothing(found), _event_columns(as_csv), as_json, as_csv, _event_row)
    return 0


@click.command()
@db_option
@filtered
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="At most this many.")
@written
def actors(db: str, limit: int, as_json: bool, as_csv: bool, **conditions: Any) -> int:
    """List who takes part in events, the busiest first."""
    from waqai.store.queries import actors_of

    with opened(db) as store:
        found = actors_of(store, conditions_of(conditions), limit)
    _write(or_nothing(found), ("name", "code", "as_source", "as_target", "first", "last"), as_json, as_csv)
    return 0


@click.command()
@click.argument("asked", metavar="ID")
@db_option
@click.option("--revision", default=None, type=click.IntRange(1), help="An older revision, by number.")
@click.option("--revisions", "listed", is_flag=True, help="List the revisions of the page.")
@written
def show(asked: str, db: str, revision: int | None, listed: bool, as_json: bool, as_csv: bool) -> int:
    """Show what is known of one article. ID is its id, its address or the id of one of its events.

    Under "corrected" stand the fields that people have corrected, or "rejected".
    """
    from waqai.store.queries import corrections_of, revision_of, revisions_of

    with opened(db) as store:
        number = revision_of(store, asked, revision)
        if listed:
            _write(iter(revisions_of(store, number)), ("number", "added", "current", "title"), as_json, as_csv)
            return 0
        record, touched = store.record(number), corrections_of(store, number)
    for event in record["events"]:
        if event["id"] in touched:
            event["corrected"] = touched[event["id"]]
    article = {name: record[name] for name in ("id", "url", "source", "title", "published")}
    found = [event | {"article": article} for event in record["events"]]
    if as_json:
        _write(iter([record]), (), as_json, as_csv)
        return 0
    if not as_csv:
        click.echo(f"{record['text']}\n")
        click.echo("\n".join(f"{name}: {value}" for name, value in article.items() if value and name != "title"))
    _write(iter(found), _event_columns(as_csv), as_json, as_csv, _event_row)
    return 0


@click.command()
@db_option
@filtered
@click.option("--per", type=click.Choice(["day", "week", "month"]), default="month", show_default=True, help="Period.")
@click.option("--dyads", is_flag=True, help="A row for each pair of countries.")
@written
def series(db: str, per: str, dyads: bool, as_json: bool, as_csv: bool, **conditions: Any) -> int:
    """Count events over time: how many, of which quad class, how intense on average (-10 to 10)."""
    from waqai.ontology import weights
    from waqai.resources import Library
    from waqai.store.queries import series as counted

    weigh = weights(Library())
    with opened(db) as store:
        found = counted(store, per, weigh, conditions_of(conditions), dyads=dyads)
    parties = ("source", "target") if dyads else ()
    columns = ("period", *parties, "events", *sorted({quad for quad, _ in weigh.values()}), "intensity")
    _write(
        iter(found.rows) if found.undated else or_nothing(found.rows),
        columns,
        as_json,
        as_csv,
        lambda row: {name: row[name] for name in columns},
    )
    if found.undated:
        click.echo(f"waqai: {found.undated} events have no date precise enough for a {per}", err=True)
    return 0


COMMANDS = (add, recode, correct, search, events, actors, show, series)


def opened(db: str, *, create: bool = False) -> Store:
    """The store at `db`."""
    from waqai.store import Store

    return Store(db, create=create)


def conditions_of(conditions: Mapping[str, Any]) -> Filters:
    """What the options of `filtered` say. Raises click.UsageError for a value that no event could have."""
    from waqai.ontology import Ontology
    from waqai.resources import Library
    from waqai.store.filters import Filters
    from waqai.store.values import checked

    try:
        return checked(Filters(**conditions), Ontology(Library()))
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _event_columns(as_csv: bool) -> tuple[str, ...]:
    from waqai.exports.spreadsheet import EVENT_COLUMNS

    shown = ("date", "type", "status", "sources", "targets", "place", "id")
    return (*(EVENT_COLUMNS if as_csv else shown), "corrected")


def _event_row(event: Mapping[str, Any]) -> Mapping[str, Any]:
    from waqai.exports.spreadsheet import event_row

    fields = event.get("corrected", [])
    return event_row(event) | {"corrected": "rejected" if "rejected" in fields else "; ".join(fields)}


def or_nothing(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The rows; where there is none, says so on standard error."""
    found = False
    for row in rows:
        found = True
        yield row
    if not found:
        click.echo("waqai: nothing matches", err=True)


def _write(
    rows: Iterator[Mapping[str, Any]],
    columns: tuple[str, ...],
    as_json: bool,
    as_csv: bool,
    flat: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda row: row,
    terms: Callable[[], Mapping[str, str]] | None = None,
) -> None:
    """Writes rows as they are in JSON, or `flat` as a table of `columns` or as CSV; `terms` are told in Arabic."""
    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both")
    if as_json:
        import json

        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
        return
    if as_csv:
        from waqai.exports.spreadsheet import lines

        sys.stdout.reconfigure(newline="") if hasattr(sys.stdout, "reconfigure") else None
        for line in lines(map(flat, rows), columns):
            click.echo(line, nl=False)
        return
    show_table(map(flat, rows), columns, terms or event_terms)


def event_terms() -> Mapping[str, str]:
    """Event types and statuses in Arabic."""
    from waqai.ontology import STATUSES, Ontology
    from waqai.resources import Library

    return {name: kind.arabic for name, kind in Ontology(Library()).types.items()} | dict(STATUSES)


def _marked(hit: Mapping[str, Any]) -> str:
    """The passage with what was searched for in ‹›."""
    pieces, at = [], hit["span"][0]
    for start, end in hit["marks"]:
        if start < at:
            continue
        pieces += [hit["snippet"][at - hit["span"][0] : start - hit["span"][0]]]
        pieces += ["‹", hit["snippet"][start - hit["span"][0] : end - hit["span"][0]], "›"]
        at = end
    return "".join([*pieces, hit["snippet"][at - hit["span"][0] :]])
