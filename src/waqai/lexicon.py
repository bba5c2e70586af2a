"""Checks a lexicon: every frame row's own example must come out as the row says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from waqai.analysis.analyser import Analyser
from waqai.arabic import fold
from waqai.coding.coder import Coder
from waqai.model import Actor, Article, Event
from waqai.resources import Library, Row

# Examples are read as if published on this day, a Wednesday.
PUBLISHED = "2024-05-15"


@dataclass(frozen=True, slots=True)
class Fault:
    """A row whose example does not come out as it says."""

    row: str
    what: str


def check(lexicon: Path | None = None) -> Iterator[Fault]:
    """The faults of the frame rows of `lexicon`, a folder laid over the shipped tables; of the shipped rows for None.

    In table order. Raises TableError where a table cannot be read.
    """
    library = Library(lexicon)
    shipped = {} if lexicon is None else {row["id"]: row for row in Library().rows("frames", "frame")}
    analyser, coder = Analyser(library), Coder(library)
    for row in library.rows("frames", "frame"):
        if shipped.get(row["id"]) == row:
            continue
        example = row.get("example", "")
        if not example:
            yield Fault(row["id"], "has no example")
            continue
        analysis = analyser.analyse(Article(row["id"], example, "", published=PUBLISHED))
        events = [draft.event for draft in coder.drafts(analysis)]
        yield from _faults(row, events)


def _faults(row: Row, events: Sequence[Event]) -> Iterator[Fault]:
    own = [event for event in events if event.rule == row["id"]]
    if not own:
        others = ", ".join(sorted({event.rule for event in events})) or "none"
        yield Fault(row["id"], f"its example gives no event of this row (rows that fired: {others})")
        return
    wanted = row.get("gives", {})
    tellings = [list(_differences(wanted, event)) for event in own]
    for difference in min(tellings, key=len):
        yield Fault(row["id"], difference)


def _differences(wanted: Row, event: Event) -> Iterator[str]:
    for side, actors in (("sources", event.sources), ("targets", event.targets)):
        if side in wanted and not _same(wanted[side], actors):
            got = "، ".join(actor.name for actor in actors) or "nobody"
            want = "، ".join(wanted[side]) or "nobody"
            yield f"{side}: {got}, should be {want}"
    status = wanted.get("status", "happened")
    if event.status != status:
        yield f"status: {event.status}, should be {status}"


def _same(names: Sequence[str], actors: Sequence[Actor]) -> bool:
    return sorted(map(_key, names)) == sorted(_key(actor.name) for actor in actors)


def _key(name: str) -> str:
    return fold(name).replace('"', "")
