"""Polls sources, each at its own pace, puts what is new into a store, and links it with what is there."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from waqai.errors import InputError, NotFound
from waqai.exports.jsonl import as_dict
from waqai.model import Article, MadeBy, Record
from waqai.pipeline import Waqai
from waqai.readers import SUFFIXES, Reader
from waqai.readers.fetch import Capture, Fetcher, Limits
from waqai.resources import Library
from waqai.store import Added, Store
from waqai.stories.keeping import Keeper
from waqai.stories.linking import Knowledge
from waqai.watching.memory import Memory, State
from waqai.watching.sources import Source
from waqai.watching.stopping import Stop

_MOST_WAIT = 86400.0  # seconds until a failing source is tried again, at most
_LOOK = 4096  # bytes in which a page shows that it is one
_EARLY = 0.1  # of a source's pace: a timer that starts a run somewhat early still finds its sources due
_UNREAD = MadeBy("", "", "", "")


@dataclass(frozen=True, slots=True)
class Polled:
    """How a poll went, and its errors that were not told before."""

    state: State
    errors: tuple[InputError, ...]


class Visitor(Fetcher):
    """Visits addresses as Fetcher does, and remembers what they brought.

    A page is not visited again before `revisit` seconds have passed; feeds and sitemaps are, but what has not changed
    is not sent again by servers that can tell.
    """

    def __init__(
        self,
        memory: Memory,
        *,
        allow_private: bool = False,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(allow_private=allow_private, cache=memory, limits=limits)
        self._private, self._memory, self._usual = allow_private, memory, limits or Limits()
        self.clock = clock
        self._inner: Fetcher = self
        self._revisit = 0.0

    def begin(self, source: Source) -> None:
        """Starts a poll of a source: at its pause, and with robots.txt asked anew."""
        limits = replace(self._usual, pause=source.pause)
        self._inner = Fetcher(allow_private=self._private, cache=self._memory, limits=limits)
        self._revisit = source.revisit

    def get(self, url: str) -> Capture:
        """What is behind `url`, or was when it was last looked at."""
        if self._memory.visited(url) + self._revisit > self.clock():
            known = self._memory[url]
            if _is_page(known):
                return known
        capture = self._inner.get(url)
        self._memory.keep(url, capture, self.clock())
        return capture


class Watcher:
    """Watches `sources` for `store`. What `stop` is asked for waits until the article at hand is stored.

    Raises StoreError, from every method, where the store or the memory take no more.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        store: Store,
        memory: Memory,
        stop: Stop,
        visitor: Visitor,
        *,
        lexicon: Path | None = None,
    ) -> None:
        self._sources, self._store, self._memory, self._stop = sources, store, memory, stop
        self._waqai = Waqai(lexicon)
        self._visitor, self._clock = visitor, visitor.clock
        self._reader = Reader(Library(lexicon), fetcher=visitor)

    def states(self) -> list[State]:
        """How it stands with each source."""
        return [self._memory.state(source.name) for source in self._sources]

    def round(self) -> Iterator[Polled]:
        """Polls every source whose time has come, the longest waiting first."""
        self._memory.forget(self._clock())
        waiting = [(self._due(source), number, source) for number, source in enumerate(self._sources)]
        for due, _, source in sorted(waiting, key=lambda row: row[:2]):
            if due - source.every * _EARLY <= self._clock():
                yield self._poll(source)

    def wait(self) -> None:
        """Sleeps until the next source is due."""
        while (left := min(map(self._due, self._sources)) - self._clock()) > 0:
            time.sleep(min(left, 60.0))  # the clock may be set, or the machine sleep

    def _due(self, source: Source) -> float:
        """When a source is due; no later than its pace has it where that was made shorter, or the clock set back."""
        state = self._memory.state(source.name)
        return min(state.due, self._clock() + _wait(source, state.failures))

    def _poll(self, source: Source) -> Polled:
        began = self._clock()
        counts: Counter[str] = Counter()
        errors: list[InputError] = []
        self._visitor.begin(source)
        # A keeper for each poll: people may have said of names who they are since the last one.
        keeper = Keeper(self._store, knowledge=lambda: self._knowledge, batch=1)
        for found in self._folder(source) if source.kind == "folder" else self._reader.read(source.place):
            if isinstance(found, InputError):
                errors.append(found)
            else:
                counts[self._keep(found, keeper).value] += 1
        with self._stop.held():
            turned = keeper.settle()
            counts.update(revised=turned, known=-turned)
        failing = bool(errors) and not counts.total() and (source.kind != "folder" or errors[0].where == source.place)
        failures = self._memory.state(source.name).failures + 1 if failing else 0
        state = State(
            source.name, began, began + _wait(source, failures), failures, counts["new"], counts["revised"],
            counts["known"], len(errors), str(errors[0]) if errors else "",
        )  # fmt: skip
        with self._stop.held():
            self._memory.note(state)
            fresh = [error for error in errors if self._memory.first_told(source.name, str(error), began)]
        return Polled(state, tuple(fresh))

    def _keep(self, article: Article, keeper: Keeper) -> Added:
        """Stores an article and links it; one that is there already is not coded again."""
        if keeper.knows(as_dict(Record(article, (), (), (), (), (), _UNREAD))):
            return Added.KNOWN
        record = as_dict(self._waqai.code(article))
        with self._stop.held():
            return keeper.keep(record)

    @cached_property
    def _knowledge(self) -> Knowledge:
        """What linking knows, loaded when the first article comes."""
        return Knowledge(Library())

    def _folder(self, source: Source) -> Iterator[Article | InputError]:
        """What is in files that are new or have changed; one is remembered when it was read to its end."""
        if not Path(source.place).is_dir():
            yield NotFound("no such folder", source.place, "check the path")
            return
        for path in _files(source.place):
            try:
                told = path.stat()
            except FileNotFoundError:  # moved away since
                continue
            stamp = f"{told.st_size} {told.st_mtime_ns} {told.st_ino}"
            if not self._memory.has_read(str(path), stamp, self._clock()):
                yield from self._reader.read(str(path))
                self._memory.note_read(str(path), stamp, self._clock())


def _wait(source: Source, failures: int) -> float:
    """Seconds from one poll to the next: twice as long after each failure."""
    return max(source.every, min(source.every * 2.0 ** min(failures, 30), _MOST_WAIT))


def _is_page(capture: Capture) -> bool:
    head = capture.body[:_LOOK].lower()
    return b"<html" in head and not any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf", b"<urlset"))


def _files(folder: str) -> Iterator[Path]:
    """Files in a folder and those below it that may hold articles, in the order of their names; no hidden ones."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES and path.is_file():
                yield path
