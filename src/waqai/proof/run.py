"""All that can be measured with what the package ships, part by part."""

from __future__ import annotations

import logging
import os
import platform
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from waqai._version import __version__
from waqai.pipeline import Waqai
from waqai.proof import open_set, pace, reading
from waqai.proof.figures import Figure

PARTS = ("quality", "readers", "speed")


def figures(parts: Sequence[str] = PARTS) -> Iterator[Figure]:
    """The figures of the parts asked for, as they are measured."""
    logging.disable(logging.WARNING)  # peers complain of what they cannot read
    waqai = Waqai()
    if "speed" in parts:  # first: memory is that of coding alone
        yield from pace.figures(waqai, open_set.articles(open_set.scorer().articles()))
    if "quality" in parts:
        yield from open_set.figures(waqai)
    if "readers" in parts:
        yield from reading.figures()


def about() -> dict[str, Any]:
    """Where and with what it was measured: version, day, interpreter, processors."""
    return {
        "waqai": __version__,
        "day": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
    }
