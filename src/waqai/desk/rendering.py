"""Pages out of templates: the language and the look a reader has chosen, and what every template may use."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from waqai._version import __version__
from waqai.desk import written
from waqai.desk.setting import Desk, desk_of
from waqai.desk.texts import LANGUAGES
from waqai.store.accounts import User

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
    made.globals |= {"asset": asset, "version": __version__, "number": written.number, "none_between": Markup("")}
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
    every = _every(request) | _personal(request) | context
    if every["asked"]:
        every["asked_dir"] = "auto"
    page = environment().get_template(template).render(every)
    return HTMLResponse(page, status, headers={"Content-Language": taste_of(request).language})


def kept(request: Request, template: str, make: Callable[[], Mapping[str, Any]], *key: object) -> Response:
    """The same, but for a page that is the same for every reader of its language and address, made once until the
    store changes: `make` gives the context, and is only asked where the page is not kept. Who has it already is told so
    (304).

    `key` is what else the page depends on. Such a template extends `layout`, and may use `csrf` and `role`, but nothing
    else that is a reader's own.
    """
    desk, taste = desk_of(request), taste_of(request)
    personal = _personal(request)

    def made() -> tuple[dict[str, str], str]:
        context: dict[str, Any] = _every(request) | {"user": None, "csrf": _TOKEN, "role": personal["role"]}
        context |= {"layout": "blocks.html", "cut": _CUT} | dict(make())
        blocks = environment().get_template(template).render(context).split(_CUT)
        return dict(zip(_BLOCKS, blocks, strict=True)), context["asked"]

    def of_one_moment() -> tuple[dict[str, str], str]:
        with desk.store.reading_at_once():
            return made()

    address = (template, taste.language, personal["role"], request.url.path, request.url.query, *key)
    blocks, asked = desk.keeping.page(address, of_one_moment)
    page = _framed(request, blocks, asked)
    headers = {"Content-Language": taste.language, "ETag": f'"{blake2b(page, digest_size=16).hexdigest()}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(page, headers=headers, media_type="text/html")


def _framed(request: Request, blocks: Mapping[str, str], asked: str) -> bytes:
    """The whole page: `blocks` in the frame of this reader."""
    desk, taste, personal = desk_of(request), taste_of(request), _personal(request)
    path = request.url.path
    current = path if any(path == address for _, address in _menu()) else ""
    frame = _frame(desk, taste, personal["user"], current)
    put = {
        "asked": escape(asked),
        "asked_dir": "auto" if asked else taste.direction,
        "back": _back(request),
        "csrf": written.token(personal["csrf"]),
        **blocks,
    }
    page = "".join(piece if at % 2 == 0 else put[piece] for at, piece in enumerate(frame))
    return page.replace(_TOKEN, put["csrf"]).encode("utf-8", "replace")


@lru_cache(maxsize=200)
def _frame(desk: Desk, taste: Taste, user: User | None, path: str) -> tuple[str, ...]:
    """The frame around a page's blocks, cut where something is put in: every other piece is the name of that."""
    marks = {name: Markup(f"{_CUT}{name}{_CUT}") for name in (*_BLOCKS, "asked", "asked_dir", "back", "csrf")}
    every = _every_of(desk, taste) | {"user": user, "path": path, "kept": marks, "role": getattr(user, "role", "")}
    page = environment().get_template("kept.html").render(every | marks)
    return tuple(page.split(_CUT))


def _menu() -> tuple[tuple[str, str], ...]:
    from waqai.desk.routes import MENU

    return MENU


def _personal(request: Request) -> dict[str, Any]:
    user = getattr(request.state, "user", None)
    return {"user": user, "role": getattr(user, "role", ""), "csrf": getattr(request.state, "csrf", "")}


def _every(request: Request) -> dict[str, Any]:
    path, asked = request.url.path, request.url.query
    here = {"request": request, "here": f"{path}?{asked}" if asked else path, "back": _back(request), "path": path}
    return _every_of(desk_of(request), taste_of(request)) | here


def _back(request: Request) -> str:
    """The address asked for, as a part of another one."""
    return quote(request.url.path + (f"?{request.url.query}" if request.url.query else ""), safe="")


def _every_of(desk: Desk, taste: Taste) -> dict[str, Any]:
    return {
        "t": desk.texts.say(taste.language),
        "label": lambda kind, value: desk.labels.of(kind, value, taste.language),
        "day": lambda value: written.day(value, taste.language),
        "pieces": desk.pieces,
        "taste": taste,
        "menu": _menu(),
        "asked": "",
        "asked_dir": taste.direction,
        "layout": "base.html",
    }
