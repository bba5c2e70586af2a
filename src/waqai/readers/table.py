"""Articles in JSON: one object, a list of objects, or one object a line (JSONL).

Keys are looked up in `readers/columns.toml`; unknown ones are left aside. A row that cannot be read is yielded as an
error with its line, and the rows beside it are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from waqai.errors import InputError, TooLarge, Unreadable
from waqai.model import Article
from waqai.readers.assembly import Parts, assemble
from waqai.readers.cleaning import clean
from waqai.readers.dates import DateReader
from waqai.readers.dump import DumpReader
from waqai.readers.labels import Labels
from waqai.resources import Library

MAX_ROW = 10_000_000  # characters of one JSON line: an article is a page, and bounded as one
MAX_ROWS = 1_000_000  # rows of one list held in memory at a time; longer archives come as JSONL
EPOCH = range(631_152_000, 4_102_444_800)  # seconds of 1990 to 2100: numbers outside are no publication time

_ITEM = re.compile(r"[\s,]*")
_NEXT_ITEM = re.compile(r"\}\s*,\s*(?=\{)")


class TableReader:
    """Reads JSON rows with the tables of `readers/`."""

    telling = ("dump", "file_path")  # columns by which rows of a crawl are known

    def __init__(
        self,
        library: Library,
        labels: Labels,
        dates: DateReader,
        dump: DumpReader,
        columns: Mapping[str, str] | None = None,
    ) -> None:
        """`columns` says which column holds a part, where the user knows better than the tables."""
        self._labels = labels
        self._shipped: dict[str, tuple[str, ...]] = {
            row["id"]: tuple(row["names"]) for row in library.rows("readers", "column")
        }
        self._mapped = dict(columns or {})
        self._columns = self._shipped | {part: (name,) for part, name in self._mapped.items()}
        self._parts = {name: part for part, names in self._columns.items() for name in names}
        self._uncased = {name.lower(): name for name in self._parts}
        self._dates = dates
        self._dump = dump

    def read(self, text: str, where: str) -> Iterator[Article | InputError]:
        """Articles of a JSON object, a JSON list or JSON lines, in order; an error for each row that cannot be read."""
        if text.lstrip().startswith("["):
            yield from self._list(text, where)
        elif _is_lines(text):
            yield from self.lines(text.split("\n"), where)
        else:
            yield self._parsed(text, where, where)

    def lines(self, lines: Iterable[str | InputError], where: str) -> Iterator[Article | InputError]:
        """Articles of JSON lines; empty lines are skipped."""
        for number, line in enumerate(lines, start=1):
            if isinstance(line, InputError):
                yield line
            elif len(line) > MAX_ROW:
                yield TooLarge(f"a JSON line over {MAX_ROW:,} characters", f"{where}:{number}", "split the article off")
            elif line.strip():
                yield self._parsed(line, f"{where}:{number}", where, number)

    def _parsed(self, text: str, where: str, source: str, line: int = 1) -> Article | InputError:
        try:
            return self.article(json.loads(text), where)
        except json.JSONDecodeError as error:
            at = f"{source}:{line + error.lineno - 1}"
            return Unreadable(f"broken JSON: {error.msg} at column {error.colno}", at, "write one JSON object a line")
        except RecursionError:
            return TooLarge("JSON nested too deeply", where, "give articles as flat objects")
        except ValueError as error:  # a number of thousands of digits
            return Unreadable(f"broken JSON: {error}", where, "write one JSON object a line")
        except InputError as error:
            return error

    def _list(self, text: str, where: str) -> Iterator[Article | InputError]:
        """Items one by one, so that a broken one costs only itself."""
        decoder = json.JSONDecoder()
        at, line, counted = text.index("[") + 1, 1, 0
        for _ in range(MAX_ROWS):
            at = _ITEM.match(text, at).end()  # type: ignore[union-attr]  # the pattern matches anywhere
            line, counted = line + text.count("\n", counted, at), at
            if at >= len(text) or text[at] == "]":
                return
            here = f"{where}:{line}"
            try:
                row, at = decoder.raw_decode(text, at)
            except (ValueError, RecursionError) as error:
                what = "JSON nested too deeply" if isinstance(error, RecursionError) else f"broken JSON: {error}"
                yield Unreadable(what, here, "write one JSON object a line")
                found = _NEXT_ITEM.search(text, at)
                if not found:
                    return
                at = found.end()
                continue
            try:
                yield self.article(row, here)
            except InputError as error:
                yield error

    def part(self, name: str) -> str:
        """The part that a column of this name holds, or ""."""
        return self._parts.get(self.column(name), "")

    def column(self, name: str) -> str:
        """A column's name as the tables know it, however its letters are cased."""
        return name if name in self._parts else self._uncased.get(name.lower(), name)

    def refuse_columns(self, names: Sequence[str], where: str) -> None:
        """Raises Unreadable where no column of a table holds a title or body, or one that was mapped is missing."""
        missing = [name for name in self._mapped.values() if name not in names]
        if missing:
            raise Unreadable(f"no column {missing[0]!r} (columns: {', '.join(names):.200})", where, "see --map")
        if not {self.part(name) for name in names} & {"title", "body"}:
            raise Unreadable(
                f"no column for title or body (columns: {', '.join(names):.200})", where, "name it: --map body=COLUMN"
            )

    def article(self, row: Any, where: str, *, mapped: bool = True) -> Article:
        """The Article of one parsed JSON value; without `mapped`, of a row that no user's map speaks of.

        Raises InputError, naming `where`, where it holds none.
        """
        if not isinstance(row, dict):
            raise Unreadable(
                f"a JSON {type(row).__name__} where an article was expected", where, "give objects with title and body"
            )
        columns = self._columns if mapped else self._shipped
        found = {part: self._value(row, names) for part, names in columns.items()}
        title, body = _string(found["title"]), _string(found["body"])
        if not title and not body:
            keys = ", ".join(str(key) for key in list(row)[:8])
            raise Unreadable(f"no title and no body (keys: {keys:.120})", where, "name them `title` and `body`")
        if body.startswith(title + "\n\n"):  # a record of ours: its text holds the title
            body = body[len(title) :].lstrip("\n") if title else body
        parts = self._dump.read(body) if not title else Parts(body=self._without_links(body), title=title)
        if "published" not in self._mapped and _is_crawled(row):
            found["published"] = None
        published, problems = self.published(found["published"])
        return assemble(
            replace(
                parts,
                id=_string(found["id"]),
                url=_string(found["url"]),
                source=_string(found["source"]),
                published=published or parts.published,
                published_from="given" if published else parts.published_from,
                authors=_strings(found["authors"]) or parts.authors,
                caption=_string(found["caption"]) or parts.caption,
                credit=_string(found["credit"]) or parts.credit,
                standfirst=_string(found["standfirst"]) or parts.standfirst,
                outlet_summary=_strings(found["outlet_summary"]) or parts.outlet_summary,
                section=next(iter(_strings(found["section"])), ""),
                problems=problems,
            ),
            where,
        )

    def _without_links(self, body: str) -> str:
        """The body without lines that link elsewhere; a row's body is the article's, so nothing else is taken out."""
        return "\n".join(
            line for line in clean(body).split("\n") if self._labels.role(line) not in ("related", "aside")
        )

    @staticmethod
    def _value(row: Mapping[str, Any], names: Iterable[str]) -> Any:
        return next((row[key] for key in names if row.get(key) not in (None, "", [], {})), None)

    def published(self, value: Any) -> tuple[str, tuple[str, ...]]:
        """The publication date a row gives, and what is wrong with it."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value / 1000 if value > EPOCH.stop else value
            if EPOCH.start <= seconds < EPOCH.stop:
                return datetime.fromtimestamp(int(seconds), UTC).isoformat(), ()
        given = _string(value)
        found = self._dates.read(given).value
        unread = (f"the publication date given, {given[:60]!r}, cannot be read",) if given and not found else ()
        return found, unread


def _is_crawled(row: Mapping[str, Any]) -> bool:
    """Whether the row is one of a crawl (FineWeb, FineWeb2), whose `date` is the crawler's and not the page's."""
    return str(row.get("dump") or "").startswith("CC-MAIN") or "/CC-MAIN-" in str(row.get("file_path") or "")


def _is_lines(text: str) -> bool:
    """Whether several JSON objects stand one to a line: the first line closes, and there are more."""
    first, _, more = text.strip().partition("\n")
    first = first.rstrip()
    if not more.strip():
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        # A broken first line still is one where the next ones look like rows.
        rows = [line for line in more.split("\n")[:20] if line.strip()]
        return first.startswith("{") and sum(line.lstrip().startswith('{"') for line in rows) > len(rows) / 2


def _string(value: Any) -> str:
    """A value as a string: lists joined by newlines, objects by their name; "" for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "\n".join(kept for item in value if not isinstance(item, list) and (kept := _string(item)))
    if isinstance(value, dict):
        name = value.get("name") or value.get("text")
        return name if isinstance(name, str) else ""
    return ""


def _strings(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(kept for item in items if not isinstance(item, list) and (kept := _string(item).strip()))
