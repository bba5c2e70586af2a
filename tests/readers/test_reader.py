"""The door: any input gives articles or named errors, and nothing else."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.errors import InputError, NotArabic, NotFound, TooLarge, Unreadable
from waqai.model import Article
from waqai.readers import Reader
from waqai.readers.overrun import limited
from waqai.resources import Library

READER = Reader(Library())
PIECES = [
    b"", b"<html>", b"<p>", b"</p>", b"<!--", b'<script type="application/ld+json">', b"</script>", b"{", b"[", b"}",
    b"]", b'"title":', b'"body":', b",", b"\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"&#0;", b"&nbsp;",
    "قال الوزير سالم البحري إن المعرض يفتح غدا.".encode(), "26 مارس 2024".encode(), "اقرأ أيضا".encode("cp1256"),
    b'<meta charset="utf-7">', b"<![CDATA[", b'<?xml version="1.0" encoding="x"?>', "\u202eخبر".encode(),
]  # fmt: skip


def only(source: Path | str) -> Article | InputError:
    [item] = READER.read(str(source))
    return item


def test_missing_file(tmp_path: Path) -> None:
    error = only(tmp_path / "none.html")
    assert isinstance(error, NotFound) and "no such file" in error.what and error.todo


def test_directory(tmp_path: Path) -> None:
    error = only(tmp_path)
    assert isinstance(error, NotFound) and "directory" in error.what


@pytest.mark.parametrize("body", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_file(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(body)
    error = only(path)
    assert isinstance(error, Unreadable) and "empty" in error.what


def test_binary_file(tmp_path: Path) -> None:
    path = tmp_path / "picture.html"
    path.write_bytes(bytes(range(256)) * 50)
    error = only(path)
    assert isinstance(error, Unreadable) and "binary" in error.what and error.where == str(path)


def test_path_with_a_nul() -> None:
    assert isinstance(only("a\0b"), InputError)


@pytest.mark.parametrize("body", [b"a" * 20_000_000, b"<p>" * 8_500_000, b'{"a": 1' + b" " * 25_000_000])
def test_large_files_are_refused_at_once(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "large"
    path.write_bytes(body)
    start = time.perf_counter()
    error = only(path)
    assert time.perf_counter() - start < 0.5
    assert isinstance(error, TooLarge) and "10 MB" in error.what


def test_persian_is_told_from_arabic() -> None:
    persian = "وزیر کشور گفت که نمایشگاه فردا در شهر گشایش می‌یابد و مردم می‌توانند از آن دیدن کنند. " * 5
    [error] = READER.read_bytes(persian.encode(), name="page.txt")
    assert isinstance(error, NotArabic)


def test_standard_input(monkeypatch: pytest.MonkeyPatch, pages: Path) -> None:
    stdin = io.TextIOWrapper(io.BytesIO((pages / "plain.html").read_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)
    item = only("-")
    assert isinstance(item, Article) and item.published == "2019-11-09T19:15"


def test_text_and_title(pages: Path) -> None:
    """The text is the title, an empty line, and the body without empty lines, in every form."""
    for path in sorted(pages.iterdir()):
        for item in READER.read(str(path)):
            if isinstance(item, Article):
                assert item.text.startswith(item.title + "\n\n")
                assert "\n\n" not in item.text[len(item.title) + 2 :]


@given(st.binary(max_size=400))
def test_any_bytes(body: bytes) -> None:
    assert all(isinstance(item, Article | InputError) for item in READER.read_bytes(body))


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join), st.sampled_from(["", "a.html", "a.json", "a.txt"]))
def test_any_mixture(body: bytes, name: str) -> None:
    assert all(isinstance(item, Article | InputError) for item in READER.read_bytes(body, name=name))


KEYS = st.sampled_from(["title", "body", "published", "authors", "id", "x"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner)
)


@given(VALUES)
def test_any_json(value: object) -> None:
    assert all(isinstance(item, Article | InputError) for item in READER.read_bytes(json.dumps(value).encode()))


def test_json_and_text_do_without_the_html_libraries() -> None:
    code = (
        "import sys; from waqai.readers import Reader; from waqai.resources import Library; r = Reader(Library());"
        'list(r.read_bytes(\'{"title": "خبر", "body": "نص"}\'.encode())); list(r.read_bytes(\'خبر قصير\'.encode()));'
        "slow = ('lxml', 'trafilatura', 'httpx', 'protego', 'fastwarc', 'pyarrow', 'socket');"
        "sys.exit(any(name in sys.modules for name in slow))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_page_that_overruns_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where what it is stuck in catches every Exception."""

    def stuck(*_: object) -> None:
        end = time.monotonic() + 5
        while time.monotonic() < end:
            with contextlib.suppress(Exception):
                time.sleep(0.01)

    reader = Reader(Library())
    monkeypatch.setattr("waqai.readers.page.PageReader.read", stuck)
    monkeypatch.setattr("waqai.readers.limited", lambda where: limited(where, 0.2))
    start = time.monotonic()
    [error] = reader.read_bytes(b"<html><p>x</p></html>", name="a.html")
    assert isinstance(error, TooLarge) and error.where == "a.html" and time.monotonic() - start < 2
    monkeypatch.undo()
    [article] = reader.read_bytes(
        "<html><h1>خبر قصير جديد</h1><p>قال الوزير كلاما طويلا عن المعرض.</p></html>".encode()
    )
    assert isinstance(article, Article)
