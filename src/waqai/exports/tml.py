"""TimeML 1.2.1 in the layout of TempEval-3, one whole document a line: times, events, and which time an event is in.

Line ends of the text are written as character references. The record does not hold tense and part of speech, so that
these say NONE and OTHER; what is denied has negative polarity, and a status other than happened is the modality.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(55296, 57344), 65534, 65535), "�")
_MODALITIES = ("planned", "called-for", "conditional")
Mark = tuple[int, int, str, str]  # start, end, name of the element, its opening tag


def line(record: Mapping[str, Any]) -> str:
    """A record as one line that is one document. An event that shares words with a time or another is left out."""
    text = record["text"]
    times = [time for time in record["times"] if time["value"]]
    marks = _apart(_time_marks(times))
    kept = _apart(_event_marks(record["events"]), marks)
    number_of = {(start, end): number for number, (start, end, _, _) in enumerate(kept, 1)}
    return "".join((
        '<?xml version="1.0" encoding="UTF-8"?><TimeML>',
        f"<DOCID>{_text(record['id'])}</DOCID>",
        f"<DCT>{_creation(record['published'])}</DCT>",
        f"<TEXT>{_marked(text, sorted([*marks, *kept]))}</TEXT>",
        *_instances(record, times, marks, number_of),
        "</TimeML>",
    ))  # fmt: skip


def _time_marks(times: Sequence[Mapping[str, Any]]) -> Iterator[Mark]:
    for number, time in enumerate(times, 1):
        said = {"tid": f"t{number}", "type": time["kind"].upper(), "value": time["value"]}
        yield *time["span"], "TIMEX3", _tag("TIMEX3", said)


def _event_marks(events: Sequence[Mapping[str, Any]]) -> list[Mark]:
    """A mark for each trigger, numbered as those that are kept will be: several events may share one."""
    spans = dict.fromkeys(tuple(event["trigger_span"]) for event in events if event["trigger_span"])
    return [(start, end, "EVENT", "") for start, end in spans]


def _apart(marks: Iterable[Mark], others: Sequence[Mark] = ()) -> list[Mark]:
    """Those that share no code point with one before them, nor with `others`, in text order."""
    kept: list[Mark] = []
    for mark in sorted(marks):
        if mark[0] < mark[1] and not any(mark[0] < end and start < mark[1] for start, end, _, _ in (*others, *kept)):
            kept.append(mark)
    events = (mark[2] == "EVENT" for mark in kept)
    return [
        (*mark[:3], _tag("EVENT", {"eid": f"e{number}", "class": "OCCURRENCE"})) if event else mark
        for number, (mark, event) in enumerate(zip(kept, events, strict=True), 1)
    ]


def _marked(text: str, marks: Sequence[Mark]) -> str:
    pieces, at = [], 0
    for start, end, name, tag in marks:
        pieces += [_text(text[at:start]), tag, _text(text[start:end]), f"</{name}>"]
        at = end
    return "".join([*pieces, _text(text[at:])])


def _instances(
    record: Mapping[str, Any],
    times: Sequence[Mapping[str, Any]],
    marks: Sequence[Mark],
    number_of: Mapping[tuple[int, int], int],
) -> Iterator[str]:
    """An instance for each event that is marked, then what is known of the time it is in."""
    links = []
    shown = {(start, end) for start, end, _, _ in marks}
    known = [(f"t{n}", time["value"]) for n, time in enumerate(times, 1) if tuple(time["span"]) in shown]
    known += [("t0", record["published"][:10])]
    for number, event in enumerate(record["events"], 1):
        mark = number_of.get(tuple(event["trigger_span"]))
        if mark is None:
            continue
        denied = event["status"] == "denied"
        said = {"eiid": f"ei{number}", "eventID": f"e{mark}", "pos": "OTHER", "tense": "NONE", "aspect": "NONE"}
        said["polarity"] = "NEG" if denied else "POS"
        if event["status"] in _MODALITIES:
            said["modality"] = event["status"]
        yield _tag("MAKEINSTANCE", said, empty=True)
        within = next((name for name, value in known if value and event["date"] == value), "")
        if within:
            links.append((f"ei{number}", within))
    for number, (instance, time) in enumerate(links, 1):
        said = {"lid": f"l{number}", "relType": "IS_INCLUDED", "eventInstanceID": instance, "relatedToTime": time}
        yield _tag("TLINK", said, empty=True)


def _creation(published: str) -> str:
    """The day of publication: that an act was on that day does not put it into the minute."""
    if not published:
        return ""
    said = {"tid": "t0", "type": "DATE", "value": published[:10], "temporalFunction": "false"}
    return f"{_tag('TIMEX3', said | {'functionInDocument': 'CREATION_TIME'})}{_text(published[:10])}</TIMEX3>"


def _tag(name: str, said: Mapping[str, str], *, empty: bool = False) -> str:
    told = " ".join(f"{key}={quoteattr(value.translate(_NOT_XML))}" for key, value in said.items())
    return f"<{name} {told}{'/' if empty else ''}>"


def _text(text: str) -> str:
    return escape(text.translate(_NOT_XML), {"\n": "&#10;", "\r": "&#13;"})
