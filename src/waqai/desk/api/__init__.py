"""The JSON API under /api/v1, and the page that describes it."""

from fastapi import APIRouter

from waqai.desk.api import lists, manual, reading, single

router = APIRouter()
for part in (manual, lists, single, reading):
    router.include_router(part.router)

__all__ = ["router"]
