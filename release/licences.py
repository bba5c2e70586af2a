"""What is installed with Waqai, and under which licence: `python release/licences.py [--sbom FILE] [--extra NAME …]`.

Walks the required dependencies of the installed package (and of the extras named), prints a table, and with --sbom
writes a CycloneDX 1.5 list. Ends with 1 where one is under the GPL, or tells no licence.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Strong copyleft. The LGPL and MPL leave those who use a library free; certifi is MPL, psycopg LGPL.
_REFUSED = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public License", re.IGNORECASE)
_LONG = 60  # letters from which a licence field holds the licence itself


def closure(name: str, extras: Sequence[str]) -> Iterator[Distribution]:
    """The distributions that installing `name` with `extras` brings, itself among them, by name."""
    found: dict[str, Distribution] = {}
    pending = [(name, tuple(extras))]
    while pending:
        wanted, its_extras = pending.pop()
        key = canonicalize_name(wanted)
        if key not in found:
            found[key] = distribution(wanted)
        elif not its_extras:
            continue
        for line in found[key].requires or ():
            asked = Requirement(line)
            marker = asked.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *its_extras)):
                step = (asked.name, tuple(asked.extras))
                if canonicalize_name(asked.name) not in found or asked.extras:
                    pending.append(step)
    yield from (found[key] for key in sorted(found))


def licence(of: Distribution) -> str:
    """The licence a distribution tells: its expression, its classifiers, or its short licence field."""
    told = of.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    classes = [row.rsplit(" :: ", 1)[-1] for row in told.get_all("Classifier") or () if row.startswith("License")]
    classes = [name for name in classes if name != "OSI Approved"]
    field = str(told.get("License") or "").strip()
    if field and len(field) < _LONG:
        return field
    return " OR ".join(classes) or field.split("\n")[0][:_LONG]


def refused(told: str) -> bool:
    """Whether a licence may not come with this project; where there is a choice, one that may is enough."""
    return not told or all(_REFUSED.search(choice) for choice in re.split(r"\s+OR\s+", told))


def sbom(found: Sequence[Distribution]) -> dict[str, Any]:
    """A CycloneDX 1.5 list of what is installed."""
    parts = [
        {
            "type": "library",
            "name": of.metadata["Name"],
            "version": of.version,
            "purl": f"pkg:pypi/{canonicalize_name(of.metadata['Name'])}@{of.version}",
            "licenses": [{"license": {"name": licence(of)}}],
        }
        for of in found
    ]
    main = next(part for part in parts if part["name"] == "waqai")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**main, "type": "application"}},
        "components": [part for part in parts if part is not main],
    }


def main() -> None:
    """Prints the table, writes the list, and ends with 1 where something may not be shipped with this project."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sbom", type=Path)
    ask.add_argument("--extra", action="append", default=[])
    given = ask.parse_args()
    try:
        found = list(closure("waqai", given.extra))
    except PackageNotFoundError as error:
        sys.exit(f"{error.name}: not installed here; install waqai with the extras asked for")
    for of in found:
        print(f"{of.metadata['Name']:28}{of.version:20}{licence(of)}")
    if given.sbom:
        given.sbom.write_text(json.dumps(sbom(found), indent=1) + "\n", encoding="utf-8")
    wrong = [of.metadata["Name"] for of in found if refused(licence(of))]
    for name in wrong:
        print(f"{name}: licence refused or not told: {licence(distribution(name))!r}", file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
