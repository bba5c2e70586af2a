"""Events as the tables of other coders have them: a row for each source and target, never a list in a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

NOBODY: Mapping[str, Any] = {"name": "", "code": "", "title": "", "role": ""}


def pairs(event: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each source with each target; a side that is not known is NOBODY."""
    yield from product(event["sources"] or [NOBODY], event["targets"] or [NOBODY])


def country(actor: Mapping[str, Any]) -> str:
    """ISO-3166 alpha-3, "" for those of no state."""
    return str(actor["code"][:3].strip("-"))


def sector(actor: Mapping[str, Any]) -> str:
    """The PLOVER sector, "" where unknown."""
    return str(actor["code"][4:])


def row(cells: Iterator[Any] | list[Any]) -> str:
    """A line of tab-separated cells, white space inside them as one space."""
    return "\t".join(" ".join(str("" if cell is None else cell).split()) for cell in cells) + "\n"
