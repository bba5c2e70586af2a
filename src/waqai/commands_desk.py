"""The command that opens the desk; cli.py takes it in."""

from __future__ import annotations

import ipaddress

import click

from waqai.commands_store import db_option


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False), help="A TLS certificate, for https.")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), help="The certificate's private key.")
def desk(db: str, host: str, port: int, certificate: str | None, key: str | None) -> int:
    """Open the desk: a store read, checked and followed in a browser. Needs pip install 'waqai[desk]'.

    On an address that only this machine reaches nobody has to log in. On any other the desk needs accounts
    (waqai users add), and asks for them.
    """
    try:
        import uvicorn

        from waqai.desk import create_app
    except ModuleNotFoundError as error:
        raise click.ClickException(f"the desk needs {error.name}: pip install 'waqai[desk]'") from error
    guarded = not _loopback(host)
    if guarded:
        _refuse_without_accounts(db, host)
    app = create_app(db, guarded=guarded)
    app.state.desk.warm()
    scheme = "https" if certificate else "http"
    click.echo(f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}/", err=True)
    if guarded and not certificate:
        click.echo("waqai: passwords travel unencrypted; give --certificate and --key, or put a proxy before", err=True)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    return 0


def _refuse_without_accounts(db: str, host: str) -> None:
    from waqai.commands_store import opened
    from waqai.store.accounts import has_users

    with opened(db) as store:
        if not has_users(store):
            raise click.ClickException(
                f"{host}: other machines reach this address, and nobody has an account; first: waqai users add NAME"
            )


def _loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


COMMANDS = (desk,)
