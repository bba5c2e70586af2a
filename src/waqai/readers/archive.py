"""WARC archives: the pages in their response records; other records are passed by.

Imports fastwarc: only `readers.Reader` imports this file, when it meets an archive.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import IO, Any, cast

from fastwarc.stream_io import BrotliReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from waqai.errors import InputError, NoArticle, Unreadable
from waqai.model import Article
from waqai.readers.inflate import MAX_BYTES, PIECE, Unpacked, too_large, unpacked

MAGIC = b"WARC/"

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = (*_PAGES, "text/plain")
_LOOK = 1024  # bytes in which a page without a media type shows that it is one

Read = Callable[[bytes, str, str], Iterator[Article | InputError]]


def read(stream: IO[bytes], where: str, read_page: Read) -> Iterator[Article | InputError]:
    """Articles of the pages in an archive, in order; an error for each page that is none.

    `read_page` is given the bytes of a page, its address and what errors call it. A last record that is cut short is
    told and what stands before it is kept; a record over MAX_BYTES is told and passed by.
    """
    pages = 0
    cut: InputError | None = None
    for number, record in enumerate(_records(stream, where), start=1):
        for found in (record,) if isinstance(record, InputError) else _pages(record, f"{where}:{number}", read_page):
            pages += 1
            if isinstance(found, _Cut):
                cut = cut or found  # one cut shows in several ways, and is told once
            else:
                yield found
    if _faulty(stream):
        return  # whoever unpacks the stream says so
    if cut:
        yield cut
    elif not pages:
        yield NoArticle("an archive with no page in it", where, "give an archive with response records")


class _Cut(Unreadable):
    """The archive ends, or makes no sense, from here on."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(what, where, "what stands before it was read")


class _Forwards:
    """A stream as fastwarc can use it: it would seek wherever it finds a method of that name, and fall over it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes."""
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        """How many bytes have been read."""
        return self._at


def _records(stream: IO[bytes], where: str) -> Iterator[WarcRecord | InputError]:
    """Records until the end, or until one is broken, which is the last that is yielded."""
    records: Any = None
    while True:
        try:
            records = records or ArchiveIterator(
                cast(Any, _Forwards(stream)),
                parse_http=False,
                auto_decode="none",
                func_filter=_kept,
                stream_detect=False,
            )
            record = next(records, None)
        except BaseException as error:
            if not _from_fastwarc(error):
                raise
            yield _Cut(f"a broken WARC record: {error}", where)
            return
        if record is None:
            return
        yield record


def _from_fastwarc(error: BaseException) -> bool:
    """Whether fastwarc met a broken archive; where its own code fails, it raises what is no Exception and has no name
    to import.
    """
    return isinstance(error, OSError) or type(error).__name__ == "PanicException"


def _faulty(stream: IO[bytes]) -> bool:
    raw = getattr(stream, "raw", None)
    return isinstance(raw, Unpacked) and raw.fault is not None


def _kept(record: Any) -> bool:
    kinds = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)
    return _broken(record) or any(int(record.record_type) == int(kind) for kind in kinds)


def _broken(record: Any) -> bool:
    return record.headers.get("Content-Length") is None


def _pages(record: WarcRecord, where: str, read_page: Read) -> Iterator[Article | InputError]:
    kind = int(record.record_type)
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    where = f"{where} {url}".rstrip()
    try:
        if _broken(record):
            raise _Cut("a WARC record cut short or broken", where)
        if record.content_length > MAX_BYTES:
            raise too_large(where)
        if kind == int(WarcRecordType.response):
            if not record.is_http:
                return
            record.parse_http(auto_decode="none")
            if record.http_headers is None or record.http_headers.status_code != 200:
                return
            media = (record.http_content_type or "").lower()
        else:
            media = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        if media and media not in _TEXTS:
            return
        body = _payload(record, where)
        if media in _TEXTS or b"<html" in body[:_LOOK].lower():
            yield from read_page(body, url, where)
    except InputError as error:
        yield error
    except BaseException as error:
        if not _from_fastwarc(error):
            raise
        yield _Cut(f"a broken WARC record: {error}", where)


def _payload(record: WarcRecord, where: str) -> bytes:
    """The unpacked body. Raises Unreadable where the record is cut short, TooLarge over MAX_BYTES."""
    size = record.content_length
    body = record.reader.read(size) if size else b""
    if len(body) < size:
        raise _Cut("a WARC record cut short", where)
    if not record.is_http_parsed:
        return body
    headers = record.http_headers
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = _joined_chunks(body)
    coding = (headers.get("Content-Encoding") or "").strip().lower()
    if coding == "br":
        return _brotli(body, where)
    if coding in ("gzip", "x-gzip", "deflate") and not body.startswith((b"\x1f\x8b", b"\x78")):
        coding = ""  # some crawlers store the body unpacked and keep the header
    return b"".join(unpacked((body,), coding, where))


def _joined_chunks(body: bytes) -> bytes:
    """The body of chunks; where it is none, the bytes as they are: some crawlers join them and keep the header."""
    joined: list[bytes] = []
    at = 0
    while at < len(body):
        line, end, _ = body[at : at + 64].partition(b"\r\n")
        try:
            size = int(line.partition(b";")[0].strip(), 16)
        except ValueError:
            return body if not joined else b"".join(joined)
        at += len(line) + len(end)
        if size <= 0 or not end:
            break
        joined.append(body[at : at + size])
        at += size + 2
    return b"".join(joined)


def _brotli(body: bytes, where: str) -> bytes:
    reader = BrotliReader(io.BytesIO(body))
    pieces, size = [], 0
    try:
        while piece := reader.read(PIECE):
            size += len(piece)
            if size > MAX_BYTES:
                raise too_large(where)
            pieces.append(piece)
    except (OSError, ValueError) as error:
        raise Unreadable(f"broken brotli data: {error}", where, "fetch the page again") from error
    return b"".join(pieces)
