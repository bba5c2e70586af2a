"""How well the open gold set is coded. Needs nothing but this repository.

    python bench/open/score.py [--json]

events/type   same type, and evidence that shares half the words of the shorter one, one to one
events/who    that, and both sides right: names that share half their words, or both sides empty
events/full   that, and the same status and date
quotes        texts that share half the words of the longer one, and the same speaker
times/span    overlapping expressions in text order; times/value: and the same value
codes         country and sector of the actors on matched sides
sentences/any acts told apart from near-misses; sentences/type: acts found with their type

The set is no development set: nothing is fitted to it, so figures are printed and no single mistakes.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from check import articles, sentences

from waqai.arabic import fold
from waqai.exports.jsonl import as_dict
from waqai.model import Article
from waqai.pipeline import Waqai

Row = Mapping[str, Any]
HALF = 0.5
ARTICLE_AND_PREPOSITION = re.compile("^[وف]?[بكل]?(ال)(?=...)|^لل(?=...)")


@dataclass
class Tally:
    """What was right, what gold has, what was coded."""

    right: int = 0
    gold: int = 0
    coded: int = 0

    @property
    def figures(self) -> dict[str, float]:
        """Precision, recall and F1."""
        precision, recall = self.right / (self.coded or 1), self.right / (self.gold or 1)
        both = precision + recall
        return {"p": precision, "r": recall, "f1": 2 * precision * recall / both if both else 0.0}


def words(text: str) -> list[str]:
    """The folded words of `text`."""
    return re.findall(r"\w+", fold(text))


def shared(one: str, two: str, of: Callable[[int, int], int] = min) -> float:
    """The longest run of words common to both, as a share of the shorter (min) or longer (max) text."""
    first, second = words(one), words(two)
    if not first or not second:
        return 0.0
    run: int = SequenceMatcher(None, first, second, autojunk=False).find_longest_match().size
    return run / of(len(first), len(second))


def alike(one: str, two: str) -> float:
    """F1 of the words of two names, article and prepositions aside."""
    first, second = (Counter(ARTICLE_AND_PREPOSITION.sub("", word) for word in words(name)) for name in (one, two))
    return float(2 * (first & second).total() / ((first.total() + second.total()) or 1))


def side(gold: Sequence[Row], coded: Sequence[Row]) -> float:
    """How alike two sides are; empty sides are alike."""
    if not gold or not coded:
        return float(not gold and not coded)
    return max(alike(one["name"], two["name"]) for one in gold for two in coded)


def paired(gold: Sequence[Row], coded: Sequence[Row], worth: Callable[[Row, Row], float]) -> Iterator[tuple[Row, Row]]:
    """Pairs, each row in one pair at most, best first."""
    ranked = sorted(((worth(g, c), -i, -j) for i, g in enumerate(gold) for j, c in enumerate(coded)), reverse=True)
    left, right = set(range(len(gold))), set(range(len(coded)))
    for value, i, j in ranked:
        if value > 0 and -i in left and -j in right:
            left.remove(-i)
            right.remove(-j)
            yield gold[-i], coded[-j]


def same_event(gold: Row, coded: Row) -> float:
    """0 where two events are not of one type and place in the text; else how alike they are."""
    share = shared(gold["evidence"], coded["evidence"]) if gold["type"] == coded["type"] else 0.0
    if share < HALF:
        return 0.0
    sides = side(gold["sources"], coded["sources"]) + side(gold["targets"], coded["targets"])
    same = sum(bool(gold[key] == coded[key]) for key in ("status", "trigger"))
    return share + sides + HALF * same


def same_quote(gold: Row, coded: Row) -> float:
    share = shared(gold["text"], coded["text"], max)
    return share if share >= HALF and alike(gold["speaker"], coded["speaker"]) >= HALF else 0.0


def same_times(gold: Sequence[Row], coded: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Times paired in text order."""
    start = 0
    for one in gold:
        for at in range(start, len(coded)):
            if shared(one["text"], coded[at]["text"]) > 0:
                yield one, coded[at]
                start = at + 1
                break


class Score:
    """Tallies over articles and sentences."""

    def __init__(self) -> None:
        names = ("events/type", "events/who", "events/full", "quotes", "times/span", "times/value")
        self.tallies = {name: Tally() for name in names}
        self.types: dict[str, Tally] = {}
        self.codes = {"codes/country": Tally(), "codes/sector": Tally()}
        self.sentences = {"sentences/any": Tally(), "sentences/type": Tally()}

    def article(self, gold: Row, coded: Row) -> None:
        """Counts one article."""
        for name, tally in self.tallies.items():
            part = name.split("/")[0]
            tally.gold += len(gold[part])
            tally.coded += len(coded[part])
        for event in gold["events"]:
            self.types.setdefault(event["type"], Tally()).gold += 1
        for event in coded["events"]:
            self.types.setdefault(event["type"], Tally()).coded += 1
        for pair in paired(gold["events"], coded["events"], same_event):
            self._event(*pair)
        self.tallies["quotes"].right += len(list(paired(gold["quotes"], coded["quotes"], same_quote)))
        for one, two in same_times(gold["times"], coded["times"]):
            self.tallies["times/span"].right += 1
            self.tallies["times/value"].right += one["value"] == two["value"]

    def _event(self, gold: Row, coded: Row) -> None:
        self.types[gold["type"]].right += 1
        self.tallies["events/type"].right += 1
        sides = [(gold[key], coded[key]) for key in ("sources", "targets")]
        for one, two in sides:
            self._codes(one, two)
        if all(side(one, two) >= HALF for one, two in sides):
            self.tallies["events/who"].right += 1
            same = gold["status"] == coded["status"] and gold["date"] == coded["date"]
            self.tallies["events/full"].right += same

    def _codes(self, gold: Sequence[Row], coded: Sequence[Row]) -> None:
        for actor in gold:
            other = max(coded, key=lambda row: alike(actor["name"], row["name"]), default=None)
            if other is None or alike(actor["name"], other["name"]) < HALF:
                continue
            mine, its = actor["code"].split(" "), (other["code"] + " ").split(" ")
            for place, tally in enumerate(self.codes.values()):
                tally.gold += 1
                tally.coded += 1
                tally.right += mine[place] == its[place]

    def sentence(self, gold: Row, coded: Row) -> None:
        """Counts one sentence."""
        told, found = [e["type"] for e in gold["events"]], [e["type"] for e in coded["events"]]
        both = (Counter(told) & Counter(found)).total()
        self._add("sentences/any", bool(told) and bool(found), bool(told), bool(found))
        self._add("sentences/type", both, len(told), len(found))

    def _add(self, name: str, right: int, gold: int, coded: int) -> None:
        tally = self.sentences[name]
        tally.right += right
        tally.gold += gold
        tally.coded += coded

    def figures(self) -> dict[str, dict[str, float]]:
        """Precision, recall, F1 and counts of every measure."""
        types = {f"type/{name}": tally for name, tally in sorted(self.types.items(), key=lambda row: -row[1].gold)}
        every = {**self.tallies, **self.codes, **self.sentences, **types}
        return {name: {**t.figures, "gold": t.gold, "coded": t.coded} for name, t in every.items()}


def measure(waqai: Waqai, gold: Iterable[Row], single: Iterable[Row]) -> dict[str, dict[str, float]]:
    """The figures of coded articles and sentences."""
    score = Score()
    for row in gold:
        article = Article(row["id"], f"{row['title']}\n\n{row['body']}", row["title"], published=row["published"])
        score.article(row, as_dict(waqai.code(article)))
    for row in single:
        score.sentence(row, as_dict(waqai.code(Article(row["id"], row["text"], "", published=row["published"]))))
    return score.figures()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--json", action="store_true")
    given = ask.parse_args()
    figures = measure(Waqai(), articles(), sentences())
    if given.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    print(f"{'':20}{'gold':>6}{'coded':>7}{'P':>8}{'R':>8}{'F1':>8}")
    for name, row in figures.items():
        print(
            f"{name:20}{row['gold']:6.0f}{row['coded']:7.0f}" + "".join(f"{row[key]:8.3f}" for key in ("p", "r", "f1"))
        )


if __name__ == "__main__":
    main()
