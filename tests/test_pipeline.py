"""Any text gives a record whose spans hold, in bounded time, and the same bytes every time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import waqai as package
from spans import broken, voices_broken
from strategies import articles
from waqai.errors import NotFound
from waqai.exports.jsonl import as_dict, line
from waqai.model import Article, Record
from waqai.pipeline import Waqai, read

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.html"))
SENTENCE = "قال الوزير سالم البحري إن الجيش هاجم القرية في الشمال وأعلن أن الوفد يصل إلى المدينة غدا "

# Texts that are not the news Waqai was made for.
STRANGE = {
    "persian": "وزیر کشور گفت که نمایشگاه فردا در شهر گشایش می‌یابد و مردم می‌توانند از آن دیدن کنند. " * 20,
    "urdu": "وزیر نے کہا کہ نمائش کل شہر میں کھلے گی اور لوگ اسے دیکھ سکیں گے۔ " * 20,
    "tweets": "والله يا جماعة مش عارف ليه كده 😂😂 @someone #خبر_عاجل ايه اللي بيحصل ده؟؟!! RT http://t.co/x\n" * 40,
    "numbers": "12 45 33.5 ١٢٣ 4/5/2024 | 77 | 12:30\n" * 400,
    "long word": "م" * 10_000 + " " + "و" * 10_000 + "ال",
    "marks": "\u064b" * 3_000 + "\u0640" * 3_000 + "\u202e" * 3_000,
    "quotation marks": '"' * 4_000 + " قال " + "«" * 4_000,
    "brackets": "(" * 8_000,
    "one sentence told often": "قال الوزير سالم البحري إن الجيش هاجم القرية في الشمال. " * 300,
    "no full stop": SENTENCE * 150,
    "spaces": " \n\u00a0\n" * 2_000,
    "latin": "The minister said that the army attacked. " * 200,
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(article=articles())
def test_any_article_gives_a_record_whose_spans_slice_back(waqai: Waqai, article: Article) -> None:
    assert broken(as_dict(waqai.code(article))) == []


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300), published=st.sampled_from(["", "2024-05-15", "x", "2024-99-99"]))
def test_any_text_gives_a_record(waqai: Waqai, text: str, published: str) -> None:
    assert broken(as_dict(waqai.code(Article("a", text, "", published=published)))) == []


@pytest.mark.parametrize("name", STRANGE)
def test_strange_texts_give_records_in_bounded_time(waqai: Waqai, name: str) -> None:
    start = time.process_time()
    record = waqai.code(Article("a", STRANGE[name], "", published="2024-05-15"))
    assert time.process_time() - start < 20
    assert broken(as_dict(record)) == []


@pytest.mark.parametrize(
    "kilobytes",
    [
        50,
        pytest.param(
            200, marks=pytest.mark.xfail(run=False, reason="takes a minute: merging looks at every pair of acts")
        ),
    ],
)
def test_a_text_without_a_full_stop(waqai: Waqai, kilobytes: int) -> None:
    start = time.process_time()
    record = waqai.code(Article("a", SENTENCE * (11 * kilobytes), "", published="2024-05-15"))
    assert time.process_time() - start < 0.4 * kilobytes
    assert broken(as_dict(record)) == []


@pytest.mark.parametrize("shape", ["one sentence", "many paragraphs"])
def test_time_grows_with_the_text_and_not_with_its_square(waqai: Waqai, shape: str) -> None:
    """Four times the text may take eight times as long, not sixteen."""

    def seconds(times: int) -> float:
        body = SENTENCE * times if shape == "one sentence" else "\n".join(f"{SENTENCE}{n}." for n in range(times))
        start = time.process_time()
        waqai.code(Article("a", body, "", published="2024-05-15"))
        return time.process_time() - start

    seconds(40)
    assert seconds(320) < 8 * max(seconds(80), 0.05)


def test_over_the_gold_articles_every_span_slices_back(waqai: Waqai, gold: Path) -> None:
    faults: list[str] = []
    for path in sorted(gold.glob("*.json")):
        [record] = waqai.read(str(path))
        assert isinstance(record, Record)
        faults += [f"{path.name}: {fault.split(':')[0]}" for fault in broken(as_dict(record))]
    assert faults == []


def test_over_the_gold_articles_speakers_and_cues_slice_back(waqai: Waqai, gold: Path) -> None:
    for path in sorted(gold.glob("*.json")):
        [record] = waqai.read(str(path))
        assert isinstance(record, Record)
        assert voices_broken(as_dict(record)) == [], path.name


def test_two_runs_write_the_same_bytes_whatever_the_hash_seed() -> None:
    command = [sys.executable, "-m", "waqai", "read", "--json", *map(str, EXAMPLES)]
    runs = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, cwd=ROOT
        ).stdout
        for seed in ("0", "1", "31337")
    }
    assert len(runs) == 1 and runs.pop().count(b"\n") == len(EXAMPLES)


def test_the_same_pipeline_gives_the_same_record_again(waqai: Waqai) -> None:
    """What one article left behind says nothing about the next."""
    first, second = (next(iter(waqai.read(str(path)))) for path in EXAMPLES[:2])
    again = next(iter(waqai.read(str(EXAMPLES[0]))))
    assert isinstance(first, Record) and isinstance(again, Record) and isinstance(second, Record)
    assert line(first) == line(again) != line(second)


def test_read_yields_records() -> None:
    [record] = read(EXAMPLES[0])
    assert record.article.title and record.events


def test_read_raises_where_waqai_read_goes_on(waqai: Waqai) -> None:
    with pytest.raises(NotFound):
        list(read("none.html"))
    [error] = waqai.read("none.html")
    assert isinstance(error, NotFound)


def test_ids_come_from_content(waqai: Waqai) -> None:
    one, other = (as_dict(waqai.code(Article(id_, SENTENCE, ""))) for id_ in ("one", "other"))
    assert one["events"] and {e["id"] for e in one["events"]}.isdisjoint(e["id"] for e in other["events"])


def test_an_article_without_date_leaves_relative_dates_unresolved(waqai: Waqai) -> None:
    text = "التقى سالم البحري رئيس الوزراء المالي أمس. وكان قد زار باماكو في 3 مارس 2019."
    dated, undated = (as_dict(waqai.code(Article("a", text, "", published=day))) for day in ("2024-05-15", ""))
    assert {time["value"] for time in dated["times"]} == {"2024-05-14", "2019-03-03"}
    assert "2024-05-14" not in {time["value"] for time in undated["times"]}
    assert "2019-03-03" in {time["value"] for time in undated["times"]}


def test_public_names_are_those_listed() -> None:
    assert all(hasattr(package, name) for name in package.__all__)
    assert package.read is read and package.Waqai is Waqai
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        package.nothing  # noqa: B018


def test_importing_the_package_loads_no_tables_and_no_libraries() -> None:
    code = (
        "import sys, waqai; sys.exit(any(m in sys.modules for m in ('pycrfsuite', 'lxml', 'rich', 'waqai.pipeline')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
