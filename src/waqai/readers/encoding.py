"""Bytes to text: UTF-8, UTF-16, windows-1256, ISO-8859-6, declared rightly, wrongly or not at all.

A page's own word about its encoding is one vote among several. Bytes that are valid UTF-8 with Arabic in it are UTF-8
whatever they say, since Arabic in an eight-bit encoding is never valid UTF-8; what is left is read as each likely
eight-bit encoding, and the reading that looks most like Arabic wins.
"""

from __future__ import annotations

import codecs
import re

from waqai.errors import Unreadable

SAMPLE = 65_536  # bytes: a page shows its encoding long before this; detectors need no more
MAX_CONTROLS = 0.02  # share of control characters: text has next to none, compressed or packed data over a tenth
MAX_BROKEN = 0.02  # broken sequences for each whole one: pages cut by byte count or pasted together stay below it

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"BZh", "a bzip2 file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=|<\?xml[^>]{0,80}encoding\s*=)\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ARTICLE = re.compile(r"\b[وفبك]?ال[\u0621-\u064a]{2,}")
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]")
_FOREIGN = re.compile("[\x80-\u05ff\u2000-\u200a\u2010-\u2027\u20a0-\u2bff\ufffd]")
_EIGHT_BIT = ("windows-1256", "iso-8859-6")


def decode(body: bytes, where: str = "") -> str:
    """The text of `body`, without a byte-order mark; broken sequences come out as U+FFFD.

    Raises Unreadable, naming `where`, where the bytes are no text.
    """
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            raise Unreadable(f"{kind}, not text", where, "give the page, the text or the JSON itself")
    text = _with_mark(body)
    if text is None:
        text = _utf16(body) or _utf8(body) or _eight_bit(body)
    sample = text[:SAMPLE]
    if len(_CONTROL.findall(sample)) > MAX_CONTROLS * len(sample) + 2:
        raise Unreadable("a binary file, not text", where, "give an HTML page, plain text, JSON or JSONL")
    return text


def declared(body: bytes) -> str:
    """The encoding that a page names in its first bytes, as Python calls it; "" where it names none that is known."""
    for match in _DECLARED.finditer(body[:4096]):
        try:
            return codecs.lookup(match.group(1).decode("ascii")).name
        except (LookupError, UnicodeDecodeError):
            continue
    return ""


def _with_mark(body: bytes) -> str | None:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    return None


def _utf16(body: bytes) -> str:
    """UTF-16 without a mark shows by its high bytes: nearly all are those of Arabic, Latin or punctuation."""
    sample = body[:SAMPLE]
    if len(sample) < 4:
        return ""
    for name, high, low in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        usual = sum(high.count(byte) for byte in (0x00, 0x06, 0x20))
        if usual > 0.9 * len(high) and sum(low.count(byte) for byte in (0x00, 0x06)) < 0.5 * len(low):
            # High bytes of Latin are NUL, of Arabic 06; eight-bit text holds neither.
            return body.decode(name, errors="replace")
    return ""


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", errors="replace")
    whole = len(_ARABIC.findall(text))
    return text if text.count("\ufffd") <= MAX_BROKEN * whole else ""


def _eight_bit(body: bytes) -> str:
    from resiliparse.parse.encoding import detect_encoding

    names = dict.fromkeys((*_EIGHT_BIT, declared(body), detect_encoding(body[:SAMPLE]) or "", "windows-1252"))
    readings = [(_likeness(body[:SAMPLE], name), name) for name in names if _usable(name)]
    best = max(readings, key=lambda reading: reading[0])[1]
    return body.decode(best, errors="replace")


def _usable(name: str) -> bool:
    try:
        return bool(name) and isinstance(b"".decode(name), str)
    except (LookupError, UnicodeError):
        return False


def _likeness(sample: bytes, name: str) -> float:
    """How much the reading looks like Arabic: words with the article count for it, stray signs against it."""
    try:
        text = sample.decode(name, errors="replace")
    except (LookupError, UnicodeError, ValueError):
        return float("-inf")
    return 5.0 * len(_ARTICLE.findall(text)) + len(_ARABIC.findall(text)) - 2.0 * len(_FOREIGN.findall(text))
