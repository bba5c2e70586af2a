"""Joins reading and keeping: what a store holds read anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waqai.exports.jsonl import as_dict
from waqai.model import Article
from waqai.pipeline import Waqai
from waqai.store import Store

__all__ = ["recode"]


def recode(waqai: Waqai, store: Store, *, every: bool = False) -> Iterator[bool]:
    """Reads the pages in use anew where another version or other tables made what is known of them, or `every` one.

    For each page whether it was read anew. What humans have said stays. An article is one transaction.
    """
    now: dict[str, Any] | None = None
    for number, row in store.current():
        if not every and now is not None and row["made_by"] == now:
            yield False
            continue
        record = as_dict(waqai.code(_article(row, store.record(number)["problems"])))
        now = record["made_by"]
        if fresh := every or row["made_by"] != now:
            store.replace(number, record)
        yield fresh


def _article(row: Any, problems: list[str]) -> Article:
    """The article that a revision keeps, with those of its problems that coding cannot find again."""
    kept = (
        "url", "source", "language", "published", "published_from", "caption", "credit", "standfirst",
    )  # fmt: skip
    return Article(
        row["record"],
        row["text"],
        row["title"],
        **{name: row[name] for name in kept},
        authors=tuple(row["authors"]),
        outlet_summary=tuple(row["outlet_summary"]),
        problems=tuple(problems),
    )
