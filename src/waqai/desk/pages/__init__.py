"""The pages that show what a store holds."""

from __future__ import annotations

from fastapi import APIRouter

from waqai.desk.pages import actor, article, events, preferences, saved, search, timeline, today

pages = APIRouter()
for part in (today, article, events, timeline, actor, search, saved, preferences):
    pages.include_router(part.router)
