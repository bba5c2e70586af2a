"""Encodings: the same page in any of them, rightly, wrongly or not declared, is the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waqai.errors import Unreadable
from waqai.readers.encoding import declared, decode

TEXT = (
    "افتتح الوزير سالم البحري معرض الخزف في مدينة الزيتون، وقال إن المعرض يستمر عشرة أيام.\n"
    "وأضاف البحري أن الوزارة ستشتري قطعة من كل مشارك، وتعرضها في متحف المدينة؟\n"
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1256", "iso-8859-6"]
NAMES = ["", "utf-8", "windows-1256", "iso-8859-6", "iso-8859-1", "us-ascii", "no-such-thing"]
WORDS = [
    "الوزير",
    "المدينة",
    "قال",
    "في",
    "البحري",
    "على",
    "أن",
    "المعرض",
    "الذي",
    "يوم",
    "الجمعة",
    "مؤتمر",
    "ضد",
    "غدا",
    "العاصمة",
    "ظهر",
]


def page(text: str, charset: str) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}<title>خبر</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("charset", NAMES)
def test_declared_rightly_wrongly_or_not(encoding: str, charset: str) -> None:
    text = page(TEXT, charset)
    assert decode(text.encode(encoding)) == text


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=12, max_size=60),
    encoding=st.sampled_from(ENCODINGS),
    charset=st.sampled_from(NAMES),
)
def test_any_arabic_words(words: list[str], encoding: str, charset: str) -> None:
    text = page(" ".join(words), charset)
    assert decode(text.encode(encoding)) == text


def test_a_page_cut_in_the_middle_of_a_letter_stays_utf8() -> None:
    assert decode((TEXT * 3).encode()[:-2]).startswith(TEXT)


def test_declared() -> None:
    assert declared(b'<meta charset="Windows-1256">') == "cp1256"
    assert declared(b"<?xml version='1.0' encoding='utf-8'?>") == "utf-8"
    assert declared(b"<meta charset=nonsense-9>") == ""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "PNG"),
        (b"\x1f\x8b\x08" + bytes(200), "gzip"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x00\x01\x02\x03" * 500, "binary"),
    ],
)
def test_binary_files_are_named(body: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        decode(body, "file")
