"""What the tests of the readers share."""

from __future__ import annotations

from pathlib import Path

import pytest

from waqai.readers import Reader
from waqai.resources import Library

PAGES = Path(__file__).resolve().parents[1] / "pages"
SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(Library())


@pytest.fixture(scope="session")
def pages() -> Path:
    """Pages written for the project."""
    return PAGES


@pytest.fixture(scope="session")
def shared() -> Path:
    """Data kept beside the repository; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the data in {SHARED.name}/ beside the repository")
    return SHARED
