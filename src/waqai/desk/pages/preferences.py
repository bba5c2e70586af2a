"""What a reader prefers: language, light or dark, letter size; kept in cookies, so that it works without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from waqai.desk.rendering import SIZES, THEMES
from waqai.desk.texts import LANGUAGES
from waqai.desk.written import local_path

router = APIRouter()
_YEAR = 365 * 24 * 3600


@router.get("/prefer", include_in_schema=False)
def prefer(language: str = "", theme: str = "", size: int | None = None, back: str = "/") -> RedirectResponse:
    """Keeps what is said and goes back to where the reader was; what is no choice changes nothing."""
    answer = RedirectResponse(local_path(back), 303)
    chosen = {
        "waqai_language": language if language in LANGUAGES else "",
        "waqai_theme": theme if theme in (*THEMES, "auto") else "",
        "waqai_size": str(size) if size is not None and size in SIZES else "",
    }
    for name, value in chosen.items():
        if value:
            answer.set_cookie(name, value, max_age=_YEAR, samesite="lax")
    return answer
