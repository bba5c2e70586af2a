"""Options that every command takes that reads inputs."""

from __future__ import annotations

import click


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
