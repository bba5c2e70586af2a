"""A row that is not of its form is refused: the message names file, row, key and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.errors import TableError
from waqai.resources import Library
from waqai.rows import FORMS

GOOD = {
    ("status", "cue"): '[[cue]]\nid = "own"\nstatus = "planned"\nkind = "noun"\nwords = ["مشروع"]\n',
    ("actors", "person"): '[[person]]\nid = "own"\nname = "سالم البحري"\naliases = []\noffices = []\n',
    ("actors", "place"): '[[place]]\nid = "own"\nname = ["الوادي"]\ncountry = "MLI"\nlat = 12\nlon = 3.5\n',
    ("contexts", "context"): '[[context]]\nid = "own"\nname = "election"\nwords = ["اقتراع"]\n',
}


def _library(folder: Path, room: str, row: str) -> Library:
    (folder / room).mkdir()
    (folder / room / "own.toml").write_text(row, encoding="utf-8")
    return Library(folder)


@pytest.mark.parametrize(("room", "kind"), FORMS)
def test_the_shipped_rows_are_of_their_form(room: str, kind: str, library: Library) -> None:
    assert library.rows(room, kind)


@pytest.mark.parametrize(("place", "row"), GOOD.items(), ids=lambda value: "/".join(value) if value in GOOD else "")
def test_a_sound_row_is_taken(place: tuple[str, str], row: str, tmp_path: Path) -> None:
    rows = _library(tmp_path, place[0], row).rows(*place)
    assert "own" in {row["id"] for row in rows}


@pytest.mark.parametrize(
    ("place", "old", "new", "message"),
    [
        (("actors", "person"), 'name = "سالم البحري"\n', "", "has no name; add name = a word"),
        (("actors", "person"), "aliases = []", 'aliases = "البحري"', "write a list of words"),
        (("actors", "person"), "aliases", "alias", "a key 'alias' that nobody reads; the keys are id, aliases, name"),
        (("actors", "person"), "offices = []", 'offices = ["وزير"]', "write a list of tables"),
        (("actors", "place"), "lat = 12", 'lat = "12"', "write a number"),
        (("actors", "place"), "lat = 12", "lat = true", "write a number"),
        (("status", "cue"), '"planned"', '"planed"', "status 'planed'; one of called-for, conditional, denied"),
        (("status", "cue"), '"noun"', '"noum"', "kind 'noum'; one of adjective, clause"),
        (("status", "cue"), "words = ", 'needs = "future"\nwords = ', "needs 'future'; one of imperative"),
        (("contexts", "context"), 'words = ["اقتراع"]', "words = [1]", "write a list of words"),
    ],
)
def test_a_wrong_row_is_named(place: tuple[str, str], old: str, new: str, message: str, tmp_path: Path) -> None:
    library = _library(tmp_path, place[0], GOOD[place].replace(old, new))
    with pytest.raises(TableError, match=r"own\.toml.*'own'") as refused:
        library.rows(*place)
    assert message in str(refused.value)
