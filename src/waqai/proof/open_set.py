"""How well the open gold set is coded: by layer, by type, and sentences that tell a type beside simpler ways."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from waqai.analysis.sentences import SentenceFinder
from waqai.exports.jsonl import as_dict
from waqai.model import Article
from waqai.pipeline import Waqai
from waqai.proof import peers
from waqai.proof.figures import Figure
from waqai.proof.material import material
from waqai.resources import Library

TWICE = "two people on news articles {}"
PEOPLE = {
    "events/type": TWICE.format(".92"), "events/who": TWICE.format(".88"), "events/full": TWICE.format(".84"),
    "quotes": TWICE.format(".94"), "times/span": TWICE.format(".98"), "times/value": TWICE.format(".92"),
}  # fmt: skip
Row = Mapping[str, Any]


def scorer() -> ModuleType:
    """The set's own scorer, score.py beside its articles."""
    if "waqai_open_score" not in sys.modules:
        spec = importlib.util.spec_from_file_location("waqai_open_score", material("open") / "score.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    return sys.modules["waqai_open_score"]


def articles(rows: Iterable[Row]) -> list[Article]:
    """The set's articles as a reader gives them."""
    return [
        Article(row["id"], f"{row['title']}\n\n{row['body']}", row["title"], published=row["published"]) for row in rows
    ]


def figures(waqai: Waqai) -> Iterator[Figure]:
    """F1 of every layer and type of the set, of telling sentences of two types beside peers, and what goes wrong."""
    score = scorer()
    gold, single = score.articles(), score.sentences()
    for name, row in score.measure(waqai, gold, single).items():
        many = f"{row['gold']:.0f} in gold, {row['coded']:.0f} coded; P {row['p']:.2f} R {row['r']:.2f}"
        yield Figure(f"open/{name}", row["f1"], "F1", "; ".join(filter(None, (PEOPLE.get(name, ""), many))))
    coded = [as_dict(waqai.code(article)) for article in articles(gold)]
    yield from detection(gold, coded)
    yield from mistakes(score, gold, coded)


def detection(gold: Sequence[Row], coded: Sequence[Row]) -> Iterator[Figure]:
    """F1 of saying which sentences of the articles tell an act of a type, and of peers on the same sentences."""
    finder = SentenceFinder(Library())
    texts: list[str] = []
    told: list[set[str]] = []
    said: list[set[str]] = []
    for row, article, record in zip(gold, articles(gold), coded, strict=True):
        for span in finder.find(article.text, len(article.title)):
            texts.append(sentence := span.of(article.text))
            told.append({event["type"] for event in row["events"] if event["evidence"] in sentence})
            said.append({e["type"] for e in record["events"] if span.start <= e["evidence_span"][0] < span.end})
    for kind in peers.KINDS:
        answers = [kind in types for types in told]
        ours = peers.f1(answers, [kind in types for types in said])
        yield Figure(f"open/detect {kind}", ours, "F1", peers.told(kind, texts, answers))


def mistakes(score: ModuleType, gold: Sequence[Row], coded: Sequence[Row]) -> Iterator[Figure]:
    """How many events go wrong in which way; no single one is shown, since nothing may be fitted to the set."""
    counts: Counter[str] = Counter()
    for row, record in zip(gold, coded, strict=True):
        pairs = list(score.paired(row["events"], record["events"], score.same_event))
        counts["found"] += len(pairs)
        for one, other in pairs:
            counts.update(_wrong(score, one, other))
        left = [event for event in row["events"] if not any(event is one for one, _ in pairs)]
        extra = [event for event in record["events"] if not any(event is other for _, other in pairs)]
        counts.update("missed: " + _why(score, event, extra) for event in left)
        counts.update("too many: " + _why(score, event, left) for event in extra)
    whole = f"of {sum(len(row['events']) for row in gold)} in gold, {sum(len(r['events']) for r in coded)} coded"
    for kind, count in sorted(counts.items()):
        yield Figure(f"mistakes/{kind}", count, "", whole if kind == "found" else "")


def _wrong(score: ModuleType, one: Row, other: Row) -> Iterator[str]:
    """What is wrong with an event that was found."""
    for side in ("sources", "targets"):
        if score.side(one[side], other[side]) < score.HALF:
            name = side.removesuffix("s")
            missing = not other[side]
            yield f"{name} " + ("missing" if missing else "where there is none" if not one[side] else "is another")
    if score.side(one["sources"], other["targets"]) >= score.HALF <= score.side(one["targets"], other["sources"]):
        yield from ["sides the other way round"] if one["sources"] and one["targets"] else []
    yield from (f"{field} is another" for field in ("status", "date", "mode") if one[field] != other[field])


def _why(score: ModuleType, event: Row, others: Sequence[Row]) -> str:
    """Whether the sentence of an event that has no partner has one of another type."""
    same = any(score.shared(event["evidence"], other["evidence"]) >= score.HALF for other in others)
    return "type is another" if same else "nothing there"
