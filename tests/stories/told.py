"""Records written by hand: what linking looks at is in them, nothing is read by the analyser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from waqai.store import Store
from waqai.stories.linking import Knowledge, Linker


def event(record: Mapping[str, Any], words: str, act: str, **said: Any) -> dict[str, Any]:
    """An event told in the sentence `words` of a record, with `act` as its trigger; `said` sets other fields.

    `sources` and `targets` are pairs of name and code.
    """
    text = record["text"]
    start = text.index(words)
    at = start + words.index(act)
    number = len(record["events"])
    sides = {side: [_actor(text, start, *pair) for pair in said.pop(side, ())] for side in ("sources", "targets")}
    made: dict[str, Any] = {
        "id": f"{record['id']}-{number}", "type": "CONSULT", "mode": "", "contexts": [], "cameo": "040",
        "status": "happened", "status_cue": "", "date": "", "date_from": "", **sides, "place": {}, "trigger": act,
        "trigger_span": [at, at + len(act)], "evidence": words, "evidence_span": [start, start + len(words)],
        "said_by": "", "said_by_span": [], "confidence": 0.7, "rule": "consult.meet.iltaqa",
    }  # fmt: skip
    return made | said


def _actor(text: str, start: int, name: str, code: str) -> dict[str, Any]:
    at = text.find(name, start)
    return {"name": name, "code": code, "span": [at, at + len(name)] if at >= 0 else [], "title": "", "role": ""}


def record(
    ident: str, title: str, body: str, published: str, events: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """A record with events given as keywords of `event`, their sentence under "words" and their trigger under "act"."""
    made: dict[str, Any] = {
        "schema": "waqai/1", "id": ident, "url": f"https://example.org/{ident}", "source": ident.split("-")[0],
        "language": "ar", "title": title, "published": published, "published_from": "given", "authors": [],
        "caption": "", "credit": "", "standfirst": "", "outlet_summary": [], "text": f"{title}\n\n{body}", "digest": [],
        "events": [], "quotes": [], "times": [], "mentions": [],
        "made_by": {"waqai": "0", "ontology": "", "lexicon": "", "models": ""}, "problems": [],
    }  # fmt: skip
    for given in events:
        made["events"].append(event(made, **given))
    return made


SALEM, HALA = ("سالم البحري", "MLI GOV"), ("هالة الزيدي", "TUN GOV")
MEETING = "التقى الوزير سالم البحري نظيرته هالة الزيدي في باماكو لبحث فتح المعابر الحدودية."
RETOLD = "وفي باماكو التقى سالم البحري الوزيرة هالة الزيدي وناقشا فتح المعابر الحدودية بين البلدين."
BLAST = "قتل خمسة جنود في انفجار استهدف قافلة للجيش قرب مدينة غاو شمالي البلاد."
BLAST_AGAIN = "قتل سبعة جنود في انفجار استهدف قافلة للجيش قرب غاو شمالي البلاد."


def meeting(ident: str, words: str, published: str, **said: Any) -> dict[str, Any]:
    """An article on the meeting of the two ministers."""
    told = {"words": words, "act": "التقى", "sources": [SALEM], "targets": [HALA], **said}
    return record(ident, "لقاء وزاري في باماكو", words, published, [told])


def blast(ident: str, words: str, published: str, **said: Any) -> dict[str, Any]:
    """An article on the attack on a convoy."""
    told = {
        "words": words, "act": "انفجار", "type": "ASSAULT", "mode": "explosives", "cameo": "183",
        "rule": "assault.bomb.infijar", "targets": [("جنود", "MLI MIL")], **said,
    }  # fmt: skip
    return record(ident, "انفجار قرب غاو", words, published, [told])


def linked(store: Store, knowledge: Knowledge, records: Sequence[Mapping[str, Any]]) -> Linker:
    """Adds the records one by one, each linked as it arrives."""
    linker = Linker(store, knowledge=knowledge)
    for made in records:
        store.add(made)
        linker.add([str(made["url"])])
    return linker
