"""What linking looks at in one report of an act: its parties, day, place and words, in a form that is quick to
compare."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from waqai.arabic import fold
from waqai.resources import Library
from waqai.stories.actors import Identities
from waqai.stories.words import Rarity, Weights, length, root, roots

_NUMBER = re.compile(r"\d{1,6}")
_PLANNED = ("planned", "called-for", "conditional")
_RARE_WORDS = 5  # words of the evidence under which a report is found, the rarest
_PARTIES = 4  # and parties, those that tell most
_DAY = len("2018-05-29")


@dataclass(frozen=True, slots=True)
class Party:
    """A side of an act, whichever: see actors.Identity."""

    key: str
    country: str
    sector: str
    weight: float
    last: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """A report of an act. `row` and `revision` are its rows in the store, `event` the record's id of it.

    `first` and `last` bound the day it may have happened, as ordinals; `dated` says how: "day", "month", "year" as the
    report tells, "" where only publication is known. `told` is the day of publication, 0 where unknown. `sources` and
    `targets` are the keys of the parties on either side. `words` are those of the sentence, `near` those around the
    trigger, `title` those of the article's title, all scaled to length 1; `lead` says that the act stands at the
    beginning of its article. `around` is `near` unscaled. `named` are the actors that the sentence names, whatever
    their part in the act, `people` the persons close to the trigger, and `spots` the places but for countries.
    """

    row: int
    revision: int
    event: str
    type: str
    mode: str
    status: str
    dated: str
    first: int
    last: int
    told: int
    parties: tuple[Party, ...]
    sources: frozenset[str]
    targets: frozenset[str]
    place: str
    country: str
    trigger: str
    rule: str
    cameo: str
    words: Weights
    title: Weights
    lead: bool
    near: Weights
    around: Weights
    named: Weights
    people: frozenset[str]
    spots: frozenset[str]
    numbers: frozenset[str]

    @property
    def planned(self) -> bool:
        """Whether it is yet to come about."""
        return self.status in _PLANNED


class Sketcher:
    """Makes sketches from rows of `events` and `event_actors`, and reads them back from what was kept."""

    def __init__(self, library: Library, identities: Identities, rarity: Rarity) -> None:
        self._identities, self._rarity = identities, rarity
        self._families: dict[str, list[str]] = {}
        for family in library.rows("stories", "family"):
            for kind in family["types"]:
                self._families.setdefault(kind, []).append(str(family["id"]))

    def make(
        self,
        event: Mapping[str, Any],
        actors: Sequence[Mapping[str, Any]],
        mentions: Sequence[Mapping[str, Any]],
        text: str,
        title: str,
        day: str,
    ) -> dict[str, Any]:
        """What is kept of a report: a small object for JSON.

        `event`, `actors` and `mentions` are rows of the store, the last those of the whole article; `day` is that of
        publication, "" where unknown.
        """
        inside = [row for row in mentions if event["evidence_start"] <= row["text_start"] < event["evidence_end"]]
        evidence = text[event["evidence_start"] : event["evidence_end"]]
        trigger = text[event["trigger_start"] : event["trigger_end"]]
        return {
            "id": event["event"], "type": event["type"], "mode": event["mode"], "status": event["status"],
            "rule": event["rule"], "cameo": event["cameo"], "date": event["date"], "told": day,
            "actors": [[row["name"], row["code"], row["side"][0]] for row in actors],
            "place": " ".join(roots(event["place_name"])), "country": event["place_country"],
            "trigger": root((trigger.split() or [""])[0]), "words": sorted(set(roots(evidence))),
            "named": sorted({(row["name"], row["code"]) for row in inside if row["kind"] != "place"}),
            "people": sorted({row["name"] for row in inside if row["kind"] == "person" and _close(row, event)}),
            "spots": sorted({spot for row in inside if row["kind"] == "place" and (spot := self._spot(row["name"]))}),
            "title": sorted(set(roots(title))), "lead": event["evidence_start"] < len(title) + _LEAD,
            "near": _near(event, text), "numbers": _numbers(evidence, event["date"]),
        }  # fmt: skip

    def _spot(self, name: str) -> str:
        return "" if self._identities.of(name, "").key.startswith("c:") else " ".join(roots(name))

    def read(self, row: int, revision: int, kept: Mapping[str, Any]) -> Sketch:
        """The sketch that `kept` stands for."""
        words, around = unit(self._rarity.weights(kept["words"])), self._rarity.weights(kept["near"])
        named = {(found := self._identities.of(name, code)).key: found.weight for name, code in kept["named"]}
        people = frozenset(self._identities.of(name, "").last or name for name in kept["people"])
        dated, first, last = _bounds(kept["date"], kept["told"])
        sides: dict[str, set[str]] = {"s": set(), "t": set()}
        parties: dict[str, Party] = {}
        for name, code, side in kept["actors"]:
            found = self._identities.of(name, code)
            parties[found.key] = Party(found.key, found.country, found.sector, found.weight, found.last)
            sides[side].add(found.key)
        return Sketch(
            row, revision, kept["id"], kept["type"], kept["mode"], kept["status"], dated, first, last,
            _ordinal(kept["told"]), tuple(parties.values()), frozenset(sides["s"]), frozenset(sides["t"]),
            kept["place"], kept["country"], kept["trigger"], kept["rule"], kept["cameo"], words,
            unit(self._rarity.weights(kept["title"])), kept["lead"], unit(around), around, named, people,
            frozenset(kept["spots"]), frozenset(kept["numbers"]),
        )  # fmt: skip

    def keys(self, sketch: Sketch) -> list[int]:
        """The hashes under which a report is filed: its parties with the family of its act, its rarest words, each
        with its day, month or year; its whole sentence with the month it was told in.
        """
        found = [_hash(f"={_whole(sketch)}|{_month(sketch.told)}")] if sketch.told else []
        if sketch.first:
            when = _when(sketch.dated, sketch.first)
            found += [_hash(f"{what}|{when}") for what in self._what(sketch)]
        return found

    def asked(self, sketch: Sketch) -> list[int]:
        """The hashes under which other reports of its act may be filed: those of the days and months around too."""
        months = {_month(sketch.told + days) for days in (-REPEATED, 0, REPEATED)} if sketch.told else ()
        found = [_hash(f"={_whole(sketch)}|{month}") for month in sorted(months)]
        if sketch.first and sketch.dated in ("", "day"):
            days = [_when("day", day) for day in range(sketch.first - REACH, sketch.first + REACH + 1)]
            found += [_hash(f"{what}|{day}") for what in self._what(sketch) for day in days]
        elif sketch.first:
            found += [_hash(f"{what}|{_when(sketch.dated, sketch.first)}") for what in self._what(sketch)]
        return found

    def _what(self, sketch: Sketch) -> Iterator[str]:
        best = sorted(sketch.parties, key=lambda party: (-party.weight, party.key))[:_PARTIES]
        for family in self._families.get(sketch.type, ()):
            yield from (f"{family}|{party.key}" for party in best)
        rarest = sorted(sketch.words, key=lambda word: (-sketch.words[word], word))[:_RARE_WORDS]
        yield from rarest


REACH = 2  # days between two tellings of one act, where one or both go by publication
REPEATED = 30  # days within which a sentence that is told again, word for word, tells the same act
_AROUND = 7  # words on either side of a trigger that say what act it is
_LEAD = 250  # code points after the title that the news itself stands in
_CLOSE = 60  # code points between a trigger and a person who may be its object
_YEARS = range(1900, 2100)


def unit(terms: Weights) -> Weights:
    """Weighted terms scaled to length 1."""
    size = length(terms) or 1.0
    return {term: weight / size for term, weight in terms.items()}


def _close(row: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    before, after = event["trigger_start"] - row["text_end"], row["text_start"] - event["trigger_end"]
    return bool(max(before, after) <= _CLOSE)


def _near(event: Mapping[str, Any], text: str) -> list[str]:
    before = roots(text[event["evidence_start"] : event["trigger_start"]])[-_AROUND:]
    after = roots(text[event["trigger_end"] : event["evidence_end"]])[:_AROUND]
    return sorted({*before, *after})


def _numbers(evidence: str, told: str) -> list[str]:
    """The numbers of a sentence but for years and the day of its date."""
    day = told[8:10].lstrip("0")
    found = {number.lstrip("0") for number in _NUMBER.findall(fold(evidence))}
    return sorted(number for number in found if number and number != day and int(number) not in _YEARS)


def _whole(sketch: Sketch) -> str:
    return " ".join(sorted(sketch.words))


def _month(day: int) -> str:
    return date.fromordinal(day).isoformat()[:7]


def _bounds(told: str, published: str) -> tuple[str, int, int]:
    """How an act is dated, and its first and last day."""
    if len(told) >= _DAY:
        day = _ordinal(told)
        return "day", day, day
    if len(told) == len("2018-05"):
        return "month", _ordinal(f"{told}-01"), _ordinal(f"{told}-28")
    if len(told) == len("2018"):
        return "year", _ordinal(f"{told}-01-01"), _ordinal(f"{told}-12-31")
    day = _ordinal(published)
    return "", day, day


def _ordinal(told: str) -> int:
    try:
        return date.fromisoformat(told[:_DAY]).toordinal() if len(told) >= _DAY else 0
    except ValueError:
        return 0


def _when(dated: str, day: int) -> str:
    shown = date.fromordinal(day).isoformat()
    return {"month": shown[:7], "year": shown[:4]}.get(dated, shown)


def _hash(key: str) -> int:
    """A signed number of 63 bits for a key."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1
