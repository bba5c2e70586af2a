"""How well pages and dates are read, beside trafilatura, htmldate and dateparser on the same inputs in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import tomli

from waqai.errors import InputError
from waqai.model import Article
from waqai.proof.figures import Figure
from waqai.proof.material import material
from waqai.readers import Reader
from waqai.readers.dates import DateReader
from waqai.resources import Library

DAY = 10  # characters of an ISO date
ROUNDS = 5
PARTS = ("title", "published", "authors", "body")
Parts = Mapping[str, Any]


def figures() -> Iterator[Figure]:
    """Shares of right dates and page parts, pages a second, each beside its peers."""
    yield from dates()
    yield from parts()
    yield from pace()


# --- dates -----------------------------------------------------------------------------------------------


def dates() -> Iterator[Figure]:
    """Right days of the table of dates, and those that were read as another day: an abstention is not one."""
    rows = tomli.loads(material("dates.toml").read_text(encoding="utf-8"))["date"]
    own = DateReader(Library())
    ours = judged(rows, lambda text: own.read(text).value)
    others = {"htmldate": judged(rows, by_htmldate), "dateparser": judged(rows, by_dateparser)}
    for place, name in enumerate(("right", "wrong, not abstained")):
        beside = ", ".join(f"{peer} {found[place]:.3f}" for peer, found in others.items())
        yield Figure(f"readers/dates {name}", ours[place], "share", f"{beside}; {len(rows)} spellings")


def judged(rows: Sequence[Parts], read: Callable[[str], str]) -> tuple[float, float]:
    """The share of days read right, and of wrong ones; nothing read where nothing should be is right."""
    found = [(row["value"][:DAY], read(row["text"])[:DAY]) for row in rows]
    right = sum(value == answer for value, answer in found)
    wrong = sum(value != answer and bool(answer) for value, answer in found)
    return right / len(rows), wrong / len(rows)


def by_htmldate(text: str) -> str:
    """The day that htmldate finds in a page whose time tag holds `text`, an ISO date; "" for none."""
    from htmldate import find_date

    page = f"<html><head><title>خبر</title></head><body><article><time>{text}</time><p>نص</p></article></body></html>"
    return find_date(page, original_date=True) or ""


def by_dateparser(text: str) -> str:
    """The day that dateparser finds in `text`, an ISO date; "" where any part of it is missing."""
    import dateparser

    found = dateparser.parse(text, languages=["ar"], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    return found.date().isoformat() if found else ""


# --- parts of pages --------------------------------------------------------------------------------------


def parts() -> Iterator[Figure]:
    """The share of each part that is right over the project's own pages; a body is, with all of it and nothing else."""
    rows = tomli.loads(Path(__file__).with_name("pages.toml").read_text(encoding="utf-8"))["page"]
    bodies = [_page(row["file"]).read_bytes() for row in rows]
    reader = Reader(Library())
    ours = [right(row, _ours(reader, body)) for row, body in zip(rows, bodies, strict=True)]
    peers = [right(row, _trafilatura(body)) for row, body in zip(rows, bodies, strict=True)]
    for part in PARTS:
        share, peer = (sum(found[part] for found in judged_) / len(rows) for judged_ in (ours, peers))
        yield Figure(f"readers/page {part}", share, "share", f"trafilatura {peer:.3f}; {len(rows)} pages")


def right(row: Parts, found: Parts) -> dict[str, bool]:
    """Which parts of a page came out as they should."""
    text = " ".join(found["text"].split())
    return {
        "title": found["title"] == row["title"],
        "published": found["published"][:DAY] == row["published"],
        "authors": list(found["authors"]) == row["authors"],
        "body": all(words in text for words in row["body"]) and not any(words in text for words in row["not"]),
    }


def _page(name: str) -> Path:
    folder, _, file = name.partition("/")
    return material(folder) / file


def _ours(reader: Reader, body: bytes) -> Parts:
    found = next(reader.read_bytes(body))
    if not isinstance(found, Article):
        raise found
    names = ("title", "published", "authors", "text")
    return {name: getattr(found, name) for name in names}


def _trafilatura(body: bytes) -> Parts:
    from trafilatura import bare_extraction

    found = bare_extraction(body, with_metadata=True)
    known: Parts = {} if found is None else found if isinstance(found, dict) else found.as_dict()
    authors = [name.strip() for name in (known.get("author") or "").split(";") if name.strip()]
    plain = {"title": known.get("title") or "", "published": known.get("date") or ""}
    return {**plain, "authors": authors, "text": known.get("text") or ""}


# --- pace ------------------------------------------------------------------------------------------------


def pace() -> Iterator[Figure]:
    """Pages a second from bytes to article, beside trafilatura in turns: processor time, medians."""
    bodies = [path.read_bytes() for name in ("pages", "examples") for path in sorted(material(name).glob("*.html"))]
    reader = Reader(Library())
    ours, peer = in_turns(bodies, partial(_reads, reader), lambda body: _trafilatura(body) is not None)
    yield Figure("readers/pages", ours, "/s", f"trafilatura {peer:.0f}/s with metadata; {len(bodies)} pages")
    yield Figure("readers/pages, times trafilatura", ours / peer, "×")


def _reads(reader: Reader, body: bytes) -> bool:
    return not isinstance(next(reader.read_bytes(body)), InputError)


def in_turns(bodies: Sequence[bytes], *ways: Callable[[bytes], bool], rounds: int = ROUNDS) -> list[float]:
    """How many inputs a second each way reads; a round of each by turns, so that other work weighs on all alike."""
    seconds: list[list[float]] = [[] for _ in ways]
    for turn in range(rounds + 1):  # the first loads what is loaded once
        for way, spent in zip(ways, seconds, strict=True):
            start = time.process_time()
            for body in bodies:
                way(body)
            if turn:
                spent.append(time.process_time() - start)
    return [len(bodies) / statistics.median(spent) for spent in seconds]
