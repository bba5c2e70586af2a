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

# Sign: what it adds where it is 1. Those from -0.3 to -0.1 were too rare among the pairs to be fitted.
WEIGHTS: Mapping[str, float] = {
    "type": 2.5,  # the same type, or one that reports choose between for such an act
    "mode": 0.69,
    "act": 0.11,  # the rows of the lexicon that name the two acts mean the same
    "clash": -2.37,  # they mean different things
    "trigger": 0.92,  # the same word names the act
    "echo": 0.4,  # the word that names one act stands in the sentence of the other
    "near": 1.1,  # the words around the two triggers
    "shared": 2.05,  # how much the words tell that both triggers have around them
    "words": 1.66,  # the words of the two sentences
    "title": 0.06,  # those of the two titles
    "lead": 0.65,  # the same, where both acts stand at the beginning
    "topic": 1.37,  # what the two articles are about
    "parties": 1.44,  # the actors of both sides taken together
    "named": 0.12,  # the actors that the two sentences name
    "turned": -0.7,  # the countries of the two sides stand the other way about
    "strangers": -0.14,  # each names somebody close to its trigger whom the other does not
    "day": 1.41,  # both tell the same day
    "recalled": 1.34,  # both tell the same day, and only later
    "period": 1.16,  # both tell the same month or year, and only later
    "gap": -0.25,  # days between, where a day is told, or between publications
    "place": 0.22,
    "elsewhere": -0.82,  # both name a place, in other countries
    "apart": -0.1,  # both sentences name places, none of them in common
    "numbers": 0.83,  # a number in common
    "counts": -0.1,  # numbers, none of them in common
    "denied": -0.18,  # one denies it
    "planned": -2.22,  # one is yet to come
}
BIAS = -6.4
OUTCOME = 0.5  # and a planned act with what became of it, whose day is known
LINK = 0.7  # two reports are linked from this score on
REPEATS = 0.9  # likeness of two sentences from which they repeat one another, whatever type and day were read
_TELLING = 3.0  # rarities of words that add up to all that shared words can tell
KEPT = 0.1  # lower ones are forgotten: they hardly lift the mean of a group


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
        self._senses: dict[str, set[str]] = {}
        for row in library.rows("stories", "sense"):
            for sense in row["rows"]:
                self._senses.setdefault(sense, set()).add(str(row["id"]))

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
        near, title = topic_of(one.near, other.near), topic_of(one.title, other.title)
        signs = {
            "type": kind,
            "mode": float(bool(one.mode) and one.mode == other.mode),
            **self._act(one, other),
            "trigger": float(one.trigger == other.trigger),
            "parties": parties,
            "turned": float(_turned(one, other)),
            "words": words,
            "near": near,
            "title": title,
            "lead": title * one.lead * other.lead,
            "shared": _shared(one, other),
            "echo": float(one.trigger != other.trigger and (one.trigger in other.words or other.trigger in one.words)),
            "named": _named(one, other),
            "strangers": float(_strangers(one, other)),
            "topic": topic,
            "day": float(dated and gap == 0),
            **_recalled(one, other),
            "gap": float(REACH if gap is None else gap),
            **_places(one, other),
            **_counts(one, other),
            "denied": float((one.status == "denied") != (other.status == "denied")),
            "planned": float(one.planned != other.planned),
        }
        return {name: value for name, value in signs.items() if value}

    def _act(self, one: Sketch, other: Sketch) -> dict[str, float]:
        """How far the rows that name the two acts mean the same."""
        senses = [".".join(report.rule.split(".")[:2]) for report in (one, other)]
        if senses[0] == senses[1]:
            return {"act": 1.0}
        if self._senses.get(senses[0], set()) & self._senses.get(senses[1], set()):
            return {"act": 0.5}
        return {"clash": 1.0}

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


def _recalled(one: Sketch, other: Sketch) -> dict[str, float]:
    """Whether both tell the same day, or the same month or year, and only later: what is recalled is seldom two
    acts."""
    if not one.dated or one.dated != other.dated or one.first != other.first:
        return {}
    if min(one.told - one.last, other.told - other.last) <= REACH:
        return {}
    return {"recalled" if one.dated == "day" else "period": 1.0}


def _turned(one: Sketch, other: Sketch) -> bool:
    """Whether the countries of the two sides stand the other way about."""
    (source, target), (its_source, its_target) = _dyad(one), _dyad(other)
    across = source & its_target and target & its_source
    return bool(across) and not source & its_source and not target & its_target


def _dyad(sketch: Sketch) -> tuple[frozenset[str], frozenset[str]]:
    """The countries of the sources and of the targets."""
    country = {party.key: party.country for party in sketch.parties if party.country != "---"}
    return (
        frozenset(country[key] for key in sketch.sources if key in country),
        frozenset(country[key] for key in sketch.targets if key in country),
    )


def _strangers(one: Sketch, other: Sketch) -> bool:
    """Whether each names somebody close to its trigger whom the other's sentence does not name."""
    if not one.people or not other.people or one.people & other.people:
        return False
    return not any(name in other.words for name in one.people) and not any(name in one.words for name in other.people)


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
    apart = {"apart": 1.0} if one.spots and other.spots and not one.spots & other.spots else {}
    if not (one.place and other.place):
        return apart
    if one.place == other.place:
        return apart | {"place": 1.0}
    if one.country and one.country == other.country:
        return apart | {"place": 0.3}
    return apart | {"elsewhere": 1.0}


def _shared(one: Sketch, other: Sketch) -> float:
    """How much the words that both have around their triggers tell, up to 1."""
    return min(1.0, fsum(weight for word, weight in one.around.items() if word in other.around) / _TELLING)


def _named(one: Sketch, other: Sketch) -> float:
    """How far the two sentences name the same actors, 0 to 1."""
    total = fsum(one.named.values()) + fsum(other.named.values())
    both = fsum(weight + other.named[key] for key, weight in one.named.items() if key in other.named)
    return both / total if total else 0.0


def _counts(one: Sketch, other: Sketch) -> dict[str, float]:
    if not (one.numbers and other.numbers):
        return {}
    return {"numbers": 1.0} if one.numbers & other.numbers else {"counts": 1.0}


def topic_of(one: Weights, other: Weights) -> float:
    """How alike two profiles are that have length 1."""
    if len(other) < len(one):
        one, other = other, one
    return fsum(weight * other[term] for term, weight in one.items() if term in other)
