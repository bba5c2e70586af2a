"""W3C Web Annotations, one JSON-LD object a line: what was found where, by quotation and by position.

Positions are code points of the text, from its beginning, half-open, as the model (2017, 4.2.5) asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_AROUND = 32  # code points of context on either side


def lines(record: Mapping[str, Any]) -> Iterator[str]:
    """The annotations of a record: its events, at the words that name them, and its quotes."""
    source = record["url"] or f"urn:waqai:{record['id']}"
    for event in record["events"]:
        parties = [f"{side}: {', '.join(a['name'] for a in event[f'{side}s'])}" for side in ("source", "target")]
        told = "; ".join([event["type"], event["status"], event["date"], *parties])
        yield _annotation(f"urn:waqai:{event['id']}", "classifying", told, record, source, event["trigger_span"])
    for number, quote in enumerate(record["quotes"]):
        name = f"urn:waqai:{record['id']}:quote:{number}"
        yield _annotation(name, "describing", f"said by {quote['speaker']}", record, source, quote["span"])


def _annotation(
    name: str, motivation: str, told: str, record: Mapping[str, Any], source: str, span: Sequence[int]
) -> str:
    text, (start, end) = record["text"], span
    annotation = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": name,
        "type": "Annotation",
        "motivation": motivation,
        "body": {"type": "TextualBody", "value": told, "format": "text/plain"},
        "target": {
            "source": source,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(0, start - _AROUND) : start],
                    "suffix": text[end : end + _AROUND],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }
    return json.dumps(annotation, ensure_ascii=False)
