"""Trains the word models: spellings of the news, the cutter of clitics, the tagger of parts of speech.

python train/words.py --shared ../shared            trains and ships
python train/words.py --shared ../shared --measure  scores on held-out tenths only
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from lexica import lexicon, spellings
from treebanks import Gold, pud, wikinews
from waqai.analysis.words.clitics import ARTICLE, PRONOUNS, Cut, Cutter, Spellings
from waqai.analysis.words.closed import closed_words, favoured_verbs, whole_words
from waqai.analysis.words.tagger import Features, Nominals, Seen, Tagger
from waqai.analysis.words.tokens import ARABIC, FOREIGN, MARK, NUMBER
from waqai.analysis.words.verbs import Shape, VerbLexicon
from waqai.arabic import strip_marks
from waqai.resources import DATA, Library

MODELS = DATA / "models"
SEED = 20180101
EPOCHS = 6
NEWSWIRE = 1500  # sentences of ANERcorp
CRF = {"c1": 0.15, "c2": 0.03, "max_iterations": 120, "feature.possible_transitions": True}


def kind_of(surface: str) -> str:
    """The kind of token a treebank's word is."""
    if re.fullmatch("[ء-ي]+", surface):
        return ARABIC
    if surface[0].isdigit():
        return NUMBER
    return FOREIGN if surface[0].isalpha() else MARK


def labels_of(sentence: Sequence[Gold], closed: dict[str, tuple[str, ...]]) -> list[str]:
    """Parts of speech in the project's scheme: closed words by the table, the two treebanks made one.

    WikiNews calls every قبل, بين, نحو a noun: here it is a preposition unless one stands before it.
    """
    found: list[str] = []
    for word in sentence:
        pos = label(word, closed)
        allowed = closed.get(word.cut.host, ("",))
        if (
            word.source == "wikinews"
            and pos == "NOUN"
            and allowed[0] == "ADP"
            and word.cut.proclitics[:1] != (ARTICLE,)
        ):
            after_preposition = found[-1:] == ["ADP"] or set(word.cut.proclitics) & {"ب", "ل", "ك"}
            pos = "NOUN" if after_preposition else "ADP"
        found.append(pos)
    return found


def label(word: Gold, closed: dict[str, tuple[str, ...]]) -> str:
    """The part of speech of one word by itself."""
    kind = kind_of(word.surface)
    if kind != ARABIC:
        return {NUMBER: "NUM", FOREIGN: "X", MARK: "PUNCT"}[kind]
    allowed = closed.get(word.cut.host)
    if allowed and ARTICLE not in word.cut.proclitics and word.pos != "PROPN":
        return word.pos if word.pos in allowed else allowed[0]
    return "PART" if word.pos == "FUT_PART" else "NOUN" if word.pos == "PUNCT" else word.pos


class Parts:
    """The tables and models that do not depend on the treebanks."""

    def __init__(self) -> None:
        library = self.library = Library()
        self.verbs = VerbLexicon(library.model("verbs.txt.xz"), favoured_verbs(library))
        self.spellings = Spellings(library.model("words-forms.txt.xz"))
        self.nominals = Nominals(library.model("words-lexicon.txt.xz"))
        self.closed = closed_words(library)
        self.features = Features(self.spellings, self.nominals, self.verbs, self.closed)

    def is_verb(self, host: str, pronoun: bool) -> bool:
        """Whether a host reads as a verb."""
        return bool(self.verbs.read(host, Shape(pronoun)))

    def cutter(self, weights: dict[str, float]) -> Cutter:
        """A cutter with `weights`."""
        return Cutter(weights, self.spellings, self.closed, whole_words(self.library), self.is_verb)


def listed(path: Path) -> list[Gold]:
    """The project's own list of words taken apart."""
    words = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        for written in [] if line.startswith("#") else line.split():
            pieces = written.split("+")
            enclitic = pieces.pop() if len(pieces) > 1 and pieces[-1] in PRONOUNS and len(pieces[-2]) > 1 else ""
            cut = Cut(tuple(pieces[:-1]), pieces[-1], enclitic)
            surface = (
                "".join(pieces).replace("لالل", "لل").replace("لال", "لل") if "ل+ال+" in written else "".join(pieces)
            )
            words.append(Gold(surface + enclitic, cut, "", "own"))
    return words


def train_cutter(words: Iterable[Gold], parts: Parts) -> dict[str, float]:
    """Averaged perceptron over the cuts of each word (Collins 2002)."""
    blank = parts.cutter({})
    counts = Counter((word.surface, blank.settled(word.cut)) for word in words if kind_of(word.surface) == ARABIC)
    for word in listed(Path(__file__).parent / "cuts.txt"):
        counts[word.surface, blank.settled(word.cut)] += 3
    examples = []
    for (surface, gold), count in sorted(counts.items()):
        choices = blank.choices(surface)
        if gold in choices and len(choices) > 1:
            rows = [blank.features(surface, cut) for cut in choices]
            examples.append((rows, choices.index(gold), min(count, 3)))
    weights: dict[str, float] = defaultdict(float)
    totals: dict[str, float] = defaultdict(float)
    step, chance = 1, random.Random(SEED)
    for _ in range(EPOCHS):
        chance.shuffle(examples)
        for rows, gold_row, times in examples:
            for _ in range(times):
                scores = [
                    sum(weights[feature] for feature in row) - (2.0 if at == gold_row else 0.0)
                    for at, row in enumerate(rows)
                ]
                best = scores.index(max(scores))
                step += 1
                if best == gold_row:
                    continue
                for sign, row in ((1.0, rows[gold_row]), (-1.0, rows[best])):
                    for feature in row:
                        weights[feature] += sign
                        totals[feature] += sign * step
    averaged = {feature: weight - totals[feature] / step for feature, weight in weights.items()}
    return {feature: round(weight, 1) for feature, weight in averaged.items() if abs(weight) >= 0.05}


def seen(sentence: Sequence[Gold]) -> list[Seen]:
    """A sentence as the tagger is shown it, cut as the treebank cuts it."""
    return [Seen(kind_of(word.surface), word.surface, word.cut) for word in sentence]


def train_tagger(
    sentences: Sequence[Sequence[Gold]], labels: Sequence[Sequence[str]], parts: Parts, path: Path
) -> None:
    """Trains the CRF and writes it to `path`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for sentence, tags in zip(sentences, labels, strict=True):
        trainer.append(parts.features.of(seen(sentence)), tags)
    trainer.set_params(CRF)
    trainer.train(str(path))


def with_names(sentences: Sequence[Sequence[Gold]], tagger: Tagger, parts: Parts) -> list[list[str]]:
    """Labels of WikiNews, which has no PROPN: nouns that a tagger trained on PUD takes for names become PROPN."""
    labels = []
    for sentence in sentences:
        guessed = tagger.tag(seen(sentence))
        row = labels_of(sentence, parts.closed)
        labels.append(
            ["PROPN" if mine in {"NOUN", "X"} and theirs == "PROPN" and kind_of(word.surface) == ARABIC else mine
             for word, mine, theirs in zip(sentence, row, guessed, strict=True)]
        )  # fmt: skip
    return labels


class Fixed(NamedTuple):
    """A sentence of which only some words have a part of speech fixed ("" elsewhere)."""

    words: list[Gold]
    fixed: list[str]


def own_lines(path: Path, cutter: Cutter) -> list[Fixed]:
    """The project's own sentences."""
    sentences = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            pieces = re.findall(r"([ء-ي]+|[^\sء-ي/])(?:/([A-Z]+))?", line)
            words = [_cut_word(surface, cutter) for surface, _ in pieces]
            sentences.append(Fixed(words, [pos for _, pos in pieces]))
    return sentences


def _cut_word(surface: str, cutter: Cutter) -> Gold:
    cut = cutter.cut(surface) if kind_of(surface) == ARABIC else Cut((), surface, "")
    return Gold(surface, cut, "", "own")


_UNDOTTED = {"علي": "على", "الي": "الى", "حتي": "حتى", "لدي": "لدى"}


def newswire(path: Path, cutter: Cutter, limit: int) -> list[Fixed]:
    """Sentences of ANERcorp (CC BY-SA 4.0): persons and places are names."""
    sentences = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n")[:limit]:
        words, fixed = [], []
        for line in block.split("\n"):
            surface, _, tag = line.strip().rpartition(" ")
            surface = strip_marks(surface)
            if not surface:
                continue
            if tag == "O":
                surface = _UNDOTTED.get(surface, surface)
            words.append(_cut_word(surface, cutter))
            named = tag[2:] in {"PERS", "LOC"} and ARTICLE not in words[-1].cut.proclitics
            fixed.append("PROPN" if named else "")
        if len(words) < 80:
            sentences.append(Fixed(words, fixed))
    return sentences


def completed(sentences: Sequence[Fixed], tagger: Tagger, parts: Parts) -> list[list[str]]:
    """Labels for sentences with some words fixed: the tagger's, the table's and the fixed ones over them."""
    rows = []
    for words, fixed in sentences:
        row = []
        for word, mine, guess in zip(words, fixed, tagger.tag(seen(words)), strict=True):
            pos = label(word._replace(pos=guess), parts.closed)
            if mine and kind_of(word.surface) == ARABIC:
                pos = mine
            row.append(pos)
        rows.append(row)
    return rows


def fit(
    pud_part: Sequence[Sequence[Gold]],
    news_part: Sequence[Sequence[Gold]],
    more: Sequence[Fixed],
    parts: Parts,
    path: Path,
) -> Tagger:
    """The tagger of both treebanks: first PUD alone, which names WikiNews' names, then both.

    `more` are sentences tagged in part, which the tagger of both completes before the last training.
    """
    pud_labels = [labels_of(sentence, parts.closed) for sentence in pud_part]
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.crf"
        train_tagger(pud_part, pud_labels, parts, first)
        news_labels = with_names(news_part, Tagger(first, parts.features), parts)
        sentences = [*pud_part, *news_part]
        found = [*pud_labels, *news_labels]
        train_tagger(sentences, found, parts, first)
        found += completed(more, Tagger(first, parts.features), parts)
    train_tagger([*sentences, *(one.words for one in more)], found, parts, path)
    return Tagger(path, parts.features)


def more(cutter: Cutter, shared: Path) -> list[Fixed]:
    """The sentences tagged in part; the project's own count twice."""
    own = own_lines(Path(__file__).parent / "lines.txt", cutter)
    return [*own, *own, *newswire(shared / "data" / "ner" / "anercorp-train.txt", cutter, NEWSWIRE)]


class Scores:
    """Counts on held-out sentences of one treebank."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count: Counter[str] = Counter()
        self.wrong: Counter[tuple[str, ...]] = Counter()

    def add(self, sentence: Sequence[Gold], cutter: Cutter, tagger: Tagger, parts: Parts) -> None:
        """Reads one sentence by its letters alone and compares."""
        shown = []
        for word in sentence:
            kind = kind_of(word.surface)
            shown.append(Seen(kind, word.surface, cutter.cut(word.surface) if kind == ARABIC else word.cut))
        golds = labels_of(sentence, parts.closed)
        for word, one, guess, gold in zip(sentence, shown, tagger.tag(shown), golds, strict=True):
            self._cut(word, one, cutter.settled(word.cut))
            self._pos(self._checked(one, guess, gold, parts), gold)

    def _checked(self, one: Seen, guess: str, gold: str, parts: Parts) -> str:
        allowed = parts.closed.get(one.cut.host, ()) if ARTICLE not in one.cut.proclitics else ()
        if len(allowed) == 1 and one.kind == ARABIC and guess != "PROPN":
            return allowed[0]
        return "NOUN" if self.name == "wikinews" and (guess, gold) == ("PROPN", "NOUN") else guess

    def _cut(self, word: Gold, one: Seen, gold: Cut) -> None:
        same, clitics = one.cut == gold, bool(gold.proclitics or gold.enclitic)
        self.count.update({"words": 1, "cut": same, "clitic words": clitics, "clitic cut": clitics and same})
        if not same:
            self.wrong["cut", word.surface, *one.cut.proclitics, one.cut.host, one.cut.enclitic] += 1

    def _pos(self, guess: str, gold: str) -> None:
        hit = guess == gold == "VERB"
        self.count.update({"pos": guess == gold, "hit": hit, "guess": guess == "VERB", "gold": gold == "VERB"})
        if guess != gold:
            self.wrong["pos", gold, guess] += 1

    def __str__(self) -> str:
        got = self.count
        return (
            f"{self.name}: cut {got['cut'] / got['words']:.2%}, "
            f"words with clitics {got['clitic cut'] / got['clitic words']:.2%}, pos {got['pos'] / got['words']:.2%}, "
            f"verb P {got['hit'] / got['guess']:.1%} R {got['hit'] / got['gold']:.1%} "
            f"F {2 * got['hit'] / (got['guess'] + got['gold']):.1%}"
        )


def measure(banks: dict[str, list[list[Gold]]], parts: Parts, folds: Sequence[int], shared: Path) -> None:
    """Scores on held-out tenths: cutting, parts of speech, verbs, each treebank apart; tagging on predicted cuts."""
    scores = [Scores(name) for name in banks]
    for fold in folds:
        kept = {name: [s for i, s in enumerate(bank) if i % 10 != fold] for name, bank in banks.items()}
        cutter = parts.cutter(train_cutter((word for bank in kept.values() for s in bank for word in s), parts))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "held.crf"
            tagger = fit(kept["pud"], kept["wikinews"], more(cutter, shared), parts, path)
            for score in scores:
                for sentence in banks[score.name][fold::10]:
                    score.add(sentence, cutter, tagger, parts)
    for score in scores:
        print(score)
        print("  ", score.wrong.most_common(20))


def main() -> None:
    """Builds, trains, prints scores."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--shared", type=Path, required=True)
    arguments.add_argument("--measure", action="store_true", help="held-out scores only; nothing is shipped")
    arguments.add_argument("--folds", type=int, default=2, help="how many tenths to hold out")
    given = arguments.parse_args()
    data = given.shared / "data"
    if not given.measure:
        ship("words-forms.txt.xz", spellings(data / "news" / "ant2018-h1.jsonl.xz"))
        ship("words-lexicon.txt.xz", lexicon(given.shared))
    parts = Parts()
    banks = {"pud": pud(data / "treebank" / "pud.conllu"), "wikinews": wikinews(data / "treebank" / "wikinews.pos")}
    if given.folds:
        measure(banks, parts, range(given.folds), given.shared)
    if not given.measure:
        weights = train_cutter((word for bank in banks.values() for s in bank for word in s), parts)
        by_weight: dict[float, list[str]] = defaultdict(list)
        for feature, weight in weights.items():
            by_weight[weight].append(feature)
        lines = ["\t".join([str(weight), *sorted(features)]) for weight, features in sorted(by_weight.items())]
        ship("words-cuts.txt.xz", "\n".join(lines).encode())
        fit(banks["pud"], banks["wikinews"], more(parts.cutter(weights), given.shared), parts, MODELS / "words-pos.crf")


def ship(name: str, content: bytes) -> None:
    """Writes a model file."""
    (MODELS / name).write_bytes(lzma.compress(content, preset=9))


if __name__ == "__main__":
    main()
