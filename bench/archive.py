"""Archives: the same articles by one plain process, by the runner on two processes and by Spark on two workers.

    python bench/archive.py [--shared ../shared] [--articles 20000] [--workers 2] [--json]

Rates count the time in which shards are coded; what starting and loading takes stands beside them. All three read
the same JSON lines from disk and write the same archive; the plain one is `waqai archive shard` in one process, which
does what `waqai read --json` does and writes Parquet. On a machine with other work only the articles of a core-second
(processor time) mean much. It ends with 1 where the records differ, also from those of `waqai read --json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from waqai.archive.records import records
from waqai.archive.status import status

HERE = Path(__file__).resolve().parent
SHARDS_A_WORKER = 16  # so many that no worker waits long for another at the end


def corpus(source: Path, folder: Path, count: int, shards: int) -> None:
    """The first `count` articles at even distances, dealt out over files."""
    with lzma.open(source, "rt", encoding="utf-8") as stream:
        whole = sum(1 for _ in stream)
    step = max(1, whole // count)
    with lzma.open(source, "rt", encoding="utf-8") as stream:
        rows = list(islice(islice(stream, 0, None, step), count))
    for number in range(shards):
        (folder / f"{number:03}.jsonl").write_text("".join(rows[number::shards]), encoding="utf-8")


def timed(source: Path, out: Path, *how: str) -> dict[str, Any]:
    """Codes `source` by a command of its own; its figures."""
    command = [sys.executable, "-m", "waqai", "archive", how[0], "--in", str(source), "--out", str(out), *how[1:]]
    started = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.monotonic() - started
    state = status(str(out))
    coding = state.rows["articles"] / state.rate
    return {
        "articles": state.rows["articles"],
        "articles_a_second": state.rate,
        "articles_a_core_second": state.core_rate,
        "coding_s": coding,
        "start_and_end_s": wall - coding,
        "workers": state.workers,
        "mb_a_worker": state.memory,
        "records": digest(out),
    }


def digest(out: Path) -> str:
    """What the records of an archive are, whatever their order."""
    lines = sorted(json.dumps(record, ensure_ascii=False) for record in records(str(out)))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def plain_digest(source: Path) -> str:
    """The same of what `waqai read --json` writes."""
    command = [sys.executable, "-m", "waqai", "read", "--json", *map(str, sorted(source.iterdir()))]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    lines = sorted(json.dumps(json.loads(line), ensure_ascii=False) for line in done.stdout.splitlines())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def measure(shared: Path, count: int, workers: int) -> dict[str, Any]:
    """All figures, by engine."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        corpus(shared / "data" / "news" / "ant2018-h1.jsonl.xz", source, count, SHARDS_A_WORKER * workers)
        found: dict[str, Any] = {
            "plain, 1 process": timed(source, Path(folder) / "plain", "shard", "--of", "1"),
            f"runner, {workers} processes": timed(source, Path(folder) / "runner", "run", "--processes", str(workers)),
            f"Spark, {workers} workers": timed(source, Path(folder) / "spark", "run", "--master", f"local[{workers}]"),
        }
        one = found["plain, 1 process"]["articles_a_second"]
        for figures in found.values():
            figures["speed_up"] = figures["articles_a_second"] / one
        found["records_are_the_same"] = len({plain_digest(source), *(row["records"] for row in found.values())}) == 1
    return found


def table(found: dict[str, Any]) -> Iterator[str]:
    """The figures for reading."""
    heads = ("articles/s", "speed-up", "a core-s", "coding s", "start, end s", "MB a worker")
    yield f"{'':<22}" + "".join(f"{head:>{len(head) + 2}}" for head in heads)
    for name, row in found.items():
        if isinstance(row, dict):
            shown = (
                f"{row['articles_a_second']:.1f}",
                f"{row['speed_up']:.2f}",
                f"{row['articles_a_core_second']:.1f}",
                f"{row['coding_s']:.1f}",
                f"{row['start_and_end_s']:.1f}",
                str(row["mb_a_worker"]),
            )
            yield f"{name:<22}" + "".join(f"{cell:>{len(head) + 2}}" for head, cell in zip(heads, shown, strict=True))
    yield f"\nthe same records as `waqai read --json`: {'yes' if found['records_are_the_same'] else 'NO'}"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    ask.add_argument("--articles", type=int, default=20_000)
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--json", action="store_true")
    given = ask.parse_args()
    if not (given.shared / "data" / "news").is_dir():
        sys.exit(f"{given.shared}: no data/news there; give its place with --shared")
    found = measure(given.shared, given.articles, given.workers)
    print(json.dumps(found, ensure_ascii=False, indent=1) if given.json else "\n".join(table(found)))
    sys.exit(0 if found["records_are_the_same"] else 1)


if __name__ == "__main__":
    main()
