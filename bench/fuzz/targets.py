"""What is fuzzed: for each target a function of bytes that fails where a law of it is broken, and seeds."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from spans import broken, voices_broken
from waqai.errors import InputError, StoreError
from waqai.exports.jsonl import as_dict
from waqai.model import Article
from waqai.pipeline import Waqai
from waqai.readers import Reader
from waqai.readers.dates import DateReader
from waqai.resources import Library
from waqai.store import Store
from waqai.store.search import search

ROOT = Path(__file__).resolve().parents[2]
Target = Callable[[bytes], None]
NAMES = ("a.html", "a.json", "a.jsonl", "a.txt", "a.csv", "a.xml", "")
DAYS = ("", "2024", "2024-03", "2024-05-15", "2020-02-29T23:59:00+03:00")
ASKED = ("زيارة الوزير", "«وقف إطلاق النار»", "اتفاق -قطر", '"بيان" -«قمة العلا»', "* OR (")
LETTERS = 4000  # of one input: the coder's time grows with the square of acts in a text


def reader() -> Target:
    """Bytes give articles or reasons; an article's text begins with its title and can be written."""
    own = Reader(Library())

    def read(data: bytes) -> None:
        name = NAMES[data[0] % len(NAMES)] if data else ""
        for found in own.read_bytes(data[1:], name=name):
            assert isinstance(found, Article | InputError), found
            if isinstance(found, Article):
                assert found.text.startswith(found.title)
                json.dumps([found.text, found.authors, found.id, found.url, found.caption]).encode("utf-8")

    return read


def dates() -> Target:
    """Any string gives an ISO date or its prefix, or nothing."""
    own = DateReader(Library())

    def read(data: bytes) -> None:
        value = own.read(data.decode("utf-8", "replace")).value
        if len(value) >= 10:
            date.fromisoformat(value[:10])
        else:
            assert len(value) in (0, 4, 7), value

    return read


def words() -> Target:
    """Words lie in their sentences, in order, and the analysis of a word is made of its letters."""
    from waqai.analysis.analyser import Analyser

    own = Analyser(Library())

    def read(data: bytes) -> None:
        text = _text(data)
        last = 0
        for sentence in own.analyse(Article("a", text, "")).sentences:
            assert last <= sentence.span.start <= sentence.span.end <= len(text)
            at = last = sentence.span.start
            for word in sentence.words:
                assert at <= word.span.start < word.span.end <= sentence.span.end
                at = word.span.end

    return read


def coder() -> Target:
    """Every span of a record slices its text back to what stands beside it."""
    own = Waqai()

    def code(data: bytes) -> None:
        day = DAYS[data[0] % len(DAYS)] if data else ""
        title, _, body = _text(data[1:]).partition("\n")
        title = " ".join(title.split())
        text = "\n\n".join(part for part in (title, body) if part)
        record = as_dict(own.code(Article("a", text, title, published=day)))
        assert (faults := broken(record) + voices_broken(record)) == [], faults

    return code


def query() -> Target:
    """Anything may be asked of a store: hits, or the one reason that nothing was asked."""
    folder = tempfile.mkdtemp()
    library = Library()
    store = Store(f"{folder}/s.db", library, create=True)
    waqai = Waqai()
    for path in sorted((ROOT / "examples").glob("*.html")):
        for record in waqai.read(str(path)):
            assert not isinstance(record, InputError)
            store.add(as_dict(record))

    def ask(data: bytes) -> None:
        try:
            for hit in search(store, data.decode("utf-8", "replace")):
                start, end = hit.span
                assert all(start <= first < last <= end for first, last in hit.marks)
        except StoreError as error:
            assert "nothing to search for" in str(error), error

    return ask


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\r", "\n")[:LETTERS]


TARGETS: dict[str, Callable[[], Target]] = {
    "reader": reader, "dates": dates, "words": words, "coder": coder, "query": query,
}  # fmt: skip


def seeds(name: str) -> Iterator[bytes]:
    """Inputs to begin with, all of the project's own words."""
    if name == "reader":
        for place in ("tests/pages", "examples"):
            yield from (bytes([n % 7]) + path.read_bytes() for n, path in enumerate(sorted((ROOT / place).iterdir())))
    elif name == "dates":
        import tomllib

        table = tomllib.loads((ROOT / "tests" / "readers" / "dates.toml").read_text(encoding="utf-8"))
        yield from (row["text"].encode() for row in table["date"])
    elif name == "query":
        yield from map(str.encode, ASKED)
    else:
        for line in (ROOT / "bench" / "open" / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
            yield b"\x03" + json.loads(line)["text"].encode()
        for path in sorted((ROOT / "examples").glob("*.txt")):
            yield b"\x03" + path.read_bytes()
