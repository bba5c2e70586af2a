"""What stands on an article's page of stories: its wire copies with their differences, other reports of its events."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import BindParameter, bindparam, exists, func, or_, select

from waqai.desk.setting import Desk
from waqai.store.article_page import numbers_of
from waqai.store.story_tables import story_copies, story_members, story_parents
from waqai.store.tables import events, revisions
from waqai.stories.copies import Copy, copies_of, difference

_COPIES, _DIFFERENCES = 8, 40  # shown


@dataclass(frozen=True, slots=True)
class Changed:
    """Words of this article and those that a copy has in their place; either may be ""."""

    here: str
    there: str


@dataclass(frozen=True, slots=True)
class OtherCopy:
    """A wire copy of an article: `number` at the desk, how it differs (at most so many), and in how many places."""

    copy: Copy
    number: int
    percent: int
    changes: tuple[Changed, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Beside:
    """By event id how many reports its linked event has; copies, the first of all of them, whether a thread goes on."""

    reports: dict[str, int]
    copies: tuple[OtherCopy, ...]
    copies_in_all: int
    head: int  # number of the earliest copy
    has_thread: bool


def beside(desk: Desk, revision: int, text: str) -> Beside:
    """What is known of the article of `revision`, whose text is `text`."""
    has_copies, has_thread = _ties(desk, revision)
    group = copies_of(desk.store, revision) if has_copies else []
    numbers = numbers_of(desk.store, [copy.revision for copy in group])
    others = [copy for copy in group if copy.revision != revision and copy.revision in numbers]
    texts = _texts(desk, [copy.revision for copy in others[:_COPIES]])
    shown = tuple(_other(desk, revision, text, copy, numbers, texts) for copy in others[:_COPIES])
    head = numbers.get(group[0].revision, 0) if group else 0
    return Beside(_reports(desk, revision), shown, len(others), head, has_thread)


def _other(
    desk: Desk, revision: int, text: str, copy: Copy, numbers: dict[int, int], texts: dict[int, str]
) -> OtherCopy:
    found = difference(desk.store, revision, copy.revision)
    other = texts[copy.revision]
    changes = tuple(Changed(text[slice(*one.left)], other[slice(*one.right)]) for one in found[:_DIFFERENCES])
    return OtherCopy(copy, numbers[copy.revision], round(100 * copy.share), changes, len(found))


def _texts(desk: Desk, wanted: list[int]) -> dict[int, str]:
    if not wanted:
        return {}
    query = select(revisions.c.id, revisions.c.text).where(revisions.c.id.in_(wanted))
    with desk.store.reading() as connection:
        return {row.id: row.text for row in connection.execute(query)}


_REVISION: BindParameter[int] = bindparam("revision")
_own, _mates = story_members.alias(), story_members.alias()
# Written out once: making them anew takes as long as running them.
_REPORTS = (
    select(events.c.event, func.count())
    .join(_own, _own.c.event == events.c.id)
    .join(_mates, _mates.c.head == _own.c.head)
    .where(events.c.revision == _REVISION)
    .group_by(events.c.event)
)
_TIES = select(
    exists().where(or_(story_copies.c.one == _REVISION, story_copies.c.other == _REVISION)),
    exists().where(or_(story_parents.c.revision == _REVISION, story_parents.c.parent == _REVISION)),
)


def _reports(desk: Desk, revision: int) -> dict[str, int]:
    with desk.store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(_REPORTS, {"revision": revision})}


def _ties(desk: Desk, revision: int) -> tuple[bool, bool]:
    """Whether the article has wire copies, and whether a thread goes on from or to it."""
    with desk.store.reading() as connection:
        copies, thread = connection.execute(_TIES, {"revision": revision}).one()
    return bool(copies), bool(thread)
