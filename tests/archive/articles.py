"""Articles of the project's own, in every form that archives come in."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from waqai.archive.records import records

NAMES = ("سالم البحري", "هالة الزيدي", "مازن الكرمي", "ليلى النجار")
CITIES = ("عمّان", "الرباط", "مسقط", "القاهرة", "تونس")


def row(number: int) -> dict[str, str]:
    """An article; no two are the same, and they stand in three months and in none."""
    who, where = NAMES[number % 4], CITIES[number % 5]
    published = "" if number % 7 == 6 else f"2024-0{1 + number % 3}-{1 + number % 27:02}"
    return {
        "id": f"a{number}",
        "title": f"وزير الخارجية يزور {where} في الجولة رقم {number}",
        "published": published,
        "body": (
            f"التقى وزير الخارجية التونسي {who} نظيره المالي في {where} يوم الاثنين.\n"
            f"وقال {who} إن الاتفاق رقم {number} سيوقع الأسبوع المقبل.\n"
            "وأدانت الحكومة اليمنية الهجوم على القرية."
        ),
    }


def html(number: int) -> bytes:
    article = row(number)
    body = "".join(f"<p>{line}</p>" for line in article["body"].split("\n"))
    date = f'<meta property="article:published_time" content="{article["published"]}">' if article["published"] else ""
    return (
        f'<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>{article["title"]}</title>{date}</head>'
        f"<body><article><h1>{article['title']}</h1>{body}</article></body></html>"
    ).encode()


def response(page: bytes, url: str) -> bytes:
    """A record of a WARC, packed alone as crawlers do."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-26T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n")


def lines(numbers: range) -> bytes:
    return "".join(json.dumps(row(number), ensure_ascii=False) + "\n" for number in numbers).encode()


@dataclass(frozen=True)
class Corpus:
    """A folder with `articles` articles and `failures` records that are none."""

    folder: Path
    articles: int
    failures: int


def as_lines(out: Path) -> list[str]:
    """The records of an archive as `waqai read --json` writes them, sorted."""
    found = records(str(out))
    return sorted(json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in found)


def ids(out: Path) -> Counter[str]:
    """How often each article stands in an archive."""
    return Counter(record["id"] for record in records(str(out)))
