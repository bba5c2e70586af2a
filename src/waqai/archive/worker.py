"""What a worker does, whichever engine started it: loads a coder once, and codes one shard after another with it."""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn, cast

from waqai.archive import manifest, output
from waqai.archive.manifest import Entry
from waqai.archive.shard import CRASH, Failure, Found, Shard, coded, findings
from waqai.model import Article
from waqai.pipeline import Waqai
from waqai.readers.overrun import MAX_SECONDS

_GRACE = 5.0  # seconds in which a process must notice that its time is over


@dataclass(frozen=True)
class Coding:
    """What a coder is loaded with: a folder of rows, the columns of tables as part and column, the most `seconds` an
    article may take.
    """

    lexicon: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    seconds: float = MAX_SECONDS


_following = False
_loaded: dict[tuple[object, ...], Waqai] = {}


def code(out: str, shard: Shard, coding: Coding, *, again: bool = False) -> Entry | None:
    """Codes a shard into the archive `out`, unless it is complete: then None.

    `again` says that a process died over this shard: each article is then coded in a process of its own, and one that
    kills it becomes a failure. Raises OSError where the archive cannot be written.
    """
    if manifest.has(out, shard):
        return None
    waqai = loaded(coding)
    one = partial(coded, code=waqai.code, seconds=coding.seconds)
    careful = _Apart(one, coding.seconds + _GRACE) if again and hasattr(os, "fork") else one
    return output.write(out, shard, findings(shard, waqai.reader, careful))


def follow_parent() -> None:
    """Ends this process when the one that started it is gone: without it, nobody waits for what it does."""
    global _following
    if not _following:
        _following = True
        threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def loaded(coding: Coding) -> Waqai:
    """This process's coder, loaded when first asked for."""
    key = (coding.lexicon, coding.columns)
    if key not in _loaded:
        columns: Mapping[str, str] | None = dict(coding.columns) or None
        gc.disable()  # what is loaded stays: looking through it for garbage is time lost
        _loaded[key] = Waqai(Path(coding.lexicon) if coding.lexicon else None, columns=columns)
        gc.freeze()
        gc.enable()
    return _loaded[key]


class _Apart:
    """Codes an article in a process of its own, which may die of it; it is killed after `seconds` of silence."""

    def __init__(self, one: Callable[[Article, str], Found], seconds: float) -> None:
        self._one, self._seconds = one, seconds

    def __call__(self, article: Article, where: str) -> Found:
        """The record or the failure; also a failure where the process did not come to either."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            self._tell(article, where, writing)
        os.close(writing)
        body = _received(reading, self._seconds)
        if body is None:
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        if body and not status:
            return cast(Found, pickle.loads(body))
        what = f"no answer (the process ended with status {status})" if body is not None else "no answer in time"
        return Failure(where, CRASH, what, "report it with the article")

    def _tell(self, article: Article, where: str, writing: int) -> NoReturn:
        status = 1
        try:
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(self._one(article, where), pipe)
            status = 0
        finally:
            os._exit(status)


def _received(pipe: int, seconds: float) -> bytes | None:
    """All that comes through a pipe until it is closed; None where nothing comes for `seconds`."""
    pieces: list[bytes] = []
    with os.fdopen(pipe, "rb", buffering=0) as stream:
        while select.select([stream], [], [], seconds)[0]:
            if not (piece := stream.read(1 << 16)):
                return b"".join(pieces)
            pieces.append(piece)
    return None
