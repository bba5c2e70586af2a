"""The tables of named bodies, people and places: well-formed rows, and no name with two meanings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from waqai.arabic import arabic_share, fold
from waqai.resources import Library, Row

# ISO-3166 alpha-3, and the user-assigned code by which Kosovo goes
COUNTRIES = frozenset(
    """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM
    BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR
    CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB
    GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA
    JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA
    MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR
    NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS
    SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON
    TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE XKX
    """.split()  # noqa: SIM905
)
SECTORS = frozenset(
    "GOV LEG JUD MIL COP SPY PTY PRM REB UAF OPP CVL MED EDU BUS LAB JRN REL REF CRM SOC ELI NGO IGO UNO UNK".split()  # noqa: SIM905
)
STATELESS = frozenset({"IGO", "UNO", "NGO", "MIL", "UAF", "PTY", "REL", "SOC", "BUS", "LAB"})
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

LIBRARY = Library()
BODIES = LIBRARY.rows("actors", "body")
PEOPLE = LIBRARY.rows("actors", "person")
PLACES = LIBRARY.rows("actors", "place")


def codes(row: Row) -> list[str]:
    """The codes a body or person row gives."""
    return [row["code"]] if "code" in row else [office["code"] for office in row["offices"]]


def names(row: Row) -> list[str]:
    """All names of a row, whichever table it stands in."""
    name = row["name"]
    return [*(name if isinstance(name, list) else [name]), *row.get("aliases", [])]


def owners(rows: list[Row]) -> Iterator[tuple[str, Row]]:
    """Each folded name with the row it belongs to."""
    for row in rows:
        for name in {fold(name) for name in names(row)}:
            yield name, row


def test_the_tables_are_wide() -> None:
    assert len(BODIES) >= 450
    assert len(PEOPLE) >= 450
    assert len(PLACES) >= 500


def test_ids_are_ascii_and_unique_over_the_three_tables() -> None:
    ids = [row["id"] for row in [*BODIES, *PEOPLE, *PLACES]]
    assert [row_id for row_id in ids if not ID.fullmatch(row_id)] == []
    assert sorted({row_id for row_id in ids if ids.count(row_id) > 1}) == []


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        (BODIES, {"id", "name", "aliases", "code"}),
        (PEOPLE, {"id", "name", "aliases", "offices"}),
        (PLACES, {"id", "name", "country", "lat", "lon"}),
    ],
    ids=["body", "person", "place"],
)
def test_rows_have_their_fields_and_no_others(rows: list[Row], fields: set[str]) -> None:
    assert [row["id"] for row in rows if set(row) != fields] == []


def test_codes_are_a_country_or_none_and_a_known_sector() -> None:
    wrong = []
    for row in [*BODIES, *PEOPLE]:
        for code in codes(row):
            country, _, sector = code.partition(" ")
            known = country in COUNTRIES or (country == "---" and sector in STATELESS)
            if not known or sector not in SECTORS:
                wrong.append((row["id"], code))
    assert wrong == []


def test_bodies_of_no_state_carry_no_country() -> None:
    assert [row["id"] for row in BODIES if row["code"][4:] in {"IGO", "UNO"} and row["code"][:3] != "---"] == []


def test_offices_have_dates_that_run_forward() -> None:
    wrong = []
    for row in PEOPLE:
        for office in row["offices"]:
            start, end = office["from"], office["to"]
            if set(office) != {"code", "from", "to"} or not DATE.fullmatch(start):
                wrong.append((row["id"], start))
            elif end and not (DATE.fullmatch(end) and start[: len(end)] <= end):
                wrong.append((row["id"], end))
    assert wrong == []


def test_offices_stand_in_order() -> None:
    starts = {row["id"]: [office["from"] for office in row["offices"]] for row in PEOPLE}
    assert [row_id for row_id, dates in starts.items() if not dates or dates != sorted(dates)] == []


def test_no_name_has_two_codes() -> None:
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for name, row in owners([*BODIES, *PEOPLE]):
        found[name].add(tuple(codes(row)))
    assert {name: held for name, held in found.items() if len(held) > 1} == {}


def test_no_place_name_stands_for_two_places() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for name, row in owners(PLACES):
        found[name].add(row["id"])
    assert {name: ids for name, ids in found.items() if len(ids) > 1} == {}


def test_names_are_plain_arabic() -> None:
    vowelled = re.compile("[\u064b-\u0652\u0640]")
    rows = [*BODIES, *PEOPLE, *PLACES]
    assert [
        (row["id"], name)
        for row in rows
        for name in names(row)
        if name != " ".join(name.split()) or vowelled.search(name) or arabic_share(name) < 1.0
    ] == []


def test_no_name_is_written_twice_in_a_row_after_folding() -> None:
    rows = [*BODIES, *PEOPLE, *PLACES]
    assert [row["id"] for row in rows if len({fold(name) for name in names(row)}) != len(names(row))] == []


def test_places_lie_on_the_globe_in_a_country_or_in_none() -> None:
    assert [
        row["id"]
        for row in PLACES
        if not (-90 <= row["lat"] <= 90 and -180 <= row["lon"] <= 180)
        or (row["country"] and row["country"] not in COUNTRIES)
    ] == []
