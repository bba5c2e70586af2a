"""Two that keep and link at once, on both databases: nothing is lost, and they link each other's articles."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from waqai.resources import Library
from waqai.store import Store
from waqai.stories.events import LinkedEvents
from waqai.stories.keeping import Keeper
from waqai.stories.linking import Knowledge, Linker

sys.path.append(str(Path(__file__).resolve().parents[1] / "stories"))

from told import MEETING, meeting

EACH = 6


def test_two_at_once_link_each_other(address: str, library: Library) -> None:
    knowledge = Knowledge(library)
    Store(address, library, create=True).close()
    failed: list[BaseException] = []

    def keep(outlet: str) -> None:
        try:
            with Store(address, library) as store:
                keeper = Keeper(store, knowledge=lambda: knowledge, batch=2)
                for number in range(EACH):
                    keeper.keep(meeting(f"{outlet}-{number}", MEETING, f"2024-05-15T{number:02}:00:00"))
                keeper.settle()
        except BaseException as error:
            failed.append(error)

    writers = [threading.Thread(target=keep, args=(outlet,)) for outlet in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    with Store(address, library) as store:
        assert store.counts()["articles"] == 2 * EACH
        assert len(LinkedEvents(store, library).largest()[0].reports) == 2 * EACH
        assert sum(Linker(store, knowledge=knowledge).everything()) == 0
