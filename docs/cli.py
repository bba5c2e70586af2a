"""Writes docs/cli.md from what --help says: `python docs/cli.py > docs/cli.md`, or `make docs`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from waqai.cli import main

WIDTH = 80
HEAD = """# The command line

Made from `--help` by `make docs`; a test fails where the two differ.
"""


def helps(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[str]:
    """The help of `command` and of the commands below it, a section each."""
    context = click.Context(command, parent, name, terminal_width=WIDTH, **command.context_settings)
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
    if isinstance(command, click.Group):
        for inner in sorted(command.commands):
            yield from helps(command.commands[inner], inner, context)


if __name__ == "__main__":
    print("\n".join((HEAD, *helps(main, "waqai"))), end="")
