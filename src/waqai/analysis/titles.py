"""Stub."""

from __future__ import annotations

from waqai.model import Mention, Sentence
from waqai.resources import Library


class PhraseComposer:
    """Joins title, role and name."""

    def __init__(self, library: Library) -> None:
        del library

    def compose(self, text: str, sentences: tuple[Sentence, ...], names: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """As yet the names alone."""
        return names

    def demonyms(self, text: str, sentences: tuple[Sentence, ...]) -> tuple[Mention, ...]:
        """As yet none."""
        return ()
