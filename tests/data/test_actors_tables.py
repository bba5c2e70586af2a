"""The rows of countries, institutions, roles and titles: each example comes out as its row says."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest

from waqai.arabic import fold
from waqai.coding.actors import ActorCoder
from waqai.model import Mention, Span
from waqai.resources import Library

SECTORS = {
    "GOV", "LEG", "JUD", "MIL", "COP", "SPY", "PTY", "PRM", "REB", "UAF", "OPP", "CVL", "MED", "EDU", "BUS", "LAB",
    "JRN", "REL", "REF", "CRM", "SOC", "ELI", "NGO", "IGO", "UNO", "UNK",
}  # fmt: skip
LIBRARY = Library()
STATELESS = {"IGO", "UNO", "NGO"}


@cache
def coder() -> ActorCoder:
    return ActorCoder(LIBRARY)


def rows(key: str) -> list[Any]:
    return [pytest.param(row, id=row["id"]) for row in LIBRARY.rows("actors", key)]


def group(phrase: str) -> Mention:
    span = Span(0, len(phrase))
    return Mention(span, "group", phrase, span, generic=True)


@pytest.mark.parametrize("row", [*rows("institution"), *rows("role")])
def test_an_example_is_coded_to_the_sector_of_its_row(row: Any) -> None:
    code = coder().code(group(row["example"]), row["example"])
    assert code[4:] == (row["sector"] or "UNK") or not row["sector"]


@pytest.mark.parametrize("row", rows("institution"))
def test_an_institution_gives_its_sector_to_its_head(row: Any) -> None:
    """The word by itself is coded like its example; where the row fixes a country, so is that."""
    code = coder().code(group(row["name"][0]), row["name"][0])
    assert code[4:] in (row["sector"], "UNK") or row.get("weak")
    if row.get("country", "---") != "---" and row["sector"] not in STATELESS:
        assert code[:3] == row["country"]


@pytest.mark.parametrize("row", rows("title"))
def test_a_title_gives_its_sector_to_a_stranger(row: Any) -> None:
    name = "سالم البحري"
    person = Mention(Span(0, len(name)), "person", name, Span(0, len(name)), title=row["example"])
    assert coder().code(person, name)[4:] == (row["sector"] or "UNK")


@pytest.mark.parametrize("row", rows("country"))
def test_a_country_is_found_by_each_of_its_names(row: Any) -> None:
    country = row.get("code", row["id"])[:3]
    for word in [row["name"], *row.get("aliases", ()), *row.get("adjective", ()), *row.get("plural", ())]:
        assert coder().phrase(word).country == country, word


@pytest.mark.parametrize("key", ["institution", "role", "title", "country", "marker"])
def test_rows_are_well_formed(key: str) -> None:
    for row in LIBRARY.rows("actors", key):
        assert re.fullmatch(r"[A-Za-z0-9.\-]+", row["id"]), row["id"]
        assert row.get("sector", "") in SECTORS | {""}, row["id"]
        assert row.get("country", "---") == "---" or re.fullmatch("[A-Z]{3}", row["country"]), row["id"]
        words = row.get("name", row.get("words"))
        words = [words] if isinstance(words, str) else words
        assert words, row["id"]
        folded = [fold(word) for word in words]
        assert len(folded) == len(set(folded)), f"{row['id']} repeats a word"
        assert all("ـ" not in word for word in words), row["id"]


def test_the_tables_are_as_wide_as_promised() -> None:
    for key, least in (("country", 230), ("institution", 400), ("role", 500), ("title", 80)):
        assert len(LIBRARY.rows("actors", key)) >= least
