"""What a page was asked for, read from its address and written back into addresses: everything shown is in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from urllib.parse import urlencode

from waqai.ontology import Ontology
from waqai.store.filters import Filters
from waqai.store.values import Unfit, checked

SORTS = ("newest", "oldest", "published", "surest")
_CONDITIONS = tuple(part.name for part in fields(Filters) if part.name != "between")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """Conditions on events, words that their articles have, an order, a page from 1 on."""

    filters: Filters = field(default_factory=Filters)
    words: str = ""
    sort: str = "newest"
    page: int = 1

    @property
    def conditions(self) -> dict[str, str]:
        """The conditions that are set, as an address has them."""
        found = {name: value for name in _CONDITIONS if (value := getattr(self.filters, name))}
        between = dict(zip(("source", "target"), self.filters.between, strict=True)) if self.filters.between else {}
        return ({"q": self.words} if self.words else {}) | found | between

    def query(self, **changes: str | int) -> str:
        """The query string of an address that asks for the same but for `changes`; "" takes a condition away.

        The page is the first one unless it is among them.
        """
        said: dict[str, str | int] = {**self.conditions}
        if self.sort != SORTS[0]:
            said["sort"] = self.sort
        said |= changes
        return urlencode({name: value for name, value in said.items() if value != ""})


def asked_in(query: Mapping[str, str], ontology: Ontology) -> Asked:
    """What `query`, the parameters of an address, asks for. Raises Unfit for a value that cannot be."""
    said = {name: _clean(name, query.get(name, "")) for name in (*_CONDITIONS, "q", "source", "target")}
    both = (said.pop("source"), said.pop("target"))
    words = said.pop("q")
    filters = checked(Filters(**said, between=both if all(both) else None), ontology)
    if any(both) and not all(both):
        filters = replace(filters, actor=filters.actor or both[0] or both[1])
    sort = query.get("sort") or SORTS[0]
    if sort not in SORTS:
        raise Unfit(f"sort {sort:.40}: one of {', '.join(SORTS)}", "sort", sort, "choice", SORTS)
    return Asked(filters, words, sort, _page(query.get("page") or "1"))


def _clean(name: str, value: str) -> str:
    value = value.strip()
    if len(value) > _LONGEST:
        raise Unfit(f"{name}: at most {_LONGEST} letters", name, value, "long")
    if "\0" in value:
        raise Unfit(f"{name}: holds a letter that no text has", name, value, "letter")
    return value


def _page(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 0 < int(value[:9]) < 10**8):
        raise Unfit(f"page {value:.40}: a number from 1 on", "page", value, "number")
    return int(value[:9])
