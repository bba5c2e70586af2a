"""Tokens on forms: what changes something is only taken from a page that this desk gave to this visitor."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from fastapi import Request

from waqai.desk.refusals import StaleForm

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_FIELD, _HEADER = "csrf", "x-csrf-token"
_SECRET = ("/login", "/logout")


def token(secret: bytes, visit: str) -> str:
    """The token of a visit, which is a session's or a visitor's cookie."""
    return hmac.new(secret, b"form\0" + visit.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


async def checked_form(request: Request) -> None:
    """Refuses a changing request without its visitor's token; a dependency of every address.

    JSON needs none: a page elsewhere cannot send it without asking first, which is refused, and the gate has looked
    where the request comes from. Nor do programs that show a token of their own.
    """
    if request.method in SAFE or getattr(request.state, "program", False):
        return
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return
    shown = request.headers.get(_HEADER, "")
    if not shown and kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        field = (await request.form()).get(_FIELD, "")
        shown = field if isinstance(field, str) else ""
    expected = getattr(request.state, "csrf", "")
    if not expected or not secrets.compare_digest(shown.encode("utf-8", "replace"), expected.encode()):
        raise StaleForm(await _typed(request, kind))


async def _typed(request: Request, kind: str) -> list[tuple[str, str]]:
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data") or request.url.path in _SECRET:
        return []
    said = (await request.form()).multi_items()
    return [(name, value) for name, value in said if isinstance(value, str) and name not in (_FIELD, "password")]
