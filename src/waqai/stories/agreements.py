"""Agreements: which acts are one, under whose auspices the sentence has it, and what was undertaken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from waqai.arabic import fold, fold_map
from waqai.resources import Library

_PART = re.compile(r"[،؛,;.:]|\n")
_WORD = re.compile(r"[^\W_]+")
_WORDS = 10  # of a phrase that names who stands over an agreement


class Agreements:
    """Reads the cues of data/stories in sentences."""

    def __init__(self, library: Library) -> None:
        self._under = _pattern([word for row in library.rows("stories", "auspices") for word in row["words"]])
        self._undertakes = _pattern([word for row in library.rows("stories", "undertaking") for word in row["words"]])

        self._rows = {rule for row in library.rows("stories", "agreement") for rule in row["rows"]}
        self._unmade = [
            (int(row["near"]), _folded(row["words"]), _folded(row["triggers"]))
            for row in library.rows("stories", "unmade")
        ]

    def made(self, event: Mapping[str, Any]) -> bool:
        """Whether an event of a record is an agreement of two sides that was reached, as far as its sentence tells."""
        if ".".join(event["rule"].split(".")[:2]) not in self._rows:
            return False
        before = _WORD.findall(fold(event["evidence"][: event["trigger_span"][0] - event["evidence_span"][0]]))
        trigger = _WORD.findall(fold(event["trigger"]))[:1]
        return not any(words & set(before[-near:]) or triggers & set(trigger) for near, words, triggers in self._unmade)

    def auspices(self, sentence: str) -> str:
        """Under whose auspices, as the sentence has it, "" where it does not tell."""
        folded, origin = fold_map(sentence)
        found = self._under.search(folded)
        if not found:
            return ""
        rest = _PART.split(sentence[origin[found.end()] :], maxsplit=1)[0]
        return " ".join(rest.split()[:_WORDS])

    def undertakings(self, event: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        """What is undertaken, each with the party that stands nearest before it, "" where none does."""
        sentence, start = event["evidence"], event["evidence_span"][0]
        folded, origin = fold_map(sentence)
        parties = [
            (actor["span"][0] - start, actor["name"])
            for side in ("sources", "targets")
            for actor in event[side]
            if actor["span"]
        ]
        found = []
        matches = list(self._undertakes.finditer(folded))
        for number, match in enumerate(matches):
            end = origin[matches[number + 1].start()] if number + 1 < len(matches) else len(sentence)
            what = sentence[origin[match.end()] : end].strip(' ،؛,.:«»"')
            before = [(at, name) for at, name in parties if 0 <= at < origin[match.start()]]
            if what:
                found.append((max(before)[1] if before else "", what))
        return tuple(found)


def _folded(words: list[str]) -> set[str]:
    return {fold(word) for word in words}


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    """Any of `phrases` as folded words; one that ends in the preposition ب stands right before its word."""
    folded = sorted((fold_map(phrase)[0] for phrase in phrases), key=len, reverse=True)
    shapes = [re.escape(phrase) + ("" if phrase.endswith(" ب") else r"\b\s*") for phrase in folded]
    return re.compile(r"\b[وف]?(?:" + "|".join(shapes) + ")")
