"""Waqai (وقائع): Arabic news in, a sourced record out."""

from __future__ import annotations

from waqai._version import __version__
from waqai.errors import InputError, WaqaiError
from waqai.model import Article, Event, Record
from waqai.pipeline import Waqai, read

__all__ = ["Article", "Event", "InputError", "Record", "Waqai", "WaqaiError", "__version__", "read"]
