"""A linked event: its reports side by side, where they disagree, why they are linked; editors link and split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from sqlalchemy import or_, select

from waqai.desk.cards import Card
from waqai.desk.rendering import kept, render, taste_of
from waqai.desk.setting import Desk, desk_of
from waqai.desk.stories.views import code_of, linked_page, parties, report_cards
from waqai.errors import StoreError
from waqai.store.story_tables import story_links
from waqai.store.tables import events
from waqai.stories.decisions import LINK, SPLIT, Decision, decisions
from waqai.stories.events import LinkedEvent, LinkedEvents, link, split

router = APIRouter()
_NEAR, _REASONS = 6, 40
_NOTE = 500


@dataclass(frozen=True, slots=True)
class Near:
    """A report of another linked event that was found alike: its score with the report `of`."""

    card: Card
    of: str
    score: float


@router.get("/linked/{event}")
def linked(request: Request, event: str) -> Response:
    """The linked event that the report `event` belongs to."""
    return kept(request, "stories/linked.html", lambda: _page(desk_of(request), event))


@router.post("/linked/{event}")
async def decide(request: Request, event: str) -> Response:
    """Links another report, or says that one tells another act."""
    form = await request.form()
    said = {name: code_of(form, name, _NOTE) for name in ("action", "other", "note")}
    return await run_in_threadpool(_decide, request, event, said)


def _decide(request: Request, event: str, said: dict[str, str]) -> Response:
    desk = desk_of(request)
    other = event_in(said["other"])
    try:
        if said["action"] == "link" and other and other != event:
            link(desk.store, event, other, said["note"])
        elif said["action"] == "split":
            split(desk.store, event, [other] if other else [], said["note"])
        else:
            return _refused(request, event)
    except StoreError:
        return _refused(request, event)
    return RedirectResponse(linked_page(event), 303)


def _refused(request: Request, event: str) -> Response:
    page = _page(desk_of(request), event)
    wrong = desk_of(request).texts.say(taste_of(request).language)("linked.wrong")
    return render(request, "stories/linked.html", 422, **(page | {"wrong": wrong}))


def event_in(words: str) -> str:
    """The event that somebody means by its id, or by the address of a page that shows it."""
    if "/" not in words:
        return words
    parts = urlsplit(words)
    asked = parse_qs(parts.query).get("event")
    return asked[0] if asked else unquote(parts.path.rstrip("/").rpartition("/")[2])


def _page(desk: Desk, event: str) -> dict[str, Any]:
    try:
        found = linked_events(desk).of(event.replace("\0", ""))
    except StoreError as error:
        raise HTTPException(404) from error
    cards = report_cards(desk, found.reports)
    ids = [one.id for one in cards]
    return {
        "linked": found,
        "asked_event": event,
        "cards": cards,
        "tolls": {report.event["id"]: report.tolls for report in found.reports},
        "copies": _copies(found),
        "sources": parties(found.sources),
        "targets": parties(found.targets),
        "numbers": {name: at for at, name in enumerate(ids, 1)},
        "reasons": found.reasons[:_REASONS],
        "near": _near(desk, found),
        "decided": _decided(desk, ids),
        "wrong": "",
    }


def linked_events(desk: Desk) -> LinkedEvents:
    """What tells of linked events, made once until the store changes."""
    return desk.keeping.answer("linked events", lambda: LinkedEvents(desk.store, desk.library))


def _copies(found: LinkedEvent) -> dict[str, str]:
    """By event id of a wire copy the id of the report that stands for it."""
    heads = {report.revision: str(report.event["id"]) for report in found.reports}
    return {
        str(report.event["id"]): heads[report.copy_of]
        for report in found.reports
        if report.copy_of != report.revision and report.copy_of in heads
    }


def _near(desk: Desk, found: LinkedEvent) -> list[Near]:
    """Reports of other acts that are most like one of these."""
    rows = {report.row: str(report.event["id"]) for report in found.reports}
    chosen = select(story_links.c.one, story_links.c.other, story_links.c.score).where(story_links.c.kind == "same")
    chosen = chosen.where(or_(story_links.c.one.in_(rows), story_links.c.other.in_(rows)))
    best: dict[int, tuple[str, float]] = {}
    with desk.store.reading() as connection:
        for one, other, score in connection.execute(chosen.order_by(story_links.c.score.desc())):
            if one in rows and other in rows:
                continue
            mine, theirs = (one, other) if one in rows else (other, one)
            best.setdefault(theirs, (rows[mine], score))
        names = select(events.c.id, events.c.event).where(events.c.id.in_(list(best)[:_NEAR]))
        ids = {row.id: row.event for row in connection.execute(names)}
    return _shown_near(desk, [(ids[row], *best[row]) for row in list(best)[:_NEAR] if row in ids])


def _shown_near(desk: Desk, wanted: Sequence[tuple[str, str, float]]) -> list[Near]:
    reports = []
    for event, of, score in wanted:
        try:
            whole = linked_events(desk).of(event)
        except StoreError:  # of an older text of its article
            continue
        reports.append((next(report for report in whole.reports if report.event["id"] == event), of, score))
    cards = report_cards(desk, [report for report, _, _ in reports])
    return [Near(card, of, score) for card, (_, of, score) in zip(cards, reports, strict=True)]


def _decided(desk: Desk, ids: Sequence[str]) -> list[Decision]:
    """What people said last of each pair that one of these reports is in, the newest first."""
    held: dict[tuple[str, ...], Decision] = {}
    for decision in decisions(desk.store):
        if decision.kind in (LINK, SPLIT) and (decision.one in ids or decision.other in ids):
            pair = tuple(sorted((decision.one, decision.other)))
            held.pop(pair, None)
            held[pair] = decision
    return list(held.values())[::-1]
