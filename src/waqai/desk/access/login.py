"""Logging in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from waqai.desk.access.gate import session_cookie
from waqai.desk.access.limits import Rate
from waqai.desk.rendering import render
from waqai.desk.setting import desk_of
from waqai.desk.written import local_path
from waqai.store.accounts import LASTS, close_session, open_session, with_password

router = APIRouter()
TRIES, TRIES_PACE = 10, 2.0  # logins from one address, and to one account: at once, and a minute


def _rates(request: Request) -> tuple[Rate, Rate]:
    """The limits by address and by account, of this running desk."""
    state = request.app.state
    if not hasattr(state, "logins"):
        state.logins = (Rate(TRIES, TRIES_PACE), Rate(TRIES, TRIES_PACE))
    rates: tuple[Rate, Rate] = state.logins
    return rates


@router.get("/login", include_in_schema=False)
def form(request: Request, next: str = "/") -> Response:
    """The page to log in; who has no need to is sent on."""
    if request.state.user is not None:
        return RedirectResponse(local_path(next), 303)
    return render(request, "access/login.html", next=local_path(next), wrong="", name="")


@router.post("/login", include_in_schema=False)
def login(
    request: Request,
    name: Annotated[str, Form(max_length=100)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=4000)] = "/",
) -> Response:
    """Opens a session for whoever knows the password."""
    by_address, by_account = _rates(request)
    wait = by_address.wait(request.client.host if request.client else "") or by_account.wait(name.casefold())
    if wait:
        refused = render(request, "access/login.html", 429, next=local_path(next), wrong="login.often", name=name)
        refused.headers["Retry-After"] = str(wait)
        return refused
    desk = desk_of(request)
    user = with_password(desk.store, name, password)
    if user is None:
        return render(request, "access/login.html", 403, next=local_path(next), wrong="login.wrong", name=name)
    https = request.url.scheme == "https"
    answer = RedirectResponse(local_path(next), 303)
    answer.set_cookie(
        session_cookie(request.url.scheme),
        open_session(desk.store, user.name),
        max_age=int(LASTS["browser"].total_seconds()),
        httponly=True,
        secure=https,
        samesite="lax",
    )
    return answer


@router.post("/logout", include_in_schema=False)
def logout(request: Request) -> Response:
    """Ends the session."""
    name = session_cookie(request.url.scheme)
    if held := request.cookies.get(name, ""):
        close_session(desk_of(request).store, held)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(name, httponly=True, secure=request.url.scheme == "https", samesite="lax")
    return answer
