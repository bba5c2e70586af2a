"""Each format is opened again by a reader of its own, and says what the events say."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.exports import cameo, ftm, ics, parquet, polecat, schemaorg, spreadsheet, webannotation
from waqai.exports.jsonl import as_dict
from waqai.model import Article
from waqai.pipeline import Waqai

WEIGH = {"CONSULT": ("verbal cooperation", 2.5), "ASSAULT": ("material conflict", -10.0)}
ARTICLE = {
    "id": "a-1",
    "url": "https://example.org/1",
    "source": "نشرة المثال",
    "title": "عنوان",
    "published": "2024-05-12",
}
PLACE = {"name": "باماكو", "country": "MLI", "lat": 12.6, "lon": -8.0, "geonames": 2460596, "span": [0, 4]}


def actor(name: str, code: str) -> dict[str, Any]:
    return {"name": name, "code": code, "span": [0, 4], "title": "", "role": ""}


def event(number: int, **said: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": f"e{number}", "type": "CONSULT", "mode": "visit", "contexts": ["diplomatic", "military"], "cameo": "042",
        "status": "planned", "status_cue": "سوف", "date": "2024-05-20", "date_from": "text",
        "sources": [actor("سالم البحري", "TUN GOV"), actor("هالة الزيدي", "TUN LEG")],
        "targets": [actor("مسلحون", "--- UAF")],
        "place": PLACE, "trigger": "يزور", "trigger_span": [0, 4], "evidence": "سوف يزور، غدا; باماكو\nثم يعود",
        "evidence_span": [0, 4],
        "said_by": "", "said_by_span": [], "confidence": 0.5, "rule": "r", "corrected": [], "article": ARTICLE,
    }  # fmt: skip
    return plain | said


EVENTS = [
    event(1),
    event(2, status="happened", sources=[], place={}),
    event(3, type="ASSAULT", date="2024-05", evidence="=1+1"),
]


@pytest.fixture(scope="module")
def record(waqai: Waqai) -> dict[str, Any]:
    body = (
        "التقى وزير الخارجية التونسي سالم البحري نظيره المالي في باماكو أمس الثلاثاء.\n"
        'وقالت الوزيرة هالة الزيدي: "سنوقع الاتفاق قبل نهاية الشهر الجاري مهما حدث".'
    )
    return as_dict(waqai.code(Article(
        "a-1", f"لقاء\n\n{body}", "لقاء", url="https://example.org/1", source="نشرة", published="2024-05-15",
        authors=("س",),
    )))  # fmt: skip


def read_csv(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.removeprefix(spreadsheet.BOM), newline="")))


def test_csv_has_a_mark_and_comes_back() -> None:
    written = "".join(spreadsheet.lines(map(spreadsheet.event_row, EVENTS), spreadsheet.EVENT_COLUMNS))
    assert written.encode().startswith(b"\xef\xbb\xbf")
    rows = read_csv(written)
    assert [row["id"] for row in rows] == ["e1", "e2", "e3"]
    assert rows[0]["sources"] == "سالم البحري; هالة الزيدي" and rows[0]["source_codes"] == "TUN GOV; TUN LEG"
    assert rows[0]["evidence"] == EVENTS[0]["evidence"] and rows[0]["place"] == "باماكو" and rows[1]["place"] == ""
    assert rows[2]["evidence"] == "'=1+1"


@given(
    st.lists(st.text(st.characters(blacklist_characters="\x00", blacklist_categories=["Cs"])), min_size=1, max_size=4)
)
def test_no_cell_runs_as_a_formula(cells: list[str]) -> None:
    columns = [f"c{number}" for number in range(len(cells))]
    [row] = read_csv("".join(spreadsheet.lines([dict(zip(columns, cells, strict=True))], columns)))
    for column, cell in zip(columns, cells, strict=True):
        assert row[column] in (cell, "'" + cell)
        assert not row[column].lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_parquet_comes_back_with_types(tmp_path: Path) -> None:
    reader = pytest.importorskip("pyarrow.parquet")
    with (tmp_path / "e.parquet").open("wb") as file:
        parquet.write(EVENTS, file)
    table = reader.read_table(tmp_path / "e.parquet")
    rows = table.to_pylist()
    assert table.column_names == list(spreadsheet.EVENT_COLUMNS)
    assert [row["id"] for row in rows] == ["e1", "e2", "e3"]
    assert (rows[0]["lat"], rows[0]["geonames"], rows[1]["lat"]) == (12.6, 2460596, None)


def tabbed(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_polecat_has_its_forty_columns_and_a_row_for_each_pair() -> None:
    assert len(polecat.COLUMNS) == len(set(polecat.COLUMNS)) == 40
    rows = tabbed("".join(polecat.lines(EVENTS, WEIGH, "waqai 1")))
    assert list(rows[0]) == [*polecat.COLUMNS, "URL", "Status", "Evidence"]
    assert [row["Event ID"] for row in rows] == ["e1.1", "e1.2", "e2.1", "e3.1", "e3.2"]
    assert (rows[1]["Actor Name"], rows[1]["Primary Actor Sector"], rows[1]["Recipient Country"]) == (
        "هالة الزيدي",
        "LEG",
        "",
    )
    assert (rows[0]["Quad Code"], rows[0]["Contexts"], rows[2]["Actor Name"]) == (
        "verbal cooperation",
        "diplomatic;military",
        "",
    )
    assert rows[0]["Evidence"] == "سوف يزور، غدا; باماكو ثم يعود" and rows[0]["GeoNames ID"] == "2460596"


def test_cameo_has_its_twenty_columns_and_what_happened_only() -> None:
    assert len(cameo.COLUMNS) == len(set(cameo.COLUMNS)) == 20
    [row] = tabbed("".join(cameo.lines(EVENTS, WEIGH)))
    assert list(row) == [*cameo.COLUMNS, "URL"]
    assert (row["Event ID"], row["CAMEO Code"], row["Source Name"], row["Target Sectors"]) == ("e2.1", "042", "", "UAF")
    assert row["Story ID"] == "a-1" and row["URL"] == "https://example.org/1"


def test_calendar_has_the_planned_events_that_have_a_day() -> None:
    icalendar = pytest.importorskip("icalendar")
    written = "".join(ics.lines(EVENTS, {"CONSULT": "تشاور"}))
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    calendar = icalendar.Calendar.from_ical(written)
    [entry] = calendar.walk("VEVENT")
    assert entry["DTSTART"].dt == date(2024, 5, 20) and entry["DTEND"].dt == date(2024, 5, 21)
    assert str(entry["SUMMARY"]) == "تشاور: سالم البحري، هالة الزيدي ← مسلحون"
    assert str(entry["DESCRIPTION"]) == EVENTS[0]["evidence"] and str(entry["LOCATION"]) == "باماكو"
    assert str(entry["UID"]) == "e1@waqai" and str(entry["URL"]) == ARTICLE["url"]


@pytest.mark.parametrize(("planned", "said"), [
    (["2018-12-03"], ""),
    (["2018-12", "2018", "2018-12-03"], "2 planned without a day left out: 2 with a month or year alone"),
    (["", "2018-12"], "2 planned without a day left out: 1 with a month or year alone, 1 without a date"),
])  # fmt: skip
def test_no_day_is_made_up_for_a_month_and_what_is_left_out_is_counted(planned: list[str], said: str) -> None:
    left_out = ics.LeftOut()
    given = [EVENTS[0] | {"date": day} for day in planned] + [EVENTS[0] | {"date": "2018", "status": "happened"}]
    written = "".join(ics.lines(left_out.seen(given), {}))
    assert str(left_out) == said
    assert written.count("BEGIN:VEVENT") == planned.count("2018-12-03") == written.count("DTSTART;VALUE=DATE:20181203")


def test_annotations_point_at_their_quotation(record: dict[str, Any]) -> None:
    found = [json.loads(line) for line in webannotation.lines(record)]
    assert len(found) == len(record["events"]) + len(record["quotes"]) and record["events"] and record["quotes"]
    assert len({annotation["id"] for annotation in found}) == len(found)
    for annotation in found:
        assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld" and annotation["type"] == "Annotation"
        quoted, at = annotation["target"]["selector"]
        assert (quoted["type"], at["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert record["text"][at["start"] : at["end"]] == quoted["exact"] != ""
        around = quoted["prefix"] + quoted["exact"] + quoted["suffix"]
        assert around in record["text"]


def test_entities_are_valid_followthemoney(record: dict[str, Any]) -> None:
    model = pytest.importorskip("followthemoney").model
    told: set[str] = set()
    kinds = []
    for line in ftm.lines(record):
        said = json.loads(line)
        entity = model.get_proxy(said, cleaned=False)
        entity.schema.validate(said)
        assert {name: entity.get(name) for name in said["properties"]}.keys() == said["properties"].keys()
        assert all(entity.get(name) for name in said["properties"]), said
        told.add(said["id"])
        assert set(entity.get("involved", quiet=True)) | set(entity.get("organizer", quiet=True)) <= told
        kinds.append(said["schema"])
    assert kinds[0] == "Article" and "Person" in kinds and kinds.count("Event") == len(record["events"]) > 0


# https://schema.org/NewsArticle: the properties used, of NewsArticle, Article, CreativeWork and Thing.
NEWS_ARTICLE = {
    "@context", "@type", "identifier", "url", "inLanguage", "headline", "datePublished", "author", "publisher",
    "abstract", "articleBody", "mentions",
}  # fmt: skip


def test_schema_org(record: dict[str, Any]) -> None:
    article = json.loads(schemaorg.line(record))
    assert set(article) <= NEWS_ARTICLE and article["@type"] == "NewsArticle"
    assert article["headline"] == "لقاء" and article["articleBody"].startswith("التقى وزير")
    assert {"@type": "Person", "name": "سالم البحري"} in article["mentions"]
    date.fromisoformat(article["datePublished"])
