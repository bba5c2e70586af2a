"""What a reader is told when a page cannot be given: an HTML page, or problem+json (RFC 9457) under /api."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from waqai.desk.refusals import StaleForm, UnfitValue
from waqai.desk.rendering import render, taste_of
from waqai.desk.setting import Desk
from waqai.desk.written import clip
from waqai.errors import StoreError
from waqai.store.values import Unfit

_log = logging.getLogger("waqai.desk")


def problem(status: int, detail: str = "", **more: Any) -> JSONResponse:
    """A problem as RFC 9457 writes it."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(told | more, status, media_type="application/problem+json")


def unsearchable(desk: Desk) -> str:
    """The name of the text that tells why words cannot be searched for."""
    return "search.nothing" if desk.store.index_is_current() else "search.old_index"


def told(request: Request, detail: object) -> str:
    """A detail in the language of the page: of a value that cannot be, or the text that it, or refused.…, names."""
    desk: Desk = request.app.state.desk
    language = taste_of(request).language
    say = desk.texts.say(language)
    if isinstance(detail, Unfit):
        field = f"facet.{detail.name}" if f"facet.{detail.name}" in desk.texts else f"review.{detail.name}"
        allowed = (_named(desk, detail.name, one, language) for one in detail.allowed)
        return say(
            f"unfit.{detail.kind}",
            field=say(field) if field in desk.texts else detail.name,
            value=clip(detail.value, 60),
            allowed=say("comma").join(f" {one}" for one in allowed).strip(),
        )
    said = str(detail)
    known = next((name for name in (said, f"refused.{said}") if name in desk.texts), "")
    return say(known) if known else said


def _named(desk: Desk, field: str, value: str, language: str) -> str:
    text = f"{field}.{value}"
    return desk.texts.say(language)(text) if text in desk.texts else desk.labels.of(field, value, language)


def answer(request: Request, status: int, detail: object = "") -> Response:
    """The page, or the problem, that tells of `status`; `detail` is for the reader."""
    if request.url.path.startswith("/api/"):
        return problem(status, str(detail))
    known = status if f"error.{status}" in request.app.state.desk.texts else 500
    return render(request, "error.html", status, code=status, known=known, detail=told(request, detail))


def install(app: FastAPI) -> None:
    """Has `app` answer with these pages."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        if isinstance(error, StaleForm) and not request.url.path.startswith("/api/"):
            return render(request, "access/stale.html", 403, path=request.url.path, fields=error.fields)
        response = answer(request, error.status_code, _detail(error))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        if request.url.path.startswith("/api/"):
            said = (f"{row['loc'][-1]}: {row['msg'].removeprefix('Value error, ')}" for row in error.errors())
            return answer(request, 422, "; ".join(said))
        say = request.app.state.desk.texts.say(taste_of(request).language)
        fields = ", ".join(dict.fromkeys(str(row["loc"][-1]) for row in error.errors()))
        return answer(request, 422, say("unfit.form", field=fields))

    @app.exception_handler(StoreError)
    async def lost(request: Request, error: StoreError) -> Response:
        _log.error("%s", error)
        return answer(request, 503)

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> Response:
        _log.exception("%s %s", request.method, request.url.path, exc_info=error)
        return answer(request, 500)


def _detail(error: HTTPException) -> object:
    """What was said on raising it; nothing where that is only the status in words."""
    if isinstance(error, UnfitValue):
        return error.error
    return "" if error.detail == HTTPStatus(error.status_code).phrase else error.detail
