"""Joins the rooms: an input in, records out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from waqai.analysis.analyser import Analyser
from waqai.coding.coder import Coder
from waqai.errors import InputError
from waqai.model import Article, Record
from waqai.ontology import Ontology
from waqai.readers import Reader
from waqai.resources import Library

__all__ = ["Waqai", "read"]


class Waqai:
    """A reader of Arabic news with its tables and models loaded once.

    `lexicon` is a folder of the user's own rows. Raises TableError where it is none, or a row in it is wrong.
    `recursive`, `columns` and `allow_private` are the reader's: see `waqai.readers.Reader`.
    """

    def __init__(
        self,
        lexicon: Path | None = None,
        *,
        recursive: bool = False,
        columns: Mapping[str, str] | None = None,
        allow_private: bool = False,
    ) -> None:
        library = Library(lexicon)
        self.ontology = Ontology(library)
        self.reader = Reader(library, recursive=recursive, columns=columns, allow_private=allow_private)
        self._analyser = Analyser(library)
        self._coder = Coder(library)

    def read(self, source: str) -> Iterator[Record | InputError]:
        """A record for every article of `source`, and, in its place, an error for each that cannot be read.

        `source` is a path, an http or https address, or "-" for standard input.
        """
        for found in self.reader.read(source):
            yield found if isinstance(found, InputError) else self.code(found)

    def read_bytes(self, body: bytes, url: str = "", name: str = "") -> Iterator[Record | InputError]:
        """The same for the bytes of one page or file, which leads to no other; see `Reader.read_bytes`."""
        for found in self.reader.read_bytes(body, url, name):
            yield found if isinstance(found, InputError) else self.code(found)

    def code(self, article: Article) -> Record:
        """The record of one article."""
        return self._coder.code(self._analyser.analyse(article))


def read(source: str | Path, *, lexicon: Path | None = None) -> Iterator[Record]:
    """The records of `source`, a path, an address, or "-" for standard input.

    Raises InputError at the first article that cannot be read; use `Waqai.read` to go on past it.
    """
    for found in Waqai(lexicon).read(str(source)):
        if isinstance(found, InputError):
            raise found
        yield found
