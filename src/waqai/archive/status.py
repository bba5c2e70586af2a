"""How far an archive has come: counts, rates, failures by reason, time left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from waqai.archive import files, manifest, plan
from waqai.archive.manifest import Entry
from waqai.archive.plan import Inputs
from waqai.archive.schema import SCHEMAS


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an archive.

    `shards` and `bytes` are done and of how many; `rows` by table. `core_rate` is articles a second of processor time,
    `rate` of all workers while they worked; `left` seconds at that rate, None where nothing can be said. `memory` is
    the most megabytes a worker had; `orphans` counts Parquet files that no entry names; `again` shards the next run
    tries again; `versions` what coded the articles.
    """

    shards: tuple[int, int]
    bytes: tuple[int, int]
    rows: Mapping[str, int]
    failures: Mapping[str, int]
    workers: int
    core_rate: float
    rate: float
    left: float | None
    memory: int
    orphans: int
    again: int
    versions: Mapping[str, int]


def status(out: str) -> Status:
    """The state of the archive `out`. Raises ArchiveError where there is none."""
    noted, entries = plan.noted(out), list(manifest.entries(out))
    found = manifest.current(out) if entries or not noted else []
    whole = {entry.shard for entry in found if entry.whole}
    known = {*noted, *whole}
    rows = {table: sum(entry.rows(table) for entry in found) for table in SCHEMAS}
    busy, worked = sum(entry.processor for entry in found), _worked(found)
    done = sum(shard.bytes for shard in whole), sum(shard.bytes for shard in known)
    counts = len(whole), len(known)
    return Status(
        shards=counts,
        bytes=done,
        rows=rows,
        failures=dict(_summed(entry.failures for entry in found).most_common()),
        workers=len({entry.worker for entry in found}),
        core_rate=rows["articles"] / busy if busy else 0.0,
        rate=rows["articles"] / worked if worked else 0.0,
        left=_left(done, counts, worked),
        memory=max((entry.memory for entry in found), default=0),
        orphans=_orphans(out, entries),
        again=sum(not entry.whole for entry in found),
        versions=dict(Counter(" ".join(entry.made_by.values()) for entry in found if entry.made_by)),
    )


@dataclass(frozen=True, slots=True)
class Given:
    """What one set of inputs gave: articles, and failures by reason; `others` counts the shards of other inputs."""

    articles: int
    failures: Mapping[str, int]
    others: int


def given(out: str, inputs: Inputs) -> Given:
    """What `inputs` gave in the archive `out`, in this run or an earlier one. Raises ArchiveError where there is
    none."""
    own = set(plan.noted_of(out, inputs))
    found = manifest.current(out)
    mine = [entry for entry in found if entry.shard in own]
    failures = _summed(entry.failures for entry in mine).most_common()
    return Given(sum(entry.rows("articles") for entry in mine), dict(failures), len(found) - len(mine))


def _summed(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return total


def _worked(found: Sequence[Entry]) -> float:
    """Seconds in which at least one worker was at a shard: pauses between runs do not count."""
    spans = sorted((end - entry.seconds, end) for entry in found for end in (_moment(entry.finished),))
    total, until = 0.0, float("-inf")
    for start, end in spans:
        total += max(0.0, end - max(start, until))
        until = max(until, end)
    return total


def _left(done: tuple[int, int], shards: tuple[int, int], worked: float) -> float | None:
    """Seconds that what is left takes, by its bytes where those are known, else by its shards."""
    before, whole = done if done[1] else shards
    return worked * (whole - before) / before if before else None


def _moment(finished: str) -> float:
    return datetime.fromisoformat(finished).timestamp()


def _orphans(out: str, entries: Sequence[Entry]) -> int:
    named = {file.path for entry in entries for file in entry.files}
    return sum(
        f"{table}/{path}" not in named for table in SCHEMAS for path in files.below(f"{out}/{table}", ".parquet")
    )
