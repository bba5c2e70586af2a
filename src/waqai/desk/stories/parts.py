"""A part of a long list on a page that has several: the newest of them first, older ones a page further."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Part(Generic[One]):
    """What is shown of `count` things; `later` and `earlier` are the query strings of what comes after and before."""

    shown: Sequence[One]
    count: int
    later: str | None
    earlier: str | None


def last_of(things: Sequence[One], name: str, query: Mapping[str, str], most: int) -> Part[One]:
    """The last `most` of `things`, or those before, as parameter `name` of an address says: 2 for those before."""
    page = min(_number(query.get(name, "")), max(1, -(-len(things) // most)))
    end = len(things) - (page - 1) * most
    begin = max(0, end - most)
    return Part(
        things[begin:end], len(things), _query(query, name, page - 1) if page > 1 else None,
        _query(query, name, page + 1) if begin else None,
    )  # fmt: skip


def first_of(things: Sequence[One], name: str, query: Mapping[str, str], most: int) -> Part[One]:
    """The first `most` of `things`, or those after: `earlier` leads back."""
    page = min(_number(query.get(name, "")), max(1, -(-len(things) // most)))
    begin = (page - 1) * most
    return Part(
        things[begin : begin + most], len(things),
        _query(query, name, page + 1) if begin + most < len(things) else None,
        _query(query, name, page - 1) if page > 1 else None,
    )  # fmt: skip


NAMES = ("page", "articles", "open")


def _query(query: Mapping[str, str], name: str, page: int) -> str:
    """The address's own query with another page of one list."""
    held = {known: _number(query.get(known, "")) for known in NAMES} | {name: page}
    return urlencode({known: number for known, number in held.items() if number > 1})


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and 0 < len(said) < 6 and int(said) else 1
