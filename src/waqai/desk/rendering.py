"""Pages out of templates: the language and the look a reader has chosen, and what every template may use."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from waqai._version import __version__
from waqai.desk import written
from waqai.desk.setting import desk_of
from waqai.desk.texts import LANGUAGES

HERE = Path(__file__).parent
THEMES = ("light", "dark")
SIZES = range(-2, 5)


@dataclass(frozen=True, slots=True)
class Taste:
    """What a reader has chosen, kept in cookies: language, light or dark ("" leaves it to the browser), letter size."""

    language: str = "ar"
    theme: str = ""
    size: int = 0

    @property
    def direction(self) -> str:
        """ "rtl" or "ltr"."""
        return LANGUAGES[self.language]


def taste_of(request: Request) -> Taste:
    """The reader's taste; what no cookie says, or says wrongly, is as for somebody new."""
    cookies = request.cookies
    language = cookies.get("waqai_language", "")
    theme = cookies.get("waqai_theme", "")
    size = cookies.get("waqai_size", "")
    return Taste(
        language if language in LANGUAGES else "ar",
        theme if theme in THEMES else "",
        int(size) if size in {str(known) for known in SIZES} else 0,
    )


@cache
def environment() -> Environment:
    """The templates; everything put into them is escaped."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"clip": written.clip, "link": written.safe_link}
    made.globals |= {"asset": asset, "version": __version__}
    return made


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """The address of a file of static/, which changes when the file does."""
    digest = hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?{digest}"


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The page `template` makes of `context`.

    A template also has `t` (the texts), `label(kind, value)`, `taste`, `here` (the address asked for, to come back to),
    `menu`, `user` and `csrf` where access control has put them on `request.state`, and `asked` (the search box).
    """
    from waqai.desk.routes import MENU

    desk, taste = desk_of(request), taste_of(request)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    every = {
        "request": request,
        "t": desk.texts.say(taste.language),
        "label": lambda kind, value: desk.labels.of(kind, value, taste.language),
        "day": lambda value: written.day(value, taste.language),
        "number": written.number,
        "taste": taste,
        "here": here,
        "back": quote(here, safe=""),
        "path": request.url.path,
        "menu": MENU,
        "user": getattr(request.state, "user", None),
        "csrf": getattr(request.state, "csrf", ""),
        "asked": "",
    }
    page = environment().get_template(template).render(every | context)
    return HTMLResponse(page, status, headers={"Content-Language": taste.language})
