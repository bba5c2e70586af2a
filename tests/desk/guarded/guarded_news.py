"""What the tests of the guarded half share: a store's made articles, addresses, the token of a form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

LOCAL = "http://127.0.0.1:8000"
FAR = "https://desk.example"
PASSWORD = "نخلة-على-التل-7"
TEXT = (
    "لقاء في باماكو\n\n"
    "التقى سالم البحري وزير الخارجية التونسي نظيره المالي في باماكو أمس الثلاثاء.\n"
    "وأدانت هالة الزيدي الهجوم على القافلة، وطالبت الحكومة المالية بالتحقيق."
)
MakeClient = Callable[..., TestClient]


def span(words: str, text: str = TEXT) -> list[int]:
    """Where `words` first stand in `text`."""
    start = text.index(words)
    return [start, start + len(words)]


def actor(name: str, code: str) -> dict[str, Any]:
    return {"name": name, "code": code, "span": span(name), "title": "", "role": ""}


def event(name: str, kind: str, trigger: str, **said: Any) -> dict[str, Any]:
    line = next(line for line in TEXT.split("\n") if trigger in line)
    return {
        "id": name, "type": kind, "mode": "", "contexts": [], "cameo": "042", "status": "happened", "status_cue": "",
        "date": "2024-05-14", "date_from": "text", "sources": [], "targets": [], "place": {},
        "trigger": trigger, "trigger_span": span(trigger), "evidence": line, "evidence_span": span(line),
        "said_by": "", "said_by_span": [], "confidence": 0.7, "rule": "made",
    } | said  # fmt: skip


def record(name: str = "a-1", title: str = "لقاء في باماكو", **said: Any) -> dict[str, Any]:
    """A record with a meeting and a condemnation, its title as told."""
    place = [TEXT.index("باماكو أمس"), TEXT.index("باماكو أمس") + len("باماكو")]
    whole = {
        "schema": "waqai/1", "id": name, "url": f"https://example.org/{name}", "source": "صحيفة المثال",
        "language": "ar", "title": title, "published": "2024-05-15", "published_from": "given", "authors": [],
        "caption": "", "credit": "", "standfirst": "", "outlet_summary": [], "text": TEXT, "digest": [],
        "events": [
            event(f"{name}-e1", "CONSULT", "التقى", mode="visit", sources=[actor("سالم البحري", "TUN GOV")],
                  place={"name": "باماكو", "country": "MLI", "lat": 12.6, "lon": -8.0, "geonames": 2460596,
                         "span": place}),
            event(f"{name}-e2", "ACCUSE", "أدانت", mode="disapprove", sources=[actor("هالة الزيدي", "--- UNK")],
                  date=""),
        ],
        "quotes": [{"speaker": "هالة الزيدي", "speaker_span": span("هالة الزيدي"), "kind": "indirect",
                    "text": "وطالبت الحكومة المالية بالتحقيق", "span": span("وطالبت الحكومة المالية بالتحقيق"),
                    "cue": "طالبت", "cue_span": span("طالبت")}],
        "times": [], "problems": [],
        "mentions": [
            {"name": "سالم البحري", "span": span("سالم البحري"), "kind": "person", "title": "", "role": "",
             "code": "TUN GOV"},
            {"name": "الحكومة المالية", "span": span("الحكومة المالية"), "kind": "group", "title": "", "role": "",
             "code": "MLI GOV"},
        ],
        "made_by": {"waqai": "0", "ontology": "", "lexicon": "", "models": ""},
    }  # fmt: skip
    return whole | said


def csrf(client: TestClient, page: str) -> str:
    """The token of the forms on a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(page).text)
    assert found, page
    return found[1]
