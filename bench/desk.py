"""How long the desk takes over a store: `python bench/desk.py STORE [REQUESTS]`.

`waqai desk` runs as a process of its own; this one asks for pages of every kind, 20 at a time, their articles, actors,
words and conditions drawn from the store itself. For each kind: the server's own time (its Server-Timing header) and
the time until the whole page is here, medians and 99th percentiles; then the server's memory.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

from sqlalchemy import select

from waqai.store import Store
from waqai.store.filters import Filters
from waqai.store.queries import actors_of
from waqai.store.tables import articles, revisions
from waqai.store.tables import events as event_rows

AT_ONCE = 20
REQUESTS = 10_000
PARTS = 10  # memory is measured after each
P50, P99, MEMORY = 50.0, 250.0, 500.0  # ms, ms, MB: what must hold
_TIMING = re.compile(rb"server-timing: desk;dur=([\d.]+)", re.I)
_LENGTH = re.compile(rb"content-length: (\d+)", re.I)

Draw = Callable[[], str]


def kinds_of(store: Store, chance: random.Random) -> dict[str, Draw]:
    """For each kind of page a function that draws an address of one."""
    with store.reading() as connection:
        rows = connection.execute(
            select(articles.c.id, revisions.c.title, revisions.c.record).join(
                revisions, revisions.c.id == articles.c.current
            )
        ).all()
        # An event of a text that its page no longer has is not there to be reviewed.
        in_use = select(event_rows.c.event).join(articles, articles.c.current == event_rows.c.revision)
        acts = list(connection.execute(in_use.where(event_rows.c.rejected.is_(False))).scalars())
    numbers, records = [row[0] for row in rows], [row[2] for row in rows]
    words = [word for _, title, _ in rows for word in title.split() if len(word) > 4 and word.isalpha()]
    actors = [row["name"] for row in actors_of(store, Filters(), 3000)]
    types = ("ASSAULT", "CONSULT", "ACCUSE", "AGREE", "REQUEST", "PROTEST")
    tabs = ("due", "overdue", "done", "off", "agreed")
    countries = ("SYR", "USA", "EGY", "IRQ", "YEM", "RUS", "SAU", "TUR")

    def events(path: str) -> str:
        chosen = {"type": chance.choice(types), "country": chance.choice(countries), "actor": chance.choice(actors)}
        some = dict(chance.sample(sorted(chosen.items()), chance.choice((1, 1, 2))))
        some["sort"] = chance.choice(("newest", "oldest"))
        return f"{path}?{urlencode(some)}"

    return {
        "today": lambda: "/",
        "article": lambda: f"/article/{chance.choice(numbers)}",
        "events": lambda: events("/events"),
        "timeline": lambda: events("/timeline"),
        "actor": lambda: f"/actor?{urlencode({'name': chance.choice(actors)})}",
        "actors": lambda: f"/actors?country={chance.choice(countries)}",
        "search": lambda: f"/search?{urlencode({'q': ' '.join(chance.sample(words, chance.choice((1, 2))))})}",
        "saved": lambda: "/saved",
        "register": lambda: f"/register?state={chance.choice(tabs)}&country={chance.choice(countries)}",
        "threads": lambda: f"/threads?page={chance.randint(1, 12)}",
        "thread": lambda: f"/thread/{quote(chance.choice(records), safe='')}",
        "review": lambda: f"/review/{quote(chance.choice(acts), safe='')}",
    }


class Times:
    """What was measured of one kind of page, in milliseconds."""

    def __init__(self) -> None:
        self.server: list[float] = []
        self.whole: list[float] = []
        self.wrong = 0

    def add(self, status: int, server: float, whole: float) -> None:
        """One answer."""
        self.server.append(server)
        self.whole.append(whole)
        self.wrong += status not in (200, 303)

    def take(self, other: Times) -> None:
        """What was measured besides."""
        self.server += other.server
        self.whole += other.whole
        self.wrong += other.wrong


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str) -> tuple[int, float]:
    """Status and server time of one page, read to its end."""
    writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    assert length, head
    await reader.readexactly(int(length[1]))
    timing = _TIMING.search(head)
    return int(head[9:12]), float(timing[1]) if timing else 0.0


async def load(port: int, kinds: dict[str, Draw], requests: int) -> dict[str, Times]:
    """Asks for pages of all kinds in turn, AT_ONCE at a time."""
    times = {kind: Times() for kind in kinds}
    turns = iter([kind for _ in range(requests // len(kinds)) for kind in kinds])

    async def reader() -> None:
        pipe = await asyncio.open_connection("127.0.0.1", port)
        for kind in turns:
            began = time.perf_counter()
            status, server = await ask(*pipe, kinds[kind]())
            times[kind].add(status, server, (time.perf_counter() - began) * 1000)
        pipe[1].close()

    await asyncio.gather(*(reader() for _ in range(AT_ONCE)))
    return times


def lines(times: dict[str, Times]) -> Iterator[str]:
    """The table, a line a kind."""
    yield f"{'page':<10}{'asked':>7}{'wrong':>7}{'server p50':>12}{'p99':>8}{'whole p50':>12}{'p99':>8}"
    for kind, found in times.items():
        cells = [part(values) for values in (found.server, found.whole) for part in (statistics.median, _p99)]
        shown = "".join(f"{cell:>{width}.1f}" for cell, width in zip(cells, (12, 8, 12, 8), strict=True))
        yield f"{kind:<10}{len(found.server):>7}{found.wrong:>7}{shown}"


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98] if len(values) > 1 else values[0]


def memory(process: int) -> float:
    """Resident memory of a process in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def processor(process: int) -> float:
    """Processor time of a process so far, in seconds."""
    spent = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Starts the desk, loads it, tells."""
    where, requests = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else REQUESTS
    with Store(where) as store:
        kinds, counts = kinds_of(store, random.Random(1)), store.counts()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    desk = subprocess.Popen([sys.executable, "-m", "waqai", "desk", "--db", where, "--port", str(port)])
    try:
        _wait(port)
        asyncio.run(load(port, kinds, 10 * len(kinds)))  # what is loaded once, at first
        began, worked = time.perf_counter(), processor(desk.pid)
        times = {kind: Times() for kind in kinds}
        for _ in range(PARTS):
            for kind, part in asyncio.run(load(port, kinds, requests // PARTS)).items():
                times[kind].take(part)
            print(f"{memory(desk.pid):.0f} MB after {sum(len(one.server) for one in times.values()):,} requests")
        took, used = time.perf_counter() - began, memory(desk.pid)
        worked = processor(desk.pid) - worked
    finally:
        desk.terminate()
        desk.wait(10)
    print(f"{counts['articles']:,} articles, {counts['events']:,} events; {AT_ONCE} at a time")
    print("\n".join(lines(times)))
    done = sum(len(found.server) for found in times.values())
    print(f"{done / took:.0f} pages a second; {worked / done * 1000:.2f} ms of processor time a page; {used:.0f} MB")
    slow = [
        kind
        for kind, found in times.items()
        if statistics.median(found.server) > P50 or _p99(found.server) > P99 or found.wrong
    ]
    print(f"over {P50:.0f}/{P99:.0f} ms or wrong: {', '.join(slow) or 'none'}")
    return 1 if slow or used > MEMORY else 0


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the desk did not start")


if __name__ == "__main__":
    sys.exit(main())
