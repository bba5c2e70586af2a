"""Searches articles: words in any form, exact phrases in «», -exclusions; the best first, with a passage of each."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)

from waqai.errors import StoreError
from waqai.store import snippets
from waqai.store.filters import Filters, has_event, of_article
from waqai.store.keys import form, words
from waqai.store.search_index import KeysOf
from waqai.store.store import Store
from waqai.store.tables import articles, revisions

_PART = re.compile(r"""(-?)(?:«([^»]*)»|"([^"]*)"|(\S+))""")
_RANK = "bm25(search_index, 8.0, 1.0, 0.0)"  # title, body, exact words
_SHOWN = ("id", "record", "title", "source", "published", "url", "text")
# Written out: making it anew of parts for each search takes as long as running it.
_BEST = text(f"""
SELECT best.number FROM (
  SELECT rowid AS number, {_RANK} AS rank FROM search_index WHERE search_index MATCH :asked
  ORDER BY rank, rowid DESC LIMIT :most
) best JOIN articles ON articles.current = best.number ORDER BY best.rank, best.number DESC LIMIT :limit
""")
_TEXTS = select(*(revisions.c[name] for name in _SHOWN)).where(revisions.c.id.in_(bindparam("found", expanding=True)))
_INDEX = table("search_index", column("rowid"), column("revision"), column("keys"), column("written"))


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: for each word its keys, any of which will do; phrases as folded words; the same to exclude."""

    wanted: tuple[tuple[str, ...], ...]
    phrases: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...]
    unwanted_phrases: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found: its revision, what it is, and a passage of it.

    `snippet` is `text[span]`; `marks` are the spans of what was searched for inside it, in code points of the text.
    """

    revision: int
    id: str
    title: str
    source: str
    published: str
    url: str
    snippet: str
    span: tuple[int, int]
    marks: tuple[tuple[int, int], ...]


def parse(asked: str, keys_of: KeysOf, empty: Container[str] = ()) -> Query:
    """The query in `asked`; words whose form is in `empty` count only where no others are asked for.

    Raises StoreError where nothing is asked for, or only what should not be there.
    """
    meant = [bare for minus, _, _, bare in _PART.findall(asked) if bare and not minus and form(bare) not in empty]
    empty = empty if meant else ()
    wanted: list[tuple[str, ...]] = []
    phrases: list[tuple[str, ...]] = []
    unwanted: list[tuple[str, ...]] = []
    unwanted_phrases: list[tuple[str, ...]] = []
    for minus, guillemets, quotes, bare in _PART.findall(asked):
        if bare:
            kept = (word for _, _, word in words(bare) if minus or form(word) not in empty)
            (unwanted if minus else wanted).extend(keys for word in kept if (keys := keys_of(word)))
        elif phrase := tuple(folded for _, _, word in words(guillemets or quotes) if (folded := form(word))):
            (unwanted_phrases if minus else phrases).append(phrase)
    if not wanted and not phrases:
        raise StoreError("nothing to search for: name a word, or a phrase in «», that the articles should have")
    return Query(tuple(dict.fromkeys(wanted)), tuple(phrases), tuple(unwanted), tuple(unwanted_phrases))


def search(store: Store, asked: str, filters: Filters | None = None, limit: int = 20) -> list[Hit]:
    """The best articles for `asked`, at most `limit`.

    Raises StoreError where nothing is asked for, or the index is one that another version made.
    """
    _refuse_other_index(store)
    query = parse(asked, store.keys.of, store.keys.empty)
    with store.reading() as connection:
        conditions = _conditions(filters) if filters else []
        found = _numbers(connection, query, conditions, limit)
    return hits(store, asked, found)


def hits(store: Store, asked: str, found: Sequence[int]) -> list[Hit]:
    """The revisions `found`, as `matching` gives them for `asked`, each with a passage; those gone are left out."""
    query = parse(asked, store.keys.of, store.keys.empty)
    with store.reading() as connection:
        rows = {row[0]: row for row in connection.execute(_TEXTS, {"found": list(found)}).all()}
    marker = snippets.Marker(query.wanted, query.phrases, store.keys)
    return [_hit(rows[number], marker) for number in found if number in rows]


def matching(store: Store, asked: str, limit: int = 100_000) -> list[int]:
    """The numbers of the revisions in use that `asked` finds, the best first. Raises StoreError as `search` does."""
    _refuse_other_index(store)
    query = parse(asked, store.keys.of, store.keys.empty)
    with store.reading() as connection:
        return _numbers(connection, query, [], limit)


def _refuse_other_index(store: Store) -> None:
    if not store.index_is_current():
        raise StoreError(f"{store.where}: its search index was made by another version; run: waqai recode --index")


def _numbers(connection: Connection, query: Query, conditions: list[ColumnElement[bool]], limit: int) -> list[int]:
    """The best revisions in use, at most `limit`."""
    if connection.dialect.name != "sqlite":
        return [row[0] for row in connection.execute(_postgres(query).where(*conditions).limit(limit))]
    asked = {"asked": _match(query), "limit": limit}
    if conditions:
        return list(connection.execute(_sqlite(conditions), asked).scalars())
    # Joining is dear: first only a few of the best, which do unless most are of revisions out of use.
    found: list[int] = []
    for most in (2 * limit + 20, -1):
        found = [row[0] for row in connection.execute(_BEST, asked | {"most": most}).all()]
        if len(found) >= limit:
            break
    return found


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    return of_article(filters, dated=True) + ([has_event(filters)] if filters.of_events else [])


def _hit(row: Row[Any], marker: snippets.Marker) -> Hit:
    passage = marker.passage(row.text)
    shown = row.text[slice(*passage.span)]
    said = (row.id, row.record, row.title, row.source, row.published, row.url)
    return Hit(*said, snippet=shown, span=passage.span, marks=passage.marks)


def _match(query: Query) -> str:
    """The query in the language of FTS5."""
    parts = [f"{{title body}} : ({_any(keys)})" for keys in query.wanted]
    parts += [f'written : "{" ".join(phrase)}"' for phrase in query.phrases]
    asked = " AND ".join(f"({part})" for part in parts)
    without = [f"({{title body}} : ({_any(keys)}))" for keys in query.unwanted]
    without += [f'(written : "{" ".join(phrase)}")' for phrase in query.unwanted_phrases]
    return f"({asked}) NOT ({' OR '.join(without)})" if without else asked


def _sqlite(conditions: list[ColumnElement[bool]]) -> Select[Any]:
    rank: ColumnElement[float] = literal_column(_RANK)
    asked = text("search_index MATCH :asked")
    ranked = select(_INDEX.c.rowid, rank.label("rank")).where(asked).subquery()
    return (
        select(ranked.c.rowid)
        .join(articles, articles.c.current == ranked.c.rowid)
        .join(revisions, revisions.c.id == ranked.c.rowid)
        .where(*conditions)
        .order_by(ranked.c.rank, ranked.c.rowid.desc())
        .limit(bindparam("limit"))
    )


def _any(keys: Iterable[str]) -> str:
    return " OR ".join(f'"{key}"' for key in keys)


def _postgres(query: Query) -> Select[Any]:
    keys = [f"({' | '.join(keys)})" for keys in query.wanted] + [f"!({' | '.join(keys)})" for keys in query.unwanted]
    written = [f"({' <-> '.join(phrase)})" for phrase in query.phrases]
    written += [f"!({' <-> '.join(phrase)})" for phrase in query.unwanted_phrases]
    chosen = (
        select(_INDEX.c.revision)
        .select_from(_INDEX)
        .join(articles, articles.c.current == _INDEX.c.revision)
        .join(revisions, revisions.c.id == _INDEX.c.revision)
    )
    for name, parts in (("keys", keys), ("written", written)):
        if parts:
            asked = text(f"search_index.{name} @@ CAST(:{name}_asked AS tsquery)")
            chosen = chosen.where(asked.bindparams(**{f"{name}_asked": " & ".join(parts)}))
    name, parts = ("keys", keys) if query.wanted else ("written", written)
    rank = func.ts_rank(literal_column(f"search_index.{name}"), func.to_tsquery("simple", " & ".join(parts)), 1)
    return chosen.order_by(rank.desc(), _INDEX.c.revision.desc())
