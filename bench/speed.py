"""Speed: articles a second from text to record on one core, by layer, beside trafilatura on pages in the same run.

    python bench/speed.py [--shared ../shared] [--articles 1000] [--json]

The articles are a fixed sample of shared/data/news over outlets and months; the pages those of shared/data/html.
Rates count processor time, so that other work on the machine weighs less; the second pass alternates with
trafilatura, so that what is left of it weighs on both alike.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import waqai.coding.coder as coding
from waqai.exports.jsonl import line
from waqai.model import Article
from waqai.pipeline import Waqai
from waqai.proof.pace import cold_start, growth, largest_here, seconds

HERE = Path(__file__).resolve().parent
BLOCK = 50  # articles between two looks at trafilatura
PAGES_A_BLOCK = 3
LENGTHS = (1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000)  # code points of the texts that show growth
COLD_STARTS = 5


# --- material --------------------------------------------------------------------------------------------


def sample(path: Path, count: int) -> list[Article]:
    """`count` articles of a news file: as many of each outlet and month as there are, taken at even distances."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(_rows(path)):
        groups[row["outlet"], row["published"][:7]].append(number)
    chosen: set[int] = set()
    for done, key in enumerate(sorted(groups)):
        group = groups[key]
        share = min((count - len(chosen)) // (len(groups) - done), len(group))
        chosen.update(group[n * len(group) // share] for n in range(share))
    # Read once more rather than held: the file's texts would be most of the memory measured.
    return [
        Article(row["id"], f"{row['title']}\n\n{row['body']}", row["title"], published=row["published"])
        for number, row in enumerate(_rows(path))
        if number in chosen
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


# --- the stopwatch ---------------------------------------------------------------------------------------


class Stopwatch:
    """Time spent in named layers; what a layer calls of another counts for the other alone."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = 0.0

    def timed(self, layer: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work`, its time counted for `layer`."""

        def call(*args: Any, **options: Any) -> Any:
            self._turn()
            self._open.append(layer)
            try:
                return work(*args, **options)
            finally:
                self._turn()
                self._open.pop()

        return call

    def _turn(self) -> None:
        now = time.process_time()
        if self._open:
            self.spent[self._open[-1]] += now - self._since
        self._since = now


def layers(waqai: Waqai) -> Iterator[tuple[str, object, str]]:
    """Each layer with the object and the name of a function of it."""
    analyser, coder = waqai._analyser, waqai._coder
    yield "sentences, words", analyser._sentences, "find"
    yield "sentences, words", analyser._words, "read"
    yield "times", analyser._times, "find"
    yield "names", analyser._names, "find"
    yield "titles", analyser._phrases, "compose"
    yield "titles", analyser._phrases, "demonyms"
    yield "coreference", analyser._coreference, "resolve"
    yield "clauses", analyser._clauses, "read"
    yield "quotes", analyser._quotes, "find"
    yield "frames", coder._frames, "find"
    yield "roles, parties", coder._roles, "sides"
    yield "roles, parties", coder._chooser, "choose"
    yield "roles, parties", coding, "parties"
    yield "status", coder._status, "read"
    for method in ("home", "codes", "acts", "state"):
        yield "actors", coder._actors, method
    yield "places", coder._places, "place"
    yield "confidence", coder._judge, "judged"
    yield "merge, digest", coding, "merge"
    yield "merge, digest", coding, "digest"


def by_layer(waqai: Waqai, articles: Sequence[Article]) -> dict[str, float]:
    """Milliseconds an article in each layer; "the rest" is what joins them."""
    watch = Stopwatch()
    plain = [(owner, name, getattr(owner, name)) for _, owner, name in layers(waqai)]
    try:
        for layer, owner, name in list(layers(waqai)):
            setattr(owner, name, watch.timed(layer, getattr(owner, name)))
        code, write = watch.timed("the rest", waqai.code), watch.timed("json", line)
        for article in articles:
            write(code(article))
    finally:
        for owner, name, function in plain:
            setattr(owner, name, function)
    return {layer: 1000 * spent / len(articles) for layer, spent in watch.spent.items()}


# --- measures --------------------------------------------------------------------------------------------


def rates(waqai: Waqai, articles: Sequence[Article], pages: Sequence[str]) -> tuple[float, float | None]:
    """Articles a second, and beside it pages a second of trafilatura, in turns."""
    from trafilatura import bare_extraction

    coded = extracted = 0.0
    read = 0
    for first in range(0, len(articles), BLOCK):
        coded += seconds(lambda block=articles[first : first + BLOCK]: [waqai.code(article) for article in block])
        for _ in range(PAGES_A_BLOCK if pages else 0):
            page = pages[read % len(pages)]
            extracted += seconds(lambda page=page: bare_extraction(page, with_metadata=True))
            read += 1
    return len(articles) / coded, read / extracted if read else None


def measure(shared: Path, count: int) -> dict[str, Any]:
    """All figures."""
    seed = shared / "seed" / "article.txt"
    cold, _, cold_memory = cold_start(seed if seed.is_file() else HERE.parent / "examples" / "skhirat.txt", COLD_STARTS)
    articles = sample(shared / "data" / "news" / "ant2018-h1.jsonl.xz", count)
    pages = [path.read_text(encoding="utf-8") for path in sorted((shared / "data" / "html").glob("*.html"))]
    waqai = Waqai()
    first = len(articles) / seconds(lambda: [waqai.code(article) for article in articles])
    memory = largest_here()
    again, peer = rates(waqai, articles, pages)
    return {
        "articles": len(articles),
        "words_an_article": sum(len(article.text.split()) for article in articles) / len(articles),
        "articles_a_second": again,
        "articles_a_second_first_pass": first,
        "trafilatura_pages_a_second": peer,
        "ratio": again / peer if peer else None,
        "peak_memory_mb": memory,
        "cold_start_s": cold,
        "cold_start_mb": cold_memory,
        "ms_an_article": by_layer(waqai, articles),
        "ms_a_thousand_code_points": growth(waqai, articles, LENGTHS),
    }


def table(figures: dict[str, Any]) -> Iterator[str]:
    """The figures for reading."""
    yield f"{figures['articles']} articles of {figures['words_an_article']:.0f} words, one core, processor time"
    yield ""
    for name, unit in (
        ("articles_a_second", "articles/s, tables and spellings warm"),
        ("articles_a_second_first_pass", "articles/s, first pass"),
        ("trafilatura_pages_a_second", "pages/s, trafilatura bare_extraction with metadata, same run"),
        ("ratio", "times trafilatura"),
        ("peak_memory_mb", "MB at most (first pass, the sample included)"),
        ("cold_start_s", "s cold start of `waqai read` on one article"),
        ("cold_start_mb", "MB at most in a cold start"),
    ):
        value = figures[name]
        yield f"{value:9.2f}  {unit}" if value is not None else f"        -  {unit}: no pages"
    yield "\n  ms an article, share"
    whole = sum(figures["ms_an_article"].values())
    for layer, spent in sorted(figures["ms_an_article"].items(), key=lambda pair: -pair[1]):
        yield f"{spent:9.2f} {spent / whole:6.1%}  {layer}"
    yield "\n  ms for a thousand code points, by length of the text"
    for length, spent in figures["ms_a_thousand_code_points"].items():
        yield f"{spent:9.2f}  {length}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    ask.add_argument("--articles", type=int, default=1000)
    ask.add_argument("--json", action="store_true")
    given = ask.parse_args()
    if not (given.shared / "data" / "news").is_dir():
        sys.exit(f"{given.shared}: no data/news there; give its place with --shared")
    figures = measure(given.shared, given.articles)
    print(json.dumps(figures, ensure_ascii=False, indent=1) if given.json else "\n".join(table(figures)))


if __name__ == "__main__":
    main()
