"""What the tagger of names sees of a token: its spelling, affixes, word cluster, and the name lists it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from waqai.arabic import fold

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_ARABIC = re.compile("[\u0621-\u064a]")
BEYOND = "<s>", "</s>"  # the tokens seen past either end
CACHED = 16_384  # types of some fifty articles; more brings memory use and no speed

T = TypeVar("T")
Sides = tuple[list[str], list[str], list[str], list[str], list[str]]


def news_tokens(text: str) -> list[str]:
    """The folded words, numbers and punctuation of `text`; every digit is "0", # and _ are gaps."""
    return [normal(piece) for piece in _TOKEN.findall(fold(text)) if piece != "#"]


def normal(folded: str) -> str:
    """A folded token as the tagger knows it: digits as "0"."""
    return "0" * min(len(folded), 4) if folded.isdigit() else folded


class Lists:
    """Word clusters and name lists, opened from two text files.

    `clusters` has a line for each fine cluster: coarse number, tab, members. `gazetteer` has a line for each list:
    its label, tab, members.
    """

    def __init__(self, clusters: Path, gazetteer: Path) -> None:
        self.cluster: dict[str, tuple[str, str]] = {}
        for fine, line in enumerate(clusters.read_text(encoding="utf-8").splitlines()):
            coarse, _, members = line.partition("\t")
            self.cluster.update(dict.fromkeys(members.split(" "), (str(fine), coarse)))
        self.labels: dict[str, str] = {}
        for line in gazetteer.read_text(encoding="utf-8").splitlines():
            label, _, members = line.partition("\t")
            for member in members.split(" "):
                self.labels[member] = self.labels.get(member, "") + label

    def knows(self, token: str) -> bool:
        """Whether the folded token was seen in the news or stands in a name list."""
        return token in self.cluster or token in self.labels


def split_affix(token: str, known: Lists) -> tuple[str, str]:
    """The particles written onto a folded token, as a rough cut, and the rest: "وبالقاهره" is "وبال", "قاهره"."""
    affix, rest = "", token
    if token in known.labels:
        return ("ال", token[2:]) if token.startswith("ال") and len(token) > 4 else ("", token)
    if rest[:1] in "وف" and len(rest) > 3 and (known.knows(rest[1:]) or rest[1:3] == "ال"):
        affix, rest = rest[0], rest[1:]
    if rest.startswith("لل") and len(rest) > 4:
        return affix + "لال", rest[2:]
    if rest[:1] in "بلك" and len(rest) > 3 and (known.knows(rest[1:]) or rest[1:3] == "ال"):
        affix, rest = affix + rest[0], rest[1:]
    if rest.startswith("ال") and len(rest) > 4:
        affix, rest = affix + "ال", rest[2:]
    return affix, rest


class Features:
    """Turns folded tokens into the attributes the tagger was trained on."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self.sides = lru_cache(maxsize=CACHED >> 3)(self._of_type)

    def of(self, tokens: Sequence[str]) -> list[list[str]]:
        """One list of attributes for each token."""
        start, end = map(self.sides, BEYOND)
        sides = [start, start, *map(self.sides, tokens), end, end]
        return [
            sides[i][0] + sides[i - 1][1] + sides[i + 1][2] + sides[i - 2][3] + sides[i + 2][4]
            for i in range(2, len(tokens) + 2)
        ]

    def _of_type(self, token: str) -> Sides:
        lists = self._lists
        affix, stem = split_affix(token, lists)
        article = affix.endswith("ال")
        bare = "ال" + stem if article else stem
        fine, coarse = _first(lists.cluster, (token, bare, stem), ("", ""))
        label = _first(lists.labels, (token, bare, stem), "-")
        shape = "a" if _ARABIC.match(token) else "d" if token[:1] == "0" else "x" if token.isalpha() else "."
        here = [
            f"w={token}", f"s={stem}", f"p={affix}", f"c={fine}", f"k={coarse}", f"g={label}", f"h={shape}",
            f"gp={label}{affix}", f"<2={stem[:2]}", f"<3={stem[:3]}",
            f">1={stem[-1:]}{int(article)}", f">2={stem[-2:]}", f">3={stem[-3:]}",
            f"n={min(len(stem), 7)}{shape}", f"<1={stem[:1]}", f"<4={stem[:4]}", f">4={stem[-4:]}",
        ]  # fmt: skip
        here.extend(f"g:{letter}" for letter in label)
        near = [f"w={token}", f"s={stem}", f"c={fine}", f"k={coarse}", f"g={label}", f"p={affix}", f">2={token[-2:]}"]
        near.extend(f"g:{letter}" for letter in label)
        far = [f"c={fine}", f"k={coarse}", f"g={label}", f"w={token}"]
        return (
            here,
            ["-" + value for value in near],
            ["+" + value for value in near],
            ["--" + value for value in far],
            ["++" + value for value in far],
        )


def _first(table: Mapping[str, T], keys: Sequence[str], missing: T) -> T:
    return next((table[key] for key in keys if key in table), missing)
