"""Tables: rows by id, a user's rows over the shipped ones, faults named with file and row."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.errors import TableError
from waqai.resources import DATA, Library


def lay(folder: Path, name: str, table: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(table, encoding="utf-8")
    return folder


def test_shipped_rows_have_ids_unique_in_their_folder(library: Library) -> None:
    rows = library.rows("frames", "frame")
    assert len(rows) > 200 and len({row["id"] for row in rows}) == len(rows)


def test_a_row_of_the_users_is_added(tmp_path: Path) -> None:
    lexicon = lay(tmp_path, "frames/own.toml", '[[frame]]\nid = "own.row"\ntype = "AID"\n')
    shipped, laid = Library().rows("frames", "frame"), Library(lexicon).rows("frames", "frame")
    assert [row["id"] for row in laid if row not in shipped] == ["own.row"]
    assert len(laid) == len(shipped) + 1


def test_a_row_of_the_users_replaces_the_shipped_one_in_its_place(tmp_path: Path) -> None:
    lexicon = lay(tmp_path, "ontology/own.toml", 'type = [{ id = "AID", arabic = "عون" }]\n')
    shipped, laid = Library().rows("ontology", "type"), Library(lexicon).rows("ontology", "type")
    assert [row["id"] for row in laid] == [row["id"] for row in shipped]
    assert next(row for row in laid if row["id"] == "AID")["arabic"] == "عون"


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("[[frame]\nid = 1", "not a TOML table"),
        ("[[frame]]\ntype = 'AID'", "has no id"),
        ("[[frame]]\nid = ''", "has no id"),
        ("[[frame]]\nid = 'a.b'\n[[frame]]\nid = 'a.b'", "'a.b' stands twice"),
        ("[frame]\nid = 'a.b'", r"written \[\[frame\]\]"),
    ],
)
def test_a_wrong_table_is_named(tmp_path: Path, table: str, complaint: str) -> None:
    lexicon = lay(tmp_path, "frames/own.toml", table)
    with pytest.raises(TableError, match=complaint) as caught:
        Library(lexicon).rows("frames", "frame")
    assert str(lexicon / "frames" / "own.toml") in str(caught.value)


def test_an_id_may_not_stand_in_two_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("one", "two"):
        lay(tmp_path, f"frames/{name}.toml", '[[frame]]\nid = "a.b"\n')
    with pytest.raises(TableError, match=r"two\.toml: the id 'a\.b' stands twice"):
        Library(tmp_path).rows("frames", "frame")


def test_a_table_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "own.toml").write_bytes('[[frame]]\nid = "أ"\n'.encode("utf-16"))
    with pytest.raises(TableError, match=r"own\.toml: not a TOML table"):
        Library(tmp_path).rows("frames", "frame")


def test_a_folder_that_is_no_lexicon_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="no such lexicon folder"):
        Library(tmp_path / "none")
    lay(tmp_path, "notes/own.toml", "")
    with pytest.raises(TableError, match=r"no tables in it .*frames"):
        Library(tmp_path)


def test_digest_follows_what_is_in_the_tables(tmp_path: Path) -> None:
    lexicon = lay(tmp_path, "frames/own.toml", '[[frame]]\nid = "own.row"\n')
    before = Library(lexicon).digest("frames")
    assert before == Library(lexicon).digest("frames") != Library().digest("frames")
    lay(tmp_path, "frames/own.toml", '[[frame]]\nid = "own.other"\n')
    assert Library(lexicon).digest("frames") != before
    assert Library(lexicon).digest("status") == Library().digest("status")


def test_models_are_found_or_named() -> None:
    assert Library().model("coding.json").parent == DATA / "models"
    with pytest.raises(TableError, match=r"none\.bin: this model is missing"):
        Library().model("none.bin")
