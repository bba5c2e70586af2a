"""One shard, coded: a stretch of a file in, its findings out. It depends on nothing but its arguments."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from waqai.archive import files
from waqai.archive.stretch import stretch_of
from waqai.errors import InputError
from waqai.model import Article, Record
from waqai.readers import Reader
from waqai.readers.overrun import limited

LINES = (".jsonl", ".ndjson")
TABLES = (".parquet",)


@dataclass(frozen=True, slots=True)
class Shard:
    """The part of a file of `length` bytes (-1 where nobody asked) that begins in [start, end); `end` -1 is its end.

    A line of JSON and a row group of Parquet belong to the shard in which they begin; other files are whole shards.
    """

    path: str
    length: int = -1
    start: int = 0
    end: int = -1

    @property
    def id(self) -> str:
        """The first 16 hex digits of SHA-256 over all that it is."""
        told = f"{self.path}\n{self.length}\n{self.start}\n{self.end}"
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def name(self) -> str:
        """What errors call it."""
        return self.path if self.end < 0 else f"{self.path}@{self.start}"

    @property
    def bytes(self) -> int:
        """How much of the file it is, 0 where nobody knows."""
        return max(0, self.length if self.end < 0 else self.end - self.start)


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that could not be coded. `kind` is the error's name, CRASH where the coder fell over it, or STOPPED
    where what comes after it is missing.
    """

    where: str
    kind: str
    what: str
    todo: str = ""

    @property
    def reason(self) -> str:
        """Kind and reason without what differs from record to record."""
        return f"{self.kind}: {self.what.split(':')[0].split('(')[0].strip()}"


STOPPED, CRASH = "Stopped", "Crash"
Code = Callable[[Article], Record]
Found = Record | Failure


def findings(shard: Shard, reader: Reader, one: Callable[[Article, str], Found]) -> Iterator[Found]:
    """What stands in a shard, in order: for each article what `one` makes of it, a failure for each that is none.

    `one` is given the article and what errors call it. Nothing is raised for what the shard holds; where its file
    cannot be read on, the last finding is a failure of kind STOPPED.
    """
    try:
        for found in articles(shard, reader):
            yield failed(found) if isinstance(found, InputError) else one(found, f"{shard.name} {found.id}")
    except Exception as error:  # a lost connection, or a fault of a reader
        yield Failure(shard.name, STOPPED, _told("reading stopped", error), "the next run tries the shard again")


def coded(article: Article, where: str, code: Code, seconds: float) -> Found:
    """The record of an article; a failure where `code` takes more than `seconds` (in the main thread of a process), or
    falls over it.
    """
    try:
        with limited(where, seconds):
            return code(article)
    except InputError as error:
        return failed(error)
    except Exception as error:  # whatever an article does to the coder, the others are coded
        return Failure(where, CRASH, _told("the coder failed", error), "report it with the article")


def failed(error: InputError) -> Failure:
    """An error as a row has it."""
    return Failure(error.where, type(error).__name__.lstrip("_"), error.what, error.todo)


def articles(shard: Shard, reader: Reader) -> Iterator[Article | InputError]:
    """The articles of a shard and the errors among them. Raises OSError where its file cannot be read."""
    with files.opened(shard.path) as stream:
        if shard.end < 0:
            yield from reader.read_stream(stream, shard.name)
        elif shard.path.lower().endswith(TABLES):
            yield from reader.read_stream(stream, shard.name, (shard.start, shard.end))
        else:
            yield from _lines(stream, shard, reader)


def _lines(stream: io.BufferedReader[Any], shard: Shard, reader: Reader) -> Iterator[Article | InputError]:
    part = stretch_of(stream, shard.start, shard.end)
    if part is not None and part.peek(1):
        yield from reader.read_stream(part, shard.name)


def _told(what: str, error: BaseException) -> str:
    return f"{what}: {type(error).__name__}: {str(error)[:300]}"
