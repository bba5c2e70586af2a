"""The gate before every page: from where, who, may they, how often, how much; deny where nothing allows."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders

from waqai.desk.access.forms import SAFE, token
from waqai.desk.access.limits import Rate
from waqai.desk.access.secret import secret_of
from waqai.desk.failures import answer
from waqai.desk.setting import Desk
from waqai.store.accounts import LOCAL, User, user_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HERE = User(LOCAL, "editor")  # whoever sits at the machine, where only that reaches the desk
_OPEN = ("/login", "/static/", "/prefer")  # shown to those who are not logged in
_READERS = ("/login", "/logout", "/api/v1/read")  # what readers may send
MAX_BODY = 1 << 20  # bytes of any request
MAX_UPLOAD = 20 << 20  # of one that adds a file, its frame included
_UPLOADS = ("/add/file",)
API_BURST, API_PACE = 60, 120.0  # requests of one asker at once, and a minute


def session_cookie(scheme: str) -> str:
    """The name of the session's cookie; __Host- binds it to this host, which browsers grant over https alone."""
    return "__Host-waqai_session" if scheme == "https" else "waqai_session"


class Gate:
    """ASGI middleware; sets `user`, `csrf` and `program` on the state of a request that it lets in."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk
        self._secret = secret_of(desk.store)
        self._rate = Rate(API_BURST, API_PACE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        guarded = bool(scope["app"].state.guarded)
        try:
            _refuse_elsewhere(request, guarded=guarded)
            visit, fresh = await self._identify(request, guarded=guarded)
            self._refuse_strangers(request, guarded=guarded)
            _refuse_length(request)
        except HTTPException as error:
            response = answer(request, error.status_code, str(error.detail))
            response.headers.update(error.headers or {})
            await response(scope, receive, send)
            return
        except _LoginFirst as first:
            await RedirectResponse(first.address, 303)(scope, receive, send)
            return
        await self._app(scope, _bounded(request, receive), _with_visit(send, request, visit if fresh else ""))

    async def _identify(self, request: Request, *, guarded: bool) -> tuple[str, bool]:
        """Sets on the request who asks; the visit that its forms belong to, and whether that is new."""
        state, cookies = request.state, _cookies(request.headers)
        state.user, state.program = (None, False) if guarded else (_HERE, False)
        if guarded and (shown := _program_token(request.headers)):
            state.user = await run_in_threadpool(user_of, self._desk.store, shown, "api")
            state.program = state.user is not None
        held = cookies.get(session_cookie(request.url.scheme), "")
        if guarded and held and state.user is None:
            state.user = await run_in_threadpool(user_of, self._desk.store, held)
        visit = held if guarded and state.user and not state.program else cookies.get("waqai_visit", "")
        fresh = not 20 <= len(visit) <= 100
        if fresh:
            visit = secrets.token_urlsafe(24)
        state.csrf = token(self._secret, visit)
        return visit, fresh

    def _refuse_strangers(self, request: Request, *, guarded: bool) -> None:
        """Raises where the one who asks may not, or asks too often."""
        path, user = request.url.path, request.state.user
        api = path == "/api" or path.startswith("/api/")
        if api and guarded and (wait := self._rate.wait(user.name if user else _from(request))):
            raise HTTPException(429, headers={"Retry-After": str(wait)})
        if user is None and not any(path == known or (path.startswith(known) and known[-1] == "/") for known in _OPEN):
            if api or request.method not in SAFE or request.headers.get("authorization"):
                raise HTTPException(401, headers={"WWW-Authenticate": 'Bearer realm="waqai"'})
            here = path + (f"?{request.url.query}" if request.url.query else "")
            raise _LoginFirst(f"/login?next={quote(here, safe='')}")
        if request.method not in SAFE and path not in _READERS and not (user and user.edits):
            raise HTTPException(403)


class _LoginFirst(Exception):
    """A page that is shown after a login."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def _refuse_elsewhere(request: Request, *, guarded: bool) -> None:
    """Raises for a desk without a login that is called by another name than this machine's, as a page elsewhere does
    that has its own name lead here; and for changes that a page elsewhere sends.
    """
    host = request.headers.get("host", "")
    if not guarded and not _is_local(host):
        raise HTTPException(400, "Host")
    if request.method in SAFE:
        return
    origin = request.headers.get("origin", "")
    if origin and urlsplit(origin).netloc.lower() != host.lower():
        raise HTTPException(403, "Origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "Sec-Fetch-Site")


def _is_local(host: str) -> bool:
    try:
        parts = urlsplit(f"//{host}")
        name, _ = parts.hostname or "", parts.port  # which raises where it is no number
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _cookies(headers: Headers) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _program_token(headers: Headers) -> str:
    """The token that a program shows: Bearer, or as the password of Basic, which readers of feeds can send."""
    kind, _, shown = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return shown.strip()
    if kind.lower() != "basic":
        return ""
    try:
        return base64.b64decode(shown, validate=True).decode("utf-8").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""


def _from(request: Request) -> str:
    return request.client.host if request.client else ""


def _most(request: Request) -> int:
    return MAX_UPLOAD if request.url.path in _UPLOADS else MAX_BODY


def _refuse_length(request: Request) -> None:
    said = request.headers.get("content-length", "")
    if said and not (said.isascii() and said.isdigit() and len(said) < 16):
        raise HTTPException(400, "Content-Length")
    if said and int(said) > _most(request):
        raise HTTPException(413)


def _bounded(request: Request, receive: Receive) -> Receive:
    """`receive` that gives up on a body longer than it may be, whatever length was announced."""
    most, seen = _most(request), 0

    async def received() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise HTTPException(413)
        return message

    return received


def _with_visit(send: Send, request: Request, visit: str) -> Send:
    """`send` that gives a new visitor the cookie that their forms belong to."""
    if not visit or request.url.path.startswith(("/static/", "/api/")):
        return send
    secure = "; Secure" if request.url.scheme == "https" else ""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            cookie = f"waqai_visit={visit}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}"
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return sent
