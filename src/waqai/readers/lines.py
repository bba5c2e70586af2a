"""Large files that are read line by line: JSON lines and CSV, of which no more than a row is in memory."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterator
from typing import IO

from waqai.errors import InputError
from waqai.readers.encoding import decode
from waqai.readers.table import MAX_ROW

MAX_LINE_BYTES = 2 * MAX_ROW  # an Arabic letter takes two bytes in UTF-8
MAX_HEADER = 65_536  # bytes of a line that names columns


def size(stream: IO[bytes]) -> int:
    """Bytes of the file behind a stream; 0 for a pipe, or where nobody knows."""
    try:
        return os.fstat(stream.fileno()).st_size
    except (OSError, ValueError):
        return 0


def head(stream: IO[bytes]) -> bytes:
    """The first line of a large file, or as much of it as shows what it is; nothing is read of what will be refused."""
    start = stream.read(64)
    is_object = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    return start if b"\n" in start else start + stream.readline(MAX_LINE_BYTES if is_object else MAX_HEADER)


def is_row(line: bytes) -> bool:
    """Whether the first line of a large file is a JSON object of its own, so that the file can be read by lines."""
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


def lines(head: bytes, stream: IO[bytes], where: str) -> Iterator[str | InputError]:
    """Lines of a stream of which `head` has been read; what a line has beyond the bound is passed by."""
    whole = head.split(b"\n")
    rest = whole.pop()
    for number, line in enumerate(itertools.chain(whole, _joined(rest, stream)), start=1):
        try:
            yield decode(line, f"{where}:{number}") if line.strip() else ""
        except InputError as error:
            yield error


def ended(found: Iterator[str | InputError]) -> Iterator[str | InputError]:
    """The same lines, each with its end, which is text inside a quoted cell."""
    for line in found:
        yield line if isinstance(line, InputError) or line.endswith("\n") else line + "\n"


def _joined(rest: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    line = rest if rest.endswith(b"\n") else rest + stream.readline(MAX_LINE_BYTES)
    while line:
        yield line
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES)
        line = stream.readline(MAX_LINE_BYTES)
