"""A store of any size, made up of one article many times over, without reading anything."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from waqai.store import Store, rows
from waqai.store.tables import articles, event_actors, events, mentions, revisions

PER_ARTICLE = 10  # events
_AT_ONCE = 500  # articles
_SENTENCE = "التقى الوزير سالم البحري نظيره في باماكو. "
_FIRST = date(2020, 1, 1)


def fill(store: Store, count: int) -> None:
    """Adds `count` events, ten an article, on days of five years; a tenth are planned. Search finds none of them."""
    for first in range(0, count // PER_ARTICLE, _AT_ONCE):
        numbers = range(first + 1, min(first + _AT_ONCE, count // PER_ARTICLE) + 1)
        records = {number: record(number) for number in numbers}
        with store.writing() as connection:
            connection.execute(insert(articles), [
                {"id": number, "page": rows.page(made), "current": number, "seen": 1}
                for number, made in records.items()
            ])  # fmt: skip
            connection.execute(insert(revisions), [
                rows.revision_row(made) | {"id": number, "article": number, "number": 1, "added": "2026-01-01T00:00:00"}
                for number, made in records.items()
            ])  # fmt: skip
            told = [
                (number * PER_ARTICLE + place, number, place, event)
                for number, made in records.items()
                for place, event in enumerate(made["events"])
            ]
            connection.execute(
                insert(events), [{"id": key} | rows.event_row(event, of, place) for key, of, place, event in told]
            )
            connection.execute(
                insert(event_actors), [row for key, _, _, event in told for row in rows.actor_rows(event, key)]
            )
            connection.execute(insert(mentions), [
                rows.mention_row(mention, number, place)
                for number, made in records.items()
                for place, mention in enumerate(made["mentions"])
            ])  # fmt: skip


def record(number: int) -> dict[str, Any]:
    """A made-up record with ten events."""
    title = f"لقاء رقم {number}"
    text = f"{title}\n\n{_SENTENCE * PER_ARTICLE}"
    day = (_FIRST + timedelta(days=number % 1826)).isoformat()
    return {
        "schema": "waqai/1", "id": f"made-up-{number}", "url": f"https://example.org/{number}", "source": "نشرة المثال",
        "language": "ar", "title": title, "published": day, "published_from": "meta", "authors": ["هالة الزيدي"],
        "caption": "", "credit": "", "standfirst": "", "outlet_summary": [], "text": text,
        "digest": [{"text": _SENTENCE, "span": [len(title) + 2, len(title) + 2 + len(_SENTENCE)]}],
        "events": [_event(number, place, len(title) + 2 + place * len(_SENTENCE), day) for place in range(PER_ARTICLE)],
        "quotes": [], "times": [], "problems": [],
        "mentions": [
            {"name": "سالم البحري", "span": [len(title) + 15, len(title) + 26], "kind": "person", "title": "الوزير",
             "role": "", "code": "--- GOV"}
        ],
        "made_by": {"waqai": "0", "ontology": "", "lexicon": "", "models": ""},
    }  # fmt: skip


def _event(number: int, place: int, start: int, day: str) -> dict[str, Any]:
    def actor(name: str, code: str) -> dict[str, Any]:
        return {"name": name, "code": code, "span": [start, start + 5], "title": "", "role": ""}

    return {
        "id": f"e-{number}-{place}", "type": "CONSULT", "mode": "visit", "contexts": [], "cameo": "042",
        "status": "happened" if place else "planned", "status_cue": "", "date": day, "date_from": "text",
        "sources": [actor("سالم البحري", "TUN GOV")], "targets": [actor("نظيره", "MLI GOV")],
        "place": {"name": "باماكو", "country": "MLI", "lat": 12.65, "lon": -8.0, "geonames": 2460596, "span": []},
        "trigger": "التقى", "trigger_span": [start, start + 5],
        "evidence": _SENTENCE.strip(), "evidence_span": [start, start + len(_SENTENCE) - 1],
        "said_by": "", "said_by_span": [], "confidence": 0.9, "rule": "made-up",
    }  # fmt: skip
