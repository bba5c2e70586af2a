"""Measures the readers beside their peers in one run: `python bench/readers.py [FOLDER OF HTML PAGES]`.

Dates: the table of tests/readers/dates.toml, read by Waqai, htmldate and dateparser. An answer counts where it names
the same day (or nothing, where nothing should be read); time of day is left out, since htmldate gives none.

Pages: HTML to Article against trafilatura's bare_extraction(with_metadata=True), on the same pages in turn.
"""

from __future__ import annotations

import logging
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import trafilatura

from waqai.errors import InputError
from waqai.proof.reading import DAY, by_dateparser, by_htmldate, in_turns
from waqai.readers import Reader
from waqai.readers.dates import DateReader
from waqai.resources import Library

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests" / "readers" / "dates.toml"
PAGES = ROOT / "tests" / "pages"
ROUNDS = 7


def main() -> None:
    """Prints both comparisons."""
    logging.disable(logging.CRITICAL)
    dates()
    pages(Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES)


def dates() -> None:
    """Right answers of 120 and of the ones that should be read; abstaining counts as wrong there."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["date"]
    dated = [row for row in rows if row["value"]]
    own = DateReader(Library())
    print(f"dates                 all {len(rows)}   dated {len(dated)}   wrong, not abstained")
    for name, read in (
        ("waqai", lambda text: own.read(text).value),
        ("htmldate", by_htmldate),
        ("dateparser", by_dateparser),
    ):
        found = [(row["value"][:DAY], read(row["text"])[:DAY]) for row in rows]
        right = sum(value == answer for value, answer in found)
        read_right = sum(value == answer for value, answer in found if value)
        wrong = sum(value != answer and bool(answer) for value, answer in found)
        print(f"  {name:<20}{right:>4}        {read_right:>4}        {wrong:>4}")


def pages(folder: Path) -> None:
    """Pages a second, the median of some rounds in turn, and their ratio."""
    bodies = [path.read_bytes() for path in sorted(folder.glob("*.html"))]
    reader = Reader(Library())
    ways: dict[str, Callable[[bytes], bool]] = {
        "waqai": lambda body: not isinstance(next(reader.read_bytes(body)), InputError),
        "trafilatura": lambda body: trafilatura.bare_extraction(body, with_metadata=True) is not None,
    }
    read = {name: sum(map(way, bodies)) for name, way in ways.items()}  # also loads what is loaded once
    speed = dict(zip(ways, in_turns(bodies, *ways.values(), rounds=ROUNDS), strict=True))
    print(f"pages                 a second   read of {len(bodies)}")
    for name, pace in speed.items():
        print(f"  {name:<20}{pace:>8.1f}   {read[name]:>4}")
    print(f"  waqai / trafilatura {speed['waqai'] / speed['trafilatura']:>8.2f}")


if __name__ == "__main__":
    main()
