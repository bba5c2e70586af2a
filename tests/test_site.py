"""The site: its tutorial's commands run, its rows do what they say, it builds without a warning."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from waqai.cli import main

ROOT = Path(__file__).resolve().parents[1]


def blocks(page: str, language: str) -> list[str]:
    """The blocks of code of a page in one language."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.S)


def test_the_commands_of_the_tutorial_run(tmp_path: Path) -> None:
    """In order, in a folder that holds the examples; the desk, which never ends, stands in no block."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    waqai = f'waqai() {{ "{sys.executable}" -m waqai "$@" >> out.txt; }}'
    script = "\n".join(("set -e", waqai, *blocks("tutorial.md", "sh")))
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, capture_output=True, check=False, text=True,
        env={**os.environ, "WAQAI_LANG": "ar"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert "4 new, 0 revised" in written and "LBY" in (tmp_path / "libya.csv").read_text(encoding="utf-8")


def test_the_rows_of_the_guide_do_what_they_say(tmp_path: Path) -> None:
    frame, actors = blocks("extending.md", "toml")
    for name, text in (("frames", frame), ("actors", actors)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "own.toml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["lexicon", "check", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (0, "no faults\n")


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    for name in ("index", "tutorial", "quickstart-ar", "event-types", "cli", "api", "figures", "limits", "credits"):
        assert (tmp_path / f"{name}.html").is_file()
    assert "fonts.g" not in (tmp_path / "index.html").read_text(encoding="utf-8")
