"""What the form of a review says, checked: fields as records have them, or why they cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from waqai.desk.review.words import find, sentence
from waqai.ontology import Ontology
from waqai.store.values import corrected

PLAIN = ("type", "mode", "status", "date", "said_by")
_COUNTRY = re.compile(r"[A-Z]{3}|---")
_MOST_PARTIES, _LONGEST = 30, 500
_NOWHERE: Mapping[str, Any] = {"lat": None, "lon": None, "geonames": 0}


class Wrong(ValueError):
    """A value that cannot be; `name` is the text that tells it, `fills` what it is about."""

    def __init__(self, name: str, **fills: str) -> None:
        super().__init__(name)
        self.name, self.fills = name, fills


@dataclass(frozen=True, slots=True)
class Party:
    """A row of the form: a side ("" for none), words of the text, where they stand, a country and a sector.

    `was` names the actor that the row was made of, "s0" for the first source.
    """

    side: str
    name: str
    start: int | None
    country: str
    sector: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it was sent."""

    plain: Mapping[str, str]
    parties: tuple[Party, ...]
    place: Party | None  # None where the form had no such field
    trigger: Party
    why: str = ""
    seen: int | None = None


def filled(form: FormData) -> Filled:
    """What was sent, as it was written."""
    columns = {name: [_said(value) for value in form.getlist(f"party_{name}")] for name in _PARTY}
    count = min(_MOST_PARTIES, *(len(values) for values in columns.values()))
    rows = ({name: values[row] for name, values in columns.items()} for row in range(count))
    seen = _said(form.get("seen"))
    return Filled(
        {name: _said(form.get(name)) for name in PLAIN if name in form},
        tuple(
            Party(row["side"], row["name"], _number(row["start"]), row["country"].upper(), row["sector"], row["was"])
            for row in rows
        ),
        _single(form, "place") if "place_name" in form else None,
        _single(form, "trigger"),
        _said(form.get("why"))[:2_000],
        int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else None,
    )


_PARTY = ("side", "name", "start", "country", "sector", "was")


def changes(sent: Filled, event: Mapping[str, Any], record: Mapping[str, Any], ontology: Ontology) -> dict[str, Any]:
    """The fields of `event` as the form has them. Raises Wrong for words that do not stand in the text, or a code
    there is not, and ValueError for other values that cannot be.
    """
    kept = {name: value for name, value in sent.plain.items() if value != event[name]}
    if any("\0" in value for value in kept.values()):
        raise Wrong("review.wrong_words", words="NUL")
    found: dict[str, Any] = dict(corrected(kept, event, ontology))
    if "type" in found and found["type"] != event["type"]:
        found["cameo"] = ontology.types[found["type"]].cameo
    if sent.parties:
        found |= sides(sent.parties, event, record, ontology)
    if sent.place is not None:
        found["place"] = place(sent.place, event, record)
    return found


def sides(
    parties: Sequence[Party], event: Mapping[str, Any], record: Mapping[str, Any], ontology: Ontology
) -> dict[str, list[dict[str, Any]]]:
    """Sources and targets of the rows, in their order."""
    found: dict[str, list[dict[str, Any]]] = {"sources": [], "targets": []}
    for party in parties:
        if party.side in ("source", "target") and party.name:
            found[f"{party.side}s"].append(_actor(party, event, record, ontology))
    return found


def place(sent: Party, event: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Any]:
    """The place of the form, {} for none."""
    before = event["place"]
    if not sent.name:
        return {}
    country = sent.country or (before.get("country", "") if sent.name == before.get("name") else "") or "---"
    if not _COUNTRY.fullmatch(country):
        raise Wrong("review.wrong_country", code=country)
    if sent.name == before.get("name"):
        return dict(before) | {"country": country}
    return {"name": sent.name, "country": country, **_NOWHERE, "span": _found(sent, event, record)}


def missing(sent: Filled, record: Mapping[str, Any], ontology: Ontology) -> dict[str, Any]:
    """An event that the machine did not read, as the form has it. Raises as `changes` does."""
    trigger = find(record["text"], sent.trigger.name, sent.trigger.start, 0)
    if trigger is None:
        raise Wrong("review.wrong_words", words=sent.trigger.name)
    whole = empty() | {"trigger": sent.trigger.name, "trigger_span": trigger}
    whole["evidence_span"] = sentence(record["text"], trigger)
    start, end = whole["evidence_span"]
    whole["evidence"] = record["text"][start:end]
    said = changes(sent, whole, record, ontology)
    if not said.get("type"):
        raise Wrong("review.wrong_type")
    date_from = "text" if said.get("date") else ""
    return whole | {"status": "happened", "date_from": date_from} | said


def empty() -> dict[str, Any]:
    """An event of which nothing is known."""
    return {
        "type": "", "mode": "", "cameo": "", "status": "happened", "status_cue": "", "date": "", "date_from": "",
        "sources": [], "targets": [], "place": {}, "trigger": "", "trigger_span": [], "evidence": "",
        "evidence_span": [], "said_by": "", "said_by_span": [],
    }  # fmt: skip


def _actor(party: Party, event: Mapping[str, Any], record: Mapping[str, Any], ontology: Ontology) -> dict[str, Any]:
    before = _was(party, event)
    code = _code(party, record, before)
    if not _COUNTRY.fullmatch(code[:3]) or code[4:] not in ontology.sectors:
        raise Wrong("review.wrong_code", code=code)
    if before is not None:
        return dict(before) | {"code": code}
    return {"name": party.name, "code": code, "span": _found(party, event, record), "title": "", "role": ""}


def _was(party: Party, event: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The actor that the row was made of, where its words are still the same and no others were chosen."""
    side = {"s": "sources", "t": "targets"}.get(party.was[:1])
    number = party.was[1:]
    if side is None or not number.isascii() or not number.isdigit() or int(number) >= len(event[side]):
        return None
    before: Mapping[str, Any] = event[side][int(number)]
    return before if before["name"] == party.name else None


def _code(party: Party, record: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    """The code of the row; where it is left open, that of who the article names so."""
    if party.country or party.sector:
        return f"{party.country or '---'} {party.sector or 'UNK'}"
    if before is not None and before["code"]:
        return str(before["code"])
    named = (one["code"] for one in record["mentions"] if one["name"] == party.name and one["code"])
    return next(named, "--- UNK")


def _found(party: Party, event: Mapping[str, Any], record: Mapping[str, Any]) -> list[int]:
    near = event["trigger_span"][0] if event["trigger_span"] else 0
    span = find(record["text"], party.name, party.start, near)
    if span is None:
        raise Wrong("review.wrong_words", words=party.name)
    return span


def _single(form: FormData, name: str) -> Party:
    country = _said(form.get(f"{name}_country")).upper()
    return Party("", _said(form.get(f"{name}_name")), _number(_said(form.get(f"{name}_start"))), country, "")


def _said(value: object) -> str:
    """What a field says, with line ends as articles have them."""
    return value.replace("\r\n", "\n").strip()[: _LONGEST * 4] if isinstance(value, str) else ""


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
