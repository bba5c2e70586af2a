"""What a reader is told when a page cannot be given: an HTML page, or problem+json (RFC 9457) under /api."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from waqai.desk.rendering import render
from waqai.errors import StoreError

_log = logging.getLogger("waqai.desk")


def problem(status: int, detail: str = "", **more: Any) -> JSONResponse:
    """A problem as RFC 9457 writes it."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(told | more, status, media_type="application/problem+json")


def answer(request: Request, status: int, detail: str = "") -> Response:
    """The page, or the problem, that tells of `status`; `detail` is for the reader."""
    if request.url.path.startswith("/api/"):
        return problem(status, detail)
    known = status if f"error.{status}" in request.app.state.desk.texts else 500
    return render(request, "error.html", status, code=status, known=known, detail=detail)


def install(app: FastAPI) -> None:
    """Has `app` answer with these pages."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        response = answer(request, error.status_code, _detail(error))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        wrong = "; ".join(f"{row['loc'][-1]}: {row['msg']}" for row in error.errors())
        return answer(request, 422, wrong)

    @app.exception_handler(StoreError)
    async def lost(request: Request, error: StoreError) -> Response:
        _log.error("%s", error)
        return answer(request, 503)

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> Response:
        _log.exception("%s %s", request.method, request.url.path, exc_info=error)
        return answer(request, 500)


def _detail(error: HTTPException) -> str:
    """What was said on raising it; nothing where that is only the status in words."""
    said = str(error.detail)
    return "" if said == HTTPStatus(error.status_code).phrase else said
