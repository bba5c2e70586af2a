"""Puts the desk together: routers, middlewares, static files, error pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from waqai._version import __version__
from waqai.desk import failures
from waqai.desk.headers import Headers
from waqai.desk.rendering import HERE
from waqai.desk.routes import DEPENDENCIES, MIDDLEWARES, routers
from waqai.desk.setting import Desk
from waqai.resources import Library

# More than this only wait for one another and take the interpreter from one another; each has a connection.
_THREADS = 4


def create_app(store_address: str, *, library: Library | None = None, guarded: bool = False) -> FastAPI:
    """The desk over the store at `store_address`, a path or a postgresql:// URL.

    `guarded` asks for a login before anything is shown. Raises StoreError where there is no store.
    """
    desk = Desk(store_address, library)

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        yield
        desk.close()

    app = FastAPI(
        title="Waqai",
        version=__version__,
        lifespan=running,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(wanted) for wanted in DEPENDENCIES],
    )
    app.state.desk = desk
    app.state.guarded = guarded
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for router in routers():
        app.include_router(router)
    failures.install(app)
    for middleware in reversed(MIDDLEWARES):
        app.add_middleware(middleware, desk=desk)
    app.add_middleware(Headers)
    return app
