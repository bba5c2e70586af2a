"""What the desk says, in Arabic and English side by side: the rows of data/desk."""

from __future__ import annotations

from collections.abc import Callable

from waqai.errors import TableError
from waqai.resources import Library

LANGUAGES = {"ar": "rtl", "en": "ltr"}  # and the direction each is written in
Say = Callable[..., str]


class Texts:
    """The strings of the interface by id; a row needs both languages. Raises TableError for one that has not."""

    def __init__(self, library: Library) -> None:
        self._rows: dict[str, dict[str, str]] = {}
        for row in library.rows("desk", "text"):
            if missing := [language for language in LANGUAGES if not isinstance(row.get(language), str)]:
                raise TableError(f"data/desk: the text {row['id']!r} has no {' and no '.join(missing)}")
            self._rows[row["id"]] = {language: row[language] for language in LANGUAGES}

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def beginning(self, part: str) -> list[str]:
        """The names of the texts that begin with `part`."""
        return [name for name in self._rows if name.startswith(part)]

    def say(self, language: str) -> Say:
        """A function that gives the text `name` in `language`, its {places} filled.

        It raises TableError for a name that no row has.
        """
        rows = self._rows

        def said(name: str, /, **fills: object) -> str:
            row = rows.get(name)
            if row is None:
                raise TableError(f"data/desk: no text {name!r} (add a row with ar and en)")
            return row[language].format_map(fills) if fills else row[language]

        return said
