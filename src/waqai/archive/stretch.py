"""The lines of a large file that begin in a stretch of it, as a file of their own."""

from __future__ import annotations

import io
from typing import Any

_PIECE = 1 << 20
_LOOK = 64
_BLANK = b"\xef\xbb\xbf \t\r\n"


def stretch_of(stream: io.BufferedReader[Any], start: int, end: int) -> io.BufferedReader[Any] | None:
    """The lines of a JSON lines file that begin in its bytes [start, end).

    A file that is not of lines after all (packed, a list, in UTF-16) cannot be parted: the stretch at 0 is all of it,
    and others are None.
    """
    head = stream.read(_LOOK)
    stream.seek(0)
    if head.lstrip(_BLANK)[:1] != b"{" or b"\0" in head:
        return None if start else stream
    if start:
        stream.seek(start - 1)
        while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
            pass
    return io.BufferedReader(_Lines(stream, end), _PIECE)


class _Lines(io.RawIOBase):
    """Reads on to the end of the line that reaches over `end`."""

    def __init__(self, stream: io.BufferedReader[Any], end: int) -> None:
        self._stream = stream
        self._left = end - stream.tell()
        self._in_line = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._left > 0:
            piece = self._stream.read(min(self._left, len(buffer)))
        elif self._in_line:
            piece = self._stream.readline(len(buffer))
        else:
            return 0
        self._left -= len(piece)
        self._in_line = bool(piece) and not piece.endswith(b"\n")
        buffer[: len(piece)] = piece
        return len(piece)
