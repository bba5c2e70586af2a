"""Places by Arabic name: tables first, then the index; namesakes are settled by the country of the article."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.coding.places import PlaceFinder
from waqai.model import Span
from waqai.resources import Library

SPAN = Span(3, 9)


@cache
def finder() -> PlaceFinder:
    return PlaceFinder(Library())


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("بنغازي", "LBY"), ("الموصل", "IRQ"), ("باماكو", "MLI"), ("فنزويلا", "VEN"), ("واشنطن", "USA"),
        ("مدينة حلب", "SYR"), ("شرقي ليبيا", "LBY"), ("غرب اليمن", "YEM"), ("العاصمة الكينية نيروبي", "KEN"),
        ("شمال مصر", "EGY"), ("البلدات السورية", "SYR"), ("البيت الأبيض", "USA"), ("البحر الأحمر", "---"),
        ("كوريا الشمالية", "PRK"), ("كوسوفو", "XKX"), ("تايوان", "TWN"),
    ],
)  # fmt: skip
def test_a_known_place_has_its_country(name: str, country: str) -> None:
    assert finder().place(name, SPAN).country == country


def test_a_town_has_coordinates_and_a_number() -> None:
    place = finder().place("مدينة بنغازي", SPAN)
    assert place.name == "مدينة بنغازي"
    assert place.span == SPAN
    assert place.geonames == 88319
    assert place.lat == pytest.approx(32.1, abs=0.2)
    assert place.lon == pytest.approx(20.1, abs=0.2)


def test_a_side_of_a_town_has_its_coordinates_but_no_number() -> None:
    place = finder().place("غرب حلب", SPAN)
    assert (place.country, place.geonames) == ("SYR", 0)
    assert place.lat is not None


def test_a_country_has_a_number_and_no_point() -> None:
    place = finder().place("النمسا", SPAN)
    assert (place.country, place.lat) == ("AUT", None)
    assert place.geonames > 0


def test_namesakes_are_settled_by_the_articles_country() -> None:
    assert finder().place("طرابلس", SPAN, "LBN").country == "LBN"
    assert finder().place("طرابلس", SPAN, "LBY").country == "LBY"
    assert finder().place("طرابلس", SPAN).country == "LBY"


def test_a_hamlet_at_home_does_not_hide_a_capital_abroad() -> None:
    assert finder().place("باريس", SPAN, "EGY").country == "FRA"


def test_a_place_nobody_knows_lies_where_the_article_does() -> None:
    assert finder().place("وادي الحكايات", SPAN, "DZA").country == "DZA"
    assert finder().place("وادي الحكايات", SPAN).country == ""


@pytest.mark.parametrize(("name", "country"), [("ببنغازي", "LBY"), ("للموصل", "IRQ"), ("موصل", "IRQ")])
def test_clitics_and_articles_are_seen_through(name: str, country: str) -> None:
    assert finder().place(name, SPAN).country == country


def test_country_of_a_name() -> None:
    assert finder().country("نواكشوط") == "MRT"
    assert finder().country("سالم البحري") == ""


@given(st.text(alphabet="ابتجحدرسصطعفقكلمنهويةى أإ#،", max_size=50), st.sampled_from(["", "EGY", "LBY"]))
def test_any_name_is_kept_as_it_is(name: str, home: str) -> None:
    place = finder().place(name, SPAN, home)
    assert place.name == name
    assert place.country in ("", "---") or len(place.country) == 3
    assert (place.lat is None) == (place.lon is None)
