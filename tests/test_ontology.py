"""The ontology is PLOVER's: sixteen types, their modes, and sectors, each with an Arabic name."""

from __future__ import annotations

from waqai.arabic import arabic_share
from waqai.ontology import STATUSES, Ontology
from waqai.resources import Library

QUADS = {"verbal cooperation", "material cooperation", "verbal conflict", "material conflict"}


def test_sixteen_types_in_four_quads(library: Library) -> None:
    types = Ontology(library).types
    assert len(types) == 16
    assert {type_.quad for type_ in types.values()} == QUADS
    assert all(type_.cameo.isdigit() and 1 <= int(type_.cameo[:2]) <= 20 for type_ in types.values())


def test_every_mode_has_an_arabic_name_and_is_used(library: Library) -> None:
    ontology = Ontology(library)
    assert {mode for type_ in ontology.types.values() for mode in type_.modes} == set(ontology.modes)


def test_readers_see_arabic(library: Library) -> None:
    ontology = Ontology(library)
    names = [*STATUSES.values(), *ontology.modes.values()]
    names += [row.arabic for table in (ontology.types, ontology.sectors) for row in table.values()]
    assert all(arabic_share(name) == 1.0 for name in names)
    assert len({type_.arabic for type_ in ontology.types.values()}) == 16


def test_bodies_above_states_have_no_country(library: Library) -> None:
    sectors = Ontology(library).sectors
    assert {id_ for id_, sector in sectors.items() if sector.stateless} == {"NGO", "IGO", "UNO"}
    assert {"GOV", "MIL", "SPY", "COP", "REB", "CVL"} <= set(sectors)
