"""The secret of one install, made when first asked for: tokens on forms are signed with it.

Beside a SQLite store it is a file that only its owner reads, so that a copy of the store does not carry it; in
PostgreSQL it is a row of the store's facts.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from waqai.store.store import Store
from waqai.store.tables import facts

_FACT = "desk secret"


def secret_of(store: Store) -> bytes:
    """32 bytes, the same whenever the desk of this store is opened; where none can be kept, new ones."""
    if store.engine.dialect.name != "sqlite":
        return bytes.fromhex(_in_store(store))
    file = Path(f"{store.engine.url.database}.secret")
    try:
        return _in_file(file)
    except OSError:  # a folder that may not be written to: forms then last as long as the desk runs
        return secrets.token_bytes(32)


def _in_file(file: Path) -> bytes:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = file.read_text(encoding="ascii").strip()
        if len(kept) == 64:
            file.chmod(0o600)
            return bytes.fromhex(kept)
        file.unlink()
        return _in_file(file)
    with os.fdopen(handle, "w", encoding="ascii") as written:
        made = secrets.token_hex(32)
        written.write(made)
    return bytes.fromhex(made)


def _in_store(store: Store) -> str:
    query = select(facts.c.value).where(facts.c.name == _FACT)
    with store.writing() as connection:
        made = insert(facts).values(name=_FACT, value=secrets.token_hex(32))
        connection.execute(made.on_conflict_do_nothing())
        return str(connection.execute(query).scalar_one())
