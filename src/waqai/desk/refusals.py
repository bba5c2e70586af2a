"""Refusals that carry what a page tells of them in its language."""

from __future__ import annotations

from fastapi import HTTPException

from waqai.store.values import Unfit


class UnfitValue(HTTPException):
    """A value in an address that cannot be: `error` tells which, and why."""

    def __init__(self, error: Unfit) -> None:
        super().__init__(400, str(error))
        self.error = error


class StaleForm(HTTPException):
    """A form without the token of its visitor: its page was open too long. `fields` are what it said, to send again:
    name and value; neither files, nor anything that belongs to logging in.
    """

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        super().__init__(403, "csrf")
        self.fields = fields
