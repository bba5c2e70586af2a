"""The pages of review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from waqai.desk.failures import told as in_words
from waqai.desk.rendering import render, taste_of
from waqai.desk.review import form as fields
from waqai.desk.review.words import paragraphs, told
from waqai.desk.setting import Desk, desk_of
from waqai.errors import StoreError
from waqai.store import review
from waqai.store.article_page import article as held_article
from waqai.store.filters import Filters
from waqai.store.queries import revision_of
from waqai.store.review import ORDERS

router = APIRouter(prefix="/review", include_in_schema=False)
_BLANK_ROWS, _LINES = 2, 50


@router.get("")
def next_one(request: Request, type: str = "", order: str = "fair", after: str = "") -> Response:
    """Leads to the next event to judge; `after` is one to pass by."""
    desk = desk_of(request)
    wanted = _wanted(desk, type, order)
    event = review.waiting(desk.store, Filters(type=wanted["type"]), wanted["order"], after[:200].replace("\0", ""))
    if event:
        return RedirectResponse(_address(event, wanted), 303)
    return render(request, "review/none.html", wanted=wanted, **_choices(desk))


@router.get("/log")
def log(request: Request, event: str = "", before: int | None = None) -> Response:
    """Who said what, when and why, the newest first."""
    desk = desk_of(request)
    before = before if before is None or 0 <= before < 1 << 62 else 0
    lines = review.log(desk.store, event=event.replace("\0", ""), before=before, limit=_LINES + 1)
    older = lines[_LINES - 1].id if len(lines) > _LINES else None
    return render(request, "review/log.html", lines=lines[:_LINES], told=told, older=older, event=event)


@router.get("/precision")
def precision(request: Request) -> Response:
    """How right the machine was so far, by type."""
    scores = review.scores(desk_of(request).store)
    total = review.Score("", *(sum(getattr(one, name) for one in scores) for name in _COUNTS))
    return render(request, "review/precision.html", scores=[one for one in scores if one.reviewed], total=total)


_COUNTS = ("right", "edited", "rejected", "waiting")


@router.get("/missing/{number}")
def missing(request: Request, number: int) -> Response:
    """The form for an event of article `number` that the machine did not read."""
    record, _ = _article(desk_of(request), number)
    return _missing_page(request, number, record, fields.empty())


@router.post("/missing/{number}")
async def add_missing(request: Request, number: int) -> Response:
    """Adds an event that the machine did not read."""
    sent = fields.filled(await request.form())
    return await run_in_threadpool(_add_missing, request, number, sent)


@router.get("/{event}")
def one(request: Request, event: str, type: str = "", order: str = "fair") -> Response:
    """One event, its text and the form."""
    desk = desk_of(request)
    return _page(request, desk, event, _wanted(desk, type, order))


@router.post("/{event}")
async def judge(request: Request, event: str) -> Response:
    """Accepts, rejects, corrects, or takes back what was said last."""
    form = await request.form()
    sent = fields.filled(form)
    action = form.get("action")
    wanted = {name: str(form.get(f"wanted_{name}", "")) for name in ("type", "order")}
    return await run_in_threadpool(_judge, request, event, str(action), sent, wanted)


def _judge(request: Request, event: str, action: str, sent: fields.Filled, asked: Mapping[str, str]) -> Response:
    desk, who = desk_of(request), request.state.user.name
    wanted = _wanted(desk, asked["type"], asked["order"])
    try:
        if action == "undo":
            review.undo(desk.store, event, who, sent.why, sent.seen)
            return RedirectResponse(_address(event, wanted), 303)
        if action not in ("accept", "edit", "reject"):
            raise HTTPException(422, "action")
        record, found = _event(desk, event)
        changed: dict[str, Any] = {}
        if action != "reject":
            changed = fields.changes(sent, found, record, desk.ontology)
            changed = {name: value for name, value in changed.items() if value != found[name]}
            action = "edit" if changed else "accept"
        review.review(desk.store, event, action, who, changes=changed, why=sent.why, seen=sent.seen)
    except (ValueError, review.Conflict) as error:
        status = 409 if isinstance(error, review.Conflict) else 422
        return _page(request, desk, event, wanted, wrong=_told(request, error), status=status)
    except StoreError as error:
        raise HTTPException(404) from error
    return RedirectResponse(f"/review{_query(wanted, after=event)}", 303)


def _add_missing(request: Request, number: int, sent: fields.Filled) -> Response:
    desk = desk_of(request)
    record, revision = _article(desk, number)
    try:
        event = fields.missing(sent, record, desk.ontology)
        name = review.add(desk.store, revision, event, request.state.user.name, sent.why)
    except (ValueError, StoreError) as error:
        shown = fields.empty() | dict(sent.plain)
        return _missing_page(request, number, record, shown, wrong=_told(request, error))
    return RedirectResponse(f"/review/{quote(name, safe='')}", 303)


def _told(request: Request, error: Exception) -> str:
    say = desk_of(request).texts.say(taste_of(request).language)
    if isinstance(error, review.Conflict):
        return say("review.conflict")
    return say(error.name, **error.fills) if isinstance(error, fields.Wrong) else in_words(request, error)


def _page(
    request: Request, desk: Desk, event: str, wanted: Mapping[str, str], *, wrong: str = "", status: int = 200
) -> Response:
    record, found = _event(desk, event)
    revision = revision_of(desk.store, event)
    who = request.state.user.name
    last = review.last_by(desk.store, who)
    lines = review.log(desk.store, event=event, limit=20)
    return render(
        request,
        "review/event.html",
        status,
        event=found,
        article=record,
        article_number=_number(desk, revision),
        paragraphs=paragraphs(record["text"], found),
        parties=_rows(found),
        blank=_BLANK_ROWS,
        verdict=review.verdicts_of(desk.store, revision).get(event, ""),
        lines=lines,
        told=told,
        seen=lines[0].id if lines else 0,
        held=any(not line.undone and line.undoes is None for line in lines),
        last=last if last != event else "",
        last_seen=review.last_entry(desk.store, last) if last else 0,
        waiting=_waiting(desk, wanted["type"]),
        wanted=wanted,
        wrong=wrong,
        action=f"/review/{quote(event, safe='')}",
        **_choices(desk),
    )


def _waiting(desk: Desk, kind: str) -> int:
    """How many events of a type are not judged."""
    return desk.keeping.answer(("waiting", kind), lambda: review.count_waiting(desk.store, Filters(type=kind)))


def _missing_page(
    request: Request, number: int, record: Mapping[str, Any], event: Mapping[str, Any], *, wrong: str = ""
) -> Response:
    return render(
        request,
        "review/missing.html",
        422 if wrong else 200,
        event=event,
        article=record,
        article_number=number,
        paragraphs=paragraphs(record["text"], fields.empty()),
        parties=[],
        blank=_BLANK_ROWS + 1,
        wanted={"type": "", "order": "fair"},
        wrong=wrong,
        action=f"/review/missing/{number}",
        seen=0,
        **_choices(desk_of(request)),
    )


def _event(desk: Desk, event: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The record that holds an event in use, and the event."""
    try:
        record = desk.store.record(revision_of(desk.store, event.replace("\0", "")))
    except StoreError as error:
        raise HTTPException(404) from error
    found = next((one for one in record["events"] if one["id"] == event), None)
    if found is None:
        raise HTTPException(404)
    return record, found


def _article(desk: Desk, number: int) -> tuple[dict[str, Any], int]:
    """The record of an article and its revision in use."""
    held = held_article(desk.store, number) if 0 < number < 1 << 62 else None
    if held is None:
        raise HTTPException(404)
    return held.record, held.revision


def _number(desk: Desk, revision: int) -> int:
    from sqlalchemy import select

    from waqai.store.tables import revisions

    with desk.store.reading() as connection:
        return int(connection.execute(select(revisions.c.article).where(revisions.c.id == revision)).scalar_one())


def _rows(event: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row of the form for each party."""
    return [
        {"side": side, "was": f"{side[0]}{number}", "name": actor["name"], "start": (actor["span"] or [""])[0],
         "country": actor["code"][:3], "sector": actor["code"][4:]}
        for side in ("source", "target")
        for number, actor in enumerate(event[f"{side}s"])
    ]  # fmt: skip


def _choices(desk: Desk) -> dict[str, Any]:
    from waqai.ontology import STATUSES

    return {
        "types": desk.ontology.types,
        "statuses": list(STATUSES),
        "sectors": list(desk.ontology.sectors),
        "orders": ORDERS,
    }


def _wanted(desk: Desk, kind: str, order: str) -> dict[str, str]:
    """Which events are judged, and in which order; what there is not counts as nothing said."""
    return {"type": kind if kind in desk.ontology.types else "", "order": order if order in ORDERS else "fair"}


def _address(event: str, wanted: Mapping[str, str]) -> str:
    return f"/review/{quote(event, safe='')}" + _query(wanted)


def _query(wanted: Mapping[str, str], **more: str) -> str:
    """What is wanted as the end of an address, what goes without saying left out."""
    said = {name: value for name, value in wanted.items() if value and value != "fair"} | more
    return f"?{urlencode(said)}" if said else ""
