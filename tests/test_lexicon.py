"""The shipped frame rows do what their own examples say; the floors only ever go up."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.lexicon import Fault, check
from waqai.resources import Library

FIRES = 0.80  # share of rows that name the act of their example
RIGHT = 0.40  # share of rows whose example comes out in every field


@pytest.fixture(scope="module")
def faults() -> list[Fault]:
    return list(check())


def test_rows_name_the_act_of_their_example(library: Library, faults: list[Fault]) -> None:
    rows = library.rows("frames", "frame")
    mute = [fault.row for fault in faults if fault.what.startswith(("its example gives no event", "has no example"))]
    assert len(mute) <= (1 - FIRES) * len(rows), f"{len(mute)} of {len(rows)}: {mute[:20]}"


def test_rows_come_out_as_they_say(library: Library, faults: list[Fault]) -> None:
    rows = library.rows("frames", "frame")
    wrong = {fault.row for fault in faults}
    assert len(wrong) <= (1 - RIGHT) * len(rows), f"{len(wrong)} of {len(rows)}"


def test_faults_name_rows_that_are_there(library: Library, faults: list[Fault]) -> None:
    assert {fault.row for fault in faults} <= {row["id"] for row in library.rows("frames", "frame")}


def test_a_users_row_is_checked_among_the_shipped_ones_and_they_are_not(tmp_path: Path) -> None:
    """The shipped rows see to the rest of the sentence; only the user's are judged."""
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "own.toml").write_text(
        '[[frame]]\nid = "own.plant"\ntype = "AID"\nmode = ""\ncameo = "07"\nverb = ["زرع"]\nnoun = []\n'
        'source = ["subject"]\ntarget = []\ngenitive = ""\n'
        'example = "التقى الوزير سالم البحري نظيره، وزرع الوزير ناصر العلي شجرة أمس."\ngives = { status = "denied" }\n',
        encoding="utf-8",
    )
    assert list(check(tmp_path)) == [Fault("own.plant", "status: happened, should be denied")]
