"""How values are written for readers: dates, numbers, addresses, long strings cut short."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from waqai.desk.calendar_names import MONTHS, WEEKDAYS

_LONGEST = 300


def clip(words: str, length: int = _LONGEST) -> str:
    """`words` on one line, with … where more than `length` code points are left out."""
    line = " ".join(words[: 4 * length].split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def safe_link(address: str) -> str:
    """`address` where a browser may be sent there: http and https; "" for any other, as javascript: is."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def local_path(address: str) -> str:
    """`address` where it leads to a page of this desk, else "/"."""
    if not address.startswith("/") or address.startswith(("//", "/\\")) or not address.isprintable():
        return "/"
    return address


def number(value: int) -> str:
    """A count, its thousands set apart."""
    return f"{value:,}"


@lru_cache(maxsize=8_192)
def day(value: str, language: str) -> str:
    """An ISO prefix as readers write it: "17 ديسمبر 2015"; as it is where it is none."""
    parts = value[:10].split("-")
    try:
        date(*(int(part) for part in (*parts, "1", "1")[:3]))
        numbers = [int(part) for part in parts]
    except ValueError:
        return value
    names = MONTHS[language]
    if len(numbers) == 1:
        return str(numbers[0])
    month = f"{names[numbers[1] - 1]} {numbers[0]}"
    return month if len(numbers) == 2 else f"{numbers[2]} {month}"


def weekday(value: date, language: str) -> str:
    """The name of the day of the week."""
    return WEEKDAYS[language][value.weekday()]


def token(value: object) -> str:
    """A token as it may stand in HTML: letters, digits, and what tokens are joined by; nothing else of it."""
    return "".join(letter for letter in str(value) if letter.isascii() and (letter.isalnum() or letter in "-_.="))
