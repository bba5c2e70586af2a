"""The frame tables keep the form that docs/tables.md describes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from waqai.arabic import fold, strip_marks

DATA = Path(__file__).resolve().parents[2] / "src" / "waqai" / "data"
WORDS = ("verb", "noun", "participle", "passive")
KEYS = {
    *WORDS,
    "id", "type", "mode", "cameo", "with", "without", "needs",
    "when", "fallback", "source", "target", "genitive", "symmetric", "example", "gives",
}  # fmt: skip
STATUSES = {"happened", "planned", "called-for", "conditional", "denied"}
PLACES = {"subject", "object", "genitive", "described"}
WEAK = re.compile("[اويء]")  # letters that come and go as a word is inflected

Row = Mapping[str, Any]


def _tables() -> Iterator[tuple[str, Row]]:
    for path in sorted((DATA / "frames").glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get("frame", ()):
            yield path.stem, row


ROWS = list(_tables())
MODES = {
    row["id"]: {"", *row["modes"]}
    for row in tomllib.loads((DATA / "ontology" / "types.toml").read_text(encoding="utf-8"))["type"]
}


def every_row(check: Callable[[str, Row], None]) -> Callable[[str], None]:
    """A test of each table that holds all its rows to `check`, and names every row that fails."""

    @pytest.mark.parametrize("table", sorted({table for table, _ in ROWS}))
    def of_table(table: str) -> None:
        wrong = []
        for row in (row for name, row in ROWS if name == table):
            try:
                check(table, row)
            except AssertionError as error:
                wrong.append(f"{row['id']}: {error}")
        assert not wrong, "\n".join(wrong)

    of_table.__doc__ = check.__doc__
    return of_table


def _skeleton(word: str) -> str:
    """The consonants of a word that inflection leaves in place."""
    return WEAK.sub("", fold(word).removesuffix("ه"))


def _holds(skeleton: str, written: str) -> bool:
    """Whether the letters of `skeleton` stand in `written`, in order."""
    letters = iter(WEAK.sub("", fold(written)))
    return all(letter in letters for letter in skeleton)


def _names_an_act(entry: str, example: list[str]) -> bool:
    return all(
        any(_holds(_skeleton(part), word) for word in example if len(word) <= len(part) + 7) for part in entry.split()
    )


def test_ids_are_unique() -> None:
    ids = [row["id"] for _, row in ROWS]
    assert sorted(ids) == sorted(set(ids))


@every_row
def test_row_is_of_its_table(table: str, row: Row) -> None:
    assert set(row) <= KEYS
    assert re.fullmatch(r"[a-z]+(\.[a-z0-9_-]+){2,}", row["id"])
    assert row["id"].split(".")[0] == table
    assert row["type"] == table.upper()
    assert row.get("mode", "") in MODES[row["type"]]
    assert re.fullmatch(r"[01]\d{1,3}|20\d", row["cameo"])


@every_row
def test_row_names_words_in_plain_spelling(table: str, row: Row) -> None:
    entries = [entry for key in (*WORDS, "with", "without", "needs") for entry in row.get(key, [])]
    assert any(row.get(key) for key in WORDS)
    assert all(strip_marks(entry) == entry == entry.strip() for entry in entries)
    assert all(entry for key in WORDS for entry in row.get(key, []))


@every_row
def test_sides_are_slots(table: str, row: Row) -> None:
    for slot in (*row["source"], *row["target"]):
        assert slot in PLACES or re.fullmatch(r"[\u0621-\u064a ]+", slot)
    assert row.get("genitive", "") in {"", "source", "target", "place"}


@every_row
def test_example_shows_the_row(table: str, row: Row) -> None:
    words = re.findall(r"[\u0621-\u064a]+", row["example"])
    entries = [entry for key in WORDS for entry in row.get(key, [])]
    assert 5 <= len(words) <= 40
    assert any(_names_an_act(entry, words) for entry in entries)


@every_row
def test_what_the_example_gives(table: str, row: Row) -> None:
    gives = row["gives"]
    assert set(gives) <= {"sources", "targets", "status"}
    assert gives.get("status", "happened") in STATUSES
    example = fold(row["example"])
    for name in (*gives["sources"], *gives["targets"]):
        bare = fold(name).removeprefix("ال")
        assert bare in example, f"{name} does not stand in the example"
