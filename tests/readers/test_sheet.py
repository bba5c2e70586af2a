"""CSV, Parquet, column maps, rows of crawls, folders, packed files."""

from __future__ import annotations

import builtins
import datetime
import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.errors import InputError, NotFound, TooLarge, Unreadable
from waqai.model import Article
from waqai.readers import Reader
from waqai.readers.sheet import column_map
from waqai.resources import Library

TITLE = "المعرض السنوي يفتح أبوابه"
BODY = "قال وزير التجارة سالم البحري إن المعرض السنوي، وهو الأكبر، يفتح أبوابه أمام الزوار في مدينة سوسة.\nوحضر كثيرون."
MAP = {"title": "head_line", "body": "text", "published": "day"}


def read(text: str | bytes, name: str = "a.csv", **options: object) -> list[Article | InputError]:
    reader = Reader(Library(), **options)  # type: ignore[arg-type]
    return list(reader.read_bytes(text if isinstance(text, bytes) else text.encode(), name=name))


def table(delimiter: str = ",", names: tuple[str, ...] = ("title", "body", "date")) -> str:
    return delimiter.join(names) + f'\r\n"{TITLE}"{delimiter}"{BODY}"{delimiter}2024-03-26\r\n'


def checked(found: list[Article | InputError]) -> Article:
    [article] = found
    assert isinstance(article, Article) and article.title == TITLE
    assert article.published == "2024-03-26" and article.published_from == "given"
    assert article.text == f"{TITLE}\n\n{BODY}"
    return article


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    checked(read(table(delimiter)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_encodings(encoding: str) -> None:
    checked(read(table().encode(encoding)))


def test_csv_is_known_without_its_name() -> None:
    checked(read(table(), name="standard input"))
    checked(read(table(names=("Title", "Text", "PubDate")), name="x"))


def test_column_map() -> None:
    text = table(names=("head_line", "text", "day"))
    checked(read(text, columns=MAP))
    [error] = read(text, columns=MAP | {"authors": "who"})
    assert isinstance(error, Unreadable) and "'who'" in error.what


def test_column_map_of_json_lines() -> None:
    rows = json.dumps({"head_line": TITLE, "text": BODY, "day": "26/03/2024", "title": "رقم 7"})
    checked(read(rows, name="a.jsonl", columns=MAP))


def test_column_map_as_written() -> None:
    assert column_map("title=head_line, body=text") == {"title": "head_line", "body": "text"}
    for wrong in ("title", "title=", "=x", "heading=x", ""):
        with pytest.raises(ValueError, match=r"PART=COLUMN|no part"):
            column_map(wrong)


def test_no_column_for_the_text() -> None:
    [error] = read("a,b\n1,2\n")
    assert isinstance(error, Unreadable) and "no column for title or body (columns: a, b)" in error.what


def test_a_row_that_is_none_is_named_by_its_line() -> None:
    bad, good = read(f"title,body\n,\nnothing,at all\n{TITLE},{BODY.splitlines()[0].replace('،', '')}\n")
    assert isinstance(bad, InputError) and bad.where == "a.csv:3" and isinstance(good, Article)


def test_a_quote_that_never_closes() -> None:
    found = read('title,body\n"' + f"{TITLE} " * 1000)
    assert all(isinstance(item, Article | InputError) for item in found) and len(found) == 1


def test_large_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    row = table().partition("\r\n")[2]
    path.write_text("title,body,date\r\n" + row * (11_000_000 // len(row.encode()) + 1), encoding="utf-8", newline="")
    assert path.stat().st_size > 10_000_000
    for number, found in enumerate(Reader(Library()).read(str(path))):
        checked([found])
        if number == 20:
            break


def test_rows_of_a_crawl_go_through_the_dump_reader() -> None:
    """FineWeb2's `text` is a page stripped to text, and its `date` the crawler's."""
    text = f"{TITLE}\nالثلاثاء 26 مارس 2024\n{BODY}\nاقرأ أيضا\nخبر آخر من السوق"
    row = {"text": text, "url": "http://a.example/1", "date": "2025-01-02T03:04:05Z", "dump": "CC-MAIN-2025-05"}
    [found] = read(json.dumps(row), name="a.jsonl")
    assert isinstance(found, Article) and found.title == TITLE and found.url == "http://a.example/1"
    assert found.published == "2024-03-26" and found.published_from == "text" and "خبر آخر" not in found.text
    del row["dump"]
    [given] = read(json.dumps(row), name="a.jsonl")
    assert isinstance(given, Article) and given.published == "2025-01-02T03:04:05Z"


# --- Parquet --------------------------------------------------------------------------------------------------------


def parquet(path: Path, columns: dict[str, list[object]], **options: object) -> Path:
    arrow = pytest.importorskip("pyarrow", reason="needs the extra `tables`")
    from pyarrow import parquet as writer

    writer.write_table(arrow.table(columns), path, **options)
    return path


def test_parquet(tmp_path: Path) -> None:
    columns = {"title": [TITLE], "body": [BODY], "date": [datetime.date(2024, 3, 26)], "x": [b"\xff"]}
    checked(list(Reader(Library()).read(str(parquet(tmp_path / "a", columns)))))
    mapped = parquet(tmp_path / "b.parquet", {"head_line": [TITLE], "text": [BODY], "day": ["2024-03-26"]})
    checked(list(Reader(Library(), columns=MAP).read(str(mapped))))
    checked(list(Reader(Library(), columns=MAP).read_bytes(mapped.read_bytes())))


def test_broken_parquet(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", {"title": [TITLE] * 50, "body": [BODY] * 50})
    body = path.read_bytes()
    for broken in (body[:-20], body[:100], b"PAR1", body[:60] + bytes(30) + body[90:]):
        path.write_bytes(broken)
        assert any(isinstance(item, InputError) for item in Reader(Library()).read(str(path)))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(4, 1500), st.integers(0, 255)), max_size=5))
def test_damaged_parquet(damage: list[tuple[int, int]]) -> None:
    arrow = pytest.importorskip("pyarrow", reason="needs the extra `tables`")
    from pyarrow import parquet as writer

    packed = io.BytesIO()
    writer.write_table(arrow.table({"title": [TITLE] * 40, "body": [BODY] * 40}), packed)
    body = bytearray(packed.getvalue())
    for at, byte in damage:
        body[at % len(body)] = byte
    assert all(isinstance(item, Article | InputError) for item in read(bytes(body), name="a"))


def test_parquet_that_is_a_bomb(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", {"body": ["ا" * 30_000_000]}, compression="zstd", use_dictionary=False)
    assert path.stat().st_size < 100_000
    [error] = Reader(Library()).read(str(path))
    assert isinstance(error, TooLarge)


def test_parquet_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + bytes(100))
    load = builtins.__import__

    def missing(name: str, *rest: object, **extra: object) -> object:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return load(name, *rest, **extra)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    [error] = Reader(Library()).read(str(path))
    assert isinstance(error, Unreadable) and "pip install 'waqai[tables]'" in error.todo


# --- folders and packed files ---------------------------------------------------------------------------------------


def test_folders(tmp_path: Path, pages: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "b" / "c" / "page.html").write_bytes((pages / "plain.html").read_bytes())
    (tmp_path / "a.csv").write_text(table(), encoding="utf-8", newline="")
    (tmp_path / "b" / "logo.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.html").write_text("x")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "broken.json").write_text("{")
    found = list(Reader(Library(), recursive=True).read(str(tmp_path)))
    assert [type(item) for item in found] == [Article, Unreadable, Article]
    [error] = Reader(Library()).read(str(tmp_path))
    assert isinstance(error, NotFound) and "--recursive" in error.todo


def test_a_folder_with_nothing_to_read(tmp_path: Path) -> None:
    [error] = Reader(Library(), recursive=True).read(str(tmp_path))
    assert isinstance(error, NotFound)


def test_packed_files(tmp_path: Path, pages: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(table().encode()))
    checked(list(Reader(Library()).read(str(path))))
    path.write_bytes(gzip.compress(gzip.compress(table().encode())))
    assert isinstance(next(Reader(Library()).read(str(path))), Unreadable)
    path.write_bytes(gzip.compress((pages / "plain.html").read_bytes())[:-20])
    article, error = Reader(Library()).read(str(path))
    assert isinstance(article, Article) and isinstance(error, Unreadable) and "cut short" in error.what
