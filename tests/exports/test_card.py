"""The card: everything of the record a person looks for, columns that hold, nothing clipped, no controls in a pipe."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from rich.cells import cell_len
from rich.console import Console

from waqai.exports import card
from waqai.model import Actor, Article, Event, MadeBy, Place, Quote, Record, Span
from waqai.ontology import Ontology
from waqai.resources import Library

TEXT = (
    "لقاء في باماكو\n\nالتقى سالم البحري رئيس الوزراء المالي في باماكو.\nوقالت هالة الزيدي إن اللقاء كان طويلا ومفيدا."
)
SENTENCE = Span(16, TEXT.index("\nوقالت"))


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def event(**changes: object) -> Event:
    fields: dict[str, object] = {
        "id": "e1", "type": "CONSULT", "mode": "visit", "cameo": "042", "status": "planned", "status_cue": "سوف",
        "date": "2024-05-14", "date_from": "text",
        "sources": (Actor("سالم البحري", "TUN GOV", at("سالم البحري")),),
        "targets": (Actor("رئيس الوزراء المالي", "MLI GOV", at("رئيس الوزراء المالي")),),
        "place": Place("باماكو", "MLI", at("باماكو.")), "trigger_span": at("التقى"), "evidence_span": SENTENCE,
        "said_by": "هالة الزيدي", "said_by_span": at("هالة الزيدي"), "confidence": 0.77, "rule": "consult.meet.iltaqa",
    }  # fmt: skip
    return Event(**{**fields, **changes})  # type: ignore[arg-type]


def record(*events: Event, quotes: tuple[Quote, ...] = ()) -> Record:
    article = Article(
        "a", TEXT, "لقاء في باماكو", source="نشرة المثال", published="2024-05-15T10:00", authors=("هالة الزيدي",)
    )
    return Record(article, (SENTENCE,), events, quotes, (), (), MadeBy("0", "0", "0", "0"), ("one problem",))


@pytest.fixture(scope="module")
def ontology(library: Library) -> Ontology:
    return Ontology(library)


def shown(
    ontology: Ontology, width: int, *, explain: bool = False, colours: bool = False, of: Record | None = None
) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=colours, color_system="standard" if colours else None)
    quote = Quote(at("اللقاء كان طويلا ومفيدا"), "هالة الزيدي", at("هالة الزيدي"), "قالت", at("وقالت"), "indirect")
    card.show(of or record(event(), quotes=(quote,)), ontology, console, explain=explain)
    return stream.getvalue()


def bare(line: str) -> str:
    return "".join(letter for letter in line if unicodedata.category(letter) != "Cf")


@pytest.mark.parametrize("width", [40, 60, 75, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(ontology: Ontology, width: int) -> None:
    long = event(
        targets=tuple(Actor("الأمانة العامة لمجلس وزراء الداخلية العرب " * 2, "--- IGO", at("التقى")) for _ in "123")
    )
    for line in shown(ontology, width, explain=True, of=record(event(), long)).splitlines():
        assert cell_len(line) <= width


@pytest.mark.parametrize("width", [40, 60, 75, 80, 100, 160])
@pytest.mark.parametrize("explain", [True, False])
def test_nothing_is_clipped(ontology: Ontology, width: int, explain: bool) -> None:
    words = re.sub("[()]", " ", bare(shown(ontology, width, explain=explain))).split()
    wanted = (
        "لقاء 2024-05-15 نشرة المثال هالة الزيدي تشاور زيارة مقرر سالم البحري TUN GOV رئيس الوزراء المالي MLI GOV "
        "2024-05-14 باماكو «التقى ومفيدا» problem"
    )
    assert set(wanted.split()) <= set(words)
    reasons = {"consult.meet.iltaqa", "«سوف»", "0.77", "CONSULT/visit"}
    assert (reasons <= set(words)) == explain


@pytest.mark.parametrize("width", [40, 60, 75])
def test_a_narrow_card_breaks_no_word(ontology: Ontology, width: int) -> None:
    """Events stand under one another there: date first, then who did it, and to whom."""
    lines = [bare(line).strip() for line in shown(ontology, width).splitlines()]
    [first] = [number for number, line in enumerate(lines) if line.startswith("1. ")]
    assert lines[first].startswith("1. 2024-05-14 · تشاور (زيارة) · مقرر")
    assert any(line.startswith("من: سالم البحري") for line in lines[first:])
    assert any(line.startswith("إلى: ") for line in lines[first:]) and "الفعل" not in " ".join(lines)


@pytest.mark.parametrize("width", [80, 100, 160])
def test_columns_keep_their_edges(ontology: Ontology, width: int) -> None:
    """Each cell ends, on the right, in the very column in which its heading ends."""
    lines = [bare(line) for line in shown(ontology, width).splitlines()]
    [heading] = [line for line in lines if "الفعل" in line]
    first = lines[lines.index(heading) + 2]
    for name, cell in {"الفعل": "تشاور", "من": "البحري", "متى": "2024-05-14", "أين": "باماكو", "الحال": "مقرر"}.items():
        assert right_edge(first, cell) == right_edge(heading, name), name


def right_edge(line: str, word: str) -> int:
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", line)
    assert match, (line, word)
    return cell_len(line[: match.end()])


def test_first_column_stands_on_the_right(ontology: Ontology) -> None:
    [heading] = [bare(line) for line in shown(ontology, 100).splitlines() if "الفعل" in line]
    assert heading.split() == ["الحال", "أين", "متى", "إلى", "من", "الفعل"]
    assert cell_len(heading.rstrip()) == 100


def test_every_isolate_is_closed_on_its_line(ontology: Ontology) -> None:
    for line in shown(ontology, 80, explain=True).splitlines():
        depth = 0
        for letter in line:
            depth += {"\u2067": 1, "\u2069": -1}.get(letter, 0)
            assert depth in (0, 1)
        assert depth == 0


def test_marks_never_begin_a_line(ontology: Ontology) -> None:
    """Terminals hang a mark on the letter before it and drop it where there is none."""
    assert all(line[0] in " ─!" for line in shown(ontology, 80, explain=True).splitlines() if line)


def test_the_trigger_is_marked_where_it_stands(ontology: Ontology) -> None:
    """Not at an earlier word that holds the same letters."""
    twice = event(trigger_span=at("المالي"))
    assert re.findall("\x1b\\[1;4m(.*?)\x1b", shown(ontology, 100, colours=True, of=record(twice))) == ["المالي"]


def test_colours_only_where_they_are_wanted(ontology: Ontology) -> None:
    assert "\x1b[36m" in shown(ontology, 80, colours=True)
    assert "\x1b" not in shown(ontology, 80)


def test_plain_has_one_fact_a_line_and_no_controls(ontology: Ontology) -> None:
    text = card.plain(record(event()), ontology, explain=True)
    assert not [letter for letter in text if unicodedata.category(letter) in ("Cf", "Cc") and letter != "\n"]
    assert text.splitlines() == [
        "لقاء في باماكو",
        "2024-05-15 · نشرة المثال · هالة الزيدي",
        "• التقى سالم البحري رئيس الوزراء المالي في باماكو.",
        "! one problem",
        "",
        "1. 2024-05-14 · تشاور (زيارة) · مقرر · باماكو",
        "   من: سالم البحري (TUN GOV)",
        "   إلى: رئيس الوزراء المالي (MLI GOV)",
        "   «التقى سالم البحري رئيس الوزراء المالي في باماكو.»",
        "   CONSULT/visit 042 · consult.meet.iltaqa · «سوف» · عن هالة الزيدي · 0.77",
    ]


def test_no_events_is_said(ontology: Ontology) -> None:
    assert "لا أحداث في هذا المقال" in card.plain(record(), ontology)
    assert "لا أحداث في هذا المقال" in shown(ontology, 80, of=record())


def test_sides_that_are_unknown_are_left_out(ontology: Ontology) -> None:
    text = card.plain(record(event(sources=(), place=None, date="", mode="")), ontology)
    assert "1. تشاور · مقرر\n   إلى:" in text and "من:" not in text


def test_long_quotes_are_cut_between_words_and_many_are_counted(ontology: Ontology) -> None:
    body = "كلمة طويلة " * 60
    article = Article("a", body, "")
    quote = Quote(Span(0, len(body) - 1), "هالة الزيدي", None, "قالت", None, "direct")
    text = card.plain(Record(article, (), (), (quote,) * 5, (), (), MadeBy("0", "0", "0", "0")), ontology)
    said = re.findall("هالة الزيدي: «(.*)»", text)
    assert len(said) == 3 and all(set(words.split()) == {"كلمة", "طويلة", "…"} for words in said)
    assert text.endswith("أقوال أخرى: 2\n")
