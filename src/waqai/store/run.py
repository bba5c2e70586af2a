"""A run over inputs: what it says last of a page holds.

Inputs may have several wordings of a page, oldest first. Reading them again must not put the older in use in between,
nor tell of changes where there are none; a page that goes back to an earlier wording has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waqai.store import rows
from waqai.store.again import is_said, was_said
from waqai.store.store import Added, Store


class Run:
    """Adds records to `store`; `settle` ends it. A run that is killed before does no harm: the next one settles."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._earlier: dict[str, str] = {}  # by page what it said once, as rows.content gives it

    def knows(self, record: Mapping[str, Any]) -> bool:
        """Whether the store has what the page says, whatever was or will be read from it."""
        page, content = rows.page(record), rows.content(record)
        with self._store.reading() as connection:
            if is_said(connection, page, content):
                self._earlier.pop(page, None)
            elif was_said(connection, page, content):
                self._earlier[page] = content
            else:
                return False
        return True

    def add(self, record: Mapping[str, Any]) -> Added:
        """Stores a record; one whose wording is an earlier one of its page counts as known until `settle`."""
        told = self._store.add(record, again=False)
        if told is Added.EARLIER:
            self._earlier[rows.page(record)] = rows.content(record)
            return Added.KNOWN
        self._earlier.pop(rows.page(record), None)
        return told

    @property
    def earlier(self) -> tuple[str, ...]:
        """The pages that `settle` will look at: those that now say what they said once."""
        return tuple(self._earlier)

    def settle(self) -> int:
        """Puts in use what pages have gone back to; how many that were, which were told as known."""
        turned = [self._store.say_again(page, content) for page, content in self._earlier.items()]
        self._earlier.clear()
        return turned.count(Added.REVISED)
