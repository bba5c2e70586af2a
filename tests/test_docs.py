"""What the documents say is so: their links lead somewhere, their Python runs, their commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *ROOT.glob("*/README.md"),
]
MADE = ("event-types.md", "credits.md", "changes.md")  # by docs/pages.py


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert [link for link in missing if link not in MADE] == []


def test_the_python_of_the_readme_runs() -> None:
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert len(code.strip().splitlines()) <= 5
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, text=True)
    assert run.returncode == 0, run.stderr
    assert re.search(r"^2015-12-\d\d CONSULT \['", run.stdout, re.M)


def test_the_readme_names_options_that_exist() -> None:
    manual = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    options = set(re.findall(r"waqai [^\n]*?(--[a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert options and all(option in manual for option in options)


def test_every_licence_of_the_cards_is_credited() -> None:
    """A corpus named in the card of a model stands in the README too."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    cards = (ROOT / "src" / "waqai" / "data" / "models" / "README.md").read_text(encoding="utf-8")
    for name in ("PUD", "WikiNews", "ANERcorp", "Camel Morph", "NETransliteration", "GeoNames"):
        assert (name in readme) >= (name in cards), name
