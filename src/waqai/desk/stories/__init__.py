"""Stories: linked events with their reports side by side, threads, the register, wire copies."""

from __future__ import annotations

from fastapi import APIRouter

from waqai.desk.stories import linked, register, threads

router = APIRouter(include_in_schema=False)
for part in (linked, threads, register):
    router.include_router(part.router)
