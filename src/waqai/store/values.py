"""Which values conditions and corrections may have; what people write loosely is turned into what a store holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from waqai.arabic import ascii_digits
from waqai.ontology import STATUSES, Ontology
from waqai.store.filters import Filters
from waqai.store.rows import CORRECTABLE

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_COUNTRY = re.compile(r"[A-Z]{3}|---")
_CAMEO = re.compile(r"[0-9]{2,4}")


class Unfit(ValueError):
    """A value that cannot be: of which field, and why: "choice" (of `allowed`), "day", "country", "long", "letter" or
    "number"; those who show it to readers tell it in their language.
    """

    def __init__(self, told: str, name: str, value: str, kind: str, allowed: Collection[str] = ()) -> None:
        super().__init__(told)
        self.name, self.value, self.kind, self.allowed = name, value, kind, tuple(allowed)


def checked(filters: Filters, ontology: Ontology) -> Filters:
    """The conditions as a store understands them. Raises ValueError naming the allowed values for any other."""
    modes = ontology.modes
    kind = _one_of(filters.type, ontology.types, "type") if filters.type else ""
    country = filters.country.strip().upper()
    if country and not _COUNTRY.fullmatch(country):
        told = f"--country {filters.country}: write a code of three letters, as in EGY"
        raise Unfit(told, "country", filters.country, "country")
    return replace(
        filters,
        since=_day(filters.since, "since") if filters.since else "",
        until=_day(filters.until, "until") if filters.until else "",
        type=kind,
        mode=_one_of(filters.mode, ontology.types[kind].modes if kind else modes, "mode") if filters.mode else "",
        status=_one_of(filters.status, STATUSES, "status") if filters.status else "",
        sector=_one_of(filters.sector, ontology.sectors, "sector") if filters.sector else "",
        country=country,
    )


def corrected(changes: Mapping[str, str], event: Mapping[str, str], ontology: Ontology) -> dict[str, str]:
    """What `changes`, values by field, say of `event`, which has a type and a mode, as a store keeps it.

    An event whose new type has no such mode loses its mode. Raises ValueError naming the allowed values for a field
    that cannot be corrected, or a value that its field cannot have.
    """
    if unknown := [field for field in changes if field not in CORRECTABLE]:
        raise ValueError(f"{unknown[0]}: cannot be corrected (one of {', '.join(CORRECTABLE)})")
    found = {field: value.strip() for field, value in changes.items()}
    if "type" in found:
        found["type"] = _one_of(found["type"], ontology.types, "type", "")
    kind = found.get("type", event["type"])
    modes = ontology.types[kind].modes if kind in ontology.types else ()
    if found.get("mode"):
        found["mode"] = _one_of(found["mode"], modes, "mode", "", f"{kind} has")
    elif event["mode"] and event["mode"] not in modes:
        found["mode"] = ""
    if "status" in found:
        found["status"] = _one_of(found["status"], STATUSES, "status", "")
    if "rejected" in found:
        found["rejected"] = _one_of(found["rejected"], ("yes", "no"), "rejected", "")
    if found.get("date"):
        found["date"] = _day(found["date"], "date", "")
    if "cameo" in found:
        found["cameo"] = ascii_digits(found["cameo"])
        if not _CAMEO.fullmatch(found["cameo"]):
            raise ValueError(f"cameo {found['cameo'] or '(nothing)'}: write two to four digits, as in 042")
    return found


def _one_of(value: str, allowed: Collection[str], name: str, dashes: str = "--", why: str = "one of") -> str:
    """The one of `allowed` that is `value` in any case."""
    meant = {known.casefold(): known for known in allowed}.get(value.strip().casefold())
    if meant is None:
        told = f"{dashes}{name} {value or '(nothing)'}: {why} {', '.join(allowed) or 'none'}"
        raise Unfit(told, name, value, "choice", allowed)
    return meant


def _day(value: str, name: str, dashes: str = "--") -> str:
    """The year, month or day, in digits of ASCII."""
    found = _DATE.fullmatch(ascii_digits(value.strip()))
    try:
        if found is None:
            raise ValueError
        date(*(int(part or 1) for part in found.groups()))
    except ValueError:
        wanted = "write a year, month or day: 2024, 2024-05 or 2024-05-13"
        raise Unfit(f"{dashes}{name} {value}: {wanted}", name, value, "day") from None
    return found[0]
