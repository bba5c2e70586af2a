"""Options that every command takes that reads inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

Found = TypeVar("Found")


def told_if_empty(source: str, found: Iterable[Found]) -> Iterator[Found]:
    """What was found in an input; where that is nothing, says so on standard error: it is no fault, but no silence."""
    empty = True
    for article in found:
        empty = False
        yield article
    if empty:
        click.echo(f"waqai: {source}: no article in it", err=True)


def _columns(value: str | None) -> dict[str, str] | None:
    if value is None:
        return None
    from waqai.readers.sheet import column_map

    try:
        return column_map(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


recursive_option = click.option(
    "--recursive", is_flag=True, help="Read the files in folders, and in the folders below them."
)
columns_option = click.option(
    "--map",
    "columns",
    metavar="PART=COLUMN,...",
    callback=lambda context, option, value: _columns(value),
    help="Say which column of a table holds what, as in title=head_line,body=text,published=date.",
)
