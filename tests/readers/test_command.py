"""`waqai read` with addresses, feeds and tables: what is written, what is named, and the exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hostile import QUICK, Site, send
from test_feed import item, page, rss

from waqai.cli import main


def test_a_feed_with_ten_items_of_which_three_fail(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waqai.readers.fetch.Limits", lambda: QUICK)
    site.answers |= {f"/{number}": send(page(number)) for number in range(10) if number not in (2, 5, 7)}
    site.answers["/feed"] = send(rss(*(item(number, link=f"/{number}") for number in range(10))))
    done = CliRunner().invoke(main, ["read", "--json", "--allow-private", f"{site.url}/feed"])
    assert done.exit_code == 1
    assert len(done.stdout.strip().split("\n")) == 7
    failures = done.stderr.strip().split("\n")
    assert [line.split(": ")[1] for line in failures] == [f"{site.url}/{number}" for number in (2, 5, 7)]


def test_private_addresses_need_their_option(site: Site) -> None:
    done = CliRunner().invoke(main, ["read", site.url])
    assert done.exit_code == 1 and "--allow-private" in done.stderr and site.seen == []


def test_map_and_recursive(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.csv").write_text("h,t\nالمعرض السنوي,يفتح المعرض أبوابه غدا.\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["read", "--json", "--recursive", "--map", "title=h,body=t", str(tmp_path)])
    assert done.exit_code == 0 and "المعرض السنوي" in done.stdout


def test_a_wrong_map_is_wrong_usage() -> None:
    done = CliRunner().invoke(main, ["read", "--map", "heading=h", "x.csv"])
    assert done.exit_code == 2 and "no part is called 'heading'" in done.stderr
