"""What the tests of archives share: a folder of articles, and what a plain reading makes of it."""

from __future__ import annotations

import csv
import io

import pyarrow as arrow
import pytest
from articles import Corpus, html, lines, response, row
from pyarrow import parquet

from waqai.errors import InputError
from waqai.exports import jsonl
from waqai.pipeline import Waqai


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """WARC, Parquet, JSON lines and CSV; names with a space and in Arabic; a poisoned record in each but Parquet."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "سنة 2024").mkdir()
    pages = [response(html(number), f"https://n.example/{number}") for number in range(5)]
    english = response(b"<html><p>An English page of no use here.</p></html>", "https://n.example/en")
    (folder / "سنة 2024" / "crawl%20 1.warc.gz").write_bytes(b"".join([*pages[:2], english, *pages[2:]]))
    rows = [row(number) for number in range(5, 11)]
    parquet.write_table(arrow.Table.from_pylist(rows), folder / "b.parquet", row_group_size=2)
    poisoned = lines(range(11, 17)).replace(b'"id": "a13"', b'"id: "a13"')
    (folder / "c.jsonl").write_bytes(poisoned)
    told = io.StringIO()
    writer = csv.DictWriter(told, fieldnames=list(row(0)))
    writer.writeheader()
    writer.writerows([row(17), row(18) | {"title": "", "body": ""}, row(19)])
    (folder / "d.csv").write_text(told.getvalue(), encoding="utf-8")
    (folder / "_hidden.jsonl").write_bytes(lines(range(90, 92)))
    (folder / "README.md").write_text("no articles here", encoding="utf-8")
    return Corpus(folder, articles=5 + 6 + 5 + 2, failures=1 + 1 + 1)


@pytest.fixture(scope="session")
def plain(corpus: Corpus, waqai: Waqai) -> list[str]:
    """The records of the corpus as `waqai read --json` writes them, sorted."""
    paths = ("سنة 2024/crawl%20 1.warc.gz", "b.parquet", "c.jsonl", "d.csv")
    found = [item for path in paths for item in waqai.read(str(corpus.folder / path))]
    return sorted(jsonl.line(item) for item in found if not isinstance(item, InputError))
