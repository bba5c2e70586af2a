"""Pages out of templates: the language and the look a reader has chosen, and what every template may use."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from waqai._version import __version__
from waqai.desk import written
from waqai.desk.setting import desk_of
from waqai.desk.texts import LANGUAGES

HERE = Path(__file__).parent
THEMES = ("light", "dark")
SIZES = range(-2, 5)
_BLOCKS = ("title", "head", "main", "scripts")
# Stand in kept pages where a reader's own token goes, and between blocks; nobody can write them into an article.
_TOKEN, _CUT = secrets.token_hex(16), secrets.token_hex(16)


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
    made.globals |= {"asset": asset, "version": __version__, "number": written.number}
    return made


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """The address of a file of static/, which changes when the file does."""
    digest = hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?{digest}"


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The page `template` makes of `context`.

    A template also has `t` (the texts), `label(kind, value)`, `day(date)`, `pieces`, `taste`, `back` (the address
    asked for, to come back to), `path`, `menu`, `user`, `role` and `csrf` where access control has put them on
    `request.state`, and `asked` (the search box).
    """
    page = environment().get_template(template).render(_every(request) | _personal(request) | context)
    return HTMLResponse(page, status, headers={"Content-Language": taste_of(request).language})


def kept(request: Request, template: str, make: Callable[[], Mapping[str, Any]], *key: object) -> HTMLResponse:
    """The same, but for a page that is the same for every reader of its language and address, made once until the
    store changes: `make` gives the context, and is only asked where the page is not kept.

    `key` is what else the page depends on. Such a template extends `layout`, and may use `csrf` and `role`, but nothing
    else that is a reader's own.
    """
    desk, taste = desk_of(request), taste_of(request)
    personal = _personal(request)

    def made() -> tuple[dict[str, str], str]:
        context = _every(request) | {"user": None, "csrf": _TOKEN, "role": personal["role"]}
        context |= {"layout": "blocks.html", "cut": _CUT} | dict(make())
        blocks = environment().get_template(template).render(context).split(_CUT)
        return dict(zip(_BLOCKS, blocks, strict=True)), context["asked"]

    address = (template, taste.language, personal["role"], request.url.path, request.url.query, *key)
    blocks, asked = desk.keeping.page(address, made)
    shown = {
        name: Markup(html.replace(_TOKEN, written.token(personal["csrf"])) if name == "main" else html)
        for name, html in blocks.items()
    }
    page = environment().get_template("kept.html").render(_every(request) | personal | {"kept": shown, "asked": asked})
    return HTMLResponse(page, headers={"Content-Language": taste.language})


def _personal(request: Request) -> dict[str, Any]:
    user = getattr(request.state, "user", None)
    return {"user": user, "role": getattr(user, "role", ""), "csrf": getattr(request.state, "csrf", "")}


def _every(request: Request) -> dict[str, Any]:
    from waqai.desk.routes import MENU

    desk, taste = desk_of(request), taste_of(request)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return {
        "request": request,
        "t": desk.texts.say(taste.language),
        "label": lambda kind, value: desk.labels.of(kind, value, taste.language),
        "day": lambda value: written.day(value, taste.language),
        "pieces": desk.pieces,
        "taste": taste,
        "here": here,
        "back": quote(here, safe=""),
        "path": request.url.path,
        "menu": MENU,
        "asked": "",
        "layout": "base.html",
    }
