"""A record as one line of JSON, exactly as the record's description has it: every key always present."""

from __future__ import annotations

import json
from typing import Any

from waqai.model import Actor, CodedMention, Event, Place, Quote, Record, Span, Timex

SCHEMA = "waqai/1"


def line(record: Record) -> str:
    """The record as one line of JSON without a line end; Arabic is written as it is, keys in a fixed order."""
    return json.dumps(as_dict(record), ensure_ascii=False, separators=(",", ":"))


def as_dict(record: Record) -> dict[str, Any]:
    """The record as plain dicts, lists and strings."""
    article, text = record.article, record.article.text
    return {
        "schema": SCHEMA,
        "id": article.id,
        "url": article.url,
        "source": article.source,
        "language": article.language,
        "title": article.title,
        "published": article.published,
        "published_from": article.published_from,
        "authors": list(article.authors),
        "caption": article.caption,
        "credit": article.credit,
        "standfirst": article.standfirst,
        "outlet_summary": list(article.outlet_summary),
        "text": text,
        "digest": [{"text": span.of(text), "span": list(span)} for span in record.digest],
        "events": [_event(event, text) for event in record.events],
        "quotes": [_quote(quote, text) for quote in record.quotes],
        "times": [_time(time, text) for time in record.times],
        "mentions": [_mention(mention) for mention in record.mentions],
        "made_by": {
            "waqai": record.made_by.waqai,
            "ontology": record.made_by.ontology,
            "lexicon": record.made_by.lexicon,
            "models": record.made_by.models,
        },
        "problems": list(record.problems),
    }


def _event(event: Event, text: str) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "status": event.status,
        "status_cue": event.status_cue,
        "date": event.date,
        "date_from": event.date_from,
        "sources": [_actor(actor) for actor in event.sources],
        "targets": [_actor(actor) for actor in event.targets],
        "place": _place(event.place),
        "trigger": event.trigger_span.of(text),
        "trigger_span": list(event.trigger_span),
        "evidence": event.evidence_span.of(text),
        "evidence_span": list(event.evidence_span),
        "said_by": event.said_by,
        "said_by_span": _span(event.said_by_span),
        "confidence": event.confidence,
        "rule": event.rule,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "name": actor.name,
        "code": actor.code,
        "span": list(actor.span),
        "title": actor.title,
        "role": actor.role,
    }


def _place(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    return {
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonames": place.geonames,
        "span": list(place.span),
    }


def _quote(quote: Quote, text: str) -> dict[str, Any]:
    return {
        "speaker": quote.speaker,
        "speaker_span": _span(quote.speaker_span),
        "kind": quote.kind,
        "text": quote.span.of(text),
        "span": list(quote.span),
        "cue": quote.cue,
        "cue_span": _span(quote.cue_span),
    }


def _time(time: Timex, text: str) -> dict[str, Any]:
    return {"text": time.span.of(text), "span": list(time.span), "value": time.value, "kind": time.kind}


def _mention(coded: CodedMention) -> dict[str, Any]:
    mention = coded.mention
    return {
        "name": mention.name,
        "span": list(mention.span),
        "kind": mention.kind,
        "title": mention.title,
        "role": mention.role,
        "code": coded.code,
    }


def _span(span: Span | None) -> list[int]:
    return [] if span is None else list(span)
