"""Time expressions: the table of sentences, laws that hold for any text, speed, and the gold articles."""

from __future__ import annotations

import json
import time
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.analysis.times import TimeFinder
from waqai.arabic import fold
from waqai.errors import TableError
from waqai.model import Timex
from waqai.resources import Library

FINDER = TimeFinder(Library())
CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("times.toml").read_text(encoding="utf-8"))["case"]
GOLD = Path(__file__).resolve().parents[2] / ".." / "shared" / "gold" / "dev"
GOLD_SPAN_F1 = 0.98  # measured 0.989
GOLD_VALUE_F1 = 0.945  # measured 0.956

WORDS = st.sampled_from(sorted({word for case in CASES for word in case["text"].split()}))
SENTENCES = st.lists(WORDS, max_size=25).map(" ".join)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 1))
RELATIVE_DAYS = st.sampled_from([
    "التقى الوفد الوزيرة {}.", "{} وصلت القافلة.", "سيغادر المبعوث {}.", "أعلن البيان {} قرارا."
]).flatmap(
    lambda frame: st.sampled_from([
        "أمس", "اليوم", "غدا", "الاثنين", "مساء الثلاثاء", "يوم الجمعة الماضي", "الأحد المقبل", "فجر السبت", "بعد غد"
    ]).map(frame.format)
)  # fmt: skip


def outcome(text: str, found: tuple[Timex, ...]) -> list[list[str]]:
    return [[timex.span.of(text), timex.value, timex.kind] for timex in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_table(case: dict[str, Any]) -> None:
    """Each sentence of times.toml gives exactly the expressions written beside it."""
    assert outcome(case["text"], FINDER.find(case["text"], case["published"])) == case["times"]


def test_table_is_wide() -> None:
    assert sum(len(case["times"]) for case in CASES) >= 120


def check_spans(text: str, found: tuple[Timex, ...]) -> None:
    end = 0
    for timex in found:
        assert end <= timex.span.start < timex.span.end <= len(text)
        assert timex.span.of(text).strip() == timex.span.of(text)
        assert timex.kind in ("date", "time", "duration", "set")
        end = timex.span.end


@given(st.text(max_size=300), st.text(max_size=30))
def test_any_text_is_read(text: str, published: str) -> None:
    """No text and no publication date raises; spans are in order, apart, and inside the text."""
    check_spans(text, FINDER.find(text, published))


@given(SENTENCES, DAYS)
def test_spans_of_time_words(text: str, published: date) -> None:
    """The same for texts of nothing but the words of time."""
    check_spans(text, FINDER.find(text, published.isoformat()))


@given(RELATIVE_DAYS, DAYS)
def test_a_week_later(text: str, published: date) -> None:
    """Publishing a week later moves each relative day by a week."""
    week = timedelta(days=7)
    for now, later in zip(
        FINDER.find(text, published.isoformat()), FINDER.find(text, (published + week).isoformat()), strict=True
    ):
        assert date.fromisoformat(now.value[:10]) + week == date.fromisoformat(later.value[:10])
        assert now.value[10:] == later.value[10:]


@given(SENTENCES, st.data())
def test_spelling_changes_only_offsets(text: str, data: st.DataObject) -> None:
    """Tatweel, vowel marks and bare alefs leave the words found, their values and kinds as they are."""
    spelled = []
    for letter in text:
        spelled.append({"أ": "ا", "إ": "ا", "آ": "ا"}.get(letter, letter))
        if letter.isalpha() and data.draw(st.booleans()):
            spelled.append(data.draw(st.sampled_from("\u0640\u064e\u0651\u0652")))
    other = "".join(spelled)
    before, after = FINDER.find(text, "2024-05-15"), FINDER.find(other, "2024-05-15")
    assert [(fold(t.span.of(text)), t.value, t.kind) for t in before] == [
        (fold(t.span.of(other)), t.value, t.kind) for t in after
    ]


@given(SENTENCES, DAYS)
def test_find_is_pure(text: str, published: date) -> None:
    """What was read before changes nothing."""
    assert FINDER.find(text, published.isoformat()) == TimeFinder.find(FINDER, text, published.isoformat())


@pytest.mark.parametrize(
    "piece", ["كلمة ", "خمسة و", "2011 و", "عام ", "يوم الاثنين ", "منذ أكثر من ", "5 من ", "1.", "ـ"]
)
def test_linear_in_the_text(piece: str) -> None:
    """200,000 letters without a full stop take under two seconds of work, however busy the machine is."""
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    FINDER.find(text, "2024-05-15")
    assert time.process_time() - start < 2


def test_local_day_as_written() -> None:
    """The day of publication is the one written, whatever its offset from UTC."""
    assert FINDER.find("وصل اليوم", "2024-05-15T00:30:00+04:00")[0].value == "2024-05-15"


def test_own_words(tmp_path: Path) -> None:
    """A lexicon folder adds words; a broken row is named."""
    folder = tmp_path / "times"
    folder.mkdir()
    table = folder / "own.toml"
    table.write_text('[[word]]\nid = "own.now"\nclass = "reference"\nvalue = "PRESENT_REF"\nwords = ["هسا"]\n', "utf-8")
    assert TimeFinder(Library(tmp_path)).find("وصل هسا", "")[0].value == "PRESENT_REF"
    table.write_text('[[word]]\nid = "own.bad"\nclass = "reference"\nshape = "round"\nwords = ["هسا"]\n', "utf-8")
    with pytest.raises(TableError, match=r"own\.bad"):
        TimeFinder(Library(tmp_path))


def matches(gold: list[dict[str, str]], text: str, found: tuple[Timex, ...]) -> list[tuple[dict[str, str], Timex]]:
    """Pairs in text order whose words overlap, as the scorer of the gold set does."""
    pairs, start = [], 0
    for wanted in gold:
        for at in range(start, len(found)):
            if set(fold(wanted["text"]).split()) & set(fold(found[at].span.of(text)).split()):
                pairs.append((wanted, found[at]))
                start = at + 1
                break
    return pairs


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold articles are not beside the repository (../shared/gold/dev)")
def test_gold_gate() -> None:
    """Spans and values on the gold articles stay above the floors."""
    spans = values = wanted = given_back = 0
    for path in sorted(GOLD.glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        text = article["title"] + "\n\n" + article["body"]
        found = FINDER.find(text, article["published"])
        pairs = matches(article["times"], text, found)
        spans += len(pairs)
        values += sum(gold["value"] == timex.value for gold, timex in pairs)
        wanted += len(article["times"])
        given_back += len(found)
    assert 2 * spans / (wanted + given_back) >= GOLD_SPAN_F1
    assert 2 * values / (wanted + given_back) >= GOLD_VALUE_F1


settings.register_profile("times", deadline=None)
settings.load_profile("times")
