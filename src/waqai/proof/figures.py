"""Figures with what stands beside them: a bound that must hold, people or peers, the last run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

SCHEMA = "waqai-bench/1"
HEADS = ("figure", "now", "bound", "last", "beside it")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. `name` is path-like, its first part the layer; `beside` tells people's or peers' figures."""

    name: str
    value: float
    unit: str = "F1"
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What must hold: figures at least, or at most, so large."""

    least: Mapping[str, float]
    most: Mapping[str, float]

    @classmethod
    def of(cls, path: Path) -> Bounds:
        """The bounds of a TOML file: `name = least`, and under [most] `name = most`."""
        return cls.parsed(path.read_text(encoding="utf-8"))

    @classmethod
    def parsed(cls, text: str) -> Bounds:
        """The same of such a file's text."""
        table = tomli.loads(text)
        most = table.pop("most", {})
        return cls(table, most)

    def told(self, name: str) -> str:
        """The bound of a figure for reading, or nothing."""
        if name in self.least:
            return f"≥ {shown(self.least[name])}"
        return f"≤ {shown(self.most[name])}" if name in self.most else ""

    def broken(self, figures: Iterable[Figure]) -> list[str]:
        """A line for each figure out of its bounds."""
        found = []
        for figure in figures:
            if figure.value < self.least.get(figure.name, float("-inf")):
                found.append(f"{figure.name} is {figure.value:.4g}, below its floor {self.least[figure.name]:g}")
            if figure.value > self.most.get(figure.name, float("inf")):
                found.append(f"{figure.name} is {figure.value:.4g}, above its ceiling {self.most[figure.name]:g}")
        return found


def shown(value: float) -> str:
    """A number as tables show it: three decimals below ten, one below a hundred, else none. Whole numbers have none."""
    size = abs(value)
    if value == int(value) and value not in (0, 1):
        return f"{value:,.0f}"
    return f"{value:.3f}" if size < 10 else f"{value:.1f}" if size < 100 else f"{value:,.0f}"


def rows(figures: Iterable[Figure], bounds: Bounds, last: Mapping[str, float]) -> Iterator[tuple[str, ...]]:
    """A row of cells for each figure, as HEADS names them."""
    for figure in figures:
        before = shown(last[figure.name]) if figure.name in last else ""
        yield (
            figure.name,
            f"{shown(figure.value)} {figure.unit}".rstrip(),
            bounds.told(figure.name),
            before,
            figure.beside,
        )


def table(figures: Sequence[Figure], bounds: Bounds, last: Mapping[str, float]) -> Iterator[str]:
    """The figures for a terminal, a line between layers."""
    cells = [HEADS, *rows(figures, bounds, last)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(HEADS) - 1)]
    layer = ""
    for row in cells:
        if row[0].split("/")[0] != layer:
            layer = row[0].split("/")[0]
            if row is not cells[0]:
                yield ""
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join((*padded, row[-1])).rstrip()


def as_json(figures: Iterable[Figure], bounds: Bounds, about: Mapping[str, Any]) -> dict[str, Any]:
    """The figures as one object: what was measured, where, and what is out of its bounds."""
    listed = list(figures)
    return {
        "schema": SCHEMA,
        **about,
        "figures": {f.name: {"value": round(f.value, 5), "unit": f.unit, "beside": f.beside} for f in listed},
        "broken": bounds.broken(listed),
    }


def last_of(path: Path) -> dict[str, float]:
    """The values of an earlier run by name; none where there was none."""
    if not path.is_file():
        return {}
    held = json.loads(path.read_text(encoding="utf-8"))
    return {name: row["value"] for name, row in held.get("figures", {}).items()}
