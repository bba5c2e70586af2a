"""A run that is killed leaves whole articles only, and the same command does the rest, on both databases.

WAQAI_KILLS sets how often each is killed; bench/store.py --kills does the same on a larger scale.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from waqai.resources import Library

BENCH = Path(__file__).resolve().parents[2] / "bench" / "kills.py"
KILLS, PAGES = int(os.environ.get("WAQAI_KILLS", "1")), 25


@pytest.mark.parametrize("verb", ["add", "watch"])
def test_killed_nothing_is_lost_and_nothing_twice(address: str, verb: str, tmp_path: Path, library: Library) -> None:
    spec = importlib.util.spec_from_file_location("bench_kills", BENCH)
    assert spec is not None and spec.loader is not None
    kills = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = kills
    spec.loader.exec_module(kills)
    told = kills.killed(verb, address, tmp_path, kills=KILLS, pages=PAGES, library=library)
    assert told.faults == ()
    assert told.amid > 0
