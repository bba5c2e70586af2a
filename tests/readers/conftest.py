"""What the tests of the readers share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import QUICK, Site, running

from waqai.readers import Reader
from waqai.readers.fetch import Fetcher
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


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as found:
        yield found


@pytest.fixture
def visitor() -> Reader:
    """A reader that may visit the local server, and does not wait long for it."""
    return Reader(Library(), fetcher=Fetcher(allow_private=True, limits=QUICK))
