"""Gives every mention the fullest name its actor has in the article."""

from __future__ import annotations

from waqai.analysis.coreference.resolver import Coreferrer

__all__ = ["Coreferrer"]
