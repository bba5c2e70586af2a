"""The pages that show what a store holds."""

from __future__ import annotations

from fastapi import APIRouter

from waqai.desk.pages import preferences, today

pages = APIRouter()
for part in (preferences, today):
    pages.include_router(part.router)
