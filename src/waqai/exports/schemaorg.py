"""schema.org NewsArticle as JSON-LD, one a line, with the people, bodies and places it mentions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_TYPES = {"person": "Person", "group": "Organization", "place": "Place"}


def line(record: Mapping[str, Any]) -> str:
    """A record as one line of JSON-LD."""
    body = record["text"][len(record["title"]) :].lstrip("\n") if record["title"] else record["text"]
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": record["id"],
        "url": record["url"],
        "inLanguage": record["language"],
        "headline": record["title"],
        "datePublished": record["published"],
        "author": [{"@type": "Person", "name": name} for name in record["authors"]],
        "publisher": {"@type": "NewsMediaOrganization", "name": record["source"]} if record["source"] else "",
        "abstract": " ".join(sentence["text"] for sentence in record["digest"]),
        "articleBody": body,
        "mentions": _mentions(record["mentions"]),
    }
    return json.dumps({key: value for key, value in article.items() if value}, ensure_ascii=False)


def _mentions(mentions: list[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Who and what is mentioned, each name once."""
    found = dict.fromkeys((mention["kind"], mention["name"]) for mention in mentions)
    return [{"@type": _TYPES[kind], "name": name} for kind, name in found]
