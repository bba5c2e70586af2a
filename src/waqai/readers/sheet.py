"""Tables with named columns: CSV and Parquet. Each row is an article, read as a JSON row is.

Which column holds what comes from `readers/columns.toml`, or from a map the user gives.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import IO, Any

from waqai.errors import InputError, TooLarge, Unreadable
from waqai.model import Article
from waqai.readers.assembly import Parts
from waqai.readers.inflate import MAX_BYTES, MAX_RATIO
from waqai.readers.table import MAX_ROW, TableReader

PARQUET = b"PAR1"
BATCH = 16  # rows in memory at a time: with MAX_ROW letters each they still fit
DELIMITERS = ",;\t|"

PARTS = tuple(field.name for field in fields(Parts) if field.name not in ("published_from", "problems"))


def column_map(text: str) -> dict[str, str]:
    """A map written "title=head_line,body=text" as part and column. Raises ValueError, saying what is wrong."""
    found: dict[str, str] = {}
    for pair in text.split(","):
        part, mark, column = (piece.strip() for piece in pair.partition("="))
        if not mark or not column:
            raise ValueError(f"{pair.strip()!r} is not PART=COLUMN, as in title=head_line,body=text")
        if part not in PARTS:
            raise ValueError(f"no part is called {part!r}; there are {', '.join(PARTS)}")
        found[part] = column
    return found


class SheetReader:
    """Reads rows of CSV and Parquet through the reader of JSON rows."""

    def __init__(self, table: TableReader) -> None:
        self._table = table

    def is_csv(self, head: str) -> bool:
        """Whether the first line of a text names at least two known columns, one of them a title's or body's."""
        line = head.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
        names = _cells(line, _delimiter(line))
        parts = {part for name in names if (part := self._table.part(name))}
        return len(parts) > 1 and bool(parts & {"title", "body"}) and 2 * len(parts) >= len(names)

    def csv(self, lines: Iterable[str | InputError], where: str) -> Iterator[Article | InputError]:
        """Articles of CSV lines, each with its line end; the first names the columns. Raises Unreadable where no
        column holds a title or a body; yields an error for each row that cannot be read.
        """
        # The module's own bound of 131,072 is lower than the longest articles.
        csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW))
        faults: list[InputError] = []
        texts = _texts(lines, faults)
        first = next((line for line in texts if line.strip("\ufeff\r\n ")), "").lstrip("\ufeff")
        rows = csv.reader(itertools.chain((first,), texts), delimiter=_delimiter(first))
        names = [self._table.column(name.strip()) for name in next(rows, [])]
        self._table.refuse_columns(names, where)
        while True:
            try:
                row = next(rows, None)
            except csv.Error as error:
                yield Unreadable(f"broken CSV: {error}", f"{where}:{rows.line_num}", "the rows after it are not read")
                return
            yield from faults
            faults.clear()
            if row is None:
                return
            if any(cell.strip() for cell in row):
                yield self._row(dict(zip(names, row, strict=False)), f"{where}:{rows.line_num}")

    def parquet(
        self, source: IO[bytes], where: str, stretch: tuple[int, int] | None = None
    ) -> Iterator[Article | InputError]:
        """Articles of a Parquet file, or of its row groups that begin in `stretch`, in bytes, half-open.

        Raises Unreadable where pyarrow is missing, or the file cannot be read.
        """
        try:
            import pyarrow as arrow
            from pyarrow import parquet
        except ImportError as error:
            raise Unreadable("Parquet needs pyarrow", where, "install it: pip install 'waqai[tables]'") from error
        number = 0
        try:
            size = source.seek(0, io.SEEK_END)
            source.seek(0)
            with parquet.ParquetFile(source) as file:
                names = file.schema_arrow.names
                self._table.refuse_columns(names, where)
                kept = [name for name in names if self._table.part(name) or name in self._table.telling]
                _refuse_bombs(file.metadata, size, where)
                groups = _groups(file.metadata, size, stretch)
                for batch in file.iter_batches(batch_size=BATCH, row_groups=groups, columns=kept, use_threads=False):
                    for row in batch.to_pylist():
                        number += 1
                        yield self._row({key: _plain(value) for key, value in row.items()}, f"{where}:{number}")
        except (arrow.ArrowException, OSError, ValueError, OverflowError) as error:  # ValueError: text that is no UTF-8
            told = str(error).splitlines()[0] if str(error) else type(error).__name__
            yield Unreadable(f"broken Parquet after {number} rows: {told:.200}", where, "write the file again")

    def _row(self, row: dict[str, Any], where: str) -> Article | InputError:
        try:
            if any(isinstance(value, str) and len(value) > MAX_ROW for value in row.values()):
                raise TooLarge(f"a cell over {MAX_ROW:,} characters", where, "split the article off")
            return self._table.article(row, where)
        except InputError as error:
            return error


def _texts(lines: Iterable[str | InputError], faults: list[InputError]) -> Iterator[str]:
    for line in lines:
        if isinstance(line, InputError):
            faults.append(line)
        else:
            yield line.replace("\0", "")


def _delimiter(line: str) -> str:
    """What parts the columns of a header: whichever of the usual signs stands in it most often."""
    return max(DELIMITERS, key=line.count)


def _cells(line: str, delimiter: str) -> Sequence[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _plain(value: Any) -> Any:
    """A Parquet value as JSON would hold it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else value


def _groups(metadata: Any, size: int, stretch: tuple[int, int] | None) -> list[int]:
    """The row groups that begin in `stretch` of a file of `size` bytes, going by the share that each has of it.

    It asks groups, as `_refuse_bombs` does: where a column begins, a damaged file cannot be asked.
    """
    sizes = [metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups)]
    if stretch is None:
        return list(range(len(sizes)))
    begins = (size * before // max(1, sum(sizes)) for before in itertools.accumulate(sizes, initial=0))
    return [group for group, begin in zip(range(len(sizes)), begins, strict=False) if stretch[0] <= begin < stretch[1]]


def _refuse_bombs(metadata: Any, size: int, where: str) -> None:
    """Raises TooLarge where a file of `size` bytes says that it unpacks to more than MAX_RATIO times that.

    It asks groups of rows, not their columns: asking pyarrow for a damaged column ends the program.
    """
    whole = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    if whole > MAX_BYTES and whole > MAX_RATIO * size:
        raise TooLarge(f"packed more than {MAX_RATIO} to 1", where, "unpack it yourself if you trust it")
