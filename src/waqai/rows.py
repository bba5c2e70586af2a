"""What the rows of the lexicon's tables must hold: checked as a table is opened, so that a wrong row is named.

Rows of folders that are not listed here are checked by whoever reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from waqai.errors import TableError

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """The keys of one kind of row.

    `must` and `may` map a key to what it holds: "word", "words", "flag", "number" or "rows".
    `one_of` names the values a key may have; for a key of words, each word.
    """

    must: Mapping[str, str]
    may: Mapping[str, str] = field(default_factory=dict)
    one_of: Mapping[str, frozenset[str]] = field(default_factory=dict)


STATUSES = frozenset({"planned", "called-for", "conditional", "denied"})
CUE_KINDS = frozenset({"particle", "verb", "noun", "eve", "adjective", "clause"})
ASPECTS = frozenset({"perfect", "imperfect", "imperative"})
_WORDS = Form({"words": "words"}, {"example": "word"})

FORMS: Mapping[tuple[str, str], Form] = {
    ("actors", "country"): Form(
        {"name": "word"},
        {"aliases": "words", "capital": "words", "adjective": "words", "plural": "words", "code": "word"},
    ),
    ("actors", "body"): Form({"name": "word", "code": "word"}, {"aliases": "words"}),
    ("actors", "person"): Form({"name": "word"}, {"aliases": "words", "offices": "rows"}),
    ("actors", "institution"): Form(
        {"name": "words", "sector": "word"},
        {"adjective": "words", "country": "word", "weak": "flag", "plain": "flag", "example": "word"},
    ),
    ("actors", "role"): Form(
        {"name": "words", "sector": "word"},
        {"country": "word", "weak": "flag", "group": "flag", "plain": "flag", "example": "word"},
    ),
    ("actors", "title"): Form(
        {"name": "words", "kind": "word", "sector": "word"},
        {"example": "word"},
        {"kind": frozenset({"rank", "style", "learned", "religious", "royal"})},
    ),
    ("actors", "marker"): Form(
        {"words": "words", "does": "word"},
        {"sector": "word", "example": "word"},
        {"does": frozenset({"cut", "topic", "former", "name"})},
    ),
    ("actors", "place"): Form({"name": "words", "country": "word", "lat": "number", "lon": "number"}),
    ("status", "cue"): Form(
        {"words": "words", "status": "word", "kind": "word"},
        {"needs": "word", "without": "words", "example": "word"},
        {"status": STATUSES, "kind": CUE_KINDS, "needs": ASPECTS},
    ),
    ("status", "spoken"): Form(
        {"types": "words"},
        {"modes": "words", "keeps": "words", "example": "word"},
        {"keeps": STATUSES},
    ),
    ("status", "carrier"): _WORDS,
    ("status", "background"): _WORDS,
    ("status", "light"): _WORDS,
    ("status", "relative"): _WORDS,
    ("contexts", "context"): Form({"name": "word", "words": "words"}, {"example": "word"}),
    ("speech", "speech"): Form(
        {"speaker": "word"},
        {"verb": "words", "participle": "words", "noun": "words", "bare": "flag", "example": "word"},
    ),
    ("speech", "document"): _WORDS,
    ("speech", "attribution"): _WORDS,
}

_HOLDS = {
    "word": 'a word in quotation marks, written "…"',
    "words": 'a list of words, written ["…", "…"]',
    "flag": "true or false",
    "number": "a number",
    "rows": "a list of tables, written [{ … }]",
}


def check(row: Row, folder: str, kind: str, path: Path) -> None:
    """Raises TableError naming file, row and key where a row is not of the form of its kind; kinds not listed pass."""
    form = FORMS.get((folder, kind))
    if form is None:
        return
    fault = _fault(row, form)
    if fault:
        raise TableError(f"{path}: the [[{kind}]] row {row['id']!r} {fault}")


def _fault(row: Row, form: Form) -> str:
    """What is wrong with a row and what to do; "" where nothing is."""
    for key in form.must:
        if key not in row:
            return f"has no {key}; add {key} = {_HOLDS[form.must[key]]}"
    for key, value in row.items():
        if key == "id":
            continue
        holds = form.must.get(key) or form.may.get(key)
        if holds is None:
            known = ", ".join(sorted({*form.must, *form.may}))
            return f"has a key {key!r} that nobody reads; the keys are id, {known}"
        if not _is(value, holds):
            return f"has {key} = {value!r}; write {_HOLDS[holds]}"
        strange = _strange(value, form.one_of.get(key))
        if strange:
            return f"has {key} {strange!r}; one of {', '.join(sorted(form.one_of[key]))}"
    return ""


def _is(value: Any, holds: str) -> bool:
    if holds == "word":
        return isinstance(value, str)
    if holds == "flag":
        return isinstance(value, bool)
    if holds == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if not isinstance(value, list):
        return False
    return all(isinstance(part, dict if holds == "rows" else str) for part in value)


def _strange(value: Any, allowed: frozenset[str] | None) -> str:
    """The value, or the first of its words, that is not allowed; "" where all are."""
    if allowed is None:
        return ""
    words = [value] if isinstance(value, str) else value
    return next((word for word in words if word not in allowed), "")
