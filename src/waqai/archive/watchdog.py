"""A process of its own that ends Spark's when the program that started it is gone, also where that was killed.

    python -m waqai.archive.watchdog PID

It waits for the end of its standard input, which only the program holds open, and kills the process PID and all below
it: the JVM would else go on with its tasks, and its Python workers with their shards.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path


def start(pid: int) -> subprocess.Popen[bytes]:
    """Starts a watchdog over `pid`: whatever ends this program closes its standard input."""
    command = [sys.executable, "-m", "waqai.archive.watchdog", str(pid)]
    # In a session of its own, so that an interrupt from the keyboard does not end it first.
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)


def end(pid: int) -> None:
    """Kills a process and all that it and they have started."""
    below = _children()
    doomed = [pid]
    for process in doomed:
        doomed += below[process]
    for process in doomed:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(process, signal.SIGKILL)


def _children() -> dict[int, list[int]]:
    """The processes of this machine by the one that started them."""
    found: dict[int, list[int]] = defaultdict(list)
    for pid, parent in _linux() if Path("/proc/self/stat").exists() else _others():
        found[parent].append(pid)
    return found


def _linux() -> list[tuple[int, int]]:
    pairs = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with contextlib.suppress(OSError):
                # The name before it is in brackets and may hold anything.
                pairs.append((int(folder.name), int((folder / "stat").read_text().rpartition(")")[2].split()[1])))
    return pairs


def _others() -> list[tuple[int, int]]:
    done = subprocess.run(["ps", "-axo", "pid=,ppid="], check=True, capture_output=True, text=True)
    return [(int(pid), int(parent)) for pid, parent in map(str.split, done.stdout.splitlines())]


if __name__ == "__main__":
    sys.stdin.buffer.read()
    end(int(sys.argv[1]))
