"""The frequent verbs and masdars of the news have frame rows, or are dismissed with a reason; never both."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from waqai.arabic import fold
from waqai.resources import DATA, Library

# Verbs by lemma and nouns of a masdar's shape, with their counts in 1,500 articles of the first half of 2018.
FREQUENT = [
    (part, fold(word))
    for part, word, _ in (
        line.split("\t") for line in (Path(__file__).parent / "frequent.tsv").read_text(encoding="utf-8").splitlines()
    )
]
ROWS = tomllib.loads((DATA / "frames" / "dismissed.toml").read_text(encoding="utf-8"))["dismissed"]


def _in_rows(library: Library) -> Iterator[tuple[str, str]]:
    for row in library.rows("frames", "frame"):
        for key in ("verb", "noun", "participle", "passive"):
            for entry in row.get(key, ()):
                word = fold(entry.split()[0])
                yield ("verb", word) if key == "verb" else ("noun", word)


@pytest.fixture(scope="module")
def covered(library: Library) -> set[tuple[str, str]]:
    found = set(_in_rows(library))
    # Forms as the news writes them: plurals, ة as ت, the accusative alif.
    nouns = {word.removesuffix("ه") for part, word in found if part == "noun"}
    endings = ("", "ه", "ت", "ات", "ا", "ين", "ان", "تي")
    return found | {("noun", stem + ending) for stem in nouns for ending in endings}


def _dismissed() -> set[tuple[str, str]]:
    return {(row["part"], fold(word)) for row in ROWS for word in row["words"]}


def test_there_are_six_hundred_of_them() -> None:
    assert len(FREQUENT) >= 600


def test_each_has_a_row_or_a_reason(covered: set[tuple[str, str]]) -> None:
    assert [f"{part} {word}" for part, word in FREQUENT if (part, word) not in covered | _dismissed()] == []


def test_no_dismissed_verb_has_a_row_of_its_own(library: Library) -> None:
    verbs = {
        (part, word)
        for row in library.rows("frames", "frame")
        if not row.get("with") and not row.get("when")
        for part, word in (("verb", fold(entry)) for entry in row.get("verb", ()) if " " not in entry)
    }
    assert sorted(word for _, word in verbs & _dismissed()) == []


def test_each_reason_is_given_once() -> None:
    words = [(row["part"], fold(word)) for row in ROWS for word in row["words"]]
    assert sorted(words) == sorted(set(words))
    assert all(row["why"] and row["part"] in {"verb", "noun"} for row in ROWS)
