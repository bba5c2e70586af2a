"""The page of figures of the documentation, made of a run: `python bench/page.py` writes docs/figures.md anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from waqai.proof.figures import Bounds, shown

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "figures.md"
LAYERS = {
    "speed": ("Speed and size", "One core, processor time unless told otherwise."),
    "open": (
        "The open gold set",
        "44 articles and 214 sentences of the project's own (`bench/open`), never used for tuning;\n"
        "denser in acts and cleaner than real news. `events/who`: both sides right too; `events/full`: status and\n"
        "date as well. `detect`: which sentences tell an act of the type.",
    ),
    "mistakes": (
        "What goes wrong",
        "Events of the open gold set: how many were found, missed or too many, and what is wrong with those found.",
    ),
    "readers": ("Readers", "Dates and pages the project wrote itself, each read by its peers in the same run."),
    "gold": (
        "News articles",
        "The development set: rows were written with it in view and models trained on it, so these are an upper\n"
        "bound. The five-fold figures beside them are the honest ones.",
    ),
    "gsr": (
        "Sentences with votes",
        "Whether one reports a protest or an assault, by the majority of annotators. A model learns from these\n"
        "votes, so only the five-fold figure compares with the peers; the one seen in training is no measure.",
    ),
    "digest": ("Digests", "ROUGE-L against the outlets' own abstracts, and of the first three sentences."),
    "archive": ("Archives", "The same articles by one process, by two, and by Spark."),
    "store": ("The store", ""),
    "stories": ("Stories", "Mostly hard pairs: near misses, and one actor in one week."),
    "desk": ("The desk", "Pages of every kind, one at a time; `bench/desk.py` asks twenty at a time."),
}


def text(report: Mapping[str, Any], bounds: Bounds) -> Iterator[str]:
    """The page's lines."""
    yield "# Figures\n"
    yield "Made by `make bench`. `waqai bench` measures on your machine what needs no private data.\n"
    yield (
        f"Waqai {report['waqai']}, {report['day']}, Python {report['python']}, {report['machine']}; "
        f"the run took {report['minutes']} minutes, {report.get('processor_minutes', 0)} of processor time."
    )
    if report["broken"]:
        yield "\nOut of bounds: " + "; ".join(report["broken"]) + "."
    layers: dict[str, list[str]] = {}
    for name, row in report["figures"].items():
        layer, _, figure = name.partition("/")
        cells = (figure, f"{shown(row['value'])} {row['unit']}".strip(), bounds.told(name), row["beside"])
        layers.setdefault(layer, []).append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    for layer, lines in layers.items():
        title, about = LAYERS.get(layer, (layer, ""))
        yield f"\n## {title}\n"
        if about:
            yield f"{about}\n"
        yield "| figure | measured | bound | beside it |\n| --- | --- | --- | --- |"
        yield from lines


def write(report: Mapping[str, Any], bounds: Bounds) -> None:
    """Writes the page."""
    PAGE.write_text("\n".join(text(report, bounds)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    import run

    write(json.loads((HERE / "last.json").read_text(encoding="utf-8")), run.bounds_of(HERE / "floors.toml"))
