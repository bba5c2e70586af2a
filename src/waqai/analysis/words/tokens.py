"""Cuts a sentence into tokens: words, numbers, and single marks of punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from waqai.arabic import BIDI, MARKS, TATWEEL
from waqai.model import Span

_ARABIC = "\u0621-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06fa-\u06fc\ufb50-\ufdff\ufe70-\ufefc"
_JOINED = f"{MARKS}{TATWEEL}{BIDI}"
_TOKEN = re.compile(
    rf"(?P<arabic>[{_ARABIC}](?:[{_ARABIC}{_JOINED}]*[{_ARABIC}{MARKS}{TATWEEL}])?)"
    r"|(?P<number>\d+(?:[.,٫٬]\d+)*)"
    rf"|(?P<foreign>[^\W\d_{_ARABIC}{TATWEEL}][^\W_{_ARABIC}{TATWEEL}]*)"
    r"|(?P<mark>\S)"
)
ARABIC, NUMBER, FOREIGN, MARK = "arabic", "number", "foreign", "mark"


def tokens(text: str, within: Span) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind (ARABIC, NUMBER, FOREIGN, MARK) of each token of `text` in `within`, left to right.

    Every code point that is no blank lies in exactly one token. A word holds its vowel marks, its tatweel and
    the joiners between its letters; a number holds its decimal point and thousands separators.
    """
    for match in _TOKEN.finditer(text, within.start, within.end):
        yield match.start(), match.end(), match.lastgroup or MARK
