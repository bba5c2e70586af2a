"""Stores to test on: SQLite in a temporary file, and a PostgreSQL server started for the run.

WAQAI_TEST_DB, the address of an empty PostgreSQL database, takes the place of the server.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from databases import fresh_database
from waqai.resources import Library
from waqai.store import Store

MakeRecord = Callable[..., dict[str, Any]]


def _binaries() -> Path | None:
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


def _run_as(folder: Path) -> list[str]:
    """PostgreSQL refuses to be run by root: as whom, then."""
    if os.getuid() != 0:
        return []
    user = next((name for name in ("postgres", "nobody") if name in {entry.pw_name for entry in pwd.getpwall()}), None)
    if user is None or not shutil.which("setpriv"):
        pytest.skip("PostgreSQL does not run as root, and there is no other user to run it")
    entry = pwd.getpwnam(user)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server's database "postgres"."""
    pytest.importorskip("psycopg", reason="needs psycopg: pip install 'waqai[postgres]'")
    if given := os.environ.get("WAQAI_TEST_DB"):
        yield given
        return
    binaries = _binaries()
    if binaries is None:
        pytest.skip("needs PostgreSQL (Debian: apt-get install postgresql), or WAQAI_TEST_DB")
    folder = Path(tempfile.mkdtemp(prefix="waqai-pg-"))
    run = _run_as(folder)
    data = folder / "data"
    quiet: Mapping[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [*run, binaries / "initdb", "-D", data, "-U", "waqai", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"], **quiet
    )
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    subprocess.run([*run, binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], **quiet)
    try:
        yield f"postgresql://waqai@/postgres?host={folder}"
    finally:
        subprocess.run([*run, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty store can be made, on each database in turn."""
    if request.param == "sqlite":
        yield str(tmp_path / "waqai.db")
        return
    server: str = request.getfixturevalue("postgres")
    with fresh_database(server) as where:
        yield where


@pytest.fixture
def store(address: str, library: Library) -> Iterator[Store]:
    with Store(address, library, create=True) as store:
        yield store


@pytest.fixture(scope="session")
def make_record() -> MakeRecord:
    """Makes a record of a title and a body, without anything read from it."""

    def make(title: str, body: str, **said: Any) -> dict[str, Any]:
        record: dict[str, Any] = {
            "schema": "waqai/1", "id": said.pop("id", title), "url": "", "source": "", "language": "ar", "title": title,
            "published": "", "published_from": "", "authors": [], "caption": "", "credit": "", "standfirst": "",
            "outlet_summary": [], "text": f"{title}\n\n{body}", "digest": [], "events": [], "quotes": [], "times": [],
            "mentions": [], "made_by": {"waqai": "0", "ontology": "", "lexicon": "", "models": ""}, "problems": [],
        }  # fmt: skip
        return record | said

    return make
