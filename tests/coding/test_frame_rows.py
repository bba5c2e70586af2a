"""A frame row that cannot mean anything is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.coding.coder import Coder
from waqai.errors import TableError
from waqai.resources import Library

GOOD = """[[frame]]
id = "consult.own.row"
type = "CONSULT"
verb = ["تسامر"]
source = ["subject"]
target = ["مع"]
example = "تسامر الوزير سالم البحري مع نظيره المالي."
gives = { sources = ["سالم البحري"], targets = ["نظيره المالي"] }
"""


def coder_of(folder: Path, row: str) -> Coder:
    (folder / "frames").mkdir()
    (folder / "frames" / "own.toml").write_text(row, encoding="utf-8")
    return Coder(Library(folder))


def test_a_sound_row_is_taken(tmp_path: Path) -> None:
    assert coder_of(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('type = "CONSULT"', 'type = "CONSLT"'), "no type 'CONSLT'"),
        (('verb = ["تسامر"]', 'mode = "vist"\nverb = ["تسامر"]'), "has no mode 'vist'"),
        (('verb = ["تسامر"]', 'verb = "تسامر"'), "verb should be a list"),
        (('source = ["subject"]', 'source = ["subject"]\nsymetric = true'), "no such key: symetric"),
    ],
)
def test_a_row_that_means_nothing_is_named(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    with pytest.raises(TableError, match=message) as refused:
        coder_of(tmp_path, GOOD.replace(*change))
    assert "consult.own.row" in str(refused.value)
