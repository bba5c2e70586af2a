"""The commands that look after the accounts of the desk; cli.py takes them in."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from waqai.commands_store import db_option, opened

_stdin = click.option("--password-stdin", is_flag=True, help="Take the password from standard input's first line.")


@click.group()
def users() -> None:
    """Look after accounts of the desk. They are asked for where other machines reach it."""


@users.command()
@click.argument("name")
@click.option("--role", type=click.Choice(["reader", "editor"]), default="reader", show_default=True, help="May edit?")
@_stdin
@db_option
def add(name: str, role: str, password_stdin: bool, db: str) -> int:
    """Make an account. A reader looks; an editor also reviews and adds.

    The password is asked for; it has ten characters at least and is kept as an argon2id hash.
    """
    from waqai.store.accounts import add_user

    with opened(db) as store:
        _argon2()
        add_user(store, name, role, _password(password_stdin))
    click.echo(f"{name}: {role}")
    return 0


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
@db_option
def listed(as_json: bool, db: str) -> int:
    """List the accounts."""
    from waqai.store.accounts import all_users

    with opened(db) as store:
        for user in all_users(store):
            click.echo(json.dumps(user, ensure_ascii=False) if as_json else "\t".join(user.values()))
    return 0


@users.command()
@click.argument("name")
@db_option
def remove(name: str, db: str) -> int:
    """End an account and its sessions; what it reviewed stays in the log."""
    from waqai.store.accounts import remove_user

    with opened(db) as store:
        remove_user(store, name)
    click.echo(f"{name}: removed")
    return 0


@users.command()
@click.argument("name")
@_stdin
@db_option
def password(name: str, password_stdin: bool, db: str) -> int:
    """Give an account another password; its sessions end."""
    from waqai.store.accounts import set_password

    with opened(db) as store:
        _argon2()
        set_password(store, name, _password(password_stdin))
    click.echo(f"{name}: password changed")
    return 0


@users.command()
@click.argument("name")
@db_option
def token(name: str, db: str) -> int:
    """Make a token with which programs use the API as NAME, for a year: Authorization: Bearer TOKEN.

    It is shown this once. Changing the password ends it.
    """
    from waqai.store.accounts import open_session

    with opened(db) as store:
        click.echo(open_session(store, name, "api"))
    return 0


COMMANDS: tuple[click.Command, ...] = (users,)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked: Any = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return str(asked)


def _argon2() -> None:
    try:
        import argon2  # noqa: F401
    except ModuleNotFoundError as error:
        raise click.ClickException("accounts need argon2-cffi: pip install 'waqai[desk]'") from error
