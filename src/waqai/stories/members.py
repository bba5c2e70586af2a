"""Which linked event each report belongs to: the groups of the reports that links lead to, written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from waqai.store.story_tables import story_links, story_members, story_sketches
from waqai.store.tables import events
from waqai.stories.decisions import on_events
from waqai.stories.grouping import groups
from waqai.stories.scoring import LINK

_ASKED = 400


def regroup(connection: Connection, touched: Iterable[int]) -> None:
    """Makes the groups anew that the events `touched` (rows) are in or may come to be in."""
    must, never = on_events(connection)
    rows, scores = _around(connection, set(touched), must)
    names = _names(connection, rows)
    by_name: dict[str, list[int]] = {}
    for row, kept in names.items():
        by_name.setdefault(kept[0], []).append(row)
    pairs: dict[tuple[str, str], float] = {}
    for (one, other), score in scores.items():
        if one in names and other in names:
            left, right = sorted((names[one][0], names[other][0]))
            if left != right:
                pairs[left, right] = max(score, pairs.get((left, right), 0.0))
    home = {name: names[found[0]][1] for name, found in by_name.items()}
    told = {name: names[found[0]][2] or "9999" for name, found in by_name.items()}
    for part in _parts(rows):
        connection.execute(delete(story_members).where(story_members.c.event.in_(part)))
    kept_rows = []
    for group in groups(pairs, by_name, least=LINK, home=home, must=must, never=never):
        if len(group) > 1:
            head = min(group, key=lambda name: (told[name], name))
            kept_rows += [{"event": row, "head": head} for name in group for row in by_name[name]]
    if kept_rows:
        connection.execute(insert(story_members), kept_rows)


def _around(
    connection: Connection, start: set[int], must: set[tuple[str, str]]
) -> tuple[set[int], dict[tuple[int, int], float]]:
    """All events that links of at least LINK lead to from `start`, and the score of every link among them."""
    scores: dict[tuple[int, int], float] = {}
    rows, edge = set(start), set(start)
    while edge:
        edge |= _linked_by_people(connection, edge, must) - rows
        rows |= edge
        reached: set[int] = set()
        for one, other, score in _links(connection, edge):
            scores[one, other] = score
            if score >= LINK:
                reached |= {one, other}
        edge = reached - rows
        rows |= edge
    return rows, {pair: score for pair, score in scores.items() if pair[0] in rows and pair[1] in rows}


def _links(connection: Connection, edge: set[int]) -> Iterator[tuple[int, int, float]]:
    chosen = select(story_links.c.one, story_links.c.other, story_links.c.score).where(story_links.c.kind == "same")
    for part in _parts(edge):
        for column in (story_links.c.one, story_links.c.other):
            for row in connection.execute(chosen.where(column.in_(part))):
                yield row.one, row.other, row.score


def _linked_by_people(connection: Connection, edge: set[int], must: set[tuple[str, str]]) -> set[int]:
    """The events that people linked to any of `edge`."""
    if not must:
        return set()
    ids = {event for part in _parts(edge) for event in _ids(connection, part)}
    mates = {mate for pair in must for mate in pair if ids & set(pair)} - ids
    chosen = select(story_sketches.c.event).join(events, events.c.id == story_sketches.c.event)
    return set(connection.execute(chosen.where(events.c.event.in_(mates))).scalars()) if mates else set()


def _ids(connection: Connection, part: list[int]) -> list[str]:
    return list(connection.execute(select(events.c.event).where(events.c.id.in_(part))).scalars())


def _names(connection: Connection, rows: Iterable[int]) -> dict[int, tuple[str, int, str]]:
    """By row of an event that is linked: the record's id of it, its revision, the day it was told."""
    found: dict[int, tuple[str, int, str]] = {}
    chosen = select(story_sketches.c.event, story_sketches.c.revision, story_sketches.c.sketch)
    for part in _parts(rows):
        for row in connection.execute(chosen.where(story_sketches.c.event.in_(part))):
            found[row.event] = (row.sketch["id"], row.revision, row.sketch["told"])
    return found


def _parts(values: Iterable[int]) -> Iterator[list[int]]:
    held: list[Any] = sorted(values)
    for at in range(0, len(held), _ASKED):
        yield held[at : at + _ASKED]
