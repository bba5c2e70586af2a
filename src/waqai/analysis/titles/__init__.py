"""Phrases that name people and groups: title, role and name joined; roles and groups without a name; demonyms."""

from __future__ import annotations

from waqai.analysis.titles.composer import PhraseComposer

__all__ = ["PhraseComposer"]
