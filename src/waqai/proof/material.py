"""Where the benchmark's own material is: inside the installed package, or at its place in a checkout."""

from __future__ import annotations

from pathlib import Path

from waqai.errors import TableError

HERE = Path(__file__).resolve().parent
SHIPPED = HERE / "material"
CHECKOUT = HERE.parents[2]
# The same list stands in pyproject.toml, which puts them into the wheel.
PLACES = {
    "open": "bench/open",
    "floors.toml": "bench/floors.toml",
    "dates.toml": "tests/readers/dates.toml",
    "pages": "tests/pages",
    "examples": "examples",
}


def material(name: str) -> Path:
    """The file or folder of that name. Raises TableError where neither the package nor a checkout has it."""
    for path in (SHIPPED / name, CHECKOUT / PLACES[name]):
        if path.exists():
            return path
    raise TableError(f"{SHIPPED / name}: the benchmark's material is missing; reinstall the package")
