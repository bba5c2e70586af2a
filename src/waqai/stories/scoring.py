"""Whether two reports tell the same act: a score from 0 to 1 and its reasons, from the two reports alone.

The score is a logistic sum of the signs below. Their weights were fitted on the tuning half of the pairs judged in
bench/story_pairs.tsv (bench/story_pairs.py fits and measures them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, fsum

from waqai.resources import Library
from waqai.stories.sketches import REACH, Party, Sketch
from waqai.stories.words import Weights

# Sign: what it adds where it is 1.
WEIGHTS: Mapping[str, float] = {
    "type": 1.6,  # the same type, or one that reports choose between for such an act
    "mode": 0.4,
    "parties": 2.6,  # the actors of both sides taken together
    "words": 5.0,  # the words of the two sentences, by rarity
    "topic": 2.6,  # what the two articles are about
    "trigger": 0.8,  # the same word names the act
    "act": 0.8,  # the same row of the lexicon names it; half for the same CAMEO code
    "turned": -1.0,  # the sides are the other way about
    "near": 1.5,  # the words around the two triggers
    "counts": -0.3,  # numbers, none of them in common
    "planned": -1.5,  # one is yet to come
    "day": 1.2,  # both tell the same day
    "gap": -0.7,  # days between, where a day is told, or between publications
    "place": 0.8,
    "elsewhere": -1.2,  # both name a place, in other countries
    "numbers": 0.8,  # a number in common
    "denied": -0.8,  # one denies it
}
BIAS = -5.6
LINK = 0.5  # two reports are linked from this score on
REPEATS = 0.9  # likeness of two sentences from which they repeat one another, whatever type and day were read
KEPT = 0.2  # lower ones are forgotten: they cannot lift a group's mean to LINK


@dataclass(frozen=True, slots=True)
class Link:
    """A score, and the signs it was made of with what each added, the strongest first."""

    score: float
    reasons: tuple[tuple[str, float], ...]


class Scorer:
    """Scores pairs of reports; `pairs` of data/stories say which types go together."""

    def __init__(self, library: Library) -> None:
        self._alike: dict[tuple[str, str], float] = {}
        for row in library.rows("stories", "pair"):
            one, other = row["types"]
            self._alike[one, other] = self._alike[other, one] = float(row["alike"])

    def link(self, one: Sketch, other: Sketch, topic: float) -> Link | None:
        """How likely `one` and `other` are reports of one act; None where they cannot be.

        `topic` is how alike the articles are (words.alike of their profiles).
        """
        if one.planned != other.planned and abs(one.told - other.told) > REACH:
            return None
        signs = self.signs(one, other, topic)
        return None if signs is None else self.weighed(signs)

    def signs(self, one: Sketch, other: Sketch, topic: float) -> dict[str, float] | None:
        """The signs by name, those that are 0 left out; None where type or day rule it out."""
        kind = 1.0 if one.type == other.type else self._alike.get((one.type, other.type), 0.0)
        gap = days_apart(one, other)
        words = topic_of(one.words, other.words)
        if words < REPEATS and (not kind or gap is None):
            return None
        parties = in_common(one.parties, other.parties)
        if not words and not parties:
            return None
        dated = one.dated == other.dated == "day"
        signs = {
            "type": kind,
            "mode": float(bool(one.mode) and one.mode == other.mode),
            "act": 1.0 if one.rule == other.rule else 0.5 if one.cameo == other.cameo else 0.0,
            "trigger": float(one.trigger == other.trigger),
            "parties": parties,
            "turned": float(_turned(one, other)),
            "words": words,
            "near": topic_of(one.near, other.near),
            "topic": topic,
            "day": float(dated and gap == 0),
            "gap": float(REACH if gap is None else gap),
            **_places(one, other),
            **_counts(one, other),
            "denied": float((one.status == "denied") != (other.status == "denied")),
            "planned": float(one.planned != other.planned),
        }
        return {name: value for name, value in signs.items() if value}

    @staticmethod
    def weighed(signs: Mapping[str, float]) -> Link:
        """The score that signs add up to."""
        added = {name: WEIGHTS[name] * value for name, value in signs.items()}
        score = 1 / (1 + exp(-(BIAS + fsum(added.values()))))
        reasons = sorted(
            ((name, round(value, 2)) for name, value in added.items()), key=lambda item: (-abs(item[1]), item)
        )
        return Link(round(score, 4), tuple(reasons))


def days_apart(one: Sketch, other: Sketch) -> int | None:
    """Days between two acts, as far as told; None where they cannot be the same.

    Two days that are both told must be one or neighbours: outlets date by their own clocks, and by the day of the
    announcement. An act known by publication alone may have been a day or two before.
    """
    if "month" in (one.dated, other.dated) or "year" in (one.dated, other.dated):
        return 0 if one.dated == other.dated and one.first == other.first else None
    gap = abs(one.first - other.first)
    most = 1 if one.dated == other.dated == "day" else REACH
    return gap if gap <= most else None


def _turned(one: Sketch, other: Sketch) -> bool:
    """Whether what one has as source the other has as target, and neither shares a side."""
    across = one.sources & other.targets or one.targets & other.sources
    return bool(across) and not one.sources & other.sources and not one.targets & other.targets


def in_common(one: tuple[Party, ...], other: tuple[Party, ...]) -> float:
    """How far two sets of parties are the same, 0 to 1, weighed by what sharing each tells."""
    if not one or not other:
        return 0.0
    total = fsum(party.weight for party in (*one, *other))
    found = [party.weight * max(same(party, mate) for mate in other) for party in one]
    found += [party.weight * max(same(party, mate) for mate in one) for party in other]
    return fsum(found) / total


def same(one: Party, other: Party) -> float:
    """How far two parties are one: 1 the same actor, less where only surname, sector or country agree."""
    if one.key == other.key:
        return 1.0
    if one.country != other.country or one.country == "---":
        return 0.0
    if one.last and one.last == other.last and "w:" in (one.key[:2], other.key[:2]):
        return 0.9
    return 0.5 if one.sector == other.sector else 0.3


def _places(one: Sketch, other: Sketch) -> dict[str, float]:
    if not (one.place and other.place):
        return {}
    if one.place == other.place:
        return {"place": 1.0}
    if one.country and one.country == other.country:
        return {"place": 0.3}
    return {"elsewhere": 1.0}


def _counts(one: Sketch, other: Sketch) -> dict[str, float]:
    if not (one.numbers and other.numbers):
        return {}
    return {"numbers": 1.0} if one.numbers & other.numbers else {"counts": 1.0}


def topic_of(one: Weights, other: Weights) -> float:
    """How alike two profiles are that have length 1."""
    if len(other) < len(one):
        one, other = other, one
    return fsum(weight * other[term] for term, weight in one.items() if term in other)
