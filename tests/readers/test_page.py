"""HTML pages: title, date, people, caption and body, without the furniture; bounds that hold."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from waqai.errors import InputError, NoArticle, NotArabic, TooLarge
from waqai.model import Article
from waqai.readers import Reader

PARAGRAPH = "<p>" + "قال الوزير سالم البحري إن الوزارة ستفتح المعرض في المدينة غدا. " * 3 + "</p>"


def one(reader: Reader, path: Path) -> Article:
    [article] = reader.read(str(path))
    assert isinstance(article, Article), article
    return article


def page(body: str, head: str = "") -> bytes:
    title = "الوزير يفتتح المعرض"
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>".encode()


def test_page_with_markup(reader: Reader, pages: Path) -> None:
    article = one(reader, pages / "newsroom.html")
    assert article.title == "الوزيرة هالة الزيدي تستقبل وفدا من بلدية النخيل"
    assert (article.published, article.published_from) == ("2023-05-14T09:40:00+03:00", "json-ld")
    assert article.source == "صحيفة الميناء"
    assert article.authors == ("سالم البحري",)
    assert (article.caption, article.credit) == ("الوزيرة خلال استقبال الوفد في مكتبها", "الأناضول")
    assert article.standfirst == "اللقاء تناول مشروع المرفأ الجديد وموعد افتتاح سوق السمك"
    assert article.section == "محليات"
    assert [line.split()[0] for line in article.text.split("\n")[2:]] == ["استقبلت", "وبحث", "وقالت", "من"]


def test_page_with_visible_lines_only(reader: Reader, pages: Path) -> None:
    article = one(reader, pages / "plain.html")
    assert article.title == "رئيس اتحاد الصيادين يدعو إلى هدنة مع أصحاب المراكب"
    assert (article.published, article.published_from) == ("2019-11-09T19:15", "text")
    assert article.authors == ("كريم الساحلي",)
    assert article.source == "وكالة الساحل"
    assert len(article.text.split("\n")) == 5


def test_english_page(reader: Reader, pages: Path) -> None:
    [error] = reader.read(str(pages / "english.html"))
    assert isinstance(error, NotArabic)
    assert "not Arabic: " in str(error)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("name", ["newsroom.html", "plain.html"])
def test_encodings(reader: Reader, pages: Path, name: str, encoding: str) -> None:
    text = (pages / name).read_text(encoding="utf-8")
    [article] = reader.read_bytes(text.encode(encoding), name=name)
    assert isinstance(article, Article)
    assert article.text == one(reader, pages / name).text


@pytest.mark.parametrize(
    ("head", "published", "origin"),
    [
        (
            '<meta property="article:published_time" content="الأحد، 14 مايو 2023 - 09:40 ص">',
            "2023-05-14T09:40",
            "meta",
        ),
        ('<meta itemprop="datePublished" content="2023-05-14">', "2023-05-14", "meta"),
        ('<meta name="date" content="2023-05-14T00:00:00+03:00">', "2023-05-14", "meta"),
        ('<meta name="date" content="قريبا">', "", ""),
        ('<meta property="og:url" content="https://example.org/news/2023/5/14/opening">', "2023-05-14", "url"),
        ('<script type="application/ld+json">{broken</script>', "", ""),
    ],
)
def test_dates_of_markup(reader: Reader, head: str, published: str, origin: str) -> None:
    [article] = reader.read_bytes(page(PARAGRAPH * 4, head))
    assert isinstance(article, Article)
    assert (article.published, article.published_from) == (published, origin)


def test_a_page_without_text(reader: Reader) -> None:
    [error] = reader.read_bytes(b"<html><head></head><body><script>var a = 1;</script></body></html>")
    assert isinstance(error, NoArticle)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000,
        "<p>كلمة</p>" * 60_000,
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">",
        "<p>" + "قال الوزير إن المعرض يفتح غدا. " * 100_000,
        "<" * 2_000_000,
    ],
    ids=["deep", "many", "attributes", "long", "signs"],
)
def test_hostile_pages_are_refused_at_once(reader: Reader, body: str) -> None:
    start = time.perf_counter()
    [error] = reader.read_bytes(page(body + PARAGRAPH))
    assert isinstance(error, TooLarge)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "body", ["&" * 500_000, "<!--" * 100_000, "</div>" * 50_000, "<table><tr><td>" * 30, "\x00<p>\x00"]
)
def test_odd_pages_give_articles_or_errors(reader: Reader, body: str) -> None:
    for item in reader.read_bytes(page(body + PARAGRAPH)):
        assert isinstance(item, Article | InputError)


# README.md beside the pages says what belongs to them; only the words that bound the bodies are repeated here.
REAL = [
    ("sputnik-2020.html", "2020-03-17", "أعلنت وزارة الصحة", ""),
    ("almadenah-2020.html", "2020-04-24", "المدينة نيوز :-  بلغت", "--(بترا)"),
    ("youm7-2020.html", "2020-08-24", "شهد الدكتور محمد", "بالمرحلة الثانية للدراسة."),
    ("akhbarelyom-2020.html", "2020-10-07", "يصادف اليوم ذكرى", "سرطان الأمعاء."),
]


@pytest.mark.parametrize(("name", "published", "begins", "ends"), REAL)
def test_real_pages(reader: Reader, shared: Path, name: str, published: str, begins: str, ends: str) -> None:
    article = one(reader, shared / "data" / "html" / name)
    body = article.text.split("\n\n", 1)[1]
    assert article.published[:10] == published
    assert body.startswith(begins)
    assert body.endswith(ends)
    assert not any(word in body for word in ("التعليق", "اقرأ أيضا", "الأكثر قراءة"))
    assert all("//" not in author for author in article.authors)


def test_real_page_with_comment_rules(reader: Reader, shared: Path) -> None:
    article = one(reader, shared / "data" / "html" / "cnn-arabic-2013.html")
    body = (shared / "data" / "html" / "cnn-arabic-2013.txt").read_text(encoding="utf-8")
    assert article.published == "2013-08-28"
    assert article.text.split("\n")[2:] == [line.strip() for line in body.split("\n") if line.strip()]


def test_real_page_with_snippets(reader: Reader, shared: Path) -> None:
    article = one(reader, shared / "data" / "html" / "assabah.html")
    [told] = json.loads((shared / "data" / "html" / "assabah.json").read_text(encoding="utf-8")).values()
    assert article.title == " ".join(told["title"].split())
    assert all(snippet in article.text for snippet in told["with"])
    assert not any(snippet in article.text for snippet in told["without"])


def test_the_outlets_summary_is_no_part_of_the_text(reader: Reader, pages: Path) -> None:
    article = one(reader, pages / "summary-list.html")
    assert [line.split()[0] for line in article.outlet_summary] == ["الوزير", "المعرض"]
    assert [line.split()[0] for line in article.text.split("\n")[2:]] == ["افتتح", "وقال", "ويستمر"]
    assert article.standfirst == ""
