"""From an analysis to a record: names as written, spans that hold, ids from content, doubtful acts left out."""

from __future__ import annotations

from acts import Analyse
from waqai.coding.coder import Coder
from waqai.model import Record

BODY = (
    "التقى الوزير التونسي سالم البحري نظيره المالي في باماكو أمس الثلاثاء.\n"
    "وقال الناطق باسم الحكومة ناصر العلي إن الشرطة المصرية اعتقلت الناشطة هالة الزيدي في القاهرة."
)


def coded(coder: Coder, analyse: Analyse, body: str = BODY, title: str = "") -> Record:
    return coder.code(analyse(body, title))


def test_an_event_has_everything_that_was_said(coder: Coder, analyse: Analyse) -> None:
    event, arrest = coded(coder, analyse).events
    assert (event.type, event.status, event.date, event.date_from) == ("CONSULT", "happened", "2024-05-14", "text")
    assert [(side.name, side.code) for side in event.sources] == [("سالم البحري", "TUN GOV")]
    assert [(side.name, side.code) for side in event.targets] == [("نظيره المالي", "MLI GOV")]
    assert event.place and (event.place.name, event.place.country) == ("باماكو", "MLI")
    assert event.rule.startswith("consult.") and event.said_by == ""
    assert (arrest.type, arrest.mode, arrest.said_by) == ("COERCE", "arrest", "ناصر العلي")
    assert BODY[arrest.evidence_span.start :].startswith("وقال")


def test_a_state_is_written_by_its_name_where_the_article_has_it(coder: Coder, analyse: Analyse) -> None:
    body = "وقعت القاهرة والخرطوم اتفاقا أمس. وتقع مصر شمال السودان."
    sides = [side.name for event in coded(coder, analyse, body).events for side in event.sources + event.targets]
    assert {"مصر", "السودان"} <= set(sides) and "القاهرة" not in sides


def test_events_stand_in_text_order_with_ids_of_their_own(coder: Coder, analyse: Analyse) -> None:
    events = coded(coder, analyse, BODY, "لقاء في باماكو").events
    assert len(events) >= 2 and len({event.id for event in events}) == len(events)
    assert [event.evidence_span for event in events] == sorted(event.evidence_span for event in events)


def test_drafts_are_all_acts_and_the_record_holds_the_sure_ones(coder: Coder, analyse: Analyse) -> None:
    analysis = analyse(BODY + "\nوقال إن الهجوم الذي جرى الحديث عنه قبل المحادثات لم يكن مهما.")
    drafts = coder.drafts(analysis)
    kept = {event.trigger_span for event in coder.code(analysis).events}
    assert kept < {draft.event.trigger_span for draft in drafts}


def test_made_by_names_version_and_digests(coder: Coder, analyse: Analyse) -> None:
    made_by = coded(coder, analyse).made_by
    assert made_by.waqai and all(len(d) == 12 for d in (made_by.ontology, made_by.lexicon, made_by.models))


def test_every_mention_has_a_code_unless_it_is_a_place_that_does_not_act(coder: Coder, analyse: Analyse) -> None:
    codes = {coded.mention.name: coded.code for coded in coded(coder, analyse).mentions}
    assert codes["سالم البحري"] == "TUN GOV" and codes["باماكو"] in ("", "MLI GOV")
