"""Review: verdicts, corrections by words of the text, undo, the log that is never changed, gold, precision."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient
from guarded_news import TEXT, csrf, event, record, span
from sqlalchemy import text as sql

from waqai.cli import main
from waqai.desk.review.words import find, paragraphs, sentence
from waqai.errors import StoreError
from waqai.resources import Library
from waqai.store import Store
from waqai.store import review as reviews
from waqai.store.filters import Filters

PARTY = {"party_side": "source", "party_name": "سالم البحري", "party_start": "", "party_country": "TUN",
         "party_sector": "GOV", "party_was": "s0"}  # fmt: skip
FORM = {"type": "CONSULT", "mode": "visit", "status": "happened", "date": "2024-05-14", "said_by": "",
        "place_name": "باماكو", "place_country": "MLI"}  # fmt: skip


def judge(desk: TestClient, name: str, action: str, **fields: Any) -> Any:
    form = {"csrf": csrf(desk, f"/review/{name}"), "action": action} | fields
    return desk.post(f"/review/{name}", data=form)


def now(shelf: str, name: str) -> dict[str, Any]:
    """The event as the store has it."""
    with Store(shelf) as store:
        for number, _ in store.current():
            for one in store.record(number)["events"]:
                if one["id"] == name:
                    return one
    raise AssertionError(name)


def verdicts(shelf: str, revision: int = 1) -> dict[str, str]:
    with Store(shelf) as store:
        return reviews.verdicts_of(store, revision)


def test_review_leads_through_all_events_once(desk: TestClient, shelf: str) -> None:
    seen = []
    while (found := desk.get("/review")).status_code == 303:
        name = found.headers["location"].rpartition("/")[2]
        seen.append(name)
        assert judge(desk, name, "reject" if len(seen) == 2 else "accept").status_code == 303
    assert sorted(seen) == ["a-1-e1", "a-1-e2", "a-2-e1", "a-2-e2"]
    judged = [*verdicts(shelf).values(), *verdicts(shelf, 2).values()]
    assert sorted(judged) == ["accepted"] * 3 + ["rejected"]
    with Store(shelf) as store:
        assert reviews.count_waiting(store, Filters()) == 0
        assert [score.reviewed for score in reviews.scores(store)] == [2, 2]


def test_skipping_and_choosing_by_type(desk: TestClient) -> None:
    assert desk.get("/review?type=ACCUSE").headers["location"] == "/review/a-1-e2?type=ACCUSE"
    assert desk.get("/review?type=ACCUSE&after=a-1-e2").headers["location"].startswith("/review/a-2-e2")
    assert desk.get("/review?type=ACCUSE&after=a-2-e2").headers["location"].startswith("/review/a-1-e2")
    assert desk.get("/review?type=AID").status_code == 200
    for order in ("doubtful", "newest", "' OR 1=1"):
        assert desk.get("/review", params={"order": order, "after": "'"}).status_code == 303


def test_an_untouched_form_changes_nothing(desk: TestClient, shelf: str) -> None:
    before = now(shelf, "a-1-e1")
    assert judge(desk, "a-1-e1", "accept", **FORM, **PARTY).status_code == 303
    assert now(shelf, "a-1-e1") == before and verdicts(shelf)["a-1-e1"] == "accepted"


def test_roles_status_date_and_place_are_corrected_by_words_of_the_text(desk: TestClient, shelf: str) -> None:
    rows = {
        "party_side": ["target", "source", ""], "party_name": ["سالم البحري", "الحكومة المالية", "هالة الزيدي"],
        "party_start": ["", str(span("الحكومة المالية")[0]), ""], "party_country": ["", "", ""],
        "party_sector": ["", "", ""], "party_was": ["s0", "", ""],
    }  # fmt: skip
    sent = FORM | {"type": "AGREE", "mode": "", "status": "planned", "date": "2024-06", "place_name": "القافلة",
                   "place_country": "mli", "said_by": "هالة الزيدي", "why": "اتفقا على موعد"}  # fmt: skip
    assert judge(desk, "a-1-e1", "accept", **sent, **rows).status_code == 303
    after = now(shelf, "a-1-e1")
    assert (after["type"], after["mode"], after["status"], after["date"]) == ("AGREE", "", "planned", "2024-06")
    assert [(one["name"], one["code"]) for one in after["targets"]] == [("سالم البحري", "TUN GOV")]
    [source] = after["sources"]
    assert source["code"] == "MLI GOV" and source["span"] == span("الحكومة المالية"), "its code is the mention's"
    assert after["place"]["country"] == "MLI" and after["place"]["span"] == span("القافلة")
    assert verdicts(shelf)["a-1-e1"] == "edited"
    page = desk.get("/review/a-1-e1").text
    assert "اتفقا على موعد" in page and "is-target" in page


@pytest.mark.parametrize("wrong", [
    {"party_name": "من ليس هنا"}, {"party_country": "Eg"}, {"party_sector": "XXX", "party_country": "EGY"},
    {"type": "BOMB"}, {"mode": "aerial"}, {"status": "maybe"}, {"date": "أمس"}, {"date": "2024-13"},
    {"place_name": "قرطاج"}, {"place_country": "E1"}, {"said_by": "a\0b"},
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_kept(desk: TestClient, shelf: str, wrong: dict[str, str]) -> None:
    before = now(shelf, "a-1-e1")
    party = PARTY | {"party_was": "", "party_name": "سالم البحري"}
    assert judge(desk, "a-1-e1", "accept", **(FORM | party | wrong)).status_code == 422
    with Store(shelf) as store:
        assert reviews.log(store) == [] and now(shelf, "a-1-e1") == before


def test_undo_goes_back_step_by_step(desk: TestClient, shelf: str) -> None:
    before = now(shelf, "a-1-e1")
    judge(desk, "a-1-e1", "accept", **(FORM | PARTY | {"status": "denied"}))
    judge(desk, "a-1-e1", "accept", **(FORM | PARTY | {"status": "planned"}))
    assert now(shelf, "a-1-e1")["status"] == "planned"
    judge(desk, "a-1-e1", "undo")
    assert now(shelf, "a-1-e1")["status"] == "denied" and verdicts(shelf)["a-1-e1"] == "edited"
    judge(desk, "a-1-e1", "undo")
    assert now(shelf, "a-1-e1") == before and verdicts(shelf)["a-1-e1"] == ""
    assert judge(desk, "a-1-e1", "undo").status_code == 404
    with Store(shelf) as store:
        lines = reviews.log(store)
    assert [line.action for line in lines] == ["undo", "undo", "edit", "edit"]
    assert [line.undone for line in lines] == [False, False, True, True]
    assert lines[2].before == {"status": "denied"} and lines[2].after == {"status": "planned"}


def test_two_reviewers_at_once_are_told(desk: TestClient) -> None:
    first = csrf(desk, "/review/a-1-e1")
    assert desk.post("/review/a-1-e1", data={"csrf": first, "action": "accept", "seen": "0"}).status_code == 303
    late = desk.post("/review/a-1-e1", data={"csrf": first, "action": "reject", "seen": "0"})
    assert late.status_code == 409 and "حكم غيرك" in late.text


def test_the_log_is_never_changed(shelf: str, library: Library) -> None:
    with Store(shelf, library) as store:
        reviews.review(store, "a-1-e1", "reject", "لمى", why="ليس حدثا")
        [line] = reviews.log(store)
        for statement in (
            "UPDATE review_log SET who = 'x'", "DELETE FROM review_log",
            "INSERT OR REPLACE INTO review_log SELECT * FROM review_log",
        ):  # fmt: skip
            with pytest.raises(StoreError, match="never changed"), store.writing() as connection:
                connection.execute(sql(statement))
        assert reviews.log(store) == [line] and (line.who, line.why) == ("لمى", "ليس حدثا")


def test_corrections_outlive_a_new_reading_of_the_page(shelf: str, library: Library) -> None:
    """The act is read otherwise, or not at all: what people confirmed stays, what they rejected stays rejected."""
    with Store(shelf, library) as store:
        place = {"name": "القافلة", "country": "MLI", "lat": None, "lon": None, "geonames": 0, "span": span("القافلة")}
        reviews.review(store, "a-1-e1", "edit", "لمى", changes={"status": "denied", "targets": [], "place": place})
        reviews.review(store, "a-1-e2", "reject", "لمى")
        before = next(one for one in store.record(1)["events"] if one["id"] == "a-1-e1")
        again = record("a-1") | {"events": [event("other", "AID", "التقى"), event("a-1-e2", "ACCUSE", "أدانت")]}
        store.replace(1, again)
        after = {one["id"]: one for one in store.record(1)["events"]}
        assert after.keys() == {"a-1-e1", "a-1-e2"} and after["a-1-e1"] == before
        assert reviews.verdicts_of(store, 1) == {"a-1-e1": "edited", "a-1-e2": "rejected"}
        store.replace(1, record("a-1"))
        assert next(one for one in store.record(1)["events"] if one["id"] == "a-1-e1")["status"] == "denied"
        reviews.undo(store, "a-1-e1", "لمى")
        original = {one["id"]: one for one in record("a-1")["events"]}
        assert {one["id"]: one for one in store.record(1)["events"]} == original


def test_a_missing_event_is_added_and_taken_back(desk: TestClient, shelf: str) -> None:
    form = {"csrf": csrf(desk, "/review/missing/1"), "trigger_name": "طالبت", "type": "REQUEST", "mode": "change",
            "status": "happened", "date": "", "place_name": "", "party_side": "source", "party_name": "هالة الزيدي",
            "party_start": "", "party_country": "", "party_sector": "", "party_was": ""}  # fmt: skip
    answer = desk.post("/review/missing/1", data=form)
    assert answer.status_code == 303
    name = answer.headers["location"].rpartition("/")[2]
    added = now(shelf, name)
    assert added["rule"] == "human" and added["evidence"].startswith("وأدانت") and added["trigger"] == "طالبت"
    with Store(shelf) as store:
        store.replace(1, record("a-1"))
        assert name in reviews.verdicts_of(store, 1)
        assert all(score.type != "REQUEST" for score in reviews.scores(store)), "it is not the machine's"
    assert desk.post("/review/missing/1", data=form | {"trigger_name": "ليست هنا"}).status_code == 422
    assert desk.post("/review/missing/1", data=form | {"type": ""}).status_code == 422
    judge(desk, name, "undo")
    assert name not in verdicts(shelf)


def test_reviewed_articles_become_gold(desk: TestClient, shelf: str, tmp_path: Path) -> None:
    judge(desk, "a-1-e1", "accept", **(FORM | PARTY | {"status": "denied"}))
    out = tmp_path / "gold"
    run = CliRunner().invoke(main, ["export", "--to", "gold", "--db", shelf, "--out", str(out)])
    assert run.exit_code == 0 and not out.exists(), "an article half reviewed is no gold"
    judge(desk, "a-1-e2", "reject")
    run = CliRunner().invoke(main, ["export", "--to", "gold", "--db", shelf, "--out", str(out)])
    [file] = out.iterdir()
    gold = json.loads(file.read_text(encoding="utf-8"))
    assert gold["reviewed"] == ["events"] and gold["body"] == TEXT.partition("\n\n")[2]
    [told] = gold["events"]
    assert told == {
        "type": "CONSULT", "mode": "visit", "status": "denied", "date": "2024-05-14",
        "sources": [{"name": "سالم البحري", "code": "TUN GOV"}], "targets": [],
        "place": {"name": "باماكو", "country": "MLI"}, "trigger": "التقى", "evidence": TEXT.split("\n")[2],
        "said_by": "",
    }  # fmt: skip
    assert told["evidence"] in gold["title"] + "\n" + gold["body"] and told["trigger"] in told["evidence"]
    lines = CliRunner().invoke(main, ["export", "--to", "gold", "--db", shelf]).stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a-1"]


def test_precision_by_type(desk: TestClient) -> None:
    judge(desk, "a-1-e1", "accept")
    judge(desk, "a-2-e1", "accept", **(FORM | PARTY | {"type": "AID", "mode": ""}))
    judge(desk, "a-1-e2", "reject")
    page = re.sub(r"<[^>]+>", " ", desk.get("/review/precision").text)
    rows = [re.findall(r"\d+", row) for row in re.findall(r"(?:تشاور|اتهام|الكل)([^%]*%)", page)]
    assert [row[:5] for row in rows] == [
        ["1", "0", "0", "1", "0"],
        ["2", "1", "1", "0", "50"],
        ["3", "1", "1", "1", "33"],
    ]


@pytest.mark.parametrize("path", [
    "/review/none", "/review/%00", "/review/missing/99", "/review/missing/0", f"/review/missing/{1 << 70}",
    "/review/..%2f..%2fetc",
])  # fmt: skip
def test_what_is_not_there_is_told(desk: TestClient, path: str) -> None:
    assert desk.get(path).status_code in (404, 422)


def test_hostile_articles_render_as_text(desk: TestClient, shelf: str, library: Library) -> None:
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202eمقلوب\u2066"
    whole = record("evil", title=nasty, source=nasty, url="javascript:alert(1)")
    whole["text"] = nasty + TEXT[TEXT.index("\n\n") :]
    shift = len(nasty) - TEXT.index("\n\n")
    for one in whole["events"]:
        one["trigger_span"] = [place + shift for place in one["trigger_span"]]
        one["evidence_span"] = [place + shift for place in one["evidence_span"]]
        one["sources"] = [one["sources"][0] | {"name": nasty, "span": [0, len(nasty)]}]
        one["place"], one["said_by"], one["rule"] = {}, nasty, nasty
    whole["quotes"], whole["mentions"] = [], []
    with Store(shelf, library) as store:
        store.add(whole)
        reviews.review(store, "evil-e1", "accept", nasty, why=nasty)
    for path in ("/review/evil-e1", "/review/log", "/review/missing/3", "/review?order=newest"):
        page = desk.get(path, follow_redirects=True)
        assert page.status_code == 200 and "<script>alert" not in page.text and "<img src=x" not in page.text, path
        assert 'href="javascript:' not in page.text


def test_titles_of_any_length(desk: TestClient, shelf: str, library: Library) -> None:
    title = "لقاء " * 40_000
    with Store(shelf, library) as store:
        store.add(record("long", title=title) | {"text": TEXT, "events": [event("long-e1", "CONSULT", "التقى")]})
    for path in ("/review/long-e1", "/api/v1/events", "/api/v1/articles/long", "/review/missing/3"):
        assert desk.get(path).status_code == 200


def test_the_shown_text_is_the_text(desk: TestClient) -> None:
    page = desk.get("/review/a-1-e1").text
    body = page[page.index("data-words") : page.index("</article>")]
    shown = [(int(start), words) for start, words in re.findall(r'<span data-start="(\d+)"[^>]*>([^<]*)</span>', body)]
    assert "".join(words for _, words in shown) == TEXT.replace("\n", "")
    assert all(TEXT[start : start + len(words)] == words for start, words in shown)


def test_words_are_found_nearest_and_sentences_whole() -> None:
    words = "أ ب أ ب. أ ج! نهاية"
    assert (
        find(words, "أ", None, 9) == [9, 10] and find(words, "أ", 4, 0) == [4, 5] and find(words, "د", None, 0) is None
    )
    assert (
        sentence(words, [9, 10]) == [9, 13]
        and sentence(words, [16, 17]) == [14, 19]
        and sentence(words, [0, 1]) == [0, 8]
    )
    told = paragraphs(TEXT, event("x", "CONSULT", "التقى"))
    assert ["".join(piece.text for piece in line) for line in told] == [line for line in TEXT.split("\n") if line]
