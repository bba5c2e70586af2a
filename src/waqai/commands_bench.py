"""`waqai bench`: how good, how fast, how large, on this machine, with nothing but what the package ships."""

from __future__ import annotations

import json
from pathlib import Path

import click

_PARTS = ("quality", "readers", "speed")


@click.command()
@click.option("--only", type=click.Choice(_PARTS), multiple=True, help="Measure this part alone; may be given again.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object instead of a table.")
@click.option(
    "--last",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Show the figures of this file beside, then write the new ones to it.",
)
def bench(only: tuple[str, ...], as_json: bool, last: Path | None) -> int:
    """Measure quality, readers and speed on this machine, beside their peers, and tell what is out of its bounds.

    It takes two or three minutes and needs no data: articles and sentences of the open gold set, pages and dates that
    the project wrote itself. With scikit-learn installed one peer more is measured.

    \b
    Exit status:
      0  every figure is within its bounds
      1  a figure is out of its bounds: each is named on standard error
      2  wrong usage
    """
    from waqai.proof import figures as shown
    from waqai.proof import run
    from waqai.proof.material import material

    bounds = shown.Bounds.of(material("floors.toml"))
    before = shown.last_of(last) if last else {}
    found = list(run.figures(only or _PARTS))
    report = shown.as_json(found, bounds, run.about())
    written = json.dumps(report, ensure_ascii=False, indent=1)
    if last:
        last.write_text(written + "\n", encoding="utf-8")
    click.echo(written if as_json else "\n".join(shown.table(found, bounds, before)))
    for line in report["broken"]:
        click.echo(f"waqai: {line}", err=True)
    return 1 if report["broken"] else 0
