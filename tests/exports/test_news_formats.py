"""ninjs and TimeML, held against the parts of their rules that they use."""

from __future__ import annotations

import json
import os
import re
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from waqai.exports import ninjs, tml
from waqai.exports.jsonl import as_dict
from waqai.model import Article
from waqai.pipeline import Waqai


@pytest.fixture(scope="module")
def record(waqai: Waqai) -> dict[str, Any]:
    body = (
        "التقى وزير الخارجية التونسي سالم البحري نظيره المالي في باماكو أمس الثلاثاء.\n"
        'وقالت الوزيرة هالة الزيدي: "سنوقع الاتفاق قبل نهاية الشهر الجاري مهما حدث".\n'
        "ونفى متحدث باسم الوزارة أن يكون الوزير قد هاجم المعارضة يوم 3 مايو 2024."
    )
    return as_dict(waqai.code(Article(
        "a 1", f"لقاء\n\n{body}", "لقاء", url="https://example.org/أخبار/1?q=<x>", source="نشرة",
        published="2024-05-15T10:00:00+01:00", authors=("سامي العلي",), standfirst="موجز",
    )))  # fmt: skip


# --- ninjs ---------------------------------------------------------------------------------------------------


def _strings(*names: str, **others: Any) -> dict[str, Any]:
    properties = {name: {"type": "string", "minLength": 1} for name in names} | others
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _list(item: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "array", "items": item | {"required": list(required)}}


_PERCENT = {"type": "integer", "minimum": 0, "maximum": 100}
_COUNT = {"type": "integer"}
# https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json: the properties used, with the types and bounds it gives them.
NINJS = _strings(
    "uri", "contentCreated", "language", "by",
    type={"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]},
    representationType={"enum": ["full", "partial"]},
    standard=_strings("name", "version", "schema"),
    headlines=_list(_strings("role", "contentType", "value"), "value"),
    descriptions=_list(_strings("role", "contentType", "value"), "value"),
    bodies=_list(_strings("role", "contentType", "value", charCount=_COUNT, wordCount=_COUNT), "value"),
    infoSources=_list(_strings("name", "role", "uri", "literal")),
    people=_list(_strings("name", "rel", "uri", "literal")),
    organisations=_list(_strings("name", "rel", "uri", "literal")),
    places=_list(_strings("name", "rel", "uri", "literal")),
    subjects=_list(_strings("name", "rel", "uri", "literal", "creator", relevance=_PERCENT, confidence=_PERCENT)),
    events=_list(_strings("id", "name", "rel", "uri", "literal")),
    altIds=_list(_strings("role", "value")),
) | {"required": ["uri"]}  # fmt: skip
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


def test_ninjs(record: dict[str, Any]) -> None:
    item = json.loads(ninjs.line(record))
    pytest.importorskip("jsonschema").Draft202012Validator(NINJS).validate(item)
    assert item["standard"]["version"] == "3.1" and item["headlines"][0]["value"] == "لقاء"
    assert item["bodies"][0]["value"].startswith("التقى وزير")
    assert {"name": "سالم البحري", "rel": "mentioned"} in item["people"]
    assert [event["id"] for event in item["events"]] == [event["id"] for event in record["events"]] != []
    for uri in (item["uri"], item["standard"]["schema"], *(event["uri"] for event in item["events"])):
        assert _URI.fullmatch(uri), uri
    assert datetime.fromisoformat(item["contentCreated"]).utcoffset() is not None


@pytest.mark.skipif("WAQAI_NINJS_SCHEMA" not in os.environ, reason="WAQAI_NINJS_SCHEMA names no copy of the schema")
def test_ninjs_by_the_published_schema(record: dict[str, Any]) -> None:
    """No package brings IPTC's schema, and it is not copied here: who has a copy names its path."""
    schema = json.loads(Path(os.environ["WAQAI_NINJS_SCHEMA"]).read_text(encoding="utf-8"))
    jsonschema = pytest.importorskip("jsonschema")
    check = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    check.validate(json.loads(ninjs.line(record)))
    with pytest.raises(jsonschema.ValidationError):
        check.validate({"type": "text"})


def test_ninjs_leaves_out_what_is_not_known(record: dict[str, Any]) -> None:
    bare = record | {"url": "", "published": "2024-05", "title": "", "source": "", "authors": [], "events": []}
    item = json.loads(ninjs.line(bare))
    assert item["uri"] == "urn:waqai:a%201"
    assert not {"contentCreated", "headlines", "infoSources", "by", "events", "subjects"} & set(item)


# --- TimeML --------------------------------------------------------------------------------------------------

# What the specification of TimeML 1.2.1 says of the elements used, in the layout of TempEval-3.
TIMEML = etree.DTD(
    StringIO("""
<!ELEMENT TimeML (DOCID, DCT, TEXT, MAKEINSTANCE*, TLINK*)>
<!ELEMENT DOCID (#PCDATA)>
<!ELEMENT DCT (TIMEX3?)>
<!ELEMENT TEXT (#PCDATA | EVENT | TIMEX3)*>
<!ELEMENT EVENT (#PCDATA)>
<!ATTLIST EVENT eid ID #REQUIRED
  class (OCCURRENCE | PERCEPTION | REPORTING | ASPECTUAL | STATE | I_STATE | I_ACTION) #REQUIRED>
<!ELEMENT TIMEX3 (#PCDATA)>
<!ATTLIST TIMEX3 tid ID #REQUIRED type (DATE | TIME | DURATION | SET) #REQUIRED value CDATA #REQUIRED
  temporalFunction (true | false) "false"
  functionInDocument (CREATION_TIME | EXPIRATION_TIME | MODIFICATION_TIME | PUBLICATION_TIME | RELEASE_TIME
    | RECEPTION_TIME | NONE) "NONE">
<!ELEMENT MAKEINSTANCE EMPTY>
<!ATTLIST MAKEINSTANCE eiid ID #REQUIRED eventID IDREF #REQUIRED
  pos (ADJECTIVE | NOUN | VERB | PREPOSITION | OTHER) #REQUIRED
  tense (FUTURE | INFINITIVE | PAST | PASTPART | PRESENT | PRESPART | NONE) #REQUIRED
  aspect (PROGRESSIVE | PERFECTIVE | PERFECTIVE_PROGRESSIVE | NONE) #REQUIRED
  polarity (NEG | POS) #REQUIRED modality CDATA #IMPLIED>
<!ELEMENT TLINK EMPTY>
<!ATTLIST TLINK lid ID #REQUIRED eventInstanceID IDREF #REQUIRED relatedToTime IDREF #REQUIRED
  relType (BEFORE | AFTER | INCLUDES | IS_INCLUDED | DURING | DURING_INV | SIMULTANEOUS | IAFTER | IBEFORE | IDENTITY
    | BEGINS | ENDS | BEGUN_BY | ENDED_BY) #REQUIRED>
""")
)


def parsed(line: str) -> etree._Element:
    assert "\n" not in line
    root = etree.fromstring(line.encode())
    assert TIMEML.validate(root), TIMEML.error_log
    return root


def test_timeml(record: dict[str, Any]) -> None:
    root = parsed(tml.line(record))
    assert "".join(root.find("TEXT").itertext()) == record["text"]
    triggers = {event["trigger"] for event in record["events"]}
    assert {mark.text for mark in root.iter("EVENT")} <= triggers and root.find("TEXT/EVENT") is not None
    assert [mark.text for mark in root.findall("TEXT/TIMEX3")] == [t["text"] for t in record["times"] if t["value"]]
    for link in root.iter("TLINK"):
        instance = root.xpath(f"MAKEINSTANCE[@eiid='{link.get('eventInstanceID')}']")[0]
        event = record["events"][int(instance.get("eiid")[2:]) - 1]
        [time] = root.xpath(f"//TIMEX3[@tid='{link.get('relatedToTime')}']")
        assert time.get("value") == event["date"]
        assert (instance.get("polarity") == "NEG") == (event["status"] == "denied")
    assert root.find("TLINK") is not None


@given(
    st.text(st.characters(), min_size=12, max_size=30),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=6),
    st.sampled_from(["", "2024", "2024-05-15", "2024-05-15T10:00:00Z"]),
)
def test_any_text_and_any_spans_make_a_document(text: str, spans: list[tuple[int, int]], published: str) -> None:
    sorted_ = [sorted(span) for span in spans]
    events = [{"trigger_span": span, "status": "denied", "date": "2024-05-15"} for span in sorted_[::2]]
    times = [{"span": span, "value": "2024-05-15", "kind": "date"} for span in sorted_[1::2]]
    root = parsed(tml.line({"id": "<&>", "text": text, "published": published, "events": events, "times": times}))
    assert len("".join(root.find("TEXT").itertext())) == len(text)
