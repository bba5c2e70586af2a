"""What linking looks at in one report of an act: its parties, day, place and words, in a form that is quick to compare."""

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
from waqai.stories.words import Rarity, Weights, length, stem, stems

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
    report tells, "" where only publication is known. `told` is the day of publication, 0 where unknown.
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
    place: str
    country: str
    trigger: str
    words: Weights
    size: float
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

    def make(self, event: Mapping[str, Any], actors: Sequence[Mapping[str, Any]], text: str, day: str) -> dict[str, Any]:
        """What is kept of a report: a small object for JSON. `day` is that of publication, "" where unknown."""
        evidence = text[event["evidence_start"] : event["evidence_end"]]
        trigger = text[event["trigger_start"] : event["trigger_end"]]
        return {
            "id": event["event"], "type": event["type"], "mode": event["mode"], "status": event["status"],
            "date": event["date"], "told": day, "actors": [[row["name"], row["code"]] for row in actors],
            "place": " ".join(stems(event["place_name"])), "country": event["place_country"],
            "trigger": stem((trigger.split() or [""])[0]), "words": sorted(set(stems(evidence))),
            "numbers": sorted(set(_NUMBER.findall(fold(evidence)))),
        }  # fmt: skip

    def read(self, row: int, revision: int, kept: Mapping[str, Any]) -> Sketch:
        """The sketch that `kept` stands for."""
        words = self._rarity.weights(kept["words"])
        dated, first, last = _bounds(kept["date"], kept["told"])
        parties = {party.key: party for party in self._parties(kept["actors"])}
        return Sketch(
            row, revision, kept["id"], kept["type"], kept["mode"], kept["status"], dated, first, last,
            _ordinal(kept["told"]), tuple(parties.values()), kept["place"], kept["country"], kept["trigger"],
            words, length(words), frozenset(kept["numbers"]),
        )  # fmt: skip

    def _parties(self, actors: Sequence[Sequence[str]]) -> Iterator[Party]:
        for name, code in actors:
            found = self._identities.of(name, code)
            yield Party(found.key, found.country, found.sector, found.weight, found.last)

    def keys(self, sketch: Sketch) -> list[int]:
        """The hashes under which a report is filed: its parties with the family of its act, its rarest words, each
        with its day, month or year; none where the day is not known.
        """
        when = _when(sketch.dated, sketch.first)
        return [_hash(f"{what}|{when}") for what in self._what(sketch)] if sketch.first else []

    def asked(self, sketch: Sketch) -> list[int]:
        """The hashes under which other reports of its act may be filed: those of the days around too."""
        if not sketch.first:
            return []
        if sketch.dated not in ("", "day"):
            return self.keys(sketch)
        days = [_when("day", day) for day in range(sketch.first - REACH, sketch.first + REACH + 1)]
        return [_hash(f"{what}|{day}") for what in self._what(sketch) for day in days]

    def _what(self, sketch: Sketch) -> Iterator[str]:
        best = sorted(sketch.parties, key=lambda party: (-party.weight, party.key))[:_PARTIES]
        for family in self._families.get(sketch.type, ()):
            yield from (f"{family}|{party.key}" for party in best)
        rarest = sorted(sketch.words, key=lambda word: (-sketch.words[word], word))[:_RARE_WORDS]
        yield from rarest


REACH = 2  # days between two tellings of one act, where one or both go by publication


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
