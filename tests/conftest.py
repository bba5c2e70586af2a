"""What tests share: tables and steps loaded once, articles made from a few words, the data beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from acts import Analyse, Drafts
from waqai.analysis.analyser import Analyser
from waqai.coding.coder import Coder
from waqai.model import Analysis, Article
from waqai.pipeline import Waqai
from waqai.resources import Library

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT / ".." / "shared"
PUBLISHED = "2024-05-15"  # a Wednesday


@pytest.fixture(scope="session")
def library() -> Library:
    return Library()


@pytest.fixture(scope="session")
def analyser(library: Library) -> Analyser:
    return Analyser(library)


@pytest.fixture(scope="session")
def coder(library: Library) -> Coder:
    return Coder(library)


@pytest.fixture(scope="session")
def waqai() -> Waqai:
    return Waqai()


@pytest.fixture(scope="session")
def analyse(analyser: Analyser) -> Analyse:
    """Body text (and a title) -> its analysis, as if published on PUBLISHED."""

    def run(body: str, title: str = "", published: str = PUBLISHED) -> Analysis:
        text = f"{title}\n\n{body}" if title else body
        return analyser.analyse(Article("test", text, title, published=published))

    return run


@pytest.fixture(scope="session")
def drafts(analyse: Analyse, coder: Coder) -> Drafts:
    """Body text (and a title) -> every act read in it, doubtful ones included."""
    return lambda body, title="", published=PUBLISHED: coder.drafts(analyse(body, title, published))


@pytest.fixture(scope="session")
def gold() -> Path:
    folder = SHARED / "gold" / "dev"
    if not folder.is_dir():
        pytest.skip("needs shared/gold/dev beside the repository")
    return folder
