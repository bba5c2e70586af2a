"""Kills `waqai add` and `waqai watch` with SIGKILL at random moments, and looks what is left in the store.

`killed` is used by tests/store/test_kills.py for a few kills and by bench/store.py --kills for many.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from waqai.resources import Library
from waqai.store import Store
from waqai.store.backup_check import check
from waqai.stories.linking import Linker

VERBS = ("add", "watch")


@dataclass(frozen=True, slots=True)
class Told:
    """How many kills came while articles were going in, what the store holds after the last run, what is wrong."""

    kills: int
    amid: int
    counts: dict[str, int]
    faults: tuple[str, ...]


def killed(verb: str, db: str, folder: Path, *, kills: int, pages: int, library: Library, seed: int = 7) -> Told:
    """Runs `verb` over made-up pages, kills it `kills` times on its way, and lets it finish.

    Each run is killed at a random moment after it has stored an article more; the last ones start with little left.
    """
    command = [sys.executable, "-m", "waqai", *_inputs(verb, folder, pages), "--db", db]
    draw, amid = random.Random(seed), 0
    faults: list[str] = []
    with Store(db, library, create=True) as store:
        for number in range(kills):
            began = store.counts()["articles"]
            running = _started(command)
            _wait_for_more(store, running, min(began, pages - 1))
            time.sleep(draw.random() / 4)
            amid += running.poll() is None
            running.kill()
            running.wait()
            faults += [f"after kill {number + 1}: {fault}" for fault in _faults(store)]
        finish = [*command, "--once"] if verb == "watch" else command
        subprocess.run(finish, stdout=subprocess.DEVNULL, check=True)
        counts = store.counts()
        faults += [*_faults(store), *_missing(counts, pages), *_not_linked(store)]
        return Told(kills, amid, counts, tuple(faults))


def _inputs(verb: str, folder: Path, pages: int) -> Sequence[str]:
    """The words of the command that come before the store: a file of pages, or sources that name a folder of them."""
    rows = [
        {
            "id": str(number),
            "title": f"لقاء رقم {number}",
            "published": "2024-05-15",
            "body": f"التقى الوزير التونسي سالم البحري نظيره المالي للمرة {number}. وهاجم مسلحون قرية في شمال مالي."
            * 3,
        }
        for number in range(pages)
    ]
    if verb == "add":
        path = folder / "pages.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return "add", str(path)
    (folder / "in").mkdir()
    for row in rows:
        (folder / "in" / f"{row['id']}.json").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    (folder / "sources.toml").write_text("[[source]]\nfolder = 'in'\nevery = '1s'\n", encoding="utf-8")
    return "watch", str(folder / "sources.toml")


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait_for_more(store: Store, running: subprocess.Popen[bytes], articles: int) -> None:
    """Waits until a run has stored more than so many articles, or is over."""
    until = time.monotonic() + 120
    while time.monotonic() < until and running.poll() is None:
        if store.counts()["articles"] > articles:
            return
        time.sleep(0.02)


def _faults(store: Store) -> list[str]:
    """What is wrong now: anything that a check finds, and articles of which only a part was stored.

    The pages differ in a number only, so that the same is read from each.
    """
    found = [f"{fault.table} {fault.row}: {fault.what}" for fault in check(store)]
    read = {}
    for number, row in store.current():
        record = store.record(number)
        read[row["record"]] = tuple(len(record[part]) for part in ("events", "mentions", "quotes", "times"))
    if len(set(read.values())) > 1:
        found.append(f"some articles are not whole: {read}")
    return found


def _not_linked(store: Store) -> list[str]:
    """What no run came to link, not even the last."""
    left = sum(Linker(store).everything())
    return [f"{left} articles were left unlinked"] if left else []


def _missing(counts: dict[str, int], pages: int) -> list[str]:
    """What is lost or there twice."""
    if counts["articles"] == counts["revisions"] == pages and counts["events"] % pages == 0 < counts["events"]:
        return []
    return [f"of {pages} pages there are {counts}"]
