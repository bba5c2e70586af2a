"""Feeds, sitemaps and folders watched, on a local server and a clock that is set by hand."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hostile import QUICK, Site, running, send

from waqai.cli import main
from waqai.errors import InputError, StoreError
from waqai.readers.fetch import Capture
from waqai.resources import Library
from waqai.store import Store
from waqai.store.backup_check import check
from waqai.stories.events import LinkedEvents
from waqai.stories.linking import Linker
from waqai.watching import Memory, Polled, Source, State, Stop, Stopped, Visitor, Watcher, alone, sources_of

ROOT = Path(__file__).resolve().parents[2]
HOUR = 3600.0
FILES = 30


def page(number: int, more: str = "") -> str:
    body = f"التقى وزير الخارجية التونسي سالم البحري نظيره المالي في باماكو للمرة {number} لبحث التعاون. {more}"
    return (
        f"<html lang='ar'><head><title>لقاء رقم {number}</title>"
        f"<meta property='article:published_time' content='2024-05-15'></head>"
        f"<body><article><h1>لقاء رقم {number}</h1><p>{body}</p><p>{body}</p></article></body></html>"
    )


def feed(site: Site, *numbers: int) -> str:
    items = "".join(
        f"<item><title>لقاء رقم {number}</title><link>{site.url}/{number}</link></item>" for number in numbers
    )
    return f"<rss version='2.0'><channel><title>نشرة</title>{items}</channel></rss>"


class Desk:
    """A watcher that can be started anew over the same store and memory."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.now = 1_700_000_000.0
        self._memory = folder / "memory"
        self.store = Store(str(folder / "s.db"), library, create=True)

    def round(self, *sources: Source) -> dict[str, Polled]:
        with Memory(self._memory) as memory:
            visitor = Visitor(memory, allow_private=True, limits=QUICK, clock=lambda: self.now)
            watcher = Watcher(sources, self.store, memory, Stop(), visitor)
            return {poll.state.name: poll for poll in watcher.round()}


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, library: Library) -> Iterator[Desk]:
    made = Desk(tmp_path, library)
    yield made
    made.store.close()


def source(kind: str, place: str, name: str = "a") -> Source:
    return Source(name, kind, place, every=HOUR, pause=0.0, revisit=24 * HOUR)


def counted(poll: Polled) -> tuple[int, int, int, int]:
    return poll.state.new, poll.state.revised, poll.state.known, poll.state.failed


def test_a_feed_is_asked_again_and_its_pages_are_not(site: Site, desk: Desk) -> None:
    site.answers |= {"/1": send(page(1), etag='"p"'), "/2": send(page(2))}
    site.answers["/feed"] = [send(feed(site, 1, 2), kind="application/rss+xml", etag='"f"'), send(status=304)]
    watched = source("feed", f"{site.url}/feed")
    assert counted(desk.round(watched)["a"]) == (2, 0, 0, 0)
    assert desk.round(watched) == {}  # not due
    desk.now += HOUR
    site.seen.clear()
    assert counted(desk.round(watched)["a"]) == (0, 0, 2, 0)
    assert site.paths == ["/feed"] and site.seen[-1][1]["if-none-match"] == '"f"'
    assert desk.store.counts()["revisions"] == 2


def test_pages_are_visited_again_after_a_day_and_corrections_found(site: Site, desk: Desk) -> None:
    site.answers["/1"] = [send(page(1), etag='"p"'), send(page(1, "وغادر الوزير باماكو مساء اليوم نفسه."))]
    site.answers["/feed"] = send(feed(site, 1), kind="application/rss+xml")
    watched = source("feed", f"{site.url}/feed")
    desk.round(watched)
    desk.now += 25 * HOUR
    assert counted(desk.round(watched)["a"]) == (0, 1, 0, 0)
    assert [headers["if-none-match"] for path, headers in site.seen if path == "/1" and "if-none-match" in headers]
    assert desk.store.counts()["articles"] == 1 and desk.store.counts()["revisions"] == 2


def test_a_sitemap_brings_new_pages(site: Site, desk: Desk) -> None:
    def listing(*numbers: int) -> str:
        listed = "".join(f"<url><loc>{site.url}/{number}</loc></url>" for number in numbers)
        return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{listed}</urlset>"

    site.answers |= {f"/{number}": send(page(number)) for number in range(3)}
    site.answers["/map.xml"] = [send(listing(0, 1), kind="text/xml"), send(listing(0, 1, 2), kind="text/xml")]
    watched = source("sitemap", f"{site.url}/map.xml")
    assert counted(desk.round(watched)["a"]) == (2, 0, 0, 0)
    desk.now += HOUR
    assert counted(desk.round(watched)["a"]) == (1, 0, 2, 0)


def test_a_failing_source_is_left_alone_longer_and_longer(site: Site, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.html").write_text(page(1), encoding="utf-8")
    broken, fine = source("feed", f"{site.url}/feed"), source("folder", str(tmp_path / "in"), "b")
    first = desk.round(broken, fine)
    assert counted(first["a"]) == (0, 0, 0, 1) and "404" in first["a"].state.error and len(first["a"].errors) == 1
    assert counted(first["b"]) == (1, 0, 0, 0)
    waits = [first["a"].state.due - desk.now]
    for _ in range(6):
        desk.now += waits[-1]
        again = desk.round(broken)["a"]
        assert again.errors == ()  # told once
        waits.append(again.state.due - desk.now)
    assert waits == [2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, 24 * HOUR, 24 * HOUR, 24 * HOUR]
    site.answers |= {"/feed": send(feed(site, 1), kind="application/rss+xml"), "/1": send(page(1))}
    desk.now += waits[-1]
    mended = desk.round(broken)["a"].state
    assert (mended.failures, mended.due, mended.error) == (0, desk.now + HOUR, "")


def test_a_folder_gives_what_is_new_or_changed(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    one = tmp_path / "in" / "deep" / "1.html"
    one.write_text(page(1), encoding="utf-8")
    (tmp_path / "in" / "broken.json").write_text("{", encoding="utf-8")
    watched = source("folder", str(tmp_path / "in"))
    found = desk.round(watched)["a"]
    assert counted(found) == (1, 0, 0, 1) and found.state.failures == 0
    desk.now += HOUR
    assert counted(desk.round(watched)["a"]) == (0, 0, 0, 0)
    (tmp_path / "in" / "2.html").write_text(page(2), encoding="utf-8")
    desk.now += HOUR
    assert counted(desk.round(watched)["a"]) == (1, 0, 0, 0)
    gone = source("folder", str(tmp_path / "none"), "gone")
    assert desk.round(gone)["gone"].state.failures == 1


def test_what_is_new_is_linked_as_it_arrives(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    watched = source("folder", str(tmp_path / "in"))
    for number in (1, 2):  # one text under two titles, in two polls
        text = page(7).replace("لقاء رقم 7", f"لقاء رقم {number}")
        (tmp_path / "in" / f"{number}.html").write_text(text, encoding="utf-8")
        desk.round(watched)
        desk.now += HOUR
    (linked,) = LinkedEvents(desk.store).largest()
    assert {report.article["title"] for report in linked.reports} == {"لقاء رقم 1", "لقاء رقم 2"}
    assert list(Linker(desk.store).everything()) == []  # nothing is left to be linked


def test_what_is_remembered_comes_back_and_old_things_go(tmp_path: Path) -> None:
    capture = Capture("https://example.org/2", b"\x00\xff", '"e"', "Tue")
    with Memory(tmp_path / "m") as memory:
        memory.keep("https://example.org/1", capture, 100.0)
        memory.note(State("a", 1.0, 2.0, 3, 4, 5, 6, 7, "خطأ"))
        assert memory.first_told("a", "x", 1.0) and not memory.first_told("a", "x", 2.0)
    with Memory(tmp_path / "m") as memory:
        assert dict(memory) == {"https://example.org/1": capture} and len(memory) == 1
        assert memory.state("a") == State("a", 1.0, 2.0, 3, 4, 5, 6, 7, "خطأ") and memory.state("b") == State("b")
        memory.forget(100.0 + 40 * 86400)
        assert len(memory) == 0 and memory.first_told("a", "x", 3.0)


def test_another_file_is_no_memory(tmp_path: Path, library: Library) -> None:
    Store(str(tmp_path / "s.db"), library, create=True).close()
    (tmp_path / "letter.txt").write_text("مرحبا " * 50, encoding="utf-8")
    for name in ("s.db", "letter.txt"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(StoreError):
            Memory(tmp_path / name)
        assert (tmp_path / name).read_bytes() == before


# --- the file of sources ------------------------------------------------------------------------------------


def test_the_example_is_read() -> None:
    feed_, sitemap, folder = sources_of(ROOT / "examples" / "sources.toml")
    assert (feed_.kind, feed_.every, feed_.pause, feed_.revisit) == ("feed", 900.0, 1.0, 86400.0)
    assert (sitemap.every, sitemap.pause) == (3600.0, 5.0)
    assert folder.place == str(ROOT / "examples" / "incoming") and folder.name == "incoming" and folder.every == 30.0


@pytest.mark.parametrize(("said", "told"), [
    ("", "names no source"),
    ("source = 1", "names no source"),
    ("[[source]]", "not one thing"),
    ("[[source]]\nfeed = 'https://example.org'\nfolder = 'x'", "not one thing"),
    ("[[source]]\nfeed = 'ftp://example.org'", "no address"),
    ("[[source]]\nfeed = 'https://example.org'\nevery = '5s'", "once a minute"),
    ("[[source]]\nfolder = 'x'\nevery = 5", "no length of time"),
    ("[[source]]\nfolder = 'x'\nevery = '0s'", "no length of time"),
    ("[[source]]\nfolder = 'x'\npause = true", "pause"),
    ("[[source]]\nfolder = 'x'\nname = 7", "name"),
    ("[[source]]\nfolder = 'x'\nspeed = 7", "speed: no such key"),
    ("speed = 7\n[[source]]\nfolder = 'x'", "speed: no such key"),
    ("[[source]]\nfolder = 'x'\n[[source]]\nfolder = 'x'", "two sources"),
    ("[[source", "cannot be read"),
])  # fmt: skip
def test_what_is_wrong_with_sources_is_said(tmp_path: Path, said: str, told: str) -> None:
    (tmp_path / "s.toml").write_text(said, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        sources_of(tmp_path / "s.toml")


# --- the command, and how it ends ----------------------------------------------------------------------------


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A file of sources that names a folder of pages."""
    (tmp_path / "in").mkdir()
    for number in range(FILES):
        row = {"id": str(number), "title": f"لقاء رقم {number}", "published": "2024-05-15"}
        row["body"] = f"التقى الوزير التونسي سالم البحري نظيره المالي للمرة {number}. وهاجم مسلحون قرية في شمال مالي."
        (tmp_path / "in" / f"{number:02}.json").write_text(json.dumps(row), encoding="utf-8")
    (tmp_path / "sources.toml").write_text("[[source]]\nfolder = 'in'\nevery = '1s'\n", encoding="utf-8")
    return tmp_path / "sources.toml"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["watch", *words])


def test_one_round_for_cron_and_the_status(inbox: Path, tmp_path: Path) -> None:
    db = str(tmp_path / "s.db")
    assert "not yet polled" in run(str(inbox), "--status", "--db", db).output
    first = run(str(inbox), "--once", "--db", db)
    assert first.exit_code == 0 and first.output.startswith(f"in: {FILES} new, 0 revised, 0 known, 0 failed; next ")
    names, row = (line.split("\t") for line in run(str(inbox), "--status").output.splitlines())
    assert dict(zip(names, row, strict=True)).items() >= {"source": "in", "state": "fine", "new": str(FILES)}.items()
    (tmp_path / "gone.toml").write_text("[[source]]\nfolder = 'none'\n", encoding="utf-8")
    failed = run(str(tmp_path / "gone.toml"), "--once", "--db", db)
    assert failed.exit_code == 1 and "no such folder" in failed.stderr and "; failing, 1 in a row; " in failed.stdout


def started(inbox: Path, db: str, articles: int, library: Library) -> subprocess.Popen[bytes]:
    """A watch that has stored more than so many articles."""
    command = [sys.executable, "-m", "waqai", "watch", str(inbox), "--db", db]
    running_ = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while time.monotonic() < until and running_.poll() is None:
        with Store(db, library) as store:
            if store.counts()["articles"] > articles:
                break
        time.sleep(0.02)
    return running_


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(inbox: Path, tmp_path: Path, library: Library, number: signal.Signals) -> None:
    db = str(tmp_path / "s.db")
    Store(db, library, create=True).close()
    watch = started(inbox, db, 0, library)
    watch.send_signal(number)
    assert watch.wait(10) == 0
    with Store(db, library) as store:
        assert store.counts()["articles"] > 0 and list(check(store)) == []


def test_two_watches_with_one_memory_are_refused(inbox: Path, tmp_path: Path) -> None:
    """The second says so and changes nothing; --status may still look, and the next may start."""
    db = str(tmp_path / "s.db")
    with alone(inbox.with_name("sources.toml.memory")):
        second = run(str(inbox), "--once", "--db", db)
        assert second.exit_code == 1 and "another watch is running" in second.stderr and second.stdout == ""
        assert not (tmp_path / "s.db").exists()
        assert "not yet polled" in run(str(inbox), "--status").output
        other = run(str(inbox), "--once", "--db", db, "--memory", str(tmp_path / "other"))
        assert other.exit_code == 0
    assert run(str(inbox), "--once", "--db", db).exit_code == 0
    assert not list(tmp_path.glob("*.lock"))


def test_a_signal_waits_for_what_is_held() -> None:
    done = []
    with pytest.raises(Stopped), Stop() as stop:
        with stop.held():
            os.kill(os.getpid(), signal.SIGTERM)
            done.append(1)
        done.append(2)
    assert done == [1]
