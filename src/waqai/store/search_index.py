"""The full-text index: FTS5 without a copy of the text on SQLite, tsvector on PostgreSQL, over the same words.

Each revision is filed once, under its own number: keys of the title, keys of the body, and the words as written for
exact phrases. Both databases are handed words of letters and digits only, so that neither has anything to cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, text

from waqai.store.keys import form, words

_MOST_POSITION, _MOST_PLACES = 16383, 255  # what a tsvector can count
KeysOf = Callable[[str], tuple[str, ...]]


def create(connection: Connection) -> None:
    """Makes the index in an empty database."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE search_index USING fts5(title, body, written, content='', "
            "tokenize='unicode61 remove_diacritics 0')"
        )
        return
    connection.exec_driver_sql(
        "CREATE TABLE search_index (revision BIGINT PRIMARY KEY REFERENCES revisions(id) ON DELETE CASCADE, "
        "keys tsvector NOT NULL, written tsvector NOT NULL)"
    )
    connection.exec_driver_sql("CREATE INDEX search_index_keys ON search_index USING gin (keys)")
    connection.exec_driver_sql("CREATE INDEX search_index_written ON search_index USING gin (written)")


def clear(connection: Connection) -> None:
    """Takes everything out of the index."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('delete-all')")
    else:
        connection.exec_driver_sql("DELETE FROM search_index")


def put(connection: Connection, revision: int, title: str, article: str, keys_of: KeysOf) -> None:
    """Files a revision; `article` is its whole text, which begins with `title`."""
    head = _keys(title, keys_of)
    body = _keys(article[len(title) if article.startswith(title) else 0 :], keys_of)
    written = [form(word) for _, _, word in words(article)]
    if connection.dialect.name == "sqlite":
        connection.execute(
            text("INSERT INTO search_index(rowid, title, body, written) VALUES (:revision, :title, :body, :written)"),
            {"revision": revision, "title": " ".join(head), "body": " ".join(body), "written": " ".join(written)},
        )
        return
    connection.execute(
        text(
            "INSERT INTO search_index(revision, keys, written) "
            "VALUES (:revision, CAST(:head AS tsvector) || CAST(:body AS tsvector), CAST(:written AS tsvector))"
        ),
        {"revision": revision, "head": _vector(head, "A"), "body": _vector(body, "D"), "written": _vector(written)},
    )


def _keys(passage: str, keys_of: KeysOf) -> list[str]:
    return [key for _, _, word in words(passage) for key in keys_of(word)]


def _vector(tokens: Iterable[str], weight: str = "") -> str:
    """The tokens and their places as PostgreSQL writes a tsvector; they hold letters and digits only."""
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens, start=1):
        places.setdefault(token, []).append(min(place, _MOST_POSITION))
    return " ".join(
        f"{token}:" + ",".join(f"{place}{weight}" for place in at[:_MOST_PLACES]) for token, at in places.items()
    )
