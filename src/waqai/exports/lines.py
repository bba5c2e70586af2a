"""Lines for terminals, in which Arabic stands where it should: each piece is closed off from what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, chop_cells
from rich.text import Text

from waqai.arabic import arabic_share

RLI, PDI, LRM = "\u2067", "\u2069", "\u200e"
GAP = 2  # cells between columns
Cell = Sequence[tuple[str, str]]  # pieces of text and their styles, each on lines of its own


def row(cells: Sequence[Cell], widths: Sequence[int], *, from_right: bool = True) -> Iterator[Text]:
    """The lines of one row of a table, its first cell on the right, or else on the left."""
    columns = [
        [(line, style) for piece, style in cell for line in wrapped(piece, size)]
        for cell, size in zip(cells, widths, strict=True)
    ]
    placed = list(zip(columns, widths, strict=True))
    for number in range(max(1, *(len(column) for column in columns))):
        line = Text()
        for column, size in reversed(placed) if from_right else placed:
            words, style = column[number] if number < len(column) else ("", "")
            space = " " * (size - cell_len(words))
            # Marks with nothing before them are dropped by some terminals.
            gap = " " * GAP if line else "" if from_right else " "
            line.append(gap + space if from_right else gap)
            line.append(isolated(words), style=style)
            line.append("" if from_right else space)
        yield line


def wrapped(words: str, width: int) -> Iterator[str]:
    """`words` broken between words, and inside those longer than `width`."""
    line = ""
    for word in words.split():
        for piece in chop_cells(word, width):
            if line and cell_len(line) + 1 + cell_len(piece) > width:
                yield line
                line = piece
            else:
                line = f"{line} {piece}" if line else piece
    if line:
        yield line


def isolated(words: str) -> str:
    """`words` closed off from what stands beside them; dates and codes read from the left, as they are."""
    if not words or not arabic_share(words):
        return f"{LRM}{words}{LRM}" if words else ""
    return f"{LRM}{RLI}{words}{PDI}{LRM}"
