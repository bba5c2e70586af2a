"""Feeds and sitemaps: from files without a network, from a local server with their pages."""

from __future__ import annotations

import gzip
import itertools
import json
import re
import time
from pathlib import Path

import pytest
from hostile import Site, send
from hypothesis import given, settings
from hypothesis import strategies as st

from waqai.errors import InputError, NoArticle, NotFound, TooLarge, Unreadable
from waqai.model import Article
from waqai.readers import Reader
from waqai.readers.feed import MAX_ENTRIES, SUMMARY_ONLY
from waqai.resources import Library

READER = Reader(Library())

SENTENCE = "قال وزير التجارة سالم البحري إن المعرض السنوي يفتح أبوابه أمام الزوار في مدينة سوسة يوم الأحد المقبل."
BODY = "".join(f"<p>{SENTENCE} وهذه الفقرة {number} من الخبر.</p>" for number in range(4))
SUMMARY = "يفتح المعرض السنوي أبوابه في سوسة…"


def page(number: int) -> str:
    return (
        f"<html><head><title>المعرض السنوي رقم {number} يفتح أبوابه</title></head><body><article>"
        f"<h1>المعرض السنوي رقم {number} يفتح أبوابه</h1>{BODY}</article></body></html>"
    )


def rss(*items: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>صحيفة الميناء</title>{''.join(items)}</channel></rss>"
    )


def item(number: int, content: str = "", link: str = "") -> str:
    encoded = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return (
        f"<item><media:title>صورة</media:title><title>المعرض {number}</title><link>{link}</link><guid>n-{number}</guid>"
        f"<pubDate>Tue, 26 Mar 2024 14:00:00 +0200</pubDate><dc:creator>هالة الزيدي</dc:creator>"
        f"<category>اقتصاد</category><description>{SUMMARY}</description>{encoded}</item>"
    )


def read(reader: Reader, text: str | bytes) -> list[Article | InputError]:
    return list(reader.read_bytes(text if isinstance(text, bytes) else text.encode(), name="feed.xml"))


def test_rss_with_the_whole_article(reader: Reader) -> None:
    [found] = read(
        reader, rss(item(1, f"{BODY}<p>ظهرت المقالة المعرض 1 أولاً على صحيفة الميناء.</p>", "http://a.example/1"))
    )
    assert isinstance(found, Article)
    assert found.title == "المعرض 1" and found.source == "صحيفة الميناء" and found.section == "اقتصاد"
    assert found.published == "2024-03-26T14:00:00+02:00" and found.published_from == "feed"
    assert found.authors == ("هالة الزيدي",) and found.id == "n-1" and found.url == "http://a.example/1"
    assert found.text.count("\n") == 5 and "ظهرت" not in found.text and found.problems == ()


def test_a_summary_is_told(reader: Reader) -> None:
    [found] = read(reader, rss(item(1)))
    assert isinstance(found, Article) and SUMMARY_ONLY in found.problems and found.text.endswith(SUMMARY)


def test_a_cut_article_is_a_summary(reader: Reader) -> None:
    [found] = read(reader, rss(item(1, f"{BODY}<p>وأضاف البحري […]</p>")))
    assert isinstance(found, Article) and SUMMARY_ONLY in found.problems


def test_atom(reader: Reader) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>صحيفة الميناء</title>'
        '<entry><title type="html">المعرض &amp;amp; '
        '&lt;b&gt;سوسة&lt;/b&gt;</title><link rel="self" href="/x"/><link href="http://a.example/2"/><id>tag:2</id>'
        "<published>2024-03-26T14:00:00Z</published><author><name>هالة الزيدي</name></author>"
        f'<category term="اقتصاد"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{BODY}</div></content>'
        "</entry></feed>"
    )
    [found] = read(reader, feed)
    assert isinstance(found, Article) and found.title == "المعرض & سوسة" and found.url == "http://a.example/2"
    assert found.published == "2024-03-26T14:00:00Z" and found.authors == ("هالة الزيدي",)
    assert found.text.count("\n") == 5


def test_rdf(reader: Reader) -> None:
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        "<channel><title>صحيفة الميناء</title></channel><item><title>المعرض</title><link>http://a.example/3</link>"
        f"<dc:date>2024-03-26</dc:date><content:encoded><![CDATA[{BODY}]]></content:encoded></item></rdf:RDF>"
    )
    [found] = read(reader, feed)
    assert isinstance(found, Article) and found.published == "2024-03-26" and found.source == "صحيفة الميناء"


def test_json_feed(reader: Reader) -> None:
    entry = {"id": "4", "url": "http://a.example/4", "title": "المعرض", "content_html": BODY, "tags": ["اقتصاد"]}
    feed = {
        "items": [entry | {"date_published": "2024-03-26T14:00:00Z", "authors": [{"name": "هالة الزيدي"}]}, 7],
        "version": "https://jsonfeed.org/version/1.1",
        "title": "صحيفة الميناء",
    }
    [found] = read(reader, json.dumps(feed))
    assert isinstance(found, Article) and found.published_from == "feed" and found.authors == ("هالة الزيدي",)
    assert found.source == "صحيفة الميناء" and found.section == "اقتصاد"


def test_windows_1256_and_entities_that_xml_does_not_know(reader: Reader) -> None:
    feed = rss(item(1, BODY)).replace("utf-8", "windows-1256").replace("المعرض 1", "المعرض&nbsp;1")
    [found] = read(reader, feed.encode("windows-1256", errors="xmlcharrefreplace"))
    assert isinstance(found, Article) and found.title == "المعرض 1" and SENTENCE in found.text


def test_prefixes_that_were_never_declared(reader: Reader) -> None:
    feed = re.sub(r' xmlns:\w+="[^"]*"', "", rss(item(1, BODY, link="http://[::1")))
    [found] = read(reader, feed)
    assert isinstance(found, Article) and found.title == "المعرض 1" and found.authors == ("هالة الزيدي",)
    assert found.url == "http://[::1" and not found.problems


PIECES = [
    "<rss>", "<rss version='2.0'><channel>", "<item>", "</item>", "<title>خبر جديد</title>", "<description>", "]]>",
    "<![CDATA[", "<p>نص الخبر</p>", "&lol;", "&#0;", "&#x110000;", "<content:encoded>", "</content:encoded>", "<entry>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>", "<link href='::::'/>", "<link>http://[::1</link>", "</entry>",
    "<x:y>", "<urlset>", "<url><loc>x</loc></url>", "<!DOCTYPE rss>", "<?xml-stylesheet?>", "<pubDate>z</pubDate>",
    "<author/>",
    '{"version":"https://jsonfeed.org/version/1","items":[{"title":1,"authors":[1,{"name":2}],"tags":5}]}',
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_mixture(text: str) -> None:
    found = READER.read_bytes(text.encode(), url="http://a.example/")
    assert all(isinstance(each, Article | InputError) for each in found)


def test_a_feed_without_entries(reader: Reader) -> None:
    [error] = read(reader, rss())
    assert isinstance(error, NoArticle) and "feed" in error.what


def test_a_sitemap_from_a_file(reader: Reader) -> None:
    [error] = read(reader, "<urlset><url><loc>http://a.example/1</loc></url></urlset>")
    assert isinstance(error, Unreadable) and "sitemap" in error.what


def test_billion_laughs(reader: Reader) -> None:
    names = [f"l{number}" for number in range(12)]
    laughs = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names))
    start = time.perf_counter()
    [error] = read(
        reader, rss(item(1, BODY), head=f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>').replace("n-1", "&l11;")
    )
    assert isinstance(error, Unreadable) and "entities" in error.what and time.perf_counter() - start < 0.5


def test_external_entities(reader: Reader, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("سر لا يقرأ")
    [error] = read(reader, rss(item(1, BODY), head=f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'))
    assert isinstance(error, Unreadable)
    [found] = read(reader, rss(item(1, BODY), head=f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}">'))
    assert isinstance(found, Article) and "سر" not in found.text.split()


@pytest.mark.parametrize("body", ["<rss>" + "<a>" * 300_000, "<rss>" + "<a/>" * 700_000, "<rss " + 'a="1" ' * 9 + ">"])
def test_deep_wide_and_broken_xml(reader: Reader, body: str) -> None:
    start = time.perf_counter()
    assert all(isinstance(found, InputError) for found in read(reader, body))
    assert time.perf_counter() - start < 5


def test_ten_items_of_which_three_fail(site: Site, visitor: Reader) -> None:
    links = [f"/{number}" for number in range(10)]
    site.answers |= {link: send(page(number)) for number, link in enumerate(links)}
    site.answers |= {
        "/2": send(status=404),
        "/5": send("<html><body><p>An English page about nothing that this program reads.</p></body></html>"),
        "/7": send(b"x", content_length="25000000"),
        "/feed": send(rss(*(item(number, link=link) for number, link in enumerate(links))), kind="text/xml"),
    }
    found = list(visitor.read(f"{site.url}/feed"))
    errors = [error for error in found if isinstance(error, InputError)]
    assert len(found) == 10 and len(errors) == 3
    assert [error.where for error in errors] == [f"{site.url}/{number}" for number in (2, 5, 7)]
    assert isinstance(errors[0], NotFound) and isinstance(errors[2], TooLarge)
    articles = [article for article in found if isinstance(article, Article)]
    assert {article.published for article in articles} == {"2024-03-26T14:00:00+02:00"}
    assert {article.published_from for article in articles} == {"feed"}
    assert articles[0].url == f"{site.url}/0" and not articles[0].problems


def test_robots_txt_is_kept_for_the_links_of_a_feed(site: Site, visitor: Reader) -> None:
    site.answers |= {
        "/robots.txt": send("User-agent: *\nDisallow: /no"),
        "/yes": send(page(1)),
        "/feed": send(rss(item(1, link="/yes"), item(2, link="/no"))),
    }
    article, error = visitor.read(f"{site.url}/feed")
    assert isinstance(article, Article) and isinstance(error, Unreadable) and "robots.txt" in error.what
    assert site.paths == ["/feed", "/yes"]


def test_a_feed_behind_a_feed_is_not_followed(site: Site, visitor: Reader) -> None:
    site.answers["/feed"] = send(rss(item(1, link="/feed")))
    [found] = visitor.read(f"{site.url}/feed")
    assert isinstance(found, Article) and SUMMARY_ONLY in found.problems and len(site.paths) == 2


def test_news_sitemap(site: Site, visitor: Reader) -> None:
    site.answers |= {
        "/1": send(page(1)),
        "/map": send(
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
            f"<url><loc>{site.url}/1</loc><news:news><news:publication><news:name>صحيفة الميناء</news:name>"
            "</news:publication><news:publication_date>2024-03-26</news:publication_date></news:news></url>"
            f"<url><loc>{site.url}/1</loc></url></urlset>"
        ),
    }
    [found] = visitor.read(f"{site.url}/map")
    assert isinstance(found, Article) and found.published == "2024-03-26" and found.source == "صحيفة الميناء"


def test_packed_sitemap(site: Site, visitor: Reader) -> None:
    site.answers |= {
        "/1": send(page(1)),
        "/map.xml.gz": send(gzip.compress(f"<urlset><url><loc>{site.url}/1</loc></url></urlset>".encode())),
        "/all.xml": send(f"<sitemapindex><sitemap><loc>{site.url}/map.xml.gz</loc></sitemap></sitemapindex>"),
    }
    for path in ("/map.xml.gz", "/all.xml"):
        [found] = visitor.read(site.url + path)
        assert isinstance(found, Article) and found.url == f"{site.url}/1"


def test_a_feed_whose_articles_hold_pages(reader: Reader) -> None:
    [found] = read(reader, rss(item(1, f"<html><body>{BODY}</body></html>")))
    assert isinstance(found, Article) and found.published_from == "feed" and not found.problems


def test_a_sitemap_that_lists_itself(site: Site, visitor: Reader) -> None:
    def index(*maps: str) -> str:
        inner = "".join(f"<sitemap><loc>{site.url}{path}</loc></sitemap>" for path in maps)
        return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</sitemapindex>'

    site.answers |= {
        "/a": send(index("/b", "/a")),
        "/b": send(index("/a", "/b", "/c")),
        "/c": send(index("/d", "/e")),
    }
    [error] = visitor.read(f"{site.url}/a")
    assert isinstance(error, TooLarge) and "3 deep" in error.what and site.paths == ["/a", "/b", "/c"]


def test_an_index_of_endless_sitemaps(site: Site, visitor: Reader) -> None:
    maps = "".join(f"<sitemap><loc>{site.url}/m{number}</loc></sitemap>" for number in range(200))
    site.answers["/a"] = send(f"<sitemapindex>{maps}</sitemapindex>")
    found = list(visitor.read(f"{site.url}/a"))
    assert len(site.paths) == 51 and isinstance(found[-1], TooLarge)


def test_entries_are_bounded(reader: Reader) -> None:
    found = read(reader, rss(*(item(number) for number in range(MAX_ENTRIES + 5))))
    assert len(found) == MAX_ENTRIES + 1 and isinstance(found[-1], TooLarge)
