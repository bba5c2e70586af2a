"""How well the open gold set is coded: by layer, by type, and sentences that tell a type beside simpler ways."""

from __future__ import annotations

import importlib.util
import sys
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
    """F1 of every layer and type of the set, and of telling sentences of two types, beside peers."""
    score = scorer()
    gold, single = score.articles(), score.sentences()
    for name, row in score.measure(waqai, gold, single).items():
        many = f"{row['gold']:.0f} in gold, {row['coded']:.0f} coded; P {row['p']:.2f} R {row['r']:.2f}"
        yield Figure(f"open/{name}", row["f1"], "F1", "; ".join(filter(None, (PEOPLE.get(name, ""), many))))
    yield from detection(waqai, gold)


def detection(waqai: Waqai, gold: Sequence[Row]) -> Iterator[Figure]:
    """F1 of saying which sentences of the articles tell an act of a type, and of peers on the same sentences."""
    finder = SentenceFinder(Library())
    texts: list[str] = []
    told: list[set[str]] = []
    said: list[set[str]] = []
    for row, article in zip(gold, articles(gold), strict=True):
        coded = as_dict(waqai.code(article))["events"]
        for span in finder.find(article.text, len(article.title)):
            texts.append(sentence := span.of(article.text))
            told.append({event["type"] for event in row["events"] if event["evidence"] in sentence})
            said.append({e["type"] for e in coded if span.start <= e["evidence_span"][0] < span.end})
    for kind in peers.KINDS:
        answers = [kind in types for types in told]
        ours = peers.f1(answers, [kind in types for types in said])
        yield Figure(f"open/detect {kind}", ours, "F1", peers.told(kind, texts, answers))
