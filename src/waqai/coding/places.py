"""From a named place to where it is: the project's tables first, then an index drawn from GeoNames."""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from waqai.arabic import fold
from waqai.model import Place, Span
from waqai.resources import DATA, Library, Row

_TOKEN = re.compile(r"[^\W_]+")
_VILLAGE = 10_000  # a smaller place abroad is not what a phrase means in an article about another country
_CITY = 100_000  # a place abroad named inside a longer phrase has at least so many people
NOWHERE = "---"  # the country of seas and of regions over many states
_BESIDE = 0.3  # degrees between the table's point and the town of the same name
_FEW = 20  # a namesake at home is meant unless it is this many times smaller than the largest
_LONGEST = 6  # words of the longest name looked up inside a phrase
_CLITICS = ("ب", "ل", "و")


class Site(NamedTuple):
    """One known place; `population` is -1 for a country, 0 where a table tells none; no coordinates for an area."""

    country: str
    lat: float | None = None
    lon: float | None = None
    geonames: int = 0
    population: int = 0


class PlaceFinder:
    """Finds places by Arabic name; built once from the tables of `actors/` and `places/`."""

    def __init__(self, library: Library) -> None:
        self._index = _read_index()
        self._sites: dict[str, list[Site]] = {}
        self._demonyms: dict[str, str] = {}
        self._kinds = {
            key: str(row["kind"])
            for row in library.rows("places", "word")
            for word in row["words"]
            for key in [_key(word)]
        }
        for row in (*library.rows("actors", "place"), *library.rows("places", "place")):
            site = Site(row["country"] or NOWHERE, row.get("lat"), row.get("lon"), row.get("geonames", 0))
            keys = [_key(name) for name in _names(row, "name", "aliases")]
            site = self._numbered(keys, site)
            for key in keys:
                self._sites.setdefault(key, []).append(site)
        for row in library.rows("actors", "country"):
            self._add_country(row)

    def place(self, name: str, span: Span, home: str = "") -> Place:
        """The place that `name` names, kept as named.

        `home` is the ISO-3166 alpha-3 code of the country the article is about: it decides between namesakes, and is
        the country of a place nobody knows. A name that only says which side of a known place ("غرب حلب") has the
        coordinates of that place and no GeoNames id.
        """
        site, exact = self._find(name, home)
        if site is None:
            return Place(name, self._demonym(name) or home, span)
        country = home if home and not exact and site.country == NOWHERE else site.country  # a coast of the sea
        return Place(name, country, span, site.lat, site.lon, site.geonames if exact else 0)

    def country(self, name: str) -> str:
        """The country of the place called exactly `name`, as ISO-3166 alpha-3, "" where unknown or a mere village."""
        site = self._choose(_key(name), "")
        return site.country if site is not None and _credible(site, "", _VILLAGE) else ""

    def _find(self, name: str, home: str) -> tuple[Site | None, bool]:
        """The site named by the whole of `name`, else by the first known name inside it, and whether it is exact."""
        words = _TOKEN.findall(fold(name))
        whole = self._choose(" ".join(words), home)
        if whole is not None and _credible(whole, home, _VILLAGE if home else 0):
            return whole, True
        exact = True
        for first in range(len(words)):
            kind = self._kinds.get(words[first], self._kinds.get(words[first].removeprefix("ال"), "other"))
            for last in range(min(len(words), first + _LONGEST), first, -1):
                if kind != "other" and last == first + 1:
                    continue
                site = self._choose(" ".join(words[first:last]), home)
                if site is not None and _credible(site, home, _CITY if home else _VILLAGE):
                    return site, exact
            exact = exact and kind == "settlement"
        return None, False

    def _choose(self, key: str, home: str) -> Site | None:
        for spelling in _spellings(key):
            known = self._sites.get(spelling, [])
            if not known or (home and all(site.country != home for site in known)):
                known = [*known, *self._indexed(spelling)]  # a namesake in the article's country
            if known:
                return _likeliest(known, home)
        return None

    def _indexed(self, key: str) -> list[Site]:
        return [_site(line) for line in self._index.get(key, ())]

    def _demonym(self, name: str) -> str:
        """The country of the last demonym in `name` ("البلدات السورية"), "" where it has none."""
        words = reversed(_TOKEN.findall(fold(name)))
        return next((self._demonyms[word] for word in words if word in self._demonyms), "")

    def _numbered(self, keys: Sequence[str], site: Site) -> Site:
        """`site` with the GeoNames id of a place of one of its names next to it, where the index has one."""
        for known in (known for key in keys for known in self._indexed(key)):
            if site.geonames == 0 and known.country == site.country and _near(known, site):
                return site._replace(geonames=known.geonames)
        return site

    def _add_country(self, row: Row) -> None:
        code = str(row.get("code", row["id"]))[:3]
        if code in ("", NOWHERE):
            return
        numbered = self._indexed(f"={code}")
        site = Site(code, geonames=numbered[0].geonames if numbered else 0, population=-1)
        for name in _names(row, "name", "aliases"):
            self._sites.setdefault(_key(name), []).append(site)
        seat = self._indexed(f"@{code}")
        for name in _names(row, "capital"):
            if not any(known.country == code for known in self._sites.get(_key(name)) or self._indexed(_key(name))):
                self._sites.setdefault(_key(name), []).extend(seat or [site])
        for adjective in _names(row, "adjective"):
            key = _key(adjective)
            if " " not in key:
                for form in (key, "ال" + key, key + "ه", f"ال{key}ه"):
                    self._demonyms.setdefault(form, code)


def _credible(site: Site, home: str, floor: int) -> bool:
    """Whether a namesake can be meant: at home, of a table (no population told), or of `floor` inhabitants."""
    return site.country == home or site.population <= 0 or site.population >= floor


def _likeliest(sites: Sequence[Site], home: str) -> Site:
    """The site in `home` where it is not tiny beside its largest namesake, else the first: the largest."""
    largest = sites[0]
    at_home = next((site for site in sites if site.country == home), None)
    if at_home is not None and (largest.population <= 0 or at_home.population * _FEW >= largest.population):
        return at_home
    return largest


def _near(one: Site, other: Site) -> bool:
    points = (one.lat, one.lon, other.lat, other.lon)
    if None in points:
        return False
    return all(abs((a or 0) - (b or 0)) < _BESIDE for a, b in zip(points[:2], points[2:], strict=True))


def _spellings(key: str) -> Iterator[str]:
    """`key` as it is, with the article, without it, and without a preposition written on it."""
    yield key
    yield "ال" + key
    if key.startswith("ال"):
        yield key[2:]
    if key[:1] in _CLITICS and len(key) > 4:
        yield key[1:]
    if key.startswith("لل"):
        yield "ا" + key[1:]


def _names(row: Row, *keys: str) -> Iterator[str]:
    for key in keys:
        value = row.get(key, ())
        yield from [value] if isinstance(value, str) else value


def _key(name: str) -> str:
    return " ".join(_TOKEN.findall(fold(name)))


def _read_index() -> dict[str, list[str]]:
    """Lines of the GeoNames index by folded name, unparsed: few of them are ever asked for."""
    index: dict[str, list[str]] = {}
    text = lzma.decompress((DATA / "places" / "geonames.tsv.xz").read_bytes()).decode("utf-8")
    for line in text.splitlines():
        name, _, rest = line.partition("\t")
        index.setdefault(name, []).append(rest)
    return index


def _site(line: str) -> Site:
    number, country, lat, lon, population = line.split("\t")
    people = int(population) or 1  # 0 is for sites of the tables
    return Site(country, float(lat) if lat else None, float(lon) if lon else None, int(number), people)
