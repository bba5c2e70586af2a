"""Databases made for one test on a PostgreSQL server."""

from __future__ import annotations

from uuid import uuid4


class fresh_database:  # noqa: N801 (used as a function)
    """A database of its own on `server`, dropped afterwards."""

    def __init__(self, server: str) -> None:
        self._server, self._name = server, f"waqai_{uuid4().hex[:12]}"

    def _say(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement.encode())

    def __enter__(self) -> str:
        self._say(f"CREATE DATABASE {self._name}")
        return self._server.replace("/postgres?", f"/{self._name}?")

    def __exit__(self, *_: object) -> None:
        self._say(f"DROP DATABASE {self._name} WITH (FORCE)")
