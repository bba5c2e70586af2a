"""What the tests of watching share: the readers' local server, a clock that is set by hand, a store."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "readers"))
