"""Reads verb forms: which verb, which aspect, which person, gender and number."""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from math import log
from pathlib import Path
from typing import NamedTuple

from waqai.arabic import fold
from waqai.model import Reading

_ASPECTS = {"p": "perfect", "i": "imperfect", "c": "imperative"}
# How often a cell is meant where its spelling is shared: third person before first before second.
_SLOT = {"3ms": 0.0, "3fs": -0.3, "3mp": -1.0, "3md": -2.5, "3fp": -3.5, "3fd": -3.5, "1cs": -2.5, "1cp": -2.5}
_SECOND = -5.0
_ASPECT = {"p": 0.0, "i": 0.0, "c": -5.0}
_PASSIVE = -3.0
_MISSPELT = -3.0
_JUSSIVE = -8.0  # "يعد" as jussive of عاد, where no لم stands before it
_FAVOURED = 30.0
_UNSEEN = log(0.3)
_LONGEST_FORM = 24  # the longest form of the lexicon has 14 letters


class Shape(NamedTuple):
    """What the word shows around a verb form."""

    pronoun: bool = False  # a pronoun is attached
    future: bool = False  # س stands before it
    purpose: bool = False  # ل stands before it
    jussive: bool = False  # لم stands before it


class _Cell(NamedTuple):
    prefix: str
    suffix: str
    aspect: str
    agreement: str
    moods: str
    pronoun: str


class VerbLexicon:
    """Verb forms as stems and the affixes they take, from `verbs.txt.xz`, with how often each verb is used.

    `favoured` names the lemmas that news means by a form, over what the counts say.
    """

    def __init__(self, forms: Path, favoured: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._favoured = favoured or {}
        sections = lzma.decompress(forms.read_bytes()).decode().split("\n\n")
        self._affixes: dict[tuple[str, str], dict[str, list[_Cell]]] = defaultdict(lambda: defaultdict(list))
        for number, line in enumerate(sections[0].split("\n")):
            for entry in line.split(" "):
                cell = _Cell(*entry.split(":"))
                self._affixes[fold(cell.prefix), fold(cell.suffix)][str(number)].append(cell)
        self._prefixes = sorted({prefix for prefix, _ in self._affixes})
        self._suffixes = {suffix for _, suffix in self._affixes}
        self._stems: dict[str, list[str]] = {}
        for line in sections[1].split("\n"):
            self._stems.setdefault(fold(line.partition(" ")[0]), []).append(line)
        self._use: dict[str, float] = {}
        for line in sections[2].split("\n") if len(sections) > 2 else []:
            count, *lemmas = line.split(" ")
            self._use.update(dict.fromkeys(lemmas, log(int(count) + 0.5)))
        self.read = lru_cache(maxsize=1 << 15)(self._read)

    def use(self, lemma: str) -> float:
        """Natural logarithm of how often the verb was met in the news, about -1 where never."""
        return self._use.get(lemma, _UNSEEN)

    def _read(self, form: str, shape: Shape) -> tuple[tuple[Reading, float], ...]:
        """Readings of a form without clitics, each with its score, likeliest first."""
        if not 0 < len(form) <= _LONGEST_FORM:
            return ()
        scores: dict[tuple[str, str, str], float] = {}
        voices: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for lemma, voice, cell, distance in self._close(self._matches(form), form):
            if not _allowed(cell, shape):
                continue
            key = lemma, cell.aspect, cell.agreement
            voices[key].add(voice)
            score = self.use(lemma) + _SLOT.get(cell.agreement, _SECOND) + _ASPECT[cell.aspect]
            score += distance * _MISSPELT + (_PASSIVE if voice == "p" else 0.0)
            score += _JUSSIVE if cell.moods == "j" and not (shape.jussive or shape.purpose) else 0.0
            scores[key] = max(score, scores.get(key, score))
        for place, lemma in enumerate(() if shape.jussive else self._favoured.get(form, ())):
            for key in scores:
                if key[0] == lemma:
                    scores[key] += _FAVOURED / (place + 1)
        order = sorted(scores, key=lambda key: (-scores[key], key))
        return tuple(
            (Reading(key[0], _ASPECTS[key[1]], key[2], "".join(sorted(voices[key]))), scores[key]) for key in order
        )

    def _matches(self, form: str) -> list[tuple[str, str, _Cell, str]]:
        """(lemma, voice, cell, full spelling) of everything that reads like `form` when folded."""
        folded, found = fold(form), []
        for prefix in self._prefixes:
            if not folded.startswith(prefix):
                continue
            for end in range(len(folded), len(prefix) - 1, -1):
                suffix = folded[end:]
                if suffix not in self._suffixes:
                    continue
                cells = self._affixes.get((prefix, suffix))
                lines = self._stems.get(folded[len(prefix) : end])
                if cells and lines:
                    found += _cells(lines, cells)
        return found

    def _close(self, matches: list[tuple[str, str, _Cell, str]], form: str) -> list[tuple[str, str, _Cell, int]]:
        """Matches with their distance in letters; a form written with its hamzas is taken at its word."""
        exact = any(spelled == form for *_, spelled in matches)
        kept = []
        for lemma, voice, cell, spelled in matches:
            wrong = [(a, b) for a, b in zip(form, spelled, strict=False) if a != b]
            if not exact or all(a in "اي" for a, _ in wrong):
                kept.append((lemma, voice, cell, len(wrong)))
        return kept


def _cells(lines: list[str], cells: dict[str, list[_Cell]]) -> list[tuple[str, str, _Cell, str]]:
    found = []
    for line in lines:
        stem, _, entries = line.partition(" ")
        for entry in entries.split(" "):
            lemma, voice, numbers = entry.split(":")
            for number in numbers.split(","):
                found += [(lemma, voice, cell, cell.prefix + stem + cell.suffix) for cell in cells.get(number, ())]
    return found


def _allowed(cell: _Cell, shape: Shape) -> bool:
    if cell.pronoun != "b" and (cell.pronoun == "y") != shape.pronoun:
        return False
    if shape.future:
        return cell.aspect == "i" and "i" in cell.moods
    if shape.jussive:
        return cell.aspect == "i" and "j" in cell.moods
    if shape.purpose:
        return cell.aspect == "i" and cell.moods != "i"
    return True
