"""Who may use the desk: accounts with argon2id passwords, and sessions of browsers and programs.

Of a session only the SHA-256 of its token is kept, so that a copy of the store opens nothing.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from waqai.errors import StoreError
from waqai.store.store import Store
from waqai.store.tables import sessions, users

if TYPE_CHECKING:
    from argon2 import PasswordHasher

ROLES = ("reader", "editor")
MIN_PASSWORD, MAX_PASSWORD = 10, 256  # characters; hashing takes longer for longer ones
LASTS = {"browser": timedelta(hours=12), "api": timedelta(days=365)}
LOCAL = "local"  # what the log calls whoever uses a desk without a login
_NAME = re.compile(r"[\w.@-]{1,64}")
# Each check takes 64 MiB and a twentieth of a second: many at once would be an attack on the machine.
_checking = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with an account; `role` is reader or editor."""

    name: str
    role: str

    @property
    def edits(self) -> bool:
        """Whether they may change what the store holds."""
        return self.role == "editor"


def add_user(store: Store, name: str, role: str, password: str) -> None:
    """Makes an account. Raises StoreError for a name that is taken or cannot be one, a role there is not, and a
    password that is too short.
    """
    if not _NAME.fullmatch(name) or name.casefold() == LOCAL:
        raise StoreError(f"{name!r}: no name for an account (letters, digits and . @ _ -, at most 64; not {LOCAL})")
    if role not in ROLES:
        raise StoreError(f"{role}: no such role (one of {', '.join(ROLES)})")
    row = {"name": name, "role": role, "password": _hashed(name, password), "made": _now()}
    with store.writing() as connection:
        if connection.execute(select(users.c.id).where(users.c.name == name)).first():
            raise StoreError(f"{name}: has an account already (see: waqai users list)")
        connection.execute(insert(users).values(**row))


def remove_user(store: Store, name: str) -> None:
    """Ends an account and its sessions; what it reviewed stays. Raises StoreError where there is none."""
    with store.writing() as connection:
        if not connection.execute(delete(users).where(users.c.name == name)).rowcount:
            raise StoreError(f"{name}: no such account (see: waqai users list)")


def set_password(store: Store, name: str, password: str) -> None:
    """Gives an account another password and ends its sessions. Raises StoreError where there is none."""
    hashed = _hashed(name, password)
    with store.writing() as connection:
        number = connection.execute(select(users.c.id).where(users.c.name == name)).scalar()
        if number is None:
            raise StoreError(f"{name}: no such account (see: waqai users list)")
        connection.execute(update(users).where(users.c.id == number).values(password=hashed))
        connection.execute(delete(sessions).where(sessions.c.user == number))


def all_users(store: Store) -> list[dict[str, str]]:
    """Name, role and when made of every account, by name."""
    with store.reading() as connection:
        found = connection.execute(select(users.c.name, users.c.role, users.c.made).order_by(users.c.name))
        return [row._asdict() for row in found]


def has_users(store: Store) -> bool:
    """Whether there is any account."""
    with store.reading() as connection:
        return bool(connection.execute(select(func.count()).select_from(users)).scalar())


def with_password(store: Store, name: str, password: str) -> User | None:
    """The account `name` where `password` is its own; takes as long where there is no such account."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > MAX_PASSWORD:
        return None
    with store.reading() as connection:
        row = connection.execute(select(users).where(users.c.name == name)).first()
    with _checking:
        try:
            _hasher().verify(row.password if row else _nobodys(), password)
        except (VerificationError, InvalidHashError):
            return None
    return User(row.name, row.role) if row else None


def open_session(store: Store, name: str, kind: str = "browser") -> str:
    """A token that stands for the account for as long as LASTS says. Raises StoreError where there is none."""
    token = secrets.token_urlsafe(32)
    now = datetime.now(UTC)
    times = {"made": _now(), "expires": (now + LASTS[kind]).isoformat(timespec="seconds")}
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.expires < _now()))
        number = connection.execute(select(users.c.id).where(users.c.name == name)).scalar()
        if number is None:
            raise StoreError(f"{name}: no such account (see: waqai users list)")
        connection.execute(insert(sessions).values(user=number, token=_digest(token), kind=kind, **times))
    return token


def user_of(store: Store, token: str, kind: str = "browser") -> User | None:
    """Whose token it is, None where it is nobody's or has ended."""
    query = select(users.c.name, users.c.role).join(sessions, sessions.c.user == users.c.id)
    held = (sessions.c.token == _digest(token), sessions.c.kind == kind, sessions.c.expires >= _now())
    with store.reading() as connection:
        row = connection.execute(query.where(*held)).first()
    return User(row.name, row.role) if row else None


def close_session(store: Store, token: str) -> None:
    """Ends a session."""
    with store.writing() as connection:
        connection.execute(delete(sessions).where(sessions.c.token == _digest(token)))


def _hashed(name: str, password: str) -> str:
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise StoreError(f"the password needs {MIN_PASSWORD} to {MAX_PASSWORD} characters")
    if password.casefold() == name.casefold() or len(set(password)) < 4:
        raise StoreError("that password would be guessed at once; choose another")
    return _hasher().hash(password)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    """A hash that no password fits, to compare with where there is no account."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
