"""How the API answers: JSON with an ETag, 304 where the asker has it, cursors that are opaque to them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any
from urllib.parse import urlencode

from fastapi import HTTPException, Request, Response
from pydantic import BaseModel

from waqai.desk.api.shapes import Problem

_PROBLEMS = {
    400: "The request cannot be understood",
    401: "No login",
    403: "Not open to this account",
    404: "There is no such thing",
    413: "The body is too large",
    422: "A value cannot be",
    429: "Too many requests",
    503: "The store cannot be reached",
}


def documented(shape: type[BaseModel], *problems: int) -> dict[int | str, dict[str, Any]]:
    """The responses of an address for its description."""
    said = {
        status: {"model": Problem, "description": _PROBLEMS[status], "content": {"application/problem+json": {}}}
        for status in (400, 401, 403, 422, 429, 503, *problems)
    }
    found: dict[int | str, dict[str, Any]] = {200: {"model": shape}, 304: {"description": "Not changed"}}
    return found | said


def answered(request: Request, content: Any, *, next_page: str | None = None) -> Response:
    """`content` as JSON, or 304 where the asker has just that."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if next_page:
        headers["Link"] = f'<{next_page}>; rel="next"'
    if request.method in ("GET", "HEAD") and _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def listed(request: Request, items: list[dict[str, Any]], last: Any) -> Response:
    """A page of a list; `last` is the key to go on after, None at the end."""
    following = None
    if last is not None:
        asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
        following = f"{request.url.path}?{urlencode([*asked, ('cursor', packed(last))])}"
    return answered(request, {"items": items, "next": following}, next_page=following)


def packed(key: Any) -> str:
    """A cursor that stands for a key."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def keyed(cursor: str) -> tuple[str, int] | None:
    """The date and number that a cursor stands for, None for no cursor. Raises a 400 for one that is none of ours."""
    if not cursor:
        return None
    found = _unpacked(cursor)
    if isinstance(found, list) and len(found) == 2 and isinstance(found[0], str) and _is_number(found[1]):
        return found[0], found[1]
    raise HTTPException(400, "cursor: take it from the page before")


def counted(cursor: str, most: int) -> int:
    """The place in a list that a cursor stands for. Raises a 400 for one that is none of ours."""
    found = _unpacked(cursor) if cursor else 0
    if not _is_number(found) or found > most:
        raise HTTPException(400, "cursor: take it from the page before")
    return int(found)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62


def _unpacked(cursor: str) -> Any:
    try:
        return json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return None


def _has(asked: str, tag: str) -> bool:
    return asked.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in asked.split(","))
