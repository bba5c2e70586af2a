"""Codes shards on the processes of one machine, without Spark."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from waqai.archive import manifest, worker
from waqai.archive.manifest import Entry
from waqai.archive.shard import Shard
from waqai.archive.worker import Coding
from waqai.errors import ArchiveError

_TRIES = 3


def run(shards: Sequence[Shard], out: str, coding: Coding, processes: int = 1) -> Iterator[Entry]:
    """Codes those of `shards` that are not complete; the entry of each as it is done.

    A process that dies costs what it was at; its shards are tried again with each article in a process of its own.
    Raises ArchiveError where processes go on dying, OSError where `out` takes no more.
    """
    left = [shard for shard in shards if not manifest.has(out, shard)]
    for attempt in range(_TRIES):
        try:
            for entry in _attempt(left, out, coding, processes, again=attempt > 0):
                left.remove(entry.shard)
                yield entry
            return
        except BrokenProcessPool:
            left = [shard for shard in left if not manifest.has(out, shard)]
    raise ArchiveError(f"processes die, {len(left)} shards are left: is there memory enough? (run it again)")


def _attempt(left: Sequence[Shard], out: str, coding: Coding, processes: int, *, again: bool) -> Iterator[Entry]:
    # Largest first, so that no process is left with a long one at the end.
    ordered = sorted(left, key=lambda shard: -shard.bytes)
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh, initializer=_begin, initargs=(coding,)) as pool:
        waiting = [pool.submit(worker.code, out, shard, coding, again=again) for shard in ordered]
        try:
            for done in as_completed(waiting):
                if (entry := done.result()) is not None:
                    yield entry
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _begin(coding: Coding) -> None:
    worker.follow_parent()
    worker.loaded(coding)
