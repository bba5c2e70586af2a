"""The commands for whole archives; cli.py takes them in."""

from __future__ import annotations

import click


@click.group()
def archive() -> None:
    """Code whole archives of articles, shard by shard, and ask what was written."""
