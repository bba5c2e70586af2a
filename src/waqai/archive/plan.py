"""Which shards an input falls into: large JSON lines and Parquet files are parted, lists of paths are followed."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from waqai.archive import files
from waqai.archive.shard import LINES, TABLES, Shard
from waqai.errors import ArchiveError
from waqai.readers import SUFFIXES

SHARD_BYTES = 32 << 20  # some 10,000 articles of JSON lines, five minutes of one core
LISTS = (".paths", ".paths.gz")

_FOLDER = "_plan"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is to be coded: files, folders, patterns and lists of paths; relative lines of lists are taken from `base`,
    or from beside the list. Large files are parted into shards of about `shard_bytes`.
    """

    paths: tuple[str, ...]
    base: str = ""
    shard_bytes: int = SHARD_BYTES


def is_list(path: str) -> bool:
    """Whether a file lists the paths of others, one a line, as Common Crawl's warc.paths.gz does."""
    return path.lower().endswith(LISTS)


def shards(found: Iterable[tuple[str, int]], inputs: Inputs) -> Iterator[Shard]:
    """The shards of files, given as path and length; in folders, files of other kinds are passed by.

    The same files give the same shards, whoever listed them.
    """
    named = {files.plain(path) for path in inputs.paths}
    for path, length in found:
        known = files.plain(path)
        if is_list(known):
            continue  # followed, not read
        if known in named or PurePosixPath(known).suffix.lower() in SUFFIXES:
            yield from parts(known, length, inputs.shard_bytes)


def parts(path: str, length: int, size: int = SHARD_BYTES) -> Iterator[Shard]:
    """The shards of one file: stretches of about `size` bytes where it can be parted."""
    if length <= size or not path.lower().endswith((*LINES, *TABLES)):
        yield Shard(path, length)
        return
    count = -(-length // size)
    edges = [length * number // count for number in range(count + 1)]
    yield from (Shard(path, length, start, end) for start, end in pairwise(edges))


def followed(path: str, base: str = "") -> list[str]:
    """The paths that the list `path` names; relative ones are taken from `base`, or from beside the list.

    Raises ArchiveError where the list cannot be read.
    """
    try:
        body = files.read(files.plain(path))
        text = (gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body).decode()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise ArchiveError(f"{path}: a list of paths that cannot be read: {error}") from error
    lines = (line.strip() for line in text.splitlines())
    return [joined(line, path, base) for line in lines if line and not line.startswith("#")]


def joined(line: str, path: str, base: str = "") -> str:
    """A line of the list `path` as a path of its own."""
    if "://" in line or line.startswith("/"):
        return files.plain(line)
    return files.plain(f"{base or path.rpartition('/')[0] or '.'}".rstrip("/") + f"/{line}")


def planned(inputs: Inputs) -> list[Shard]:
    """The shards of all inputs, listed without Spark. Raises ArchiveError where one is not there, or none is of use."""
    found: list[Shard] = []
    for path in inputs.paths:
        if is_list(path):
            found += (Shard(name) for name in followed(path, inputs.base))
        else:
            found += shards(files.listed(path), inputs)
    return some(found, inputs)


def some(found: Iterable[Shard], inputs: Inputs) -> list[Shard]:
    """The shards, each once. Raises ArchiveError where there is none."""
    if kept := list(dict.fromkeys(found)):
        return kept
    raise ArchiveError(f"{', '.join(inputs.paths)}: nothing to code (WARC, Parquet, JSONL and CSV are read)")


def holds(inputs: Inputs, out: str) -> str:
    """The input that the archive `out` lies in, so that its files would be taken for input; "" where none does."""
    above = out.rstrip("/").split("/")
    folders = ["/".join(above[:size]) for size in range(2, len(above) + 1)]
    return next((path for path in inputs.paths if any(fnmatchcase(folder, path) for folder in folders)), "")


def note(out: str, inputs: Inputs, found: Sequence[Shard]) -> None:
    """Keeps in the archive `out` what a run has before it, so that its status can tell what is left.

    Raises ArchiveError where the archive was begun with shards of another size: they would overlap.
    """
    begun = {row["shard_bytes"] for row in _notes(out)}
    if begun - {inputs.shard_bytes}:
        raise ArchiveError(f"{out}: begun with shards of {begun.pop() >> 20} MB (give the same --shard-mb)")
    body = {
        "inputs": list(inputs.paths),
        "shard_bytes": inputs.shard_bytes,
        "shards": [asdict(shard) for shard in found],
    }
    files.put(f"{out}/{_FOLDER}/{digest(inputs)}.json", json.dumps(body, ensure_ascii=False).encode())


def noted(out: str) -> list[Shard]:
    """The shards of all runs into `out`, each once."""
    return list(dict.fromkeys(Shard(**row) for note in _notes(out) for row in note["shards"]))


def noted_of(out: str, inputs: Inputs) -> list[Shard]:
    """The shards of the last run of these inputs into `out`."""
    name = f"{digest(inputs)}.json"
    if name not in files.names(f"{out}/{_FOLDER}"):
        return []
    return [Shard(**row) for row in json.loads(files.read(f"{out}/{_FOLDER}/{name}"))["shards"]]


def _notes(out: str) -> list[dict[str, Any]]:
    folder = f"{out}/{_FOLDER}"
    return [json.loads(files.read(f"{folder}/{name}")) for name in files.names(folder)]


def digest(inputs: Inputs) -> str:
    """A short name for a set of inputs."""
    return hashlib.sha256("\n".join(sorted(map(files.plain, inputs.paths))).encode()).hexdigest()[:16]
