"""Trains the coding models: which triggers are acts, and which mentions are their sides.

    .venv/bin/python train/coding.py --shared ../shared [--folds 5] [--write]

Learns from articles coded by hand (../shared/gold/dev and train/coded), from the frame rows' own examples and, for lone
sentences, from the votes on the gsr sentences, prints five-fold figures over whole articles and sentences, and with
--write stores src/waqai/data/models/coding.json.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from coded import LABELS, Coded, Judged, States, alike, coded, example_articles, judged_sentences, match, standoff
from waqai.analysis.analyser import Analyser
from waqai.coding import confidence
from waqai.coding.coder import Coder
from waqai.coding.confidence import Judge
from waqai.coding.moments import MomentChooser
from waqai.coding.parties import SideChooser, given_features, nobody_features
from waqai.coding.weights import LinearModel
from waqai.exports import jsonl
from waqai.model import Draft, Party
from waqai.resources import DATA, Library

SEED = 7
# Inverse regularisation of each model, the best of 0.03, 0.1, 0.3 and 1 in the five-fold check.
STRENGTH = {"event": 0.05, "lone": 0.1, "source": 0.1, "target": 0.1, "time": 0.3}
# How much a frame row's example counts beside a line of a real article.
EXAMPLE_WEIGHT = 0.5
# How much a gold article, which two coders have coded and settled, counts beside one coded once.
GOLD_WEIGHT = 3.0
DECIMALS = 3
SEEN = 3  # a feature of fewer lines is not learnt
SMALLEST = 0.02  # weights below this change nothing and only make the file longer


@dataclass(slots=True)
class Lines:
    """Training lines of one model."""

    features: list[dict[str, float]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, names: Iterable[str], label: bool, weight: float) -> None:
        self.features.append(dict.fromkeys(names, 1.0))
        self.labels.append(int(label))
        self.weights.append(weight)


@dataclass(slots=True)
class Choice:
    """The options for one side of an act, and which of them are right."""

    options: list[tuple[str, ...]]
    right: list[bool]
    weight: float


def main() -> None:
    """Command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, required=True)
    ask.add_argument("--folds", type=int, default=5)
    ask.add_argument("--floor", type=float, default=confidence.FLOOR)
    ask.add_argument("--write", action="store_true")
    ask.add_argument("--figures", type=Path, help="where to write the five-fold figures (bench/five_fold.json)")
    ask.add_argument("--out", type=Path, help="where to write the records coded in the folds")
    args = ask.parse_args()
    sys.path.insert(0, str(args.shared / "gold"))
    library = Library()
    analyser, coder = Analyser(library), Coder(library)
    gold = [coded(analyser, path, GOLD_WEIGHT) for path in sorted((args.shared / "gold/dev").glob("*.json"))]
    more = list(standoff(analyser, LABELS, args.shared / "data/news/ant2018-h1.jsonl.xz"))
    examples = list(example_articles(library, analyser))
    sentences = list(judged_sentences(analyser, args.shared / "data/gsr"))
    print(f"{len(sentences)} judged sentences")
    print(f"{len(gold)} gold articles, {len(more)} more, {len(examples)} examples of rows")
    confidence.FLOOR = args.floor
    records, found = check(coder, gold, more, examples, sentences, args.folds)
    print("\n".join(f"{name:16} {value:.3f}" for name, value in found.items()))
    if args.figures:
        args.figures.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if args.out:
        args.out.write_text("".join(record + "\n" for record in records), encoding="utf-8")
    if args.write:
        models = train(coder, [*gold, *more], examples, sentences)
        store(models, DATA / "models" / "coding.json")


# --- learning ---


def train(
    coder: Coder, articles: Sequence[Coded], examples: Sequence[Coded], sentences: Sequence[Judged]
) -> dict[str, Weights]:
    """The models, trained on `articles`, the rows' examples and, for lone sentences, those that gsr judged.

    The model of articles learns nothing from the gsr sentences: that lost 0.01 of its type F1.
    """
    lines, states = Lines(), States(coder)
    choices: dict[str, list[Choice]] = {"source": [], "target": [], "time": []}
    for article in articles:
        drafts = coder.drafts(article.analysis)
        matched = match(drafts, article)
        for draft, names in zip(drafts, confidence.features(drafts), strict=True):
            label = matched.get(id(draft))
            if label == "skip":
                continue
            lines.add(names, label is not None, article.weight)
            if isinstance(label, dict):
                add_choices(choices, draft, label, article.weight, states)
                add_moments(choices["time"], draft, label, article.weight)
    for article in examples:
        event = article.events[0]
        for draft in coder.drafts(article.analysis):
            if draft.event.rule == event["rule"]:
                add_choices(choices, draft, event, EXAMPLE_WEIGHT, states)
    models: dict[str, Weights] = {"event": LogisticModel(lines, STRENGTH["event"])}
    models["lone"] = LogisticModel(lone_lines(coder, sentences, models["event"].linear()), STRENGTH["lone"])
    models |= {side: RankingModel(choices[side], STRENGTH[side]) for side in choices}
    return models


def lone_lines(coder: Coder, sentences: Sequence[Judged], model: LinearModel) -> Lines:
    """What is learnt for lone sentences: every draft of a type that was voted on, beside what `model` makes of it."""
    lines = Lines()
    for sentence in sentences:
        drafts = coder.drafts(sentence.analysis)
        for draft, names in zip(drafts, confidence.features(drafts), strict=True):
            if draft.event.type in sentence.reports:
                told = confidence.lone_features(draft, model.score(names))
                lines.add((*names, *told), sentence.reports[draft.event.type], 1.0)
    return lines


class Weights:
    """A fitted linear model, as names and weights."""

    bias = 0.0
    weights: dict[str, float]

    def linear(self) -> LinearModel:
        """The model as the coder uses it."""
        return LinearModel(self.bias, self.weights)


class RankingModel(Weights):
    """A softmax over the candidates of each choice: the right ones share the probability (conditional logit)."""

    def __init__(self, choices: Sequence[Choice], strength: float) -> None:
        vectors = DictVectorizer(dtype=np.float64)
        rows = [dict.fromkeys(names, 1.0) for choice in choices for names in choice.options]
        matrix = vectors.fit_transform(rows).tocsr()
        starts = np.cumsum([0, *(len(choice.options) for choice in choices)])[:-1]
        right = np.array([flag for choice in choices for flag in choice.right], dtype=bool)
        weight = np.array([choice.weight for choice in choices])
        sizes = np.diff(np.append(starts, matrix.shape[0]))

        def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
            scores = matrix @ w
            scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
            odds = np.exp(scores)
            total = np.add.reduceat(odds, starts)
            hits = np.add.reduceat(np.where(right, odds, 0.0), starts)
            value = -(weight * (np.log(hits + 1e-12) - np.log(total))).sum() + (w @ w) / (2 * strength)
            pull = odds / np.repeat(total, sizes) - np.where(right, odds / np.repeat(hits + 1e-12, sizes), 0.0)
            return value, matrix.T @ (pull * np.repeat(weight, sizes)) + w / strength

        fitted = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
        named = zip(vectors.get_feature_names_out(), fitted, strict=True)
        self.weights = {name: round(float(value), DECIMALS) for name, value in named if abs(value) >= SMALLEST}


class LogisticModel(Weights):
    """A logistic regression."""

    def __init__(self, lines: Lines, strength: float) -> None:
        vectors = DictVectorizer()
        often = Counter(name for names in lines.features for name in names)
        kept = [{name: 1.0 for name in names if often[name] >= SEEN} for names in lines.features]
        matrix = vectors.fit_transform(kept)
        matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
        fitted = LogisticRegression(C=strength, max_iter=2000, solver="liblinear", random_state=SEED)
        fitted.fit(matrix, lines.labels, sample_weight=lines.weights)
        self.bias = round(float(fitted.intercept_[0]), DECIMALS)
        named = zip(vectors.get_feature_names_out(), fitted.coef_[0], strict=True)
        self.weights = {name: round(float(weight), DECIMALS) for name, weight in named if abs(weight) >= SMALLEST}


def add_choices(
    choices: dict[str, list[Choice]], draft: Draft, event: dict[str, Any], weight: float, states: States
) -> None:
    """The choice of each side: its candidates and nobody. A side whose actor is no candidate teaches nothing.

    A state is right by any of its names: some coders write its capital where the sentence has it, some do not.
    """
    nobody = tuple(nobody_features(draft.act.trigger, draft.act.ruled))
    options: list[Party | None] = [None, *draft.act.parties]
    sources: list[Party | None] = []
    for side in ("source", "target"):
        wanted = [actor["name"] for actor in event[side + "s"]]
        right = [
            any(alike(option.name, name) or states.one(option.name, name) for name in wanted)
            if option is not None
            else not wanted
            for option in options
        ]
        if not any(right):
            continue
        rows = [option.features if option is not None else nobody for option in options]
        if side == "source":
            sources = [option for option, flag in zip(options, right, strict=True) if flag]
        elif sources:
            source = sources[0]
            rows = [
                (*row, *given_features(draft.act.trigger, source, option))
                for row, option in zip(rows, options, strict=True)
            ]
        choices[side].append(Choice(rows, right, weight))


def add_moments(choices: list[Choice], draft: Draft, event: dict[str, Any], weight: float) -> None:
    """The choice of the date; one that no candidate has teaches nothing."""
    right = [moment.date == event["date"] for moment in draft.act.moments]
    if any(right):
        choices.append(Choice([moment.features for moment in draft.act.moments], right, weight))


# --- checking ---


def check(
    coder: Coder,
    gold: Sequence[Coded],
    more: Sequence[Coded],
    examples: Sequence[Coded],
    sentences: Sequence[Judged],
    folds: int,
) -> tuple[list[str], dict[str, float]]:
    """Codes each article and sentence with models that have not seen it; the records, and figures by name."""
    pool = [("events", article) for article in gold] + [("hand", article) for article in more]
    random.Random(SEED).shuffle(pool)
    records: list[str] = []
    results: dict[str, list[tuple[Coded, dict[str, Any]]]] = {"events": [], "hand": []}
    said: list[tuple[Judged, set[str]]] = []
    for part in range(folds):
        seen = [article for n, (_, article) in enumerate(pool) if n % folds != part]
        known = [sentence for n, sentence in enumerate(sentences) if n % folds != part]
        use(coder, train(coder, seen, examples, known))
        for name, article in pool[part::folds]:
            record = coder.code(article.analysis)
            records.append(jsonl.line(record))
            results[name].append((article, jsonl.as_dict(record)))
        held = sentences[part::folds]
        said += [(sentence, {event.type for event in coder.code(sentence.analysis).events}) for sentence in held]
    found: dict[str, float] = {}
    for name, pairs in results.items():
        if pairs:
            found |= {f"{name}/{key}": value for key, value in figures(pairs).items()}
    found |= reliability([*results["events"], *results["hand"]])
    for type_ in ("PROTEST", "ASSAULT"):
        found[f"gsr/{type_}"] = detection(said, type_)
    return records, found


def detection(said: Sequence[tuple[Judged, set[str]]], type_: str) -> float:
    """F1 of saying that a sentence reports the type."""
    asked = [(sentence.reports[type_], type_ in types) for sentence, types in said if type_ in sentence.reports]
    hits = sum(wanted and given for wanted, given in asked)
    total = sum(wanted + given for wanted, given in asked)
    return round(2 * hits / total, 3) if total else 0.0


def reliability(results: Sequence[tuple[Coded, dict[str, Any]]]) -> dict[str, float]:
    """For each tenth of confidence the share of events that are right by type and sentence."""
    from score import event_value, pairs

    said: Counter[int] = Counter()
    right: Counter[int] = Counter()
    for article, record in results:
        hits = {id(ours) for _, ours in pairs(article.events, record["events"], event_value)}
        for event in record["events"]:
            tenth = min(9, int(event["confidence"] * 10))
            said[tenth] += 1
            right[tenth] += id(event) in hits
    return {f"confidence/0.{tenth}": round(right[tenth] / said[tenth], 3) for tenth in sorted(said)}


def use(coder: Coder, models: dict[str, Weights]) -> None:
    """Puts fold models into the coder."""
    coder._chooser = SideChooser(models["source"].linear(), models["target"].linear())
    coder._moment = MomentChooser(models["time"].linear())
    coder._judge = Judge(models["event"].linear(), models["lone"].linear())


def figures(results: Sequence[tuple[Coded, dict[str, Any]]]) -> dict[str, float]:
    """Precision and recall of type, F1 of type, who and full, by the scorer's own matching."""
    from score import event_value, pairs, side

    hits, wanted, given = [0, 0, 0], 0, 0
    for article, record in results:
        wanted += len(article.events)
        given += len(record["events"])
        for event, ours in pairs(article.events, record["events"], event_value):
            hits[0] += 1
            if all(side(event[s], ours[s]) >= 0.5 for s in ("sources", "targets")):
                hits[1] += 1
                hits[2] += event["status"] == ours["status"] and event["date"] == ours["date"]
    found = {"precision": hits[0] / given, "recall": hits[0] / wanted}
    found |= {name: 2 * hit / (wanted + given) for name, hit in zip(("type", "who", "full"), hits, strict=True)}
    return {name: round(value, 3) for name, value in found.items()}


def store(models: dict[str, Weights], path: Path) -> None:
    """Writes the weights, sorted, so that the same data give the same bytes."""
    stored = {name: {"bias": m.bias, "weights": dict(sorted(m.weights.items()))} for name, m in models.items()}
    path.write_text(json.dumps({"models": stored}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"wrote {path.name}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
