"""Measures the readers beside their peers in one run: `python bench/readers.py [FOLDER OF HTML PAGES]`.

Dates: the table of tests/readers/dates.toml, read by Waqai, htmldate and dateparser. An answer counts where it names
the same day (or nothing, where nothing should be read); time of day is left out, since htmldate gives none.

Pages: HTML to Article against trafilatura's bare_extraction(with_metadata=True), on the same pages in turn.
"""

from __future__ import annotations

import logging
import statistics
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import dateparser
import htmldate
import trafilatura

from waqai.errors import InputError
from waqai.readers import Reader
from waqai.readers.dates import DateReader
from waqai.resources import Library

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests" / "readers" / "dates.toml"
PAGES = ROOT / "tests" / "pages"
ROUNDS = 7
DAY = 10  # characters of an ISO date


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
        ("htmldate", _htmldate),
        ("dateparser", _dateparser),
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
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.process_time()
            for body in bodies:
                way(body)
            seconds[name].append(time.process_time() - start)
    speed = {name: len(bodies) / statistics.median(taken) for name, taken in seconds.items()}
    print(f"pages                 a second   read of {len(bodies)}")
    for name, pace in speed.items():
        print(f"  {name:<20}{pace:>8.1f}   {read[name]:>4}")
    print(f"  waqai / trafilatura {speed['waqai'] / speed['trafilatura']:>8.2f}")


def _htmldate(text: str) -> str:
    page = f"<html><head><title>خبر</title></head><body><article><time>{text}</time><p>نص</p></article></body></html>"
    return htmldate.find_date(page, original_date=True) or ""


def _dateparser(text: str) -> str:
    found = dateparser.parse(text, languages=["ar"], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    return found.date().isoformat() if found else ""


if __name__ == "__main__":
    main()
