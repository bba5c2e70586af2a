"""Page dumps: a role for each line, and only the body in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.model import Article
from waqai.readers import Reader
from waqai.readers.cleaning import clean, paragraphs
from waqai.readers.dates import DateReader
from waqai.readers.dump import DumpReader
from waqai.readers.labels import Labels
from waqai.resources import Library

LIBRARY = Library()
LABELS = Labels(LIBRARY)
DUMP = DumpReader(LABELS, DateReader(LIBRARY))


def one(reader: Reader, path: Path) -> Article:
    [article] = reader.read(str(path))
    assert isinstance(article, Article), article
    return article


def test_summary_list(reader: Reader, pages: Path) -> None:
    article = one(reader, pages / "summary-list.txt")
    assert article.title == "الوزير سالم البحري يفتتح معرض الخزف في مدينة الزيتون"
    assert (article.published, article.published_from) == ("2023-05-14", "text")
    assert (article.caption, article.credit) == ("الوزير يقص شريط الافتتاح بحضور الحرفيين", "وكالة الساحل")
    assert len(article.outlet_summary) == 2
    title, blank, *body = article.text.split("\n")
    assert (title, blank) == (article.title, "")
    assert [line.split()[0] for line in body] == ["افتتح", "وقال", "ويستمر"]


def test_byline_and_foot(reader: Reader, pages: Path) -> None:
    article = one(reader, pages / "byline.txt")
    assert article.authors == ("كريم الساحلي",)
    assert article.published == "2021-03-02T10:30"
    assert article.credit == "نور الحداد"
    assert [line.split()[0] for line in article.text.split("\n")[2:]] == ["رفض", "وقال", "شروط", "وطلب"]


@pytest.mark.parametrize(
    ("name", "title", "published", "authors", "starts"),
    [
        ("labelled-list", "ميناء النخيل يستقبل أول سفينة بعد التوسعة", "2024-03-26", (), ["استقبل", "وقال", "وأضاف"]),
        ("picture-credits", "الوزيرة هالة الزيدي تزور مدرسة القرية", "", ("سالم البحري",), ["زارت", "وشكر"]),
        (
            "signature-first",
            "الوزيرة هالة الزيدي تزور مدرسة القرية",
            "2024-03-26T10:30",
            ("سالم البحري",),
            ["زارت", "وشكر"],
        ),
    ],
)
def test_other_shapes(
    reader: Reader, pages: Path, name: str, title: str, published: str, authors: tuple[str, ...], starts: list[str]
) -> None:
    article = one(reader, pages / f"{name}.txt")
    assert (article.title, article.published, article.authors) == (title, published, authors)
    assert [line.split()[0] for line in article.text.split("\n")[2:]] == starts


def test_seed(reader: Reader, shared: Path) -> None:
    article = one(reader, shared / "seed" / "article.txt")
    source = (shared / "seed" / "article.txt").read_text(encoding="utf-8").split("\n")
    assert article.title == source[0]
    assert article.published == "2024-03-26"
    assert article.credit == "فيسبوك"
    assert f"{article.caption} ({article.credit})" == source[3]
    assert len(article.outlet_summary) == 3
    assert article.text.split("\n")[2:] == list(paragraphs(clean("\n".join(source[10:-1]))))
    assert len(article.text.split("\n")) == 8


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("+ الخط -", "control"),
        ("اظهر الملخص", "summary"),
        ("اقرأ أيضاً:", "related"),
        ("إقرأ أيضا: حريق في سوق الخشب", "related"),
        ("شاهد.. الوزير يقص الشريط", "related"),
        ("120", "control"),
        ("***", "control"),
        ("المساهمون", "contributors"),
        ("اترك تعليقاً", "comments"),
        ("الآراء المنشورة لا تعبر بالضرورة عن رأي الصحيفة", "comments"),
        ("تابعنا على تويتر", "aside"),
        ("© 2023 صحيفة الميناء", "foot"),
        ("كتبت: هالة الزيدي", "byline"),
        ("الكلمات الدلالية", "tags"),
        ("شارك الوزير في المؤتمر", ""),
        ("نشر الجيش قواته على الحدود", ""),
        ("كتب الوزير رسالة إلى البلدية", ""),
        ("شاهد عيان: رأيت الحافلة تحترق", ""),
        ("سياسة الحكومة في الميزان", ""),
        (
            " ".join(["المزيد من القوات وصل إلى المدينة لحماية المخازن"] * 4),
            "",
        ),
    ],
)
def test_labels(line: str, role: str) -> None:
    assert LABELS.role(line) == role


@pytest.mark.parametrize(
    ("signature", "people"),
    [
        ("سالم البحري", ("سالم البحري",)),
        ("سالم البحري - القاهرة", ("سالم البحري",)),
        ("سالم البحري، هالة الزيدي", ("سالم البحري", "هالة الزيدي")),
        ("https://example.org/writer", ()),
        ("فريق التحرير", ()),
        ("admin", ()),
        ("writer@example.org", ()),
    ],
)
def test_people(signature: str, people: tuple[str, ...]) -> None:
    assert LABELS.people(signature) == people


def test_a_page_without_prose_keeps_its_lines() -> None:
    parts = DUMP.read("حريق في سوق الخشب\nلا إصابات\nالسوق مغلق حتى السبت")
    assert (parts.title, parts.body) == ("حريق في سوق الخشب", "لا إصابات\nالسوق مغلق حتى السبت")


LINES = [
    "", "- نقطة", "اظهر الملخص", "26 مارس 2024", "المساهمون", "اقرأ أيضا", "خبر قصير",
    "قال الوزير سالم البحري إن المعرض سيفتح أبوابه غدا.",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_no_line_is_lost_or_told_twice(lines: list[str]) -> None:
    assert [line.text for line in DUMP.lines(lines)] == [line for line in lines if line]
