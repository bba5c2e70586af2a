"""From a mention to an actor code: "EGY SPY", a country and a PLOVER sector.

What the article itself says comes first: the role beside a name ("مدير المخابرات المصرية") is read as units, and the
units are put together. Rows of known people and bodies fill what the words leave open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from waqai.coding.actors.forms import name_key, table_words, tokens
from waqai.coding.actors.people import People
from waqai.coding.actors.units import Unit, UnitFinder, phrases, split_code
from waqai.model import Mention
from waqai.resources import Library

NOWHERE = "---"
STATELESS = {"IGO", "UNO", "NGO"}  # sectors that never carry a country
FROM_ELSEWHERE = {"REF"}  # refugees whose country is not told are not of the country the article is about
_COUNTRY_KINDS = {"country", "capital", "demonym", "people"}
_ARMED = {"MIL", "COP", "PRM"}
_CACHED = 1 << 14  # phrases whose reading is remembered: an article says most of its phrases more than once
_LEAD = 300  # code points from the start whose countries count more: of the phrases in bench that tell no country,
_LEAD_WEIGHT = 4  # 106 of 133 get the right one so; weights of 1 to 8 over 150 to 600 give 100 to 106


class Reading(NamedTuple):
    """What a phrase says: `sure` is False where only a weak word gave the sector. Country "" is told nowhere."""

    country: str
    sector: str
    sure: bool
    former: bool = False


NOTHING = Reading("", "", False)


class ActorCoder:
    """Codes mentions; built once from the tables of `actors/`.

    `country_of` tells the country of a place name that the tables of countries lack ("" where unknown).
    """

    def __init__(self, library: Library, country_of: Callable[[str], str] | None = None) -> None:
        self._finder = UnitFinder(library)
        self._people = People(library)
        self._country_of = country_of
        self._said = lru_cache(maxsize=_CACHED)(self._read)
        self._told = lru_cache(maxsize=_CACHED)(self._units)
        self._bodies: dict[tuple[str, ...], str] = {}
        for row in library.rows("actors", "body"):
            for name in phrases(row, "name", "aliases"):
                self._bodies.setdefault(_body_key(name), row["code"])
        self._titles: dict[str, str] = {}
        for row in library.rows("actors", "title"):
            for name in phrases(row, "name"):
                self._titles.setdefault(_title_key(name), row["sector"])

    def code(self, mention: Mention, text: str, published: str = "", home: str = "") -> str:
        """The actor code of `mention` in `text`.

        `published` is an ISO prefix: which of a known person's offices counts. `home` is an ISO-3166 alpha-3 code for
        phrases that tell no country ("الجيش"); "" gives "---".
        """
        if mention.kind == "person" and not mention.generic:
            reading = self._person(mention, text, published)
        else:
            reading = self._group(mention, text)
        return _join(reading, home)

    def codes(self, mentions: Sequence[Mention], text: str, published: str = "", home: str = "") -> tuple[str, ...]:
        """The codes of all `mentions`, in order, as `code` gives them; a stranger's role holds throughout the article.

        Where a mention of somebody no row knows has no role that tells a sector ("البحري"), the first of the same name
        that has lends it.
        """
        roles: dict[str, str] = {}
        for mention in mentions:
            known = mention.kind != "person" or self._people.code(mention.name, published)
            if not known and self.phrase(mention.role).sector:
                roles.setdefault(mention.name, mention.role)
        pooled = [
            replace(mention, role=roles[mention.name])
            if mention.kind == "person" and mention.name in roles and not self.phrase(mention.role).sector
            else mention
            for mention in mentions
        ]
        return tuple(self.code(mention, text, published, home) for mention in pooled)

    def home(self, mentions: Sequence[Mention], text: str) -> str:
        """The country that the article is about, as ISO-3166 alpha-3, "" where it names none.

        Countries, capitals, demonyms and the countries of known bodies in `text` are counted, those of its lead more;
        places among `mentions` count where `country_of` knows them.
        """
        counts: Counter[str] = Counter()
        for part, weight in ((text[:_LEAD], _LEAD_WEIGHT), (text[_LEAD:], 1)):
            for unit in self._finder.units(tokens(part)):
                counts[unit.entry.country] += weight
        if self._country_of is not None:
            for place in {mention.name for mention in mentions if mention.kind == "place"}:
                if not self.acts_by_name(place):
                    counts[self._country_of(place)] += 1
        told = [country for country, _ in counts.most_common() if country not in ("", NOWHERE)]
        return told[0] if told else ""

    def acts(self, mention: Mention) -> bool:
        """Whether a place can act: a country, a capital that stands for its government, a seat of power."""
        return mention.kind != "place" or self.acts_by_name(mention.name)

    def acts_by_name(self, name: str) -> bool:
        """Whether `name` is wholly a country, a capital, a people or an organ with a country of its own."""
        words, units = self._told(name)
        if not units or sum(unit.last - unit.first for unit in units) < len(words):
            return False
        return all(unit.entry.kind in _COUNTRY_KINDS or (unit.entry.sector and unit.entry.country) for unit in units)

    def state(self, mention: Mention) -> tuple[str, bool]:
        """The state that a place mention wholly names, as ISO-3166 alpha-3, and whether it is by the state's own name.

        A capital, an adjective or a people names it otherwise; ("", False) where the mention names no state.
        """
        words, units = self._told(mention.name)
        if len(units) != 1 or units[0].last - units[0].first < len(words) or units[0].entry.kind not in _COUNTRY_KINDS:
            return "", False
        return units[0].entry.country, units[0].entry.kind == "country"

    def phrase(self, words: str) -> Reading:
        """What the words of a role or a descriptive phrase say."""
        return self._said(words)

    def _read(self, words: str) -> Reading:
        folded, units = self._told(words)
        return _compose(_until_cut(units), folded)

    def _units(self, words: str) -> tuple[list[str], list[Unit]]:
        """The folded words of a phrase and its units."""
        folded = tokens(words)
        return folded, self._finder.units(folded)

    def _person(self, mention: Mention, text: str, published: str) -> Reading:
        role = self.phrase(mention.role)
        names = (mention.name, mention.name_span.of(text))
        known = split_code(next(filter(None, (self._people.code(name, published) for name in names)), ""))
        if role.former:
            return role._replace(country=role.country or known[0], sector="ELI", sure=True)
        if role.sure:
            return role._replace(country=role.country or known[0])
        body = split_code(self._bodies.get(_body_key(mention.name), ""))
        if known[1] or body[1]:
            return Reading(*(known if known[1] else body), True)
        title = self._title(mention.title)
        if title and not role.sector:
            return role._replace(sector=title)
        return role

    def _group(self, mention: Mention, text: str) -> Reading:
        names = dict.fromkeys((mention.name, mention.name_span.of(text), mention.span.of(text)))
        for name in names:
            code = self._bodies.get(_body_key(name))
            if code:
                return Reading(*split_code(code), True)
        for name in names:
            reading = self.phrase(name)
            if reading.sector:
                return reading
        known = split_code(self._people.code(mention.name, ""))
        if known[1]:
            return Reading(known[0], known[1], True)
        if mention.kind == "place" and self._country_of is not None:
            return Reading(self._country_of(mention.name), "CVL", False)
        return NOTHING

    def _title(self, title: str) -> str:
        """The sector of the first word or words of `title` that give one."""
        words = tokens(title)
        for first in range(len(words)):
            for last in range(len(words), first, -1):
                sector = self._titles.get(_title_key(" ".join(words[first:last])))
                if sector:
                    return sector
        return ""


def _compose(units: Sequence[Unit], words: Sequence[str]) -> Reading:
    if not units:
        return NOTHING
    country = _country(units)
    heads = [unit for unit in units if unit.entry.sector]
    strong = next((unit for unit in heads if not unit.entry.weak and not _inside_organ(unit, heads)), None)
    if _only_country(units):
        return Reading(country, units[0].entry.sector or _alone(units[0], words), True)
    sector = strong.entry.sector if strong is not None else _weak_sector(heads)
    if units[0].entry.kind == "role" and any(_over(units, place, words) for place in range(len(units))):
        return Reading(country, "ELI", True, True)
    return Reading(NOWHERE if sector in STATELESS else country, sector, strong is not None)


def _weak_sector(heads: Sequence[Unit]) -> str:
    """An organ before a role, a role before the word for a number of people ("آلاف المسلحين")."""
    if heads and heads[0].entry.group and heads[0].entry.sector in _ARMED:
        return heads[0].entry.sector  # "قوات خليفة …" are forces, whoever leads them
    organs = [unit for unit in heads if unit.entry.kind == "institution"]
    named = [unit for unit in heads if not unit.entry.group]
    return next((unit.entry.sector for unit in organs or named or heads), "")


def _inside_organ(unit: Unit, heads: Sequence[Unit]) -> bool:
    """Whether a role only tells whose organ it is: "منظمة للصحافيين" stays an organisation."""
    return unit.entry.kind == "role" and any(
        head.entry.kind == "institution" and head.first < unit.first for head in heads
    )


def _country(units: Sequence[Unit]) -> str:
    """The first real country told; "---" where only a region or a body of no state is."""
    told = [unit.entry.country for unit in units if unit.entry.country]
    return next((country for country in told if country != NOWHERE), NOWHERE if told else "")


def _only_country(units: Sequence[Unit]) -> bool:
    return all(unit.entry.kind in _COUNTRY_KINDS for unit in units)


def _alone(unit: Unit, words: Sequence[str]) -> str:
    """A country by itself is its government, its people are civilians."""
    last = words[unit.last - 1]
    plural = unit.entry.kind == "people" or (unit.entry.kind == "demonym" and last.endswith(("ون", "ين", "يات")))
    return "CVL" if plural else "GOV"


def _over(units: Sequence[Unit], place: int, words: Sequence[str]) -> bool:
    """Whether the unit at `place` is a "السابق" that agrees with the head and with no noun nearer to it.

    "المتحدث باسم الوزارة السابق" speaks no more; a "وزير في الحكومة السابقة" may still be a minister.
    """
    if units[place].entry.kind != "former":
        return False
    feminine = words[units[place].first].endswith("ه")
    for unit in reversed(units[:place]):
        if unit.entry.kind in ("role", "institution") and words[unit.first].endswith("ه") == feminine:
            return unit is units[0]
    return False


def _until_cut(units: Sequence[Unit]) -> list[Unit]:
    """The units that say who somebody is: those before a cut, without the people an organ only deals with."""
    kept: list[Unit] = []
    topic = -1
    for unit in units:
        if unit.entry.kind == "topic":
            topic = unit.last
        elif unit.first == topic and unit.entry.kind == "role":
            continue
        elif unit.entry.kind == "cut":
            if kept:
                break
            if unit.entry.sector:
                return [unit]
        else:
            kept.append(unit)
    return kept


def _join(reading: Reading, home: str) -> str:
    sector = reading.sector or "UNK"
    if sector in STATELESS:
        return f"{NOWHERE} {sector}"
    return f"{reading.country or (home if sector not in FROM_ELSEWHERE else '') or NOWHERE} {sector}"


def _body_key(name: str) -> tuple[str, ...]:
    return tuple(name_key(name))


def _title_key(title: str) -> str:
    return " ".join(table_words(title))
