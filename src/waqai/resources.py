"""Opens the tables and models of `data/`, and of a user's own lexicon folder laid over it.

A table is a TOML file whose rows are an array of tables; every row carries an `id` that is unique in its folder.
A row in the user's folder with the id of a shipped row takes its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomli  # tomllib, compiled: the tables load in a third of the time

from waqai.errors import TableError
from waqai.rows import check

DATA = Path(__file__).parent / "data"
# The folders whose digest a record carries as its lexicon.
LEXICON = ("frames", "actors", "status", "speech", "times", "clauses", "contexts", "words", "places")
Row = Mapping[str, Any]


class Library:
    """Tables and models, shipped ones first, then those of `lexicon`, a folder laid out like `data/`."""

    def __init__(self, lexicon: Path | None = None) -> None:
        if lexicon is not None:
            _refuse_other_folders(lexicon)
        self._roots = [DATA] if lexicon is None else [DATA, lexicon]
        self._tables: dict[Path, list[tuple[Path, dict[str, Any]]]] = {}

    def rows(self, folder: str, key: str) -> list[Row]:
        """All rows named `key` in the tables of `folder`, in file order, the user's replacing shipped ones by id.

        Raises TableError naming file and row where a table is no TOML, a row has no id or one seen before, or is not of
        the form of its kind (waqai.rows).
        """
        found: dict[str, Row] = {}
        for root in self._roots:
            here: set[str] = set()
            for path, row in self._rows_in(root / folder, key):
                row_id = row.get("id")
                if not isinstance(row_id, str) or not row_id:
                    raise TableError(f"{path}: a [[{key}]] row has no id: {dict(row)!r:.120}")
                if row_id in here:
                    raise TableError(f"{path}: the id {row_id!r} stands twice in {folder}/; rename one")
                check(row, folder, key, path)
                here.add(row_id)
                found[row_id] = row
        return list(found.values())

    def _rows_in(self, folder: Path, key: str) -> Iterator[tuple[Path, Row]]:
        """The rows named `key` in one folder, whose files are parsed once however many kinds of rows are asked for."""
        if folder not in self._tables:
            self._tables[folder] = list(_read(folder))
        for path, table in self._tables[folder]:
            rows = table.get(key, [])
            if not isinstance(rows, list):
                raise TableError(f"{path}: {key} should be rows, written [[{key}]]")
            for row in rows:
                yield path, row

    def model(self, name: str) -> Path:
        """The path of a shipped model. Raises TableError where it is missing."""
        path = DATA / "models" / name
        if not path.is_file():
            raise TableError(f"{path}: this model is missing; reinstall the package or run its script in train/")
        return path

    def digest(self, *folders: str) -> str:
        """First 12 hex digits of SHA-256 over names and bytes of all files in `folders`."""
        seen = hashlib.sha256()
        for root in self._roots:
            for folder in folders:
                for path in sorted((root / folder).rglob("*")):
                    if path.is_file() and "__pycache__" not in path.parts:
                        seen.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
        return seen.hexdigest()[:12]


def _refuse_other_folders(lexicon: Path) -> None:
    """Raises TableError where `lexicon` is no folder, or none of its tables would ever be opened."""
    if not lexicon.is_dir():
        raise TableError(f"{lexicon}: no such lexicon folder (lay it out like src/waqai/data)")
    rooms = sorted(folder.name for folder in DATA.iterdir() if any(folder.glob("*.toml")))
    if not any(any((lexicon / room).glob("*.toml")) for room in rooms):
        raise TableError(f"{lexicon}: no tables in it (put them in folders named {', '.join(rooms)})")


def _read(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.glob("*.toml")):
        try:
            yield path, tomli.loads(path.read_text(encoding="utf-8"))
        except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TableError(f"{path}: not a TOML table: {error}") from error
