"""Puts what the README's command prints between the marks in README.md: `python docs/readme.py`, or `make docs`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- output: begin -->", "<!-- output: end -->"
COMMAND = ["read", "examples/beijing.html"]
SHOWN = 2  # events


def output() -> str:
    """The first events of what the command prints in a pipe."""
    run = subprocess.run(
        [sys.executable, "-m", "waqai", *COMMAND], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    return "\n\n".join(run.stdout.split("\n\n")[: SHOWN + 1])


def main() -> None:
    path = ROOT / "README.md"
    head, rest = path.read_text(encoding="utf-8").split(BEGIN)
    _, tail = rest.split(END)
    block = f"```text\n$ waqai {' '.join(COMMAND)}\n{output()}\n…\n```"
    path.write_text(f"{head}{BEGIN}\n{block}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
