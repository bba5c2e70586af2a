"""How fast and how large: articles a second, growth with length, a cold start, memory."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from waqai.model import Article
from waqai.pipeline import Waqai
from waqai.proof.figures import Figure
from waqai.proof.material import material

LENGTHS = (1_000, 4_000, 16_000, 64_000)  # code points of the texts that show growth
COLD_STARTS = 3
ROUNDS = 3
_KILOBYTE = 1024


def figures(waqai: Waqai, articles: Sequence[Article]) -> Iterator[Figure]:
    """Articles a second on one core, growth with the length of the text, a cold start, memory."""
    words = sum(len(article.text.split()) for article in articles) / len(articles)
    spent = min(seconds(lambda: [waqai.code(article) for article in articles]) for _ in range(ROUNDS))
    told = f"one core, processor time, {len(articles)} articles of {words:.0f} words"
    yield Figure("speed/articles", len(articles) / spent, "/s", told)
    taken = growth(waqai, articles, LENGTHS)
    least, most = taken[min(taken)], taken[max(taken)]
    lengths = f"{most:.1f} ms a thousand letters at {max(taken):,}, {least:.1f} ms at {min(taken):,}"
    yield Figure("speed/growth with length", most / least, "×", f"1 is linear; {lengths}")
    clock, processor, memory = cold_start(material("examples") / "skhirat.txt")
    yield Figure("speed/cold start", processor, "s", f"processor time of `waqai read`; {clock:.2f} s by the clock")
    if memory:
        yield Figure("speed/cold start memory", memory, "MB", "at most, `waqai read` of one article")
    if memory := largest_here():
        yield Figure("speed/memory", memory, "MB", "at most, this benchmark with its peers loaded")


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def growth(waqai: Waqai, articles: Sequence[Article], lengths: Sequence[int]) -> dict[int, float]:
    """Milliseconds for a thousand code points in texts of growing length, each joined of several articles."""
    body = "\n".join(article.text[len(article.title) + 2 :] for article in articles)
    found: dict[int, float] = {}
    for length in lengths:
        if length > len(body) and found:
            break
        text = body[:length]
        whole = Article("growth", f"عنوان\n\n{text}", "عنوان", published="2018-03-01")
        spent = min(seconds(lambda whole=whole: waqai.code(whole)) for _ in range(3))  # type: ignore[misc]
        found[length] = 1e6 * spent / len(text)
    return found


def cold_start(source: Path, starts: int = COLD_STARTS) -> tuple[float, float, float]:
    """Seconds by the clock, processor seconds and megabytes of `waqai read SOURCE` in a fresh process.

    The least of so many runs whose modules are compiled. Megabytes are 0 where the system does not tell.
    """
    with tempfile.TemporaryDirectory() as cache:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        command = [sys.executable, "-c", _METER, sys.executable, "-m", "waqai", "read", str(source)]
        env = {**kept, "PYTHONPYCACHEPREFIX": cache}
        runs = [_metered(command, env) for _ in range(starts + 1)][1:]  # the first compiles
    return min(run[0] for run in runs), min(run[1] for run in runs), max(run[2] for run in runs)


# Runs a command, and writes its seconds, processor seconds and greatest size.
_METER = """
import subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
clock = time.perf_counter() - start
try:
    import resource
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(clock, used.ru_utime + used.ru_stime, used.ru_maxrss)
except ImportError:
    print(clock, clock, 0)
"""


def _metered(command: Sequence[str], env: dict[str, str]) -> tuple[float, float, float]:
    told = subprocess.run(command, check=True, env=env, capture_output=True, text=True).stdout
    clock, processor, size = map(float, told.split())
    return clock, processor, size / _unit()


def largest_here() -> float:
    """Megabytes this process held at most; 0 where the system does not tell."""
    with contextlib.suppress(ImportError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _unit()
    return 0.0


def _unit() -> int:
    """How many of the system's units of size are a megabyte: Linux counts kilobytes, macOS bytes."""
    return _KILOBYTE if sys.platform != "darwin" else _KILOBYTE * _KILOBYTE
