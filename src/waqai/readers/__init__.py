"""Which reader for which input: files, standard input or bytes in; Articles out, and an error for each that is none.

What an input is, is told from its content; its name only breaks ties. An input that cannot be read is yielded as an
InputError among the Articles, so that what stands beside it is not lost.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING

from waqai.errors import InputError, NotFound, TooLarge, Unreadable
from waqai.model import Article
from waqai.readers.assembly import assemble
from waqai.readers.cleaning import clean
from waqai.readers.dates import DateReader
from waqai.readers.dump import DumpReader
from waqai.readers.encoding import decode
from waqai.readers.labels import Labels
from waqai.readers.table import MAX_ROW, TableReader
from waqai.resources import Library

if TYPE_CHECKING:
    from waqai.readers.page import PageReader

__all__ = ["Reader"]

MAX_BYTES = 10_000_000  # of a page or file: the longest news page seen has 3 MB; 25 MB cost trafilatura 71 s and 700 MB
MAX_LINE_BYTES = 2 * MAX_ROW  # an Arabic letter takes two bytes in UTF-8

_STDIN = "standard input"
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|article|section|main|h[1-6]|span|table|script|link|br|a)\b[^<]*>",
    re.IGNORECASE,
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.IGNORECASE)
_LOOK = 4096  # characters in which a page shows that it is one


class Reader:
    """Reads articles with the tables of `library`."""

    def __init__(self, library: Library) -> None:
        self._library = library

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
        return TableReader(self._library, self._labels, self._dates, self._dump)

    @cached_property
    def _page(self) -> PageReader:
        from waqai.readers.page import PageReader  # lxml and trafilatura take 0.2 s to import

        return PageReader(self._labels, self._dates, self._dump)

    def read(self, source: str) -> Iterator[Article | InputError]:
        """Articles of the file at `source`, or of standard input for "-".

        Yields an InputError for what cannot be read: no such file, a directory, a file too large, bytes that are no
        text, a broken JSON line, a text in another language.
        """
        try:
            if source == "-":
                yield from self._stream(sys.stdin.buffer, _STDIN)
                return
            path = Path(source)
            if path.is_dir():
                raise NotFound("a directory, not a file", source, "name the files in it")
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
            if len(body) > MAX_BYTES:
                raise _too_large(where)
            yield from self._text(decode(body, where), url, where)
        except InputError as error:
            yield error

    def _stream(self, stream: IO[bytes], where: str) -> Iterator[Article | InputError]:
        if _size(stream) > MAX_BYTES:  # told by the file system: nothing is read of what will be refused
            head = stream.read(64)
            head += stream.readline(MAX_LINE_BYTES) if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else b""
        else:
            head = stream.read(MAX_BYTES + 1)
            if len(head) <= MAX_BYTES:
                yield from self.read_bytes(head, name=where)
                return
        if not _is_row(head.split(b"\n", 1)[0]):
            raise _too_large(where)
        yield from self._table.lines(_lines(head, stream, where), where)

    def _text(self, text: str, url: str, where: str) -> Iterator[Article | InputError]:
        start = clean(text[:_LOOK]).lstrip()
        if not start.strip() and not text.strip():
            raise Unreadable("the file is empty", where, "give a page, a text or JSON")
        if start[:1] in ("{", "[") and (start[:1] == "{" or start[1:].lstrip()[:1] in ("{", "]", "")):
            yield from self._table.read(text.replace("\r\n", "\n").lstrip("\ufeff\x00"), where)
        elif _FEED.search(start) and not re.search("<html", start, re.IGNORECASE):
            raise Unreadable("a feed or sitemap, not an article", where, "give the pages it links to")
        elif start.startswith("<") or _HTML.search(start) or _named_page(where, text):
            yield self._page.read(text, url, where)
        else:
            yield assemble(self._dump.read(text), where)


def _named_page(where: str, text: str) -> bool:
    return where.lower().endswith((".html", ".htm", ".xhtml")) and "<" in text


def _too_large(where: str) -> TooLarge:
    return TooLarge(
        f"larger than {MAX_BYTES // 1_000_000} MB", where, "split it into articles, or write one JSON object a line"
    )


def _size(stream: IO[bytes]) -> int:
    """Bytes of the file behind a stream; 0 for a pipe, or where nobody knows."""
    try:
        return os.fstat(stream.fileno()).st_size
    except (OSError, ValueError):
        return 0


def _is_row(line: bytes) -> bool:
    """Whether the first line of a large file is a JSON object of its own, so that the file can be read by lines."""
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def _lines(head: bytes, stream: IO[bytes], where: str) -> Iterator[str | InputError]:
    """Lines of a stream of which `head` has been read; what a line has beyond the bound is passed by."""
    whole = head.split(b"\n")
    rest = whole.pop()
    for number, line in enumerate(itertools.chain(whole, _joined(rest, stream)), start=1):
        try:
            yield decode(line, f"{where}:{number}") if line.strip() else ""
        except InputError as error:
            yield error


def _joined(rest: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    line = rest if rest.endswith(b"\n") else rest + stream.readline(MAX_LINE_BYTES)
    while line:
        yield line
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES)
        line = stream.readline(MAX_LINE_BYTES)
