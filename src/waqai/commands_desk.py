"""The command that opens the desk; cli.py takes it in."""

from __future__ import annotations

import ipaddress

import click

from waqai.commands_store import db_option


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
def desk(db: str, host: str, port: int) -> int:
    """Open the desk: a store read, checked and followed in a browser. Needs pip install 'waqai[desk]'.

    On an address that only this machine reaches nobody has to log in.
    """
    try:
        import uvicorn

        from waqai.desk import create_app
    except ModuleNotFoundError as error:
        raise click.ClickException(f"the desk needs {error.name}: pip install 'waqai[desk]'") from error
    if not _loopback(host):
        raise click.ClickException(f"{host}: other machines reach this address; the desk needs accounts for it")
    app = create_app(db)
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
    return 0


def _loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


COMMANDS = (desk,)
