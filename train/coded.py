"""Articles and sentences that somebody coded, and which drafts of the coder tell what they coded."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waqai.analysis.analyser import Analyser
from waqai.arabic import fold
from waqai.coding.coder import Coder
from waqai.lexicon import PUBLISHED
from waqai.model import Analysis, Article, Draft, Mention, Span
from waqai.resources import Library

LABELS = Path(__file__).parent / "coded" / "ant2018-h1.jsonl"


@dataclass(slots=True)
class Coded:
    """An article with the events somebody coded in it."""

    analysis: Analysis
    events: list[dict[str, Any]]
    weight: float = 1.0  # how much it counts in training


@dataclass(slots=True)
class Judged:
    """A sentence of the gsr set: which types its annotators say it reports (True) or does not (False)."""

    analysis: Analysis
    reports: dict[str, bool]


def coded(analyser: Analyser, path: Path, weight: float = 1.0) -> Coded:
    """A coded article in the form of the gold ones."""
    data = json.loads(path.read_text(encoding="utf-8"))
    text = f"{data['title']}\n\n{data['body']}"
    article = Article(data["id"], text, data["title"], published=data["published"])
    return Coded(analyser.analyse(article), data["events"], weight)


def standoff(analyser: Analyser, labels: Path, news: Path) -> Iterator[Coded]:
    """The articles of train/coded: labels here, words in the news corpus."""
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    wanted = {row["id"]: row["events"] for row in rows}
    with lzma.open(news, "rt", encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            if data["id"] not in wanted:
                continue
            text = f"{data['title']}\n\n{data['body']}"
            article = Article(data["id"], text, data["title"], published=data["published"])
            yield Coded(analyser.analyse(article), [worded(event, text) for event in wanted[data["id"]]])


def judged_sentences(analyser: Analyser, folder: Path) -> Iterator[Judged]:
    """The gsr sentences with a majority of at least two votes; ties are left out."""
    reports: dict[str, dict[str, bool]] = {}
    for type_ in ("PROTEST", "ASSAULT"):
        for line in (folder / f"{type_.lower()}_detection.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if max(row["accept"], row["reject"]) >= 2 and row["accept"] != row["reject"]:
                reports.setdefault(row["text"], {})[type_] = row["accept"] > row["reject"]
    for text, found in reports.items():
        yield Judged(analyser.analyse(Article("gsr", " ".join(text.split()), "")), found)


def worded(event: dict[str, Any], text: str) -> dict[str, Any]:
    """A coded event with its spans read back as words, in the form of the gold events."""

    def actors(side: str) -> list[dict[str, str]]:
        return [{"name": Span(*actor["span"]).of(text), "code": actor["code"]} for actor in event[side]]

    words = {key: Span(*event[key]).of(text) if event[key] else "" for key in ("trigger", "evidence", "said_by")}
    return event | words | {"sources": actors("sources"), "targets": actors("targets")}


def example_articles(library: Library, analyser: Analyser) -> Iterator[Coded]:
    """The frame rows' examples, each an article of one sentence with one event."""
    for row in library.rows("frames", "frame"):
        if not row.get("example"):
            continue
        analysis = analyser.analyse(Article(row["id"], row["example"], "", published=PUBLISHED))
        gives = row.get("gives", {})
        event = {
            "type": row["type"],
            "rule": row["id"],
            "status": gives.get("status", "happened"),
            "sources": [{"name": name} for name in gives.get("sources", [])],
            "targets": [{"name": name} for name in gives.get("targets", [])],
            "evidence": row["example"],
            "trigger": "",
        }
        yield Coded(analysis, [event])


def match(drafts: Sequence[Draft], article: Coded) -> dict[int, dict[str, Any] | str]:
    """id of a draft -> the coded event it tells, or "skip" where it retells one whose evidence is elsewhere."""
    text = article.analysis.article.text
    found: dict[int, dict[str, Any] | str] = {}
    for event in article.events:
        where = text.find(event["evidence"])
        span = Span(where, where + len(event["evidence"]))
        near = [d for d in drafts if d.event.type == event["type"] and where >= 0 and d.event.evidence_span.meets(span)]
        near = [d for d in near if not isinstance(found.get(id(d)), dict)]
        exact = [d for d in near if shares_trigger(d, event, text)]
        for draft in exact or sorted(near, key=lambda d: -likeness(d, event))[:1]:
            found[id(draft)] = event
        for draft in drafts:
            if draft.event.type == event["type"] and id(draft) not in found and likeness(draft, event) > 1:
                found[id(draft)] = "skip"
    return found


def shares_trigger(draft: Draft, event: dict[str, Any], text: str) -> bool:
    """Whether the draft's trigger and the event's are the same words, or one in the other."""
    one, two = fold(draft.event.trigger_span.of(text)), fold(event["trigger"])
    return bool(two) and (one in two or two in one)


def likeness(draft: Draft, event: dict[str, Any]) -> float:
    """How alike the sides are, 0 to 2."""
    sides = ((draft.event.sources, event["sources"]), (draft.event.targets, event["targets"]))
    return sum(any(alike(a.name, b["name"]) for a in ours for b in theirs) for ours, theirs in sides)


class States:
    """The states that names stand for: by their own name, their capital or an adjective."""

    def __init__(self, coder: Coder) -> None:
        self._state = coder._actors.state
        self._known: dict[str, str] = {}

    def one(self, name: str, other: str) -> bool:
        """Whether both names stand for the same state."""
        return bool(self._of(name)) and self._of(name) == self._of(other)

    def _of(self, name: str) -> str:
        if name not in self._known:
            span = Span(0, len(name))
            self._known[name] = self._state(Mention(span, "place", name, span))[0]
        return self._known[name]


def alike(one: str, two: str) -> bool:
    """Whether two names share half their words, as the scorer has it."""
    from score import token_f1

    return bool(token_f1(one, two) >= 0.5)
