"""Unpacks gzip and deflate piece by piece, and stops where the data is a bomb.

What comes out of a piece is bounded before it is made, so that a few bytes never become a large string in memory.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Any

from waqai.errors import InputError, TooLarge, Unreadable

MAX_BYTES = 10_000_000  # of a page or file: the longest news page seen has 3 MB; 25 MB cost trafilatura 71 s and 700 MB
MAX_RATIO = 100  # bytes out for each byte in: pages have 4 to 15, archives of pages below 30, zeros 1,000
FREE = 100_000  # bytes that may come out at any ratio: so little harms nobody
PIECE = 65_536
GZIP = b"\x1f\x8b"

_EITHER = 47  # zlib's number for "gzip or zlib, by its own header"
_RAW = -15  # deflate without a header, which some servers send


class Inflater:
    """One packed stream: gzip, of one member or many, or deflate."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._unpack = zlib.decompressobj(_EITHER)
        self._received = self._given = 0

    @property
    def ended(self) -> bool:
        """Whether the data so far ends where a member ends."""
        return self._unpack.eof or not self._received

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What `data` adds, in pieces of at most PIECE bytes.

        Raises TooLarge where more than MAX_RATIO bytes come out for one, Unreadable where the data is broken.
        """
        while data:
            if self._unpack.eof:
                data = data.lstrip(b"\0")  # tapes and some writers pad with zeros
                if not data:
                    return
                self._unpack = zlib.decompressobj(_EITHER)
            before = len(data)
            piece, data = self._piece(data)
            self._received += before - len(data)
            self._given += len(piece)
            if self._given > FREE and self._given > MAX_RATIO * self._received:
                raise TooLarge(f"packed more than {MAX_RATIO} to 1", self._where, "unpack it yourself if you trust it")
            yield piece

    def _piece(self, data: bytes) -> tuple[bytes, bytes]:
        """At most PIECE bytes out of `data`, and what is left of it."""
        try:
            piece = self._unpack.decompress(data, PIECE)
        except zlib.error as error:
            if self._received:
                raise Unreadable(f"broken gzip data: {error}", self._where, "fetch or copy the file again") from error
            self._unpack = zlib.decompressobj(_RAW)
            try:
                piece = self._unpack.decompress(data, PIECE)
            except zlib.error:
                raise Unreadable(f"broken gzip data: {error}", self._where, "fetch or copy the file again") from error
        return piece, self._unpack.unused_data if self._unpack.eof else self._unpack.unconsumed_tail


def unpacked(pieces: Iterable[bytes], coding: str, where: str, limit: int = MAX_BYTES) -> Iterator[bytes]:
    """The pieces of a body as its `coding` (gzip, deflate, identity or "") unpacks them.

    Raises TooLarge beyond `limit` bytes, counted while reading, or at a bomb; Unreadable at broken or cut data and at
    any other coding.
    """
    inflater = _inflater(coding, where)
    size = 0
    for packed in pieces:
        for piece in inflater.pieces(packed) if inflater else (packed,):
            size += len(piece)
            if size > limit:
                raise too_large(where, limit)
            yield piece
    if inflater and not inflater.ended:
        raise Unreadable("the packed data ends too soon", where, "fetch or copy it again")


def too_large(where: str, limit: int = MAX_BYTES) -> TooLarge:
    """The error for a page or file over the bound."""
    return TooLarge(
        f"larger than {limit // 1_000_000} MB", where, "split it into articles, or write one JSON object a line"
    )


def _inflater(coding: str, where: str) -> Inflater | None:
    coding = coding.strip().lower()
    if coding in ("", "identity", "none"):
        return None
    if coding in ("gzip", "x-gzip", "deflate"):
        return Inflater(where)
    raise Unreadable(f"packed as {coding[:40]!r}", where, "gzip and deflate are read")


class Unpacked(io.RawIOBase):
    """A gzip stream as the bytes in it. It never raises: at a fault it ends, and `fault` says why."""

    def __init__(self, stream: IO[bytes], where: str) -> None:
        super().__init__()
        self._stream, self._where = stream, where
        self._inflater = Inflater(where)
        self._pieces: Iterator[bytes] = iter(())
        self._rest = memoryview(b"")
        self._over = False
        self.fault: InputError | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills `buffer` as far as the next piece reaches; 0 at the end."""
        while not self._rest and not self._over:
            self._next()
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def _next(self) -> None:
        try:
            piece = next(self._pieces, None)
            if piece is not None:
                self._rest = memoryview(piece)
            elif data := self._stream.read(PIECE):
                self._pieces = self._inflater.pieces(data)
            else:
                self._over = True
                if not self._inflater.ended:
                    self.fault = Unreadable("the file is cut short", self._where, "copy it again; the rest was read")
        except InputError as error:
            self._over, self.fault = True, error
