"""Where sentences begin and end."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.analysis.sentences import LONGEST, SentenceFinder
from waqai.resources import Library

GOLD = Path(__file__).resolve().parents[2] / ".." / "shared" / "gold" / "dev"
FINDER = SentenceFinder(Library())


def cut(body: str, title: str = "عنوان") -> list[str]:
    text = f"{title}\n\n{body}"
    spans = FINDER.find(text, len(title))
    assert spans[0].of(text) == title
    return [span.of(text) for span in spans[1:]]


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ("وصل الوفد. غادر الوزير.", ["وصل الوفد.", "غادر الوزير."]),
        ("هل وصل الوفد؟ نعم! وصل…", ["هل وصل الوفد؟", "نعم!", "وصل…"]),
        ("فقرة أولى\nفقرة ثانية", ["فقرة أولى", "فقرة ثانية"]),
        ("بلغ النمو 2.5 في المئة. وارتفع 3.1%.", ["بلغ النمو 2.5 في المئة.", "وارتفع 3.1%."]),
        ("قال سالم البحري: «لن نعود.» وأضاف.", ["قال سالم البحري: «لن نعود.»", "وأضاف."]),
        ('قالت: "انتهى الأمر. لن نعود".', ['قالت: "انتهى الأمر.', 'لن نعود".']),
        ("كتب ج. م. البحري مقالا. ثم سافر.", ["كتب ج. م. البحري مقالا.", "ثم سافر."]),
        ("نشر على example.com خبرا. ثم حذفه.", ["نشر على example.com خبرا.", "ثم حذفه."]),
        ("وعد بالعودة.. ثم غاب.", ["وعد بالعودة..", "ثم غاب."]),
        ("  \n \n نص \n", ["نص"]),
    ],
)
def test_stops(body: str, sentences: list[str]) -> None:
    """Stops end sentences; decimals, initials and addresses do not; closing quotes stay with their sentence."""
    assert cut(body) == sentences


def test_title_is_one_sentence() -> None:
    """A title keeps its stops."""
    assert cut("نص.", title="الوفد يصل.. والوزير يغادر. لماذا؟") == ["نص."]


def test_long_stretches_are_cut_at_a_comma() -> None:
    """What has no stop is cut where it may be cut, and never grows past the bound."""
    pieces = cut("كلمة طويلة، " * 1000)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert all(piece.endswith("،") for piece in pieces)


def test_no_stop_at_all_is_bounded_in_time() -> None:
    """200,000 letters without a blank, and 200,000 marks, take no longer than a blink."""
    began = time.process_time()
    for body in ("م" * 200_000, '."' * 100_000, "." * 200_000, " " * 200_000, "«" * 200_000):
        cut(body)
    assert time.process_time() - began < 5


@given(
    st.text(alphabet=st.sampled_from('اب .؟!…"»)،\n\t0a#_\u200f') | st.characters(), max_size=200), st.integers(0, 30)
)
def test_spans_are_in_order_and_lose_nothing(text: str, title_end: int) -> None:
    """Spans do not overlap, begin and end with no blank, and every code point that is no blank lies in one."""
    spans = FINDER.find(text, min(title_end, len(text)))
    covered = set()
    last = 0
    for span in spans:
        assert last <= span.start < span.end <= len(text)
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
        covered.update(range(span.start, span.end))
        last = span.end
    assert all(at in covered or letter.isspace() for at, letter in enumerate(text))


def test_gold_evidence_is_whole_sentences() -> None:
    """The sentences people marked as evidence are sentences found here, 97 in a hundred."""
    if not GOLD.is_dir():
        pytest.skip(f"{GOLD} is not there: the coded articles are kept beside the repository")
    total = same = 0
    for path in sorted(GOLD.glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        text = f"{article['title']}\n\n{article['body']}"
        sentences = {span.of(text) for span in FINDER.find(text, len(article["title"]))}
        total += len(article["events"])
        same += sum(event["evidence"] in sentences for event in article["events"])
    assert same >= 0.97 * total
