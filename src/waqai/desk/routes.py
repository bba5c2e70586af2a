"""The one place where the desk's routers, middlewares and places of the menu are listed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from waqai.desk import access, api, review, stories
from waqai.desk.adding import pages as adding
from waqai.desk.pages import pages

# What is put around the application, outermost first: ASGI middleware classes called with (app, desk).
MIDDLEWARES: tuple[Any, ...] = (access.Gate,)
# What every address depends on.
DEPENDENCIES = (access.checked_form,)

# Places of the menu: the id of their text, and the address.
MENU = (
    ("menu.today", "/"),
    ("menu.events", "/events"),
    ("menu.timeline", "/timeline"),
    ("menu.actors", "/actors"),
    ("menu.threads", "/threads"),
    ("menu.register", "/register"),
    ("menu.saved", "/saved"),
    ("menu.review", "/review"),
    ("menu.add", "/add"),
    ("menu.api", "/api/v1/docs"),
)


def routers() -> tuple[APIRouter, ...]:
    """Every router of the desk, in the order in which addresses are tried."""
    return (pages, access.router, api.router, adding.router, review.router, stories.router)
