"""What takes seconds to make of a store, made by a process of its own: readers go on being answered meanwhile, and the
memory it takes is given back.

That process runs `main`, which reads what to make from its standard input and writes what it made to the output.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from waqai.errors import StoreError
from waqai.resources import Library
from waqai.store import Store

_NICE = 10  # readers come first


@dataclass(frozen=True, slots=True)
class Work:
    """Something to be made of a store: which of WORKS, and what that depends on beside the store."""

    name: str
    about: str = ""


def _ledger(store: Store, library: Library, _about: str) -> Any:
    from waqai.desk.ledger import ledger_of

    return ledger_of(store, library)


def _register(store: Store, library: Library, today: str) -> Any:
    from waqai.stories.register import Register

    return Register(store, library).entries(as_of=today)


def _threads(store: Store, library: Library, _about: str) -> Any:
    from waqai.desk.outlines import outlines_of

    return outlines_of(store, library)


WORKS: Mapping[str, Callable[[Store, Library, str], Any]] = {
    "ledger": _ledger, "register": _register, "threads": _threads,
}  # fmt: skip


def made(store: Store, library: Library, work: Work) -> Any:
    """What is asked for, made here and now."""
    return WORKS[work.name](store, library, work.about)


def made_apart(store: Store, library: Library, work: Work) -> Any:
    """The same, made by another process. Raises StoreError where that fails."""
    asked = pickle.dumps((store.where, library, work))
    ran = subprocess.run(
        [sys.executable, "-c", f"import {__name__} as apart; apart.main()"],
        input=asked,
        stdout=subprocess.PIPE,
        check=False,
    )
    if ran.returncode:
        raise StoreError(f"{store.where}: the {work.name} could not be made (its process ended with {ran.returncode})")
    return pickle.loads(ran.stdout)  # of our own making


def main() -> None:
    """Makes what standard input asks for."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    where, library, work = pickle.load(sys.stdin.buffer)
    with Store(where, library) as store:
        found = made(store, library, work)
    sys.stdout.buffer.write(pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
