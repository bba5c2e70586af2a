"""Everything that is measured, in one run: `make bench`, or `python bench/run.py [--only PARTS] [--quick]`.

First what `waqai bench` measures; then, where ../shared is beside the repository, quality on it, and a store of the
articles that bench/story_pairs.tsv is about: kept, linked, searched, shown by the desk, coded as an archive. One table
is printed; bench/last.json holds the run, docs/figures.md shows it. Exits 1 where a figure is out of its bounds
(bench/floors.toml), or a floor there is lower than in git's HEAD. Times are of the processor where they can be.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import archive as archives
import desk as desks
import made_up
import page
import quality
import store as stores
import story_pairs
from waqai.exports.jsonl import as_dict
from waqai.model import Article
from waqai.pipeline import Waqai
from waqai.proof import run as proof
from waqai.proof.figures import Bounds, Figure, as_json, last_of, table
from waqai.resources import Library
from waqai.store import Store
from waqai.store.filters import Filters
from waqai.store.queries import events_of
from waqai.stories.linking import Linker

HERE = Path(__file__).resolve().parent
LAST, FLOORS = HERE / "last.json", HERE / "floors.toml"
PARTS = (*proof.PARTS, "gold", "gsr", "digest", "store", "desk", "archive")
NEEDS_DATA = ("gold", "gsr", "digest", "store", "desk", "archive")
PEOPLE = {name: f"two people {value}" for name, value in quality.HUMAN.items() if not name.startswith("gsr")}
FOLDED = "five-fold, as train/coding.py measured; "
REQUESTS = 400
ARCHIVED = 120  # articles
MADE_UP = (10_000, 100_000)  # events of two stores that show growth
LISTS = 40


# --- quality on shared data ------------------------------------------------------------------------------


def on_gold(shared: Path, parts: Sequence[str]) -> Iterator[Figure]:
    """The figures of bench/quality.py, with people, peers and five-fold figures beside them."""
    figures, _ = quality.measure(shared, [part for part in parts if part in quality.PARTS])
    folded = json.loads(quality.FIVE_FOLD.read_text(encoding="utf-8")) if quality.FIVE_FOLD.is_file() else {}
    for name, value in figures.items():
        if name.startswith("gsr"):
            yield from _votes(name, value, figures, folded)
        else:
            layer = name if name.startswith("digest") else f"gold/{name}"
            yield Figure(layer, value, "F1", "; ".join(_beside(name, figures, folded)))


def _votes(name: str, value: float, figures: dict[str, float], folded: dict[str, float]) -> Iterator[Figure]:
    """Sentences with votes: what was learnt from their votes counts only five-fold, as the peers beside it do."""
    if " " in name:  # precision, recall, a peer: shown beside the figure itself
        return
    if name in folded:
        yield Figure(name, folded[name], "F1", FOLDED + "; ".join(_beside(name, figures, {})))
    seen = ", ".join(f"{part} {figures[f'{name} {part}']:.3f}" for part in ("precision", "recall"))
    yield Figure(f"{name} seen in training", value, "F1", f"{seen}; no measure of quality: its votes were learnt from")


def _beside(name: str, figures: dict[str, float], folded: dict[str, float]) -> Iterator[str]:
    if name.startswith("gsr/"):
        parts = {key.removeprefix(f"{name} "): value for key, value in figures.items() if key.startswith(f"{name} ")}
        peers = {part: value for part, value in parts.items() if part not in ("precision", "recall")}
        yield ", ".join(f"{peer} {value:.3f}" for peer, value in peers.items())
        yield f"one annotator against the rest {quality.HUMAN[name]}"
    if name in PEOPLE:
        yield PEOPLE[name]
    if name in folded and folded[name] is not None:
        yield f"five-fold {folded[name]:.3f}"


# --- a store ---------------------------------------------------------------------------------------------


def judged_articles(shared: Path) -> list[Article]:
    """The articles that the judged pairs of bench/story_pairs.tsv are about."""
    lines = (HERE / "story_articles.txt").read_text(encoding="utf-8").splitlines()
    wanted = {line for line in lines if not line.startswith("#")}
    stores.NEWS = shared / "data" / "news" / "ant2018-h1.jsonl.xz"
    return [article for article in stores.articles(10**9) if article.id in wanted]


def kept(store: Store, articles: Sequence[Article]) -> Iterator[Figure]:
    """What coding, storing and linking an article cost, and how well reports of one act are linked."""
    waqai, library = Waqai(), Library()
    coded, coding = timed(lambda: [as_dict(waqai.code(article)) for article in articles])
    yield Figure("speed/news articles", len(articles) / coding, "/s", f"processor time; {len(articles)} news articles")
    _, storing = timed(lambda: [store.add(record) for record in coded])
    yield Figure("store/add", 1000 * storing / len(articles), "ms", "an article, without coding; processor time")
    linker = Linker(store, library)
    _, linking = timed(lambda: sum(linker.everything()))
    yield Figure("stories/link", 1000 * linking / len(articles), "ms", "an article; processor time")
    counts = store.counts()
    _, again = timed(lambda: [store.add(record) for record in coded])
    same = counts == store.counts()
    yield Figure(
        "store/same after adding again", float(same), "", f"1 is yes; {1000 * again / len(articles):.1f} ms an article"
    )
    for part, told in story_pairs.judged(store).items():
        if told["absent"] < told["pairs"]:
            beside = f"{told['pairs']} pairs, {told['absent']} of them coded otherwise by now"
            yield Figure(f"stories/links {part} precision", told["precision"], "share", beside)
            yield Figure(f"stories/links {part} recall", told["recall"], "share", beside)


def searched(store: Store) -> Iterator[Figure]:
    """Searches for one to three words of the articles."""
    spent = stores.searches(store, 500, time.thread_time)
    cuts = statistics.quantiles(spent, n=100)
    yield Figure("store/search p50", cuts[49], "ms", f"processor time, {len(spent)} searches")
    yield Figure("store/search p99", cuts[98], "ms")


def growth(folder: Path) -> Iterator[Figure]:
    """A list of fifty events of one actor in a store ten times as large."""
    spent = {}
    for count in MADE_UP:
        with Store(f"{folder}/{count}.db", create=True) as store:
            made_up.fill(store, count)
            spent[count] = 1000 * timed(partial(listed, store))[1] / LISTS
    few, many = MADE_UP
    beside = f"a store ten times as large; {spent[many]:.1f} ms at {many:,} events, {spent[few]:.1f} ms at {few:,}"
    yield Figure("store/growth with size", spent[many] / spent[few], "×", beside)


def listed(store: Store) -> None:
    """Lists events of one actor and month, some times."""
    asked = Filters(actor="TUN GOV", since="2022-03", until="2022-03")
    for _ in range(LISTS):
        list(events_of(store, asked, 50))


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What `work` gives, and its processor seconds."""
    start = time.process_time()
    found = work()
    return found, time.process_time() - start


# --- the desk and archives -------------------------------------------------------------------------------


def desk(where: Path) -> Iterator[Figure]:
    """Pages of every kind asked of a desk of its own, one at a time; bench/desk.py asks twenty at a time."""
    desks.AT_ONCE = 1
    with Store(str(where)) as store:
        kinds = desks.kinds_of(store, random.Random(1))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "waqai", "desk", "--db", str(where), "--port", str(port)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        desks._wait(port)
        asyncio.run(desks.load(port, kinds, 5 * len(kinds)))
        began = time.perf_counter()
        times = asyncio.run(desks.load(port, kinds, REQUESTS))
        took, memory = time.perf_counter() - began, desks.memory(running.pid)
    finally:
        running.terminate()
        running.wait(20)
    asked = [value for found in times.values() for value in found.server]
    yield Figure(
        "desk/server p50",
        statistics.median(asked),
        "ms",
        f"by the clock, {len(asked)} pages, {desks.AT_ONCE} at a time",
    )
    yield Figure("desk/server p99", desks._p99(asked), "ms")
    yield Figure("desk/pages", len(asked) / took, "/s")
    yield Figure("desk/wrong answers", float(sum(found.wrong for found in times.values())), "")
    yield Figure("desk/memory", memory, "MB")


def archive(shared: Path) -> Iterator[Figure]:
    """Some articles coded by one process, by the runner's two, and by Spark where Java is."""
    found = archives.measure(shared, ARCHIVED, 2)
    for name, row in found.items():
        if isinstance(row, dict):
            beside = f"{row['articles_a_second']:.1f}/s by the clock, {row['mb_a_worker']} MB a worker"
            yield Figure(f"archive/{name}", row["articles_a_core_second"], "/core-s", beside)
    yield Figure("archive/same records", float(found["records_are_the_same"]), "", "1 is yes")


# --- the run ---------------------------------------------------------------------------------------------


def measured(shared: Path, parts: Sequence[str]) -> Iterator[Figure]:
    """The figures of all parts asked for, as they come."""
    yield from proof.figures(parts)
    if not (shared / "gold" / "dev").is_dir():
        return
    yield from on_gold(shared, parts)
    if "archive" in parts:
        yield from archive(shared)
    if "store" in parts or "desk" in parts:
        with tempfile.TemporaryDirectory() as folder:
            where = Path(folder, "news.db")
            with Store(str(where), create=True) as store:
                yield from kept(store, judged_articles(shared))
                yield from searched(store)
            yield from growth(Path(folder))
            if "desk" in parts:
                yield from desk(where)


def processor() -> float:
    """Processor seconds of this run and of the processes it has started."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)


def bounds_of(path: Path) -> Bounds:
    """The bounds, those of bench/quality.py under the names that its figures have here."""
    held = Bounds.of(path)
    known = (*quality.ELSEWHERE, "gsr/", "digest/")
    return Bounds({n if n.startswith(known) else f"gold/{n}": least for n, least in held.least.items()}, held.most)


def ordered(figures: Sequence[Figure]) -> list[Figure]:
    """By layer, in the order of their first figures."""
    layers = list(dict.fromkeys(figure.name.split("/")[0] for figure in figures))
    return sorted(figures, key=lambda figure: layers.index(figure.name.split("/")[0]))


def main() -> None:
    """Measures, prints, writes."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    ask.add_argument("--only", default=",".join(PARTS), help=f"parts, with commas: {', '.join(PARTS)} (default: all)")
    given = ask.parse_args()
    parts = given.only.split(",")
    if unknown := set(parts) - set(PARTS):
        ask.error(f"no such part: {', '.join(sorted(unknown))}")
    began, found, layer = time.perf_counter(), [], ""
    for figure in measured(given.shared, parts):
        if figure.name.split("/")[0] != layer:
            layer = figure.name.split("/")[0]
            print(f"{time.perf_counter() - began:5.0f} s  {layer} …", file=sys.stderr, flush=True)
        found.append(figure)
    figures, bounds = ordered(found), bounds_of(FLOORS)
    print("\n".join(table(figures, bounds, last_of(LAST))))
    if missing := [part for part in parts if part in NEEDS_DATA and not (given.shared / "gold" / "dev").is_dir()]:
        print(f"\nnot measured without {given.shared}: {', '.join(missing)}")
    spent = {"minutes": round((time.perf_counter() - began) / 60, 1), "processor_minutes": round(processor() / 60, 1)}
    print(f"\n{spent['minutes']} minutes, {spent['processor_minutes']} of processor time")
    report = as_json(figures, bounds, {**proof.about(), **spent})
    if set(parts) == set(PARTS) and not missing:
        LAST.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        page.write(report, bounds)
    wrong = [*quality.lowered(Bounds.of(FLOORS).least, quality.committed_floors()), *report["broken"]]
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
