"""The commands of stories: linking, what people say of it, threads, the register; cli.py takes them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from waqai.commands_store import _write as write
from waqai.commands_store import actors as actors_listed
from waqai.commands_store import db_option, opened, or_nothing, written

if TYPE_CHECKING:
    from waqai.stories.events import LinkedEvent
    from waqai.stories.threads import Story

# What the register and threads say of their own, in Arabic.
_WORDS: Mapping[str, str] = {
    "due": "ينتظر", "overdue": "فات موعده", "fulfilled": "تم", "postponed": "أُجل", "cancelled": "أُلغي",
    "contradicted": "نُفي", "agreed": "اتُّفق عليه", "occasion": "مناسبة", "planned": "مقرر", "agreement": "اتفاق",
    "articles": "من المقالات", "to": "إلى", "who": "من",
}  # fmt: skip
_note = click.option("--note", default="", help="Why.")
_limit = click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="At most this many.")
_since = click.option("--since", default="", metavar="DATE", help="From this day, month or year on.")
_until = click.option("--until", default="", metavar="DATE", help="To this day, month or year, included.")
_as_of = click.option(
    "--as-of", default="", metavar="DATE", help="The day taken for today; later articles do not count."
)


@click.command()
@db_option
@click.option("--all", "anew", is_flag=True, help="Link all articles anew, not only those that are new or changed.")
def stories(db: str, anew: bool) -> int:
    """Link what a store holds: wire copies, reports of one act, threads, planned occasions.

    `waqai add` does so for each article it adds; this does it for a store that was filled without, or whose articles
    were read anew, corrected, or whose tables have changed. What people linked and split stays.
    """
    from waqai.stories.linking import Linker

    with opened(db) as store:
        count = sum(Linker(store).everything(anew=anew))
    click.echo(f"articles linked: {count}")
    return 0


@click.command()
@click.argument("event", metavar="EVENT")
@click.argument("other", required=False, metavar="[OTHER]")
@db_option
@_note
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
def link(event: str, other: str | None, db: str, note: str, as_json: bool) -> int:
    """Show the reports that are linked with EVENT side by side, and why; or say that OTHER tells the same act.

    What you say holds against what is found, also when articles are linked anew. Undo it with: waqai split.
    """
    from waqai.stories.events import LinkedEvents
    from waqai.stories.events import link as linked

    with opened(db) as store:
        if other is not None:
            head = linked(store, event, other, note)
            click.echo(f"{event} and {other} are one act ({head})")
            return 0
        _show_event(LinkedEvents(store).of(event), as_json)
    return 0


@click.command()
@click.argument("event", metavar="EVENT")
@click.argument("others", nargs=-1, metavar="[OTHER]...")
@db_option
@_note
def split(event: str, others: tuple[str, ...], db: str, note: str) -> int:
    """Say that EVENT tells another act than OTHER, or than all reports it is linked with. It stays so."""
    from waqai.stories.events import split as parted

    with opened(db) as store:
        ids = parted(store, event, others, note)
    click.echo(f"{event} is apart from {', '.join(ids)}" if ids else f"{event} is linked with no other report")
    return 0


@click.command()
@click.argument("asked", required=False, metavar="[ID]")
@db_option
@click.option("--about", default="", metavar="WORDS", help="Words that the thread must be about.")
@_since
@_until
@click.option("--least", default=3, show_default=True, type=click.IntRange(2), help="Of at least so many articles.")
@_as_of
@_limit
@written
def threads(asked: str | None, db: str, as_json: bool, as_csv: bool, as_of: str, **chosen: Any) -> int:
    """List threads, the longest first; or tell the one that ID, an article or event, belongs to.

    A thread told: its people, its timeline, what was said, and what was planned and has not come about.
    """
    from waqai.stories.threads import Threads

    with opened(db) as store:
        found = Threads(store)
        if asked is not None:
            _show_story(found.story(found.of(asked), as_of), as_json)
            return 0
        rows = [
            {"id": thread.id, "articles": len(thread.members), "first": thread.first[:10], "last": thread.last[:10],
             "title": thread.title, "terms": " ".join(thread.terms)}
            for thread in found.all(**chosen)
        ]  # fmt: skip
    write(or_nothing(rows), ("id", "articles", "first", "last", "title"), as_json, as_csv)
    return 0


@click.command()
@db_option
@click.option("--overdue", is_flag=True, help="What was planned and did not happen, as far as the articles tell.")
@click.option("--state", default="", help="due, overdue, fulfilled, postponed, cancelled, contradicted or agreed.")
@click.option("--kind", default="", help="occasion, planned or agreement.")
@click.option("--country", default="", help="Country of a party or occasion, in three letters: LBY.")
@_since
@_until
@click.option(
    "--least", default=1, show_default=True, type=click.IntRange(1), help="Told by at least so many articles."
)
@_as_of
@click.option("--ics", is_flag=True, help="Write a calendar of what has a day and is not called off.")
@written
def register(db: str, overdue: bool, state: str, ics: bool, as_json: bool, as_csv: bool, **chosen: Any) -> int:
    """List what was planned and agreed, when it is due, and what became of it.

    An occasion that a text names for a coming day, a planned act, an agreement. Past ones with no outcome are overdue.
    """
    from waqai.stories.register import STATES, Register, calendar

    state = "overdue" if overdue else state
    if state and state not in STATES:
        raise click.UsageError(f"--state {state}: one of {', '.join(STATES)}")
    if chosen["kind"] not in ("", "occasion", "planned", "agreement"):
        raise click.UsageError(f"--kind {chosen['kind']}: occasion, planned or agreement")
    with opened(db) as store:
        found = Register(store).entries(state=state, **chosen)
    if ics:
        from waqai.exports.ics import LeftOut, lines

        left_out = LeftOut()
        for line in lines(left_out.seen(calendar(found)), {}):
            click.echo(line, nl=False)
        if told := str(left_out):
            click.echo(f"waqai: {told} (see: waqai register)", err=True)
        return 0
    columns = ("date", "state", "kind", "what", "countries", "parties", "told", "id")
    write(or_nothing(map(asdict, found)), columns, as_json, as_csv, _entry_row, _terms)
    return 0


class _Actors(click.Group):
    """`waqai actors` alone lists them, with the options of the list."""


@click.pass_context
def _listed(context: click.Context, /, **chosen: Any) -> Any:
    if context.invoked_subcommand is None:
        assert actors_listed.callback is not None
        return actors_listed.callback(**chosen)
    return 0


actors = _Actors(
    name="actors", params=actors_listed.params, callback=_listed, invoke_without_command=True, help=actors_listed.help
)


@actors.command()
@click.argument("one", metavar="NAME")
@click.argument("other", metavar="NAME")
@db_option
@_note
def merge(one: str, other: str, db: str, note: str) -> int:
    """Say that two names are one actor, in all articles. Write a code after a slash where it matters: "NAME/EGY
    GOV"."""
    from waqai.stories.naming import merge as merged

    with opened(db) as store:
        key = merged(store, one, other, note)
    click.echo(f"{one} is {other} ({key}); bring the links up to date with: waqai stories")
    return 0


@actors.command(name="split")
@click.argument("name", metavar="NAME")
@db_option
@_note
def split_actor(name: str, db: str, note: str) -> int:
    """Say that NAME/CODE is not who others of that name or spelling are: it is known by its whole code from now on."""
    from waqai.stories.naming import part

    with opened(db) as store:
        key = part(store, name, note)
    click.echo(f"{name} stands alone ({key}); bring the links up to date with: waqai stories")
    return 0


@actors.command(name="who")
@click.argument("name", metavar="NAME")
@db_option
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object an actor.")
def who(name: str, db: str, as_json: bool) -> int:
    """Show who NAME is across articles: spellings, offices over time, and namesakes kept apart, with reasons."""
    from waqai.stories.naming import profiles

    with opened(db) as store:
        found = [asdict(profile) for profile in profiles(store, name)]
    columns = ("key", "why", "names", "offices", "articles", "first", "last")
    write(or_nothing(found), columns, as_json, False, _profile_row)
    return 0


COMMANDS = (stories, link, split, threads, register, actors)


def _entry_row(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    told = entry["tellings"]
    outcome = entry["outcome"][-1]["text"] if entry["outcome"] else ""
    return {
        **entry, "what": entry["name"], "countries": " ".join(entry["countries"]),
        "parties": "، ".join(entry["parties"]), "told": told[0]["text"], "outcome": outcome,
    }  # fmt: skip


def _profile_row(profile: Mapping[str, Any]) -> Mapping[str, Any]:
    names = "، ".join(f"{name} ({count})" for name, count in profile["names"])
    offices = "; ".join(f"{code} {role} {first}–{last}" for code, role, first, last in profile["offices"])
    return {**profile, "names": names, "offices": offices}


def _show_event(event: LinkedEvent, as_json: bool) -> None:
    import json

    if as_json:
        click.echo(json.dumps(asdict(event), ensure_ascii=False, separators=(",", ":")))
        return
    click.echo(f"{event.id}: {event.date or '(no date)'} · {event.type} · {event.status}")
    click.echo(f"{len(event.reports)} reports, {event.independent} independent")
    for side, found in (("sources", event.sources), ("targets", event.targets)):
        for name, code, count in found:
            click.echo(f"  {side}: {name} ({code}) in {count}")
    for report in event.reports:
        article = report.article
        click.echo(f"  {article['published'][:10]} {article['source']}: {article['title']} [{report.event['id']}]")
        click.echo(f"    {' '.join(str(report.event['evidence']).split())}")
    for told in event.disagreements:
        click.echo(f"  {told.field}: " + " | ".join(f"{value} ({len(ids)})" for value, ids in told.values.items()))
    for reason in event.reasons:
        signs = ", ".join(f"{name} {value:+.2f}" for name, value in reason.signs)
        click.echo(f"  {reason.one} = {reason.other}: {reason.score:.2f} ({signs})")


def _terms() -> Mapping[str, str]:
    """The words of the register and of threads in Arabic: occasions, types, statuses, states, kinds."""
    from waqai.commands_store import event_terms
    from waqai.resources import Library

    occasions = {str(row["id"]): str(row["arabic"]) for row in Library().rows("stories", "occasion")}
    return {**event_terms(), **occasions, **_WORDS}


def _show_story(story: Story, as_json: bool) -> None:
    import json

    from waqai.commands_tables import language

    if as_json:
        click.echo(json.dumps(asdict(story), ensure_ascii=False, separators=(",", ":")))
        return
    for line in _story_lines(story, _terms() if language() == "ar" else {}):
        click.echo(line)


def _story_lines(story: Story, terms: Mapping[str, str]) -> Iterator[str]:
    def said(word: str) -> str:
        return terms.get(word, word)

    thread = story.thread
    span = f"{thread.first[:10]} {said('to')} {thread.last[:10]}"
    yield f"{thread.title}\n{thread.id}: {len(thread.members)} {said('articles')}, {span}"
    yield f"{said('who')}: " + "، ".join(f"{person.name} ({person.articles})" for person in story.people)
    for event in story.timeline:
        when = event.date or f"~{event.reports[0].article['published'][:10]}"
        sides = f"{_names(event.sources)} → {_names(event.targets)}"
        yield f"{when} · {said(event.type)} · {said(event.status)} · {sides} · {len(event.reports)}"
    for quote in story.quotes:
        yield f"«{' '.join(quote.text.split())}» {quote.speaker} {quote.published[:10]}"
    for entry in story.open_ends:
        what = f"{entry.date} {said(entry.name)} {' '.join(entry.countries)}"
        yield f"{said(entry.state)}: {what}: {entry.tellings[0].text}"


def _names(side: Sequence[tuple[str, str, int]]) -> str:
    return "، ".join(name for name, _, _ in side) or "؟"
