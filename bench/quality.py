"""Quality: what Waqai gets right, beside floors that are only ever raised, people who coded twice, and peers.

    python bench/quality.py [--shared ../shared] [--only gold,gsr,digest] [--json]

Exits 1 where a figure is below its floor in bench/floors.toml, or a floor there is lower than in git's HEAD.
gold/dev is the development set: rows were written with it in view, and models/coding.json (sides, confidence, dates)
was trained on it among others. Figures over it are an upper bound; the five-fold figures of train/coding.py, read from
bench/five_fold.json where that is present ({"events/type": 0.7, …}), are the honest ones.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
import json
import lzma
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from waqai.analysis.sentences import SentenceFinder
from waqai.arabic import fold
from waqai.exports.jsonl import as_dict
from waqai.model import Article, Record
from waqai.pipeline import Waqai
from waqai.proof import peers
from waqai.proof.figures import Bounds
from waqai.proof.peers import precision_recall_f1
from waqai.resources import Library

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"
FIVE_FOLD = HERE / "five_fold.json"
PARTS = ("gold", "gsr", "digest")
HUMAN = {  # two codings of the same twelve articles
    "events/type": 0.92, "events/who": 0.88, "events/full": 0.84, "quotes": 0.94,
    "times/span": 0.98, "times/value": 0.92, "gsr/PROTEST": 0.473, "gsr/ASSAULT": 0.685,
}  # fmt: skip
CAUTION = (
    "gold/dev is the development set; models/coding.json was trained on it, and on the votes of gsr. "
    "The five-fold figures of train/coding.py are the honest ones"
)
BINS = 10
ABSTRACTS = 500  # articles whose outlet wrote an abstract of its own
LEAD_WORDS = 60  # an abstract most of whose words stand here in order copies the lead
COPIED = 0.6
LEAST_WORDS = 8  # shorter abstracts are headlines
ELSEWHERE = ("open/", "readers/", "speed/", "store/", "desk/", "archive/", "stories/")  # floors of bench/run.py

Figures = dict[str, float]


# --- floors ----------------------------------------------------------------------------------------------


def below(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """What is wrong: each measured figure that is below its floor."""
    return [
        f"{name} is {figures[name]:.4f}, below its floor {floor}"
        for name, floor in floors.items()
        if name in figures and figures[name] < floor
    ]


def lowered(floors: Mapping[str, float], before: Mapping[str, float]) -> list[str]:
    """What is wrong: each floor that was lowered or left out since `before`."""
    return [
        f"the floor of {name} was {floor} and is {floors.get(name, 'gone')}: floors are only raised"
        for name, floor in before.items()
        if floors.get(name, -1.0) < floor
    ]


def committed_floors() -> Mapping[str, float]:
    """The floors of git's HEAD; none where there is no git or no such file yet."""
    try:
        shown = subprocess.run(
            ["git", "show", f"HEAD:./{FLOORS.name}"], cwd=HERE, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return {}
    return Bounds.parsed(shown.stdout).least


# --- gold ------------------------------------------------------------------------------------------------


def scorer(gold: Path) -> ModuleType:
    """The module score.py of the gold folder."""
    spec = importlib.util.spec_from_file_location("score", gold / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_records(waqai: Waqai, gold: Path) -> list[dict[str, Any]]:
    """The records of the gold articles, as they would be written."""
    found = []
    for path in sorted((gold / "dev").glob("*.json")):
        for record in waqai.read(str(path)):
            if not isinstance(record, Record):
                raise record
            found.append(as_dict(record))
    return found


def gold_figures(score: ModuleType, gold: Path, records: Iterable[Mapping[str, Any]]) -> Figures:
    """F1 of each of score.py's measures, with P and R of the events, and the shares of right codes."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        lines.flush()
        arguments, sys.argv = sys.argv, ["score.py", str(gold / "dev"), lines.name, "--json"]
        try:
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                score.main()
        finally:
            sys.argv = arguments
    figures: Figures = {}
    for name, value in json.loads(printed.getvalue()).items():
        figures[name] = value["f1"] if isinstance(value, dict) else value
        if name.startswith("events/"):
            figures |= {f"{name} precision": value["p"], f"{name} recall": value["r"]}
    return figures


def told(score: ModuleType, gold: Path, records: Iterable[Mapping[str, Any]]) -> list[tuple[float, bool]]:
    """The confidence of every event coded in the gold articles, and whether gold has it."""
    coded = {record["id"]: record["events"] for record in records}
    found = []
    for path in sorted((gold / "dev").glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        events = coded.get(article["id"], [])
        right = {id(event) for _, event in score.pairs(article["events"], events, score.event_value)}
        found += [(event["confidence"], id(event) in right) for event in events]
    return found


def reliability(pairs: Iterable[tuple[float, bool]]) -> list[tuple[float, int, float, float]]:
    """For each bin that holds events: its lower bound, how many, their mean confidence, the share that was right."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in pairs:
        bins.setdefault(min(int(sure * BINS), BINS - 1), []).append((sure, right))
    return [
        (number / BINS, len(held), sum(s for s, _ in held) / len(held), sum(r for _, r in held) / len(held))
        for number, held in sorted(bins.items())
    ]


# --- sentences with votes --------------------------------------------------------------------------------


def majority(row: Mapping[str, Any]) -> bool | None:
    """What most of at least two annotators said; None for a tie or fewer votes."""
    yes, no = row["accept"], row["reject"]
    return None if yes + no < 2 or yes == no else yes > no


def judged(path: Path) -> list[tuple[str, bool]]:
    """The sentences of a detection file on which annotators agree, and their answer."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(row["text"], answer) for row in rows if (answer := majority(row)) is not None]


def gsr_figures(waqai: Waqai, folder: Path) -> Figures:
    """P, R and F1 of both types, each sentence an article, and F1 of the peers on the same sentences."""
    figures: Figures = {}
    for kind in peers.KINDS:
        sentences = judged(folder / f"{kind.lower()}_detection.jsonl")
        answers = [answer for _, answer in sentences]
        said = [
            any(event.type == kind for event in waqai.code(Article(f"gsr-{n}", text.strip(), "")).events)
            for n, (text, _) in enumerate(sentences)
        ]
        precision, recall, f1 = precision_recall_f1(answers, said)
        name = f"gsr/{kind}"
        figures |= {name: f1, f"{name} precision": precision, f"{name} recall": recall}
        for peer, score in peers.scores(kind, [text for text, _ in sentences], answers):
            figures[f"{name} {peer}"] = score
    return figures


# --- digests ---------------------------------------------------------------------------------------------


def words_of(text: str) -> list[str]:
    """The folded words of `text`, without marks."""
    return ["".join(filter(str.isalnum, word)) for word in fold(text).split() if any(map(str.isalnum, word))]


def common(one: Sequence[str], two: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(two) + 1)
    for word in one:
        corner = 0
        for n, other in enumerate(two, 1):
            corner, row[n] = row[n], corner + 1 if word == other else max(row[n], row[n - 1])
    return row[-1]


def rouge_l(reference: str, candidate: str) -> float:
    """ROUGE-L: F1 of the longest common subsequence of folded words."""
    one, two = words_of(reference), words_of(candidate)
    return 2 * common(one, two) / (len(one) + len(two)) if one and two else 0.0


def copies(abstract: str, body: str) -> bool:
    """Whether an abstract takes most of its words in order from the lead, or is too short to tell."""
    words, lead = words_of(abstract), words_of(body)[:LEAD_WORDS]
    if len(words) < LEAST_WORDS or " ".join(words[:LEAST_WORDS]) in " ".join(lead):
        return True
    return common(words, lead) > COPIED * len(words)


def abstracted(path: Path) -> list[tuple[Article, str]]:
    """Articles, taken at even distances, whose outlet wrote an abstract that does not copy the lead; and that."""
    found = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if not copies(row["abstract"], row["body"][:1000]):
                text = f"{row['title']}\n\n{row['body']}"
                found.append((Article(row["id"], text, row["title"], published=row["published"]), row["abstract"]))
    return [found[n * len(found) // ABSTRACTS] for n in range(ABSTRACTS)] if len(found) > ABSTRACTS else found


def digest_figures(waqai: Waqai, path: Path) -> Figures:
    """Mean ROUGE-L of our digests and of the first three sentences."""
    finder = SentenceFinder(Library())
    ours = lead = 0.0
    articles = abstracted(path)
    for article, abstract in articles:
        body = [span for span in finder.find(article.text, len(article.title)) if span.start > len(article.title)]
        lead += rouge_l(abstract, " ".join(span.of(article.text) for span in body[:3]))
        ours += rouge_l(abstract, " ".join(span.of(article.text) for span in waqai.code(article).digest))
    return {"digest/ROUGE-L": ours / len(articles), "digest/ROUGE-L lead-3": lead / len(articles)}


# --- the gate --------------------------------------------------------------------------------------------


def measure(shared: Path, parts: Sequence[str]) -> tuple[Figures, list[tuple[float, int, float, float]]]:
    """The figures of the parts asked for, and the reliability of confidence."""
    waqai = Waqai()
    figures: Figures = {}
    sure: list[tuple[float, int, float, float]] = []
    if "gold" in parts:
        score = scorer(shared / "gold")
        records = gold_records(waqai, shared / "gold")
        figures |= gold_figures(score, shared / "gold", records)
        sure = reliability(told(score, shared / "gold", records))
    if "gsr" in parts:
        figures |= gsr_figures(waqai, shared / "data" / "gsr")
    if "digest" in parts:
        figures |= digest_figures(waqai, shared / "data" / "news" / "ant2018-h1.jsonl.xz")
    return figures, sure


def table(
    figures: Figures,
    floors: Mapping[str, float],
    folded: Mapping[str, float],
    sure: Iterable[tuple[float, int, float, float]],
) -> Iterator[str]:
    """The figures for reading."""
    yield CAUTION + (" (column fold)." if folded else " (not run here: bench/five_fold.json is missing).")
    yield f"\n{'':26}{'now':>7}{'floor':>7}{'fold':>7}{'human':>7}"
    for name, value in figures.items():
        others = "".join(f"{given[name]:7.3f}" if name in given else " " * 7 for given in (floors, folded, HUMAN))
        yield f"{name:26}{value:7.3f}{others}".rstrip()
    rows = list(sure)
    if rows:
        yield "\nconfidence: from, events, mean confidence, share right"
        yield from (f"{start:10.1f}{many:8}{mean:8.3f}{right:8.3f}" for start, many, mean, right in rows)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    ask.add_argument("--only", default=",".join(PARTS), help="parts to measure, with commas (default: all)")
    ask.add_argument("--json", action="store_true")
    given = ask.parse_args()
    if not (given.shared / "gold" / "dev").is_dir():
        sys.exit(f"{given.shared}: no gold/dev there; give its place with --shared")
    figures, sure = measure(given.shared, given.only.split(","))
    every = Bounds.of(FLOORS).least
    floors = {name: least for name, least in every.items() if not name.startswith(ELSEWHERE)}
    folded = json.loads(FIVE_FOLD.read_text(encoding="utf-8")) if FIVE_FOLD.is_file() else {}
    # What was learnt from the votes on the gsr sentences counts only five-fold.
    held_out = {name: value for name, value in folded.items() if name.startswith("gsr/") and name in figures}
    wrong = [*lowered(every, committed_floors()), *below({**figures, **held_out}, floors)]
    if given.json:
        shown = {"figures": figures, "floors": floors, "five_fold": folded, "human": HUMAN}
        print(json.dumps({"note": CAUTION, **shown, "reliability": sure, "wrong": wrong}, ensure_ascii=False, indent=1))
    else:
        print("\n".join(table(figures, floors, folded, sure)))
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
