"""Threads: the list of them, and one: its people, timeline, quotes and open ends."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from waqai.desk.cards import actor_page
from waqai.desk.rendering import kept, taste_of
from waqai.desk.setting import Desk, desk_of
from waqai.desk.stories.days import period, today_of
from waqai.desk.stories.linked import linked_events
from waqai.desk.stories.register import THREADS, entries_as_of
from waqai.desk.stories.views import Items, code_of, lines
from waqai.errors import StoreError
from waqai.store.article_page import article_of_record, numbers_of
from waqai.store.queries import revision_of
from waqai.stories.actors import Identities
from waqai.stories.decisions import on_actors
from waqai.stories.threads import Thread, Threads, narrowed

router = APIRouter()
PAGE = 30


@router.get("/threads")
def threads(request: Request) -> Response:
    """The threads that fit, the longest first."""
    desk, query = desk_of(request), request.query_params
    about, since, until = code_of(query, "about"), period(query, "since"), period(query, "until")
    page = max(1, int(code_of(query, "page", 6))) if code_of(query, "page", 6).isdecimal() else 1

    def shown() -> dict[str, Any]:
        held = desk.keeping.work(THREADS)
        found = narrowed(held, about=about, since=since, until=until)
        part = found[(page - 1) * PAGE : page * PAGE]
        return {
            "threads": part, "count": len(found), "about": about, "since": since, "until": until, "page": page,
            "further": page * PAGE < len(found),
        }  # fmt: skip

    return kept(request, "stories/threads.html", shown)


@router.get("/thread/{asked}")
def thread(request: Request, asked: str) -> Response:
    """The thread that an article, by its record's id, belongs to."""
    desk, language = desk_of(request), taste_of(request).language
    return kept(request, "stories/thread.html", lambda: _told(desk, asked.replace("\0", ""), language))


def _told(desk: Desk, asked: str, language: str) -> dict[str, Any]:
    number = article_of_record(desk.store, asked)
    if number is None:
        raise HTTPException(404)
    try:
        own = _thread_of(desk, asked)
    except StoreError:  # it goes on from no other, and none from it
        return {"thread": None, "article_number": number}
    today = today_of(desk)
    story = Threads(desk.store, desk.library).story(
        own,
        today,
        register=entries_as_of(desk, today),
        events=linked_events(desk),
        identities=desk.keeping.answer("identities", lambda: _identities(desk)),
    )
    numbers = numbers_of(desk.store, [member.revision for member in own.members])
    return {
        "thread": own,
        "article_number": number,
        "members": [(member, numbers.get(member.revision, 0)) for member in own.members],
        "people": [(person, actor_page(person.name)) for person in story.people],
        "timeline": lines(desk, story.timeline),
        "quotes": story.quotes,
        "open_ends": Items(desk.library).of(desk, story.open_ends, language),
        "today": today,
    }


def _thread_of(desk: Desk, asked: str) -> Thread:
    """The thread of an article, from the list of all where it stands in it. Raises StoreError where it has none."""
    revision = revision_of(desk.store, asked)
    listed: list[Thread] = desk.keeping.work(THREADS)
    places = desk.keeping.answer(
        ("thread places", id(listed)),
        lambda: {member.revision: at for at, thread in enumerate(listed) for member in thread.members},
    )
    return listed[places[revision]] if revision in places else Threads(desk.store, desk.library).of(asked)


def _identities(desk: Desk) -> Identities:
    with desk.store.reading() as connection:
        return Identities(desk.library, *on_actors(connection))
