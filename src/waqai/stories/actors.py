"""Who an actor of one article is across all: spellings and short names of one person or body brought together.

What decides is the name, its code and the tables of data/actors, never the other articles: the answer is the same in
every store. People settle what is left with `waqai actors merge` and `waqai actors split`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from waqai.arabic import fold
from waqai.resources import Library, Row

_TOKEN = re.compile(r"[^\W_]+")
# Letters that writers of foreign names choose between, and those that nobody takes for another name.
_LETTERS = str.maketrans({"ج": "غ", "ط": "ت", "ظ": "ض", "ث": "ت", "ڤ": "ف", "پ": "ب"})
_DOUBLED = re.compile(r"(.)\1+")
_NO_COUNTRY = "---"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who it is: `key` is the same for all names of one actor; `weight` says how much sharing it tells, 0 to 1.

    `why` tells by what the name was known: table, spelling, words.
    """

    key: str
    country: str
    sector: str
    weight: float
    last: str = ""  # the surname, for matching a bare one
    why: str = ""


class Identities:
    """Finds the identity of a name with its code; `merged` leads keys that people brought together to one of them.

    A name that people have set apart ("part") is known by its whole code too.
    """

    def __init__(self, library: Library, merged: Mapping[str, str] | None = None, parted: frozenset[str] = frozenset()):
        self._titles = {fold(word) for row in library.rows("actors", "title") for word in row["name"]}
        self._known: dict[str, tuple[str, str]] = {}
        for kind, rows in (("p", "person"), ("b", "body"), ("c", "country")):
            for row in library.rows("actors", rows):
                self._enter(kind, row)
        self._merged = dict(merged or {})
        self._parted = parted
        self._seen: dict[tuple[str, str], Identity] = {}

    def of(self, name: str, code: str) -> Identity:
        """The identity of the actor written as `name` with the code `code`, "EGY GOV" or ""."""
        if (name, code) not in self._seen:
            found = self._found(name, code)
            key = self._merged.get(found.key, found.key)
            self._seen[name, code] = found if key == found.key else _with_key(found, key)
        return self._seen[name, code]

    def spelled(self, name: str, code: str) -> str:
        """The name and country under which people set an actor apart."""
        return f"{' '.join(self._parts(name))}|{code[:3] or _NO_COUNTRY}"

    def _found(self, name: str, code: str) -> Identity:
        country, sector = code[:3] or _NO_COUNTRY, code[4:]
        parts = self._parts(name)
        plain = " ".join(parts)
        if f"{plain}|{country}" in self._parted:
            return Identity(
                f"n:{plain}|{code}", country, sector, 1.0, parts[-1] if parts else "", "set apart by people"
            )
        if plain in self._known:
            kind, row = self._known[plain]
            weight = 0.7 if kind == "c" else 1.0
            return Identity(f"{kind}:{row}", row if kind == "c" else country, sector, weight, parts[-1], "table")
        if len(parts) < 2 or parts[0].isdigit():
            return Identity(f"w:{plain}|{code}", country, sector, 0.5, plain, "words")
        return Identity(f"n:{skeleton(parts)}|{country}", country, sector, 0.8, parts[-1], "spelling")

    def _parts(self, name: str) -> list[str]:
        parts = _TOKEN.findall(fold(name))
        while len(parts) > 1 and (parts[0] in self._titles or parts[0].removeprefix("ال") in self._titles):
            parts = parts[1:]
        return parts

    def _enter(self, kind: str, row: Row) -> None:
        for name in (row["name"], *row.get("aliases", ()), *row.get("capital", ())):
            self._known.setdefault(" ".join(_TOKEN.findall(fold(name))), (kind, str(row["id"])))


def skeleton(parts: list[str]) -> str:
    """A name as writers of foreign names spell it alike: غوتيريش as جوتيريش, with no letter doubled.

    Vowels inside are kept: سالم is not سليم, محمد not محمود.
    """
    return " ".join(
        _DOUBLED.sub(r"\1", part.translate(_LETTERS).replace("تش", "ش").removeprefix("ال")) for part in parts
    )


def _with_key(found: Identity, key: str) -> Identity:
    return Identity(key, found.country, found.sector, found.weight, found.last, "brought together by people")
