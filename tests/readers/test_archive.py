"""WARC archives: pages are read, everything else is passed by, bombs and cut files are told."""

from __future__ import annotations

import gzip
import io
import resource
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.errors import InputError, NoArticle, TooLarge, Unreadable
from waqai.model import Article
from waqai.readers import Reader
from waqai.resources import Library

READER = Reader(Library())
PAGE = (Path(__file__).resolve().parents[1] / "pages" / "plain.html").read_bytes()


def http(body: bytes = PAGE, kind: str = "text/html; charset=utf-8", status: str = "200 OK", **headers: str) -> bytes:
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{told}\r\n".encode() + body


def record(block: bytes, kind: str = "response", url: str = "http://a.example/1", version: str = "1.1") -> bytes:
    media = "application/http; msgtype=response" if kind in ("response", "revisit") else "application/warc-fields"
    head = (
        f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-26T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def others(version: str = "1.1") -> list[bytes]:
    return [
        record(b"software: x\r\n", "warcinfo", version=version),
        record(b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", "request", version=version),
        record(http(b""), "revisit", version=version),
        record(b"fetchTimeMs: 7\r\n", "metadata", version=version),
        record(b"", "continuation", version=version),
        record(b"x", "something-new", version=version),
        record(http(b"\x89PNG", "image/png"), version=version),
        record(http(b"moved", status="301 Moved"), version=version),
    ]


def zeros(size: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    piece = bytes(1_000_000)
    return b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()


def read(body: bytes, name: str = "a.warc") -> list[Article | InputError]:
    return list(READER.read_bytes(body, name=name))


@pytest.mark.parametrize("version", ["1.0", "1.1", "0.18"])
@pytest.mark.parametrize("packed", [False, True])
def test_pages_among_other_records(version: str, packed: bool) -> None:
    records = [
        *others(version),
        record(http(), version=version),
        *others(version),
        record(http(), url="<http://b.example/2>"),
    ]
    found = read(b"".join(map(gzip.compress, records) if packed else records))
    assert [item.url if isinstance(item, Article) else item for item in found] == [
        "http://a.example/1",
        "http://b.example/2",
    ]
    assert isinstance(found[0], Article) and found[0].published == "2019-11-09T19:15"


def test_packed_bodies() -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    bodies = [
        http(gzip.compress(PAGE), Content_Encoding="gzip"),
        http(zlib.compress(PAGE), Content_Encoding="deflate"),
        http(chunked, Transfer_Encoding="chunked"),
        http(PAGE, Transfer_Encoding="chunked"),  # joined by the crawler, which kept the header
        http(PAGE, Content_Encoding="gzip"),  # unpacked by the crawler, which kept the header
    ]
    found = read(b"".join(map(record, bodies)))
    assert len({item.text for item in found if isinstance(item, Article)}) == 1 and len(found) == len(bodies)


def test_brotli() -> None:
    from fastwarc.stream_io import BrotliWriter

    packed = io.BytesIO()
    with BrotliWriter(packed) as writer:
        writer.write(PAGE)
    [found] = read(record(http(packed.getvalue(), Content_Encoding="br")))
    assert isinstance(found, Article)


@pytest.mark.parametrize("cut", [1, 30, len(PAGE), len(PAGE) + 40, len(PAGE) + 200])
@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_last_record_is_told_and_the_rest_is_kept(cut: int, packed: bool) -> None:
    last = gzip.compress(record(http())) if packed else record(http()).rstrip()
    first = gzip.compress(record(http())) if packed else record(http())
    found = read(first + last[: -min(cut, len(last) - 3)])
    assert isinstance(found[0], Article)
    assert any("cut short" in error.what for error in found if isinstance(error, InputError))
    assert sum(isinstance(item, InputError) for item in found) == 1


def test_no_pages() -> None:
    [error] = read(b"".join(others()))
    assert isinstance(error, NoArticle)


def test_a_page_that_is_none_does_not_stop_the_others() -> None:
    bad, good = read(record(http(b"<p>English</p>")) + record(http()))
    assert isinstance(bad, InputError) and "http://a.example/1" in bad.where and isinstance(good, Article)


@pytest.mark.parametrize(
    "record_of",
    [
        lambda: record(http(zeros(300_000_000), Content_Encoding="gzip")),
        lambda: record(http(b" " * 11_000_000)),
    ],
)
def test_a_record_over_the_bounds_is_told_and_the_rest_is_kept(record_of: object, tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record_of() + record(http()))  # type: ignore[operator]
    start = time.perf_counter()
    bad, good = READER.read(str(path))
    assert isinstance(bad, TooLarge) and isinstance(good, Article) and time.perf_counter() - start < 2


def test_a_small_archive_that_holds_300_megabytes(tmp_path: Path) -> None:
    """Zeros packed twice: the page is 300 MB, its gzip 300 kB, the archive one or two kB."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(record(http(zeros(300_000_000), Content_Encoding="gzip")), 9))
    assert path.stat().st_size < 4_000
    code = (
        "from waqai.readers import Reader; from waqai.resources import Library;"
        f"found = list(Reader(Library()).read({str(path)!r})); print(*map(type, found));"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    kinds, memory = done.stdout.strip().split("\n")
    assert kinds.count("<class") == 1 and "TooLarge" in kinds and int(memory) < 300_000


def test_an_archive_packed_beyond_the_ratio(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(record(http())) + gzip.compress(record(http(bytes(300_000_000))), 1))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    found = list(READER.read(str(path)))
    assert [type(item) for item in found] == [Article, TooLarge, TooLarge]  # the record and the file
    assert time.perf_counter() - start < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_garbage_after_an_archive() -> None:
    found = read(record(http()) + b"\x00garbage\r\n" * 30)
    assert isinstance(found[0], Article) and all(isinstance(error, Unreadable) for error in found[1:])


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from([
    b"WARC/1.1\r\n", b"WARC-Type: response\r\n", b"Content-Length: 10\r\n", b"Content-Length: -1\r\n", b"\r\n",
    b"Content-Length: 99999999999999999999\r\n", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1\r\n",
    b"Content-Type: text/html\r\n",
    b"Content-Type: application/http\r\n", b"WARC-Target-URI: \xff\r\n", b"x", b"\x1f\x8b\x08", b"\0", b"<html>",
    b"Transfer-Encoding: chunked\r\n", b"5\r\n", b"WARC-Date: never\r\n",
]), max_size=14))  # fmt: skip
def test_any_mixture(pieces: list[bytes]) -> None:
    assert all(isinstance(item, Article | InputError) for item in read(b"WARC/1.1\r\n" + b"".join(pieces)))
