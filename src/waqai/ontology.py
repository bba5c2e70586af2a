"""Event types, modes, statuses and sectors, from the tables of data/ontology."""

from __future__ import annotations

from dataclasses import dataclass

from waqai.resources import Library

STATUSES = {
    "happened": "وقع",
    "planned": "مقرر",
    "called-for": "مطلوب",
    "conditional": "مشروط",
    "denied": "منفي",
}


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen PLOVER types."""

    id: str
    arabic: str
    quad: str
    cameo: str
    modes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """A PLOVER sector; `stateless` ones are written with "---" for the country."""

    id: str
    arabic: str
    stateless: bool


class Ontology:
    """What an event may be called, and what an actor may be; `modes` are the Arabic names of modes by id."""

    def __init__(self, library: Library) -> None:
        self.types = {
            row["id"]: EventType(row["id"], row["arabic"], row["quad"], row["cameo"], tuple(row["modes"]))
            for row in library.rows("ontology", "type")
        }
        self.sectors = {
            row["id"]: Sector(row["id"], row["arabic"], row.get("stateless", False))
            for row in library.rows("ontology", "sector")
        }
        self.modes = {row["id"]: row["arabic"] for row in library.rows("ontology", "mode")}


def weights(library: Library) -> dict[str, tuple[str, float]]:
    """Quad class and intensity (-10 apart, 10 together) of each event type."""
    intensity = {row["id"]: float(row["value"]) for row in library.rows("ontology", "intensity")}
    return {row["id"]: (row["quad"], intensity[row["id"]]) for row in library.rows("ontology", "type")}
