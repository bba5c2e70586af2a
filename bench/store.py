"""How long a store takes: adding news, adding it again, searching it. Needs ../shared/data/news.

`python bench/store.py [--articles 20000] [--db PATH] [--plain]`; with --plain articles are stored without being coded,
which shows what the store alone costs.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from waqai.exports.jsonl import as_dict
from waqai.model import Article, MadeBy, Record
from waqai.pipeline import Waqai
from waqai.resources import Library
from waqai.store import Store
from waqai.store.search import search

NEWS = Path(__file__).resolve().parents[2] / "shared" / "data" / "news" / "ant2018-h1.jsonl.xz"
SEARCHES = 1000


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


def searches(store: Store, count: int) -> list[float]:
    """Milliseconds of searches for one to three words drawn from the articles."""
    draw = random.Random(5)
    bodies = [article.text.split() for article in islice(articles(count), 500)]
    spent = []
    for _ in range(SEARCHES):
        body = draw.choice(bodies)
        asked = " ".join(word for word in draw.sample(body, draw.randint(1, 3)) if any(map(str.isalpha, word)))
        if not asked:
            continue
        started = time.perf_counter()
        search(store, asked.replace("-", " "), limit=10)
        spent.append((time.perf_counter() - started) * 1000)
    return spent


def main() -> None:
    """Prints one figure a line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--db", default="")
    options.add_argument("--plain", action="store_true")
    given = options.parse_args()
    if not NEWS.is_file():
        sys.exit(f"{NEWS}: not there; this benchmark needs the collection of news")
    with tempfile.TemporaryDirectory() as folder, Store(given.db or f"{folder}/s.db", Library(), create=True) as store:
        for name in ("first", "second"):
            started = time.perf_counter()
            spent = fill(store, given.articles, given.plain or name == "second")
            whole = time.perf_counter() - started
            print(f"{name} run: {whole:.0f} s, of which the store {spent:.0f} s; {store.counts()}", flush=True)
        spent_on = searches(store, given.articles)
        cuts = statistics.quantiles(spent_on, n=100)
        print(f"search: p50 {cuts[49]:.1f} ms, p90 {cuts[89]:.1f} ms, p99 {cuts[98]:.1f} ms over {len(spent_on)}")
        if "://" not in store.where:
            print(f"file: {Path(store.where).stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
