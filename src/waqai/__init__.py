"""Waqai (وقائع): Arabic news in, a sourced record out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from waqai._version import __version__
from waqai.errors import InputError, WaqaiError
from waqai.model import Article, Event, Record

if TYPE_CHECKING:
    from waqai.pipeline import Waqai, read

__all__ = ["Article", "Event", "InputError", "Record", "Waqai", "WaqaiError", "__version__", "read"]


def __getattr__(name: str) -> Any:
    """Loads the pipeline, with all its rooms, only when it is asked for."""
    if name in ("Waqai", "read"):
        from waqai import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
