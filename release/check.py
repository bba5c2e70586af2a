"""Whether a release may go out: `make release-check`, or `python release/check.py`.

Builds the wheel, installs it without extras into an empty environment, and runs it there, outside the repository:
version with digests, the examples, the part of `waqai bench` that is quick. Then size, licences (out/sbom.json), the
cards, the citation, and a container where one can be built. Every check prints a line; any that fails ends with 1.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "out"
MOST = 30e6  # bytes of a wheel
CARDS = ("docs/model-card.md", "docs/data-card.md", "src/waqai/data/models/README.md", "bench/open/README.md")
MATERIAL = ("open/score.py", "open/sentences.jsonl", "floors.toml", "dates.toml", "pages/newsroom.html")


Found = TypeVar("Found")


class Refused(Exception):
    """What keeps a release from going out."""


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """What a command writes. Raises Refused where it fails."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHONPATH", "WAQAI_"))}
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=env, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise Refused(f"{' '.join(map(str, command))}: {(done.stderr or done.stdout).strip()[-600:]}")
    return done.stdout


def wheel() -> Path:
    """The wheel, built anew."""
    folder = OUT / "dist"
    shutil.rmtree(folder, ignore_errors=True)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ".")
    return next(folder.glob("waqai-*.whl"))


def sized(built: Path) -> str:
    """Its size, which is bounded, and that it holds what it should and nothing of the tests."""
    names = zipfile.ZipFile(built).namelist()
    missing = [name for name in MATERIAL if f"waqai/proof/material/{name}" not in names]
    if missing or not any(name.startswith("waqai/data/models/") for name in names):
        raise Refused(f"not in the wheel: {', '.join(missing) or 'models'}")
    if stray := [name for name in names if not name.startswith(("waqai/", "waqai-"))]:
        raise Refused(f"strays in the wheel: {stray[:5]}")
    if (size := built.stat().st_size) > MOST:
        raise Refused(f"the wheel has {size / 1e6:.1f} MB, more than {MOST / 1e6:.0f}")
    return f"{size / 1e6:.1f} MB, {len(names)} files"


def installed(built: Path, folder: Path) -> Path:
    """The Python of an empty environment with the wheel in it, and nothing of the extras."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", built)
    for extra in ("pyarrow", "fastapi", "pyspark", "sklearn"):
        if "found" in run(python, "-c", f"import importlib.util as u; print(u.find_spec({extra!r}) and 'found')"):
            raise Refused(f"{extra} came without being asked for")
    return python


def versioned(python: Path, folder: Path) -> str:
    """The version with its digests, the same that a record carries."""
    told = run(python, "-m", "waqai", "--version", cwd=folder)
    if not re.fullmatch(r"waqai, version \S+\nmodels \w{12}, lexicon \w{12}, ontology \w{12}\n", told):
        raise Refused(f"--version says {told!r}")
    record = run(python, "-m", "waqai", "read", "--json", ROOT / "examples" / "skhirat.html", cwd=folder)
    if not all(digest in record for digest in re.findall(r"\b[0-9a-f]{12}\b", told)):
        raise Refused("a record's made_by differs from --version")
    return told.replace("\n", " ").strip()


def reads(python: Path, folder: Path) -> str:
    """Records of the examples with events in them."""
    pages = sorted((ROOT / "examples").glob("*.html"))
    lines = run(python, "-m", "waqai", "read", "--json", *pages, cwd=folder).splitlines()
    if len(lines) != len(pages) or not all('"events": [{' in line or '"events":[{' in line for line in lines):
        raise Refused("the examples gave no events")
    return f"{len(lines)} examples read"


def benched(python: Path, folder: Path) -> str:
    """`waqai bench` on readers, which needs what the wheel ships, within its bounds."""
    return f"{len(run(python, '-m', 'waqai', 'bench', '--only', 'readers', cwd=folder).splitlines())} lines of figures"


def licensed(python: Path) -> str:
    """No GPL among what is installed; the list goes to out/sbom.json."""
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "packaging")
    return f"{len(run(python, ROOT / 'release' / 'licences.py', '--sbom', OUT / 'sbom.json').splitlines())} packages"


def told() -> str:
    """Cards are there, and the citation names the version of the package."""
    if missing := [name for name in CARDS if not (ROOT / name).is_file()]:
        raise Refused(f"missing: {', '.join(missing)}")
    [version] = re.findall(r'__version__ = "(.+)"', (ROOT / "src/waqai/_version.py").read_text(encoding="utf-8"))
    if f"version: {version}\n" not in (ROOT / "CITATION.cff").read_text(encoding="utf-8"):
        raise Refused(f"CITATION.cff does not name version {version}")
    if f"## {version}" not in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"):
        raise Refused(f"CHANGELOG.md does not name version {version}")
    return f"{len(CARDS)} cards, citation of {version}"


def contained() -> str:
    """A container is built and reads an example, where podman or docker works."""
    for tool in ("podman", "docker"):
        if shutil.which(tool) and subprocess.run([tool, "info"], capture_output=True, check=False).returncode == 0:
            run(tool, "build", "--quiet", "--tag", "waqai:check", "--file", "Containerfile", ".")
            run(tool, "run", "--rm", "--network=none", "waqai:check", "--version")
            return f"built and run with {tool}"
    return "NOT CHECKED: neither podman nor docker works here"


def main() -> None:
    """Runs the checks in order."""
    failed = False

    def checked(name: str, check: Callable[[], Found]) -> Found | None:
        nonlocal failed
        try:
            found = check()
        except Refused as error:
            print(f"{name:12} FAILED: {error}", flush=True)
            failed = True
            return None
        print(f"{name:12} {found}", flush=True)
        return found

    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checked("papers", told)
        if built := checked("wheel", wheel):
            checked("size", lambda: sized(built))
            if python := checked("installed", lambda: installed(built, folder / "venv")):
                checked("version", lambda: versioned(python, folder))
                checked("reads", lambda: reads(python, folder))
                checked("bench", lambda: benched(python, folder))
                checked("licences", lambda: licensed(python))
        checked("container", contained)
    sys.exit(failed)


if __name__ == "__main__":
    main()
