"""One article: its text with all that was found in it marked, and its events as cards beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from waqai.desk import written
from waqai.desk.cards import Card, actor_page, card
from waqai.desk.marking import Layer, Marker, layers_of
from waqai.desk.rendering import SIZES, Taste, kept, taste_of
from waqai.desk.setting import desk_of
from waqai.desk.stories.beside import beside
from waqai.store.article_page import Held, article_of_event, article_of_record
from waqai.store.article_page import article as held_article

router = APIRouter()
LEGEND = ("person", "group", "place", "time", "quote", "act")
_PEOPLE = 40
_TITLE = 1_000  # longer ones are folded away: a browser takes minutes over a word of 200,000 letters


@router.get("/article/{number}", include_in_schema=False)
def article(request: Request, number: int, event: str = "") -> Response:
    """The page of an article; `event` is the id of the event whose words are lit."""
    desk = desk_of(request)
    taste = taste_of(request)

    def shown() -> dict[str, Any]:
        held = held_article(desk.store, number) if number < 1 << 62 else None
        if held is None:
            raise HTTPException(404)
        around = beside(desk, held.revision, held.record["text"])
        return _page(held, event, taste) | {"beside": around, "article_number": held.number}

    return kept(request, "pages/article.html", shown, taste.size)


def _page(held: Held, event: str, taste: Taste) -> dict[str, Any]:
    record = _without_rejected(held)
    events = [entry["id"] for entry in record["events"]]
    lit = events.index(event) if event in events else -1
    head, body = _marked(record, events, lit)
    return {
        "article": record,
        "number": held.number,
        "revisions": held.revisions,
        "head": head,
        "long_title": len(record["title"]) > _TITLE,
        "body": body,
        "cards": _cards(held, record),
        "lit": lit,
        "quotes": record["quotes"],
        "people": _people(record),
        "legend": [kind for kind in LEGEND if _has(record, kind)],
        "source": written.safe_link(record["url"]),
        "citation": _citation(record, taste.language),
        "smaller": max(taste.size - 1, SIZES[0]),
        "larger": min(taste.size + 1, SIZES[-1]),
    }


@router.get("/event/{event}", include_in_schema=False)
def event(request: Request, event: str) -> Response:
    """Leads to the article that tells an event."""
    return _to_article(article_of_event(desk_of(request).store, event), f"?event={event}#e-{event}")


@router.get("/record/{record}", include_in_schema=False)
def record(request: Request, record: str) -> Response:
    """Leads to the article whose record has this id."""
    return _to_article(article_of_record(desk_of(request).store, record))


def _to_article(number: int | None, rest: str = "") -> Response:
    if number is None:
        raise HTTPException(404)
    return RedirectResponse(f"/article/{number}{rest}", 303)


def _without_rejected(held: Held) -> dict[str, Any]:
    kept = [event for event in held.record["events"] if event["id"] not in held.rejected]
    return held.record | {"events": kept}


def _marked(record: Mapping[str, Any], events: Sequence[str], lit: int) -> tuple[Any, Any]:
    """The title and the paragraphs of the body as HTML; where the text does not begin with the title, all is body."""
    text, title = record["text"], record["title"]
    layers = layers_of(record)
    if 0 <= lit < len(record["events"]) and (span := record["events"][lit]["evidence_span"]):
        layers.append(Layer(span[0], span[1], "evidence"))
    marker = Marker(text, layers, events, lit)
    if title and text.startswith(title + "\n\n"):
        return marker.stretch(0, len(title)), marker.paragraphs(len(title) + 2)
    return None, marker.paragraphs(0)


def _cards(held: Held, record: Mapping[str, Any]) -> list[Card]:
    of = {"number": held.number, "title": record["title"], "source": record["source"], "published": record["published"]}
    return [
        card(event | {"article": of, "corrected": held.corrected.get(event["id"], ())}) for event in record["events"]
    ]


def _people(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who is named, each once: name, kind, how they are described, code, how often, their page."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for mention in record["mentions"]:
        if mention["kind"] not in ("person", "group") or not mention["name"]:
            continue
        row = found.setdefault(
            (mention["kind"], mention["name"]),
            {"name": mention["name"], "kind": mention["kind"], "code": "", "office": "", "times": 0,
             "href": actor_page(mention["name"])},
        )  # fmt: skip
        row["times"] += 1
        row["code"] = row["code"] or mention["code"]
        row["office"] = row["office"] or " ".join(part for part in (mention["title"], mention["role"]) if part)
    return sorted(found.values(), key=lambda row: -row["times"])[:_PEOPLE]


def _has(record: Mapping[str, Any], kind: str) -> bool:
    rows = {"time": "times", "quote": "quotes", "act": "events"}
    if kind in rows:
        return bool(record[rows[kind]])
    return any(mention["kind"] == kind for mention in record["mentions"])


def _citation(record: Mapping[str, Any], language: str) -> str:
    """Author, outlet, title, day, address: what a reader copies."""
    comma = "، " if language == "ar" else ", "
    parts = [
        "، ".join(record["authors"]),
        f"«{written.clip(record['title'])}»",
        record["source"],
        written.day(record["published"], language),
        record["url"],
    ]
    return comma.join(part for part in parts if part)
