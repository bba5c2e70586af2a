"""Today: the newest articles, the latest events, what is due next, activity by day."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from waqai.desk.rendering import render

router = APIRouter()


@router.get("/", include_in_schema=False)
def today(request: Request) -> Response:
    """The first page."""
    return render(request, "pages/today.html")
