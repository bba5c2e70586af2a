"""What the commands of the store refuse, and what they say of what they did."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from waqai.cli import main
from waqai.store import Added, Store

BODY = "التقى الوزير التونسي سالم البحري نظيره المالي في تونس. وهاجم مسلحون قرية في شمال مالي. "
ARTICLE = {"id": "a", "title": "لقاء في تونس", "published": "2024-05-15", "body": BODY * 3}


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def written(path: Path) -> str:
    path.write_text(json.dumps(ARTICLE, ensure_ascii=False) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def shelf(tmp_path: Path) -> str:
    """A store of one article."""
    path = str(tmp_path / "s.db")
    assert run("add", written(tmp_path / "a.jsonl"), "--db", path).exit_code == 0
    return path


def found(shelf: str, *words: str) -> list[dict[str, Any]]:
    result = run("events", "--json", "--db", shelf, *words)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(("change", "allowed"), [
    ("type=MEETING", "CONSULT"),
    ("mode=riot", "visit"),
    ("status=maybe", "called-for"),
    ("date=2024-13", "2024-05-13"),
    ("date=15/05/2024", "2024-05-13"),
    ("rejected=perhaps", "yes, no"),
    ("cameo=1", "two to four digits"),
    ("cameo=04a", "two to four digits"),
    ("trigger=x", "said_by"),
    ("status", "FIELD=VALUE"),
])  # fmt: skip
def test_a_wrong_correction_is_refused_with_all_beside_it(shelf: str, change: str, allowed: str) -> None:
    event = found(shelf, "--type", "CONSULT")[0]["id"]
    before = run("show", "a", "--json", "--db", shelf).stdout
    refused = run("correct", event, "said_by=الوفد", change, "--db", shelf)
    assert refused.exit_code == 2 and allowed in refused.stderr and not refused.stdout
    assert run("show", "a", "--json", "--db", shelf).stdout == before


def test_a_correction_says_what_it_changed_and_is_marked(shelf: str) -> None:
    event = found(shelf, "--type", "CONSULT")[0]
    told = run("correct", event["id"], "status=DENIED", "date=٢٠٢٤-٠٥", "--db", shelf)
    assert told.stdout.splitlines() == [
        f"{event['id']}: status {event['status']} → denied",
        f"{event['id']}: date {event['date'] or '(none)'} → 2024-05",
    ]
    assert run("correct", event["id"], "status=denied", "--db", shelf).stdout == f"{event['id']}: status stays denied\n"
    row = found(shelf, "--status", "denied")[0]
    assert row["date"] == "2024-05" and row["corrected"] == ["date", "status"]
    for words in (("events",), ("show", "a")):
        listed = run(*words, "--csv", "--db", shelf).stdout
        marks = {row["id"]: row["corrected"] for row in csv.DictReader(io.StringIO(listed[1:]))}
        assert marks.pop(event["id"]) == "date; status" and set(marks.values()) <= {""}


def test_a_rejected_event_is_shown_as_rejected_and_not_listed(shelf: str) -> None:
    event = found(shelf)[0]["id"]
    assert run("correct", event, "rejected=Yes", "--db", shelf).stdout == f"{event}: rejected no → yes\n"
    assert event not in {row["id"] for row in found(shelf)}
    shown = json.loads(run("show", "a", "--json", "--db", shelf).stdout)["events"]
    assert [row["corrected"] for row in shown if "corrected" in row] == [["rejected"]]
    assert f"{event}\trejected\n" in run("show", "a", "--db", shelf).stdout


def test_a_new_type_takes_away_a_mode_it_does_not_have(shelf: str) -> None:
    event = found(shelf, "--type", "CONSULT")[0]["id"]
    assert run("correct", event, "mode=Visit", "--db", shelf).exit_code == 0
    told = run("correct", event, "type=protest", "--db", shelf)
    assert told.stdout.splitlines() == [f"{event}: type CONSULT → PROTEST", f"{event}: mode visit → (none)"]
    assert "PROTEST has demo" in run("correct", event, "mode=visit", "--db", shelf).stderr


@pytest.mark.parametrize("command", [
    ("events",), ("search", "لقاء"), ("actors",), ("series",), ("export", "--to", "jsonl"),
])  # fmt: skip
@pytest.mark.parametrize(("option", "value", "allowed"), [
    ("--since", "May 2024", "2024-05-13"),
    ("--until", "2024-02-30", "2024-05-13"),
    ("--type", "MEETING", "CONSULT"),
    ("--mode", "dance", "visit"),
    ("--status", "maybe", "called-for"),
    ("--sector", "ARMY", "MIL"),
    ("--country", "Egypt", "EGY"),
])  # fmt: skip
def test_conditions_that_no_event_can_meet_are_refused(
    shelf: str, command: tuple[str, ...], option: str, value: str, allowed: str
) -> None:
    refused = run(*command, option, value, "--db", shelf)
    assert refused.exit_code == 2 and value in refused.stderr and allowed in refused.stderr and not refused.stdout


def test_conditions_are_understood_in_any_case_and_in_arabic_digits(shelf: str) -> None:
    event = found(shelf, "--type", "CONSULT")[0]["id"]
    assert run("correct", event, "date=2024-05-14", "--db", shelf).exit_code == 0
    plain = found(shelf, "--type", "CONSULT", "--status", "happened", "--country", "TUN", "--until", "2024-05")
    assert plain
    assert plain == found(shelf, "--type", "consult", "--status", "Happened", "--country", "tun", "--until", "٢٠٢٤-٠٥")
    assert found(shelf, "--sector", "gov") == found(shelf, "--sector", "GOV")


@pytest.mark.parametrize("words", [("search", "غواصة"), ("events", "--since", "2031"),
    ("actors", "--since", "2031"), ("series", "--since", "2031")])  # fmt: skip
@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)])
def test_nothing_found_is_said(shelf: str, words: tuple[str, ...], form: tuple[str, ...]) -> None:
    result = run(*words, *form, "--db", shelf)
    assert result.exit_code == 0 and result.stderr == "waqai: nothing matches\n"


def test_folders_are_added_and_columns_named(tmp_path: Path) -> None:
    folder, db = tmp_path / "pages", str(tmp_path / "s.db")
    folder.mkdir()
    written(folder / "a.jsonl")
    assert "--recursive" in run("add", str(folder), "--db", db).stderr
    assert run("add", str(folder), "--recursive", "--db", db).stdout == "1 new, 0 revised, 0 known, 0 failed\n"
    table = tmp_path / "t.csv"
    table.write_text(f"head,words,day\nلقاء ثان في تونس,{BODY * 3},2024-05-16\n", encoding="utf-8")
    added = run("add", str(table), "--map", "title=head,body=words,published=day", "--db", db)
    assert added.stdout == "1 new, 0 revised, 0 known, 0 failed\n"
    assert run("add", str(table), "--map", "nonsense", "--db", db).exit_code == 2


def test_a_failed_first_add_leaves_no_store(tmp_path: Path) -> None:
    db = tmp_path / "waqai.db"
    assert run("add", str(tmp_path / "none.html"), str(tmp_path), "--db", str(db)).exit_code == 1
    assert not list(tmp_path.iterdir())


def test_a_poorer_copy_is_known_and_takes_nothing_away(
    store: Store, make_record: Callable[..., dict[str, Any]]
) -> None:
    rich = {"url": "https://example.org/1", "source": "نشرة", "published": "2024-05-13T10:00:00", "authors": ["هالة"]}
    assert store.add(make_record("عنوان", "نص", **rich, published_from="page")) is Added.NEW
    for poor in ({}, {"published": "2024-05-13", "published_from": "file"}, {"source": "نشرة"}, {"authors": ["هالة"]}):
        assert store.add(make_record("عنوان", "نص", **poor)) is Added.KNOWN
    number, row = next(store.current())
    assert store.counts()["revisions"] == 1 and {name: row[name] for name in rich} == rich
    assert store.add(make_record("عنوان", "نص", **rich | {"published": "2024-05-14"})) is Added.REVISED
    assert store.add(make_record("عنوان", "نص آخر", url=rich["url"], id="عنوان")) is Added.REVISED
    assert store.record(number)["authors"] == ["هالة"]
