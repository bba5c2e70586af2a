"""How a store does: adding news, adding it again, searching it; kills; the memory that exports take.

`python bench/store.py [--articles 20000] [--db PATH] [--plain]` needs ../shared/data/news; with --plain articles are
stored without being coded, which shows what the store alone costs. `--kills 20 [--db URL]` kills `waqai add` and
`waqai watch` that often each, in an empty store. `--events 1000000` makes a store of so many made-up events and tells
time and memory of every export, beside a store of a hundredth of them. Timings are worth something on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import kills
import made_up
from waqai.exports.jsonl import as_dict
from waqai.model import Article, MadeBy, Record
from waqai.pipeline import Waqai
from waqai.resources import Library
from waqai.store import Store
from waqai.store.search import search

NEWS = Path(__file__).resolve().parents[2] / "shared" / "data" / "news" / "ant2018-h1.jsonl.xz"
SEARCHES = 1000
FORMATS = (
    "jsonl", "csv", "parquet", "polecat", "cameo", "ninjs", "schemaorg", "ftm", "webannotation", "ics", "tml",
)  # fmt: skip


def articles(count: int) -> Iterator[Article]:
    """The first articles of the collection."""
    with lzma.open(NEWS, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, islice(lines, count)):
            text = f"{row['title']}\n\n{row['body']}"
            yield Article(row["id"], text, row["title"], row["url"], row["outlet"], published=row["published"])


def records(count: int, plain: bool) -> Iterator[Record]:
    """Their records, coded unless `plain`."""
    waqai = None if plain else Waqai()
    made = MadeBy("0", "", "", "")
    for article in articles(count):
        yield waqai.code(article) if waqai else Record(article, (), (), (), (), (), made)


def fill(store: Store, count: int, plain: bool) -> float:
    """Seconds that the store itself took to add them."""
    spent = 0.0
    for record in records(count, plain):
        started = time.perf_counter()
        store.add(as_dict(record))
        spent += time.perf_counter() - started
    return spent


def searches(store: Store, count: int, clock: Callable[[], float]) -> list[float]:
    """Milliseconds by `clock` of searches for one to three words drawn from the articles."""
    draw = random.Random(5)
    bodies = [article.text.split() for article in islice(articles(count), 500)]
    spent = []
    for _ in range(SEARCHES):
        body = draw.choice(bodies)
        asked = " ".join(word for word in draw.sample(body, draw.randint(1, 3)) if any(map(str.isalpha, word)))
        if not asked:
            continue
        started = clock()
        search(store, asked.replace("-", " "), limit=10)
        spent.append((clock() - started) * 1000)
    return spent


def news(given: argparse.Namespace) -> None:
    """Adds the collection twice and searches it: one figure a line."""
    if not NEWS.is_file():
        sys.exit(f"{NEWS}: not there; this benchmark needs the collection of news")
    with tempfile.TemporaryDirectory() as folder, Store(given.db or f"{folder}/s.db", Library(), create=True) as store:
        counts = []
        for name in ("first", "second"):
            started = time.perf_counter()
            spent = fill(store, given.articles, given.plain or name == "second")
            whole = time.perf_counter() - started
            counts.append(store.counts())
            print(f"{name} run: {whole:.0f} s, of which the store {spent:.0f} s; {counts[-1]}", flush=True)
        print("same counts after the second run" if counts[0] == counts[1] else "THE SECOND RUN CHANGED THE COUNTS")
        for name, clock in (("by the clock", time.perf_counter), ("of processor time", time.thread_time)):
            spent_on = searches(store, given.articles, clock)
            cuts = statistics.quantiles(spent_on, n=100)
            figures = f"p50 {cuts[49]:.1f} ms, p90 {cuts[89]:.1f} ms, p99 {cuts[98]:.1f} ms"
            print(f"search, {name}: {figures} over {len(spent_on)}", flush=True)
        if "://" not in store.where:
            print(f"file: {Path(store.where).stat().st_size / 1e6:.0f} MB")


def kill(given: argparse.Namespace) -> None:
    """Kills adding and watching at random moments: what is left, and what is wrong with it."""
    for verb in kills.VERBS if not given.db else (given.verb,):
        with tempfile.TemporaryDirectory() as folder:
            where = given.db or f"{folder}/s.db"
            told = kills.killed(verb, where, Path(folder), kills=given.kills, pages=given.pages, library=Library())
        counts = f"{told.counts['articles']} articles, {told.counts['revisions']} revisions of {given.pages} pages"
        print(f"{verb}: {told.kills} kills, {told.amid} amid the work; {counts}; {len(told.faults)} faults", flush=True)
        for fault in told.faults:
            print(f"  {fault}")


def exports(given: argparse.Namespace) -> None:
    """Time and greatest memory of each export of a made-up store, beside one of a hundredth of its size."""
    with tempfile.TemporaryDirectory() as folder:
        for count in (given.events // 100, given.events):
            with Store(f"{folder}/{count}.db", create=True) as store:
                made_up.fill(store, count)
        for form in FORMATS:
            told = []
            for count in (given.events // 100, given.events):
                command = ["export", "--to", form, "--db", f"{folder}/{count}.db", "--out", f"{folder}/out"]
                told.append((count, *measured([sys.executable, "-m", "waqai", *command])))
            line = "; ".join(f"{count:,} events {spent:.0f} s, {memory:.0f} MB" for count, spent, memory in told)
            print(f"{form}: {line}", flush=True)


def measured(command: list[str]) -> tuple[float, float]:
    """Seconds of a process, and megabytes that it held at most."""
    started = time.perf_counter()
    running = subprocess.Popen(command)
    _, status, used = os.wait4(running.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: failed")
    return time.perf_counter() - started, used.ru_maxrss / 1024


def main() -> None:
    """Runs what the options ask for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--db", default="", help="where the store is made; a temporary file where left out")
    options.add_argument("--plain", action="store_true")
    options.add_argument("--kills", type=int, default=0)
    options.add_argument("--pages", type=int, default=200, help="how many pages --kills adds")
    options.add_argument("--verb", choices=kills.VERBS, default="add", help="what --kills --db kills")
    options.add_argument("--events", type=int, default=0)
    given = options.parse_args()
    (kill if given.kills else exports if given.events else news)(given)


if __name__ == "__main__":
    main()
