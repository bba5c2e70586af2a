"""Stores for tests of stories, and what linking knows, loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from waqai.resources import Library
from waqai.store import Store
from waqai.stories.linking import Knowledge


@pytest.fixture(scope="session")
def knowledge(library: Library) -> Knowledge:
    return Knowledge(library)


@pytest.fixture
def shelf(tmp_path: Path, library: Library) -> Iterator[Store]:
    """An empty store."""
    with Store(str(tmp_path / "waqai.db"), library, create=True) as store:
        yield store
