"""What every page of the desk works with: the store, the tables and the texts, opened once for a running desk."""

from __future__ import annotations

import ctypes
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fastapi import Request
from sqlalchemy import event

from waqai.desk.fragments import Fragments
from waqai.desk.keeping import Keeping
from waqai.desk.labels import Labels
from waqai.desk.lines import Lines
from waqai.desk.texts import Texts
from waqai.ontology import Ontology
from waqai.resources import Library
from waqai.store import Store

if TYPE_CHECKING:
    from waqai.pipeline import Waqai

_CACHE = 2_048  # kB a connection
_ARENAS = 2  # heaps of the C library, which else has eight a core, each with holes of its own
_M_ARENA_MAX = -8  # as malloc.h has it


class Desk:
    """A desk over the store at `where`, a path or a postgresql:// URL; `lexicon` tables stand in `library`.

    Raises StoreError where there is no store.
    """

    def __init__(self, where: str, library: Library | None = None) -> None:
        self.library = library or Library()
        self.store = Store(where, self.library)
        _be_thrifty(self.store)
        self.ontology = Ontology(self.library)
        self.texts = Texts(self.library)
        self.labels = Labels(self.library, self.texts)
        self.pieces = Fragments(self.labels)
        self.lines = Lines(self.texts, self.pieces)
        self.keeping = Keeping(self.store, self.library)

    @cached_property
    def waqai(self) -> Waqai:
        """The pipeline that reads what is added; its models are loaded when first asked for."""
        from waqai.pipeline import Waqai

        return Waqai()

    def warm(self) -> None:
        """Makes what the first readers would wait for; what takes long besides, while they read other pages."""
        from waqai.desk.stories.register import THREADS, register_work

        _spare_memory()
        self.keeping.ledger()
        _ = self.store.keys
        self.keeping.prepare(register_work(self), THREADS)

    def close(self) -> None:
        """Lets go of the store."""
        self.keeping.close()
        self.store.close()


def _spare_memory() -> None:
    """Has glibc keep few heaps; other C libraries know of none."""
    try:
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
    except (AttributeError, OSError, TypeError):
        return


def _be_thrifty(store: Store) -> None:
    """Has each of the desk's many connections hold little of a SQLite file: the system keeps it in memory already."""
    if store.engine.dialect.name != "sqlite":
        return

    def settle(connection: Any, _record: Any) -> None:
        for pragma in (f"cache_size = -{_CACHE}", "mmap_size = 0"):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(store.engine, "connect", settle)
    store.engine.dispose()  # those that are open already


def desk_of(request: Request) -> Desk:
    """The desk that answers `request`; a FastAPI dependency too."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk
