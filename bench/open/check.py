"""Whether the open gold set is well formed: keys, strings verbatim, names of types, modes, statuses and sectors.

    python bench/open/check.py

Types, modes and sectors are read from the ontology tables. Prints a line for each fault and exits 1 where there is one.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from waqai.ontology import STATUSES, Ontology
from waqai.resources import Library

HERE = Path(__file__).resolve().parent
ARTICLES = HERE / "articles"
SENTENCES = HERE / "sentences.jsonl"

ARTICLE_KEYS = {"id", "title", "published", "body", "events", "quotes", "times"}
SENTENCE_KEYS = {"id", "text", "published", "kind", "reason", "events"}
EVENT_KEYS = {
    "type", "mode", "status", "date", "sources", "targets", "place", "trigger", "evidence", "said_by",
}  # fmt: skip
QUOTE_KINDS = {"direct", "indirect", "mixed"}
TIME_KINDS = {"date", "time", "duration", "set"}
DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")
PUBLISHED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
CODE = re.compile(r"([A-Z]{3}|---) ([A-Z]{3})")
DAY = r"\d{4}(-W\d\d|-(SP|SU|FA|WI)|-\d\d(-\d\d)?)?"
VALUE = re.compile(rf"{DAY}(T([A-Z]{{2}}|\d\d:\d\d))?|PT?(\d+|X)[YMWDH]|(PAST|PRESENT|FUTURE)_REF")

Row = Mapping[str, Any]


def articles() -> list[dict[str, Any]]:
    """The coded articles, by name of file."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(ARTICLES.glob("*.json"))]


def sentences() -> list[dict[str, Any]]:
    """The coded sentences, in the order of the file."""
    return [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]


def absent(text: str, strings: Iterable[str]) -> Iterator[str]:
    """A fault for every string that is not in `text` word for word."""
    return (f"not verbatim: {string[:60]}" for string in strings if string not in text)


def actor_faults(actor: Row, ontology: Ontology) -> Iterator[str]:
    code = CODE.fullmatch(actor["code"])
    if not code or code[2] not in ontology.sectors:
        yield f"no code: {actor['code']}"
    elif ontology.sectors[code[2]].stateless and code[1] != "---":
        yield f"this sector has no country: {actor['code']}"


def event_faults(event: Row, text: str, ontology: Ontology) -> Iterator[str]:
    """What is wrong with one event of `text`."""
    if set(event) != EVENT_KEYS:
        yield f"keys are {sorted(event)}"
        return
    if event["type"] not in ontology.types:
        yield f"no type: {event['type']}"
    elif event["mode"] and event["mode"] not in ontology.types[event["type"]].modes:
        yield f"no mode of {event['type']}: {event['mode']}"
    if event["status"] not in STATUSES:
        yield f"no status: {event['status']}"
    if not DATE.fullmatch(event["date"]):
        yield f"no date: {event['date']}"
    if event["trigger"] not in event["evidence"]:
        yield f"the trigger {event['trigger']} is not in its evidence"
    if event["place"] and not re.fullmatch("[A-Z]{3}|---", event["place"]["country"]):
        yield f"no country: {event['place']['country']}"
    actors = [*event["sources"], *event["targets"]]
    names = [actor["name"] for actor in actors] + ([event["place"]["name"]] if event["place"] else [])
    yield from absent(text, [event["evidence"], event["said_by"], *names])
    for actor in actors:
        yield from actor_faults(actor, ontology)


def times_faults(times: Iterable[Row], text: str) -> Iterator[str]:
    """What is wrong with the times, which stand in text order."""
    start = 0
    for time in times:
        at = text.find(time["text"], start)
        if at < 0:
            yield f"not verbatim, or out of order: {time['text']}"
        else:
            start = at + len(time["text"])
        if not VALUE.fullmatch(time["value"]) or time["kind"] not in TIME_KINDS:
            yield f"no time: {time}"


def article_faults(article: Row, ontology: Ontology) -> Iterator[str]:
    """What is wrong with one coded article."""
    if set(article) != ARTICLE_KEYS:
        yield f"keys are {sorted(article)}"
        return
    if not PUBLISHED.fullmatch(article["published"]):
        yield f"no time of publication: {article['published']}"
    text = f"{article['title']}\n{article['body']}"
    for event in article["events"]:
        yield from event_faults(event, text, ontology)
    yield from absent(text, (quote[key] for quote in article["quotes"] for key in ("text", "speaker", "cue")))
    yield from (f"no kind of quote: {q['kind']}" for q in article["quotes"] if q["kind"] not in QUOTE_KINDS)
    yield from times_faults(article["times"], text)


def sentence_faults(row: Row, ontology: Ontology) -> Iterator[str]:
    """What is wrong with one coded sentence."""
    if set(row) != SENTENCE_KEYS:
        yield f"keys are {sorted(row)}"
        return
    if not row["reason"]:
        yield "no reason"
    if (row["kind"] == "act") != bool(row["events"]):
        yield f"kind {row['kind']} with {len(row['events'])} events"
    for event in row["events"]:
        yield from event_faults(event, row["text"], ontology)


def faults() -> list[str]:
    """Everything that is wrong with the set, each fault with the id it belongs to."""
    ontology = Ontology(Library())
    found = [f"{a['id']}: {fault}" for a in articles() for fault in article_faults(a, ontology)]
    found += [f"{row['id']}: {fault}" for row in sentences() for fault in sentence_faults(row, ontology)]
    ids = [row["id"] for row in (*articles(), *sentences())]
    return found + [f"{name}: an id given twice" for name in sorted({name for name in ids if ids.count(name) > 1})]


if __name__ == "__main__":
    wrong = faults()
    print("\n".join(wrong) or "ok")
    sys.exit(bool(wrong))
