"""Which reader for which input: files, folders, addresses, standard input or bytes in; Articles out, and an error for
each that is none.

What an input is, is told from its content; its name only breaks ties. An input that cannot be read is yielded as an
InputError among the Articles, so that what stands beside it is not lost.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from waqai.errors import InputError, NotFound, Unreadable
from waqai.model import Article
from waqai.readers import inflate, lines
from waqai.readers.assembly import assemble
from waqai.readers.cleaning import clean
from waqai.readers.dates import DateReader
from waqai.readers.dump import DumpReader
from waqai.readers.encoding import decode
from waqai.readers.inflate import GZIP, MAX_BYTES, too_large
from waqai.readers.labels import Labels
from waqai.readers.overrun import limited
from waqai.readers.table import TableReader
from waqai.resources import Library

if TYPE_CHECKING:
    from waqai.readers.feed import FeedReader, Visits
    from waqai.readers.fetch import Fetcher
    from waqai.readers.page import PageReader
    from waqai.readers.sheet import SheetReader

__all__ = ["Reader"]

_STDIN = "standard input"
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|article|section|main|h[1-6]|span|table|script|link|br|a)\b[^<]*>",
    re.IGNORECASE,
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.IGNORECASE)
# The same as root: a feed's articles may hold pages of their own.
_ROOT = re.compile(
    r"(?:\s|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*+<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)
_LOOK = 4096  # characters in which a page shows that it is one
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")  # of any scheme: what is none of the web's is refused by name
_WARC, _PARQUET = b"WARC/", b"PAR1"
_PACKED = (GZIP, _WARC, _PARQUET)
_MAGIC = 5  # bytes by which archives and Parquet files are known
# What a folder is searched for; pictures, scripts and styles that browsers save beside pages are passed by.
SUFFIXES = frozenset((
    "", ".html", ".htm", ".xhtml", ".txt", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".xml", ".rss",
    ".atom", ".rdf", ".warc", ".gz",
))  # fmt: skip


class Reader:
    """Reads articles with the tables of `library`.

    `recursive` reads the files in folders and the folders below them; `columns` says which column of a table holds a
    part (see `sheet.column_map`); `fetcher` visits addresses, by default one that visits public ones only, or with
    `allow_private` one's own network too.
    """

    def __init__(
        self,
        library: Library,
        *,
        recursive: bool = False,
        columns: Mapping[str, str] | None = None,
        allow_private: bool = False,
        fetcher: Fetcher | None = None,
    ) -> None:
        self._library = library
        self._recursive = recursive
        self._mapped = columns
        self._allow_private = allow_private
        self._given_fetcher = fetcher

    @cached_property
    def _dates(self) -> DateReader:
        return DateReader(self._library)

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self._library)

    @cached_property
    def _dump(self) -> DumpReader:
        return DumpReader(self._labels, self._dates)

    @cached_property
    def _table(self) -> TableReader:
        return TableReader(self._library, self._labels, self._dates, self._dump, self._mapped)

    @cached_property
    def _page(self) -> PageReader:
        from waqai.readers.page import PageReader  # lxml and trafilatura take 0.2 s to import

        return PageReader(self._labels, self._dates, self._dump)

    @cached_property
    def _sheet(self) -> SheetReader:
        from waqai.readers.sheet import SheetReader

        return SheetReader(self._table)

    @cached_property
    def _feed(self) -> FeedReader:
        from waqai.readers.feed import FeedReader

        return FeedReader(self._labels, self._table)

    @cached_property
    def _fetcher(self) -> Fetcher:
        from waqai.readers.fetch import Fetcher

        return self._given_fetcher or Fetcher(allow_private=self._allow_private)

    def read(self, source: str) -> Iterator[Article | InputError]:
        """Articles of the file or address `source`, or of standard input for "-".

        Yields an InputError for what cannot be read: no such file, a directory, a file too large, bytes that are no
        text, a broken JSON line, a text in another language, an address that may not be visited.
        """
        try:
            if source == "-":
                buffer = sys.stdin.buffer
                yield from self._stream(
                    buffer if isinstance(buffer, io.BufferedReader) else io.BufferedReader(cast(Any, buffer)), _STDIN
                )
            elif _ADDRESS.match(source):
                yield from self._visited(source, _Visits(self))
            elif (path := Path(source)).is_dir():
                yield from self._folder(path, source)
            else:
                with path.open("rb") as stream:
                    yield from self._stream(stream, source)
        except InputError as error:
            yield error
        except FileNotFoundError:
            yield NotFound("no such file", source, "check the path")
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            yield Unreadable(f"cannot be opened: {getattr(error, 'strerror', None) or error}", source, "check the file")

    def read_bytes(self, body: bytes, url: str = "", name: str = "") -> Iterator[Article | InputError]:
        """Articles of the bytes of one page or file. `url` is where they came from; `name` is what errors call them and
        the file name that breaks ties between kinds. Yields InputErrors as `read` does.
        """
        where = name or url or "input"
        try:
            yield from self._body(body, url, where)
        except InputError as error:
            yield error

    def read_stream(
        self, stream: io.BufferedReader[Any], where: str, stretch: tuple[int, int] | None = None
    ) -> Iterator[Article | InputError]:
        """Articles of an open file, as `read` gives them; of a Parquet file only those of the row groups that begin in
        `stretch`, if one is given. Yields InputErrors as `read` does; OSError of the stream is raised.
        """
        try:
            if stretch is None:
                yield from self._stream(stream, where)
            else:
                yield from self._sheet.parquet(stream, where, stretch)
        except InputError as error:
            yield error

    def _body(self, body: bytes, url: str, where: str, visits: Visits | None = None) -> Iterator[Article | InputError]:
        if len(body) > MAX_BYTES:
            raise too_large(where)
        if body.startswith(_PACKED):
            yield from self._stream(io.BufferedReader(io.BytesIO(body)), where, url, visits)
        else:
            yield from self._text(decode(body, where), url, where, visits)

    def _visited(self, url: str, visits: Visits | None) -> Iterator[Article | InputError]:
        """What stands behind an address. Raises InputError where that cannot be fetched."""
        capture = self._fetcher.get(url)
        yield from self._body(capture.body, capture.url, url, visits)

    def _folder(self, folder: Path, source: str) -> Iterator[Article | InputError]:
        if not self._recursive:
            raise NotFound("a directory, not a file", source, "name the files in it, or give --recursive")
        found = False
        for path in _files(folder):
            found = True
            yield from self.read(str(path))
        if not found:
            raise NotFound(
                "a directory with nothing to read in it", source, "pages, feeds, tables or archives are read"
            )

    def _stream(
        self,
        stream: io.BufferedReader[Any],
        where: str,
        url: str = "",
        visits: Visits | None = None,
        *,
        packed: bool = False,
    ) -> Iterator[Article | InputError]:
        magic = stream.peek(_MAGIC)
        if magic.startswith(GZIP):
            if packed:
                raise Unreadable("gzip data inside gzip data", where, "unpack it once")
            raw = inflate.Unpacked(stream, where)
            yield from self._stream(io.BufferedReader(raw), where, url, visits, packed=True)
            if raw.fault is not None:
                yield raw.fault
        elif magic.startswith(_WARC):
            from waqai.readers import archive

            yield from archive.read(stream, where, self.read_bytes)
        elif magic.startswith(_PARQUET):
            yield from self._parquet(stream, where)
        else:
            yield from self._plain(stream, where, url, visits)

    def _parquet(self, stream: IO[bytes], where: str) -> Iterator[Article | InputError]:
        if not stream.seekable():  # a pipe, whose end cannot be read first
            body = stream.read(MAX_BYTES + 1)
            if len(body) > MAX_BYTES:
                raise too_large(where)
            stream = io.BytesIO(body)
        yield from self._sheet.parquet(stream, where)

    def _plain(self, stream: IO[bytes], where: str, url: str, visits: Visits | None) -> Iterator[Article | InputError]:
        large = lines.size(stream) > MAX_BYTES  # told by the file system
        head = lines.head(stream) if large else stream.read(MAX_BYTES + 1)
        if len(head) <= MAX_BYTES and not large:
            try:
                yield from self._text(decode(head, where), url, where, visits)
            except InputError as error:
                yield error
            return
        first = head.split(b"\n", 1)[0]
        if lines.is_row(first):
            yield from self._table.lines(lines.lines(head, stream, where), where)
        elif len(first) < lines.MAX_HEADER and self._is_csv(decode(first, where), where):
            yield from self._sheet.csv(lines.ended(lines.lines(head, stream, where)), where)
        else:
            raise too_large(where)

    def _text(self, text: str, url: str, where: str, visits: Visits | None = None) -> Iterator[Article | InputError]:
        start = clean(text[:_LOOK]).lstrip()
        if not start.strip() and not text.strip():
            raise Unreadable("the file is empty", where, "give a page, a text or JSON")
        if start[:1] in ("{", "[") and (start[:1] == "{" or start[1:].lstrip()[:1] in ("{", "]", "")):
            yield from self._json(text.replace("\r\n", "\n").lstrip("\ufeff\x00"), url, where, visits)
        elif _ROOT.match(start) or (_FEED.search(start) and not re.search("<html", start, re.IGNORECASE)):
            yield from self._feed.read(text, url, where, visits)
        elif start.startswith("<") or _HTML.search(start) or _named_page(where, text):
            with limited(where):
                article = self._page.read(text, url, where)
            yield article
        elif self._is_csv(text, where):
            yield from self._sheet.csv(io.StringIO(text, newline=""), where)
        else:
            yield assemble(self._dump.read(text), where)

    def _json(self, text: str, url: str, where: str, visits: Visits | None) -> Iterator[Article | InputError]:
        if "jsonfeed.org/version" in text:
            from waqai.readers.feed import json_feed

            if (feed := json_feed(text)) is not None:
                yield from self._feed.read_json(feed, url, where, visits)
                return
        yield from self._table.read(text, where)

    def _is_csv(self, text: str, where: str) -> bool:
        return where.lower().removesuffix(".gz").endswith((".csv", ".tsv")) or self._sheet.is_csv(text[:_LOOK])


class _Visits:
    """What a feed may ask of the network: pages and sitemaps, but no feed behind a feed."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def text(self, url: str) -> str:
        body = self._reader._fetcher.get(url).body
        if body.startswith(GZIP):
            body = b"".join(inflate.unpacked((body,), "gzip", url))
        return decode(body, url)

    def articles(self, url: str) -> Iterator[Article | InputError]:
        try:
            yield from self._reader._visited(url, None)
        except InputError as error:
            yield error


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder that may hold articles, in the order of their names; hidden ones are passed by, and
    links to folders are not followed.
    """
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES and path.is_file():
                yield path


def _named_page(where: str, text: str) -> bool:
    return where.lower().endswith((".html", ".htm", ".xhtml")) and "<" in text
