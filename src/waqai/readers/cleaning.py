"""Cleans a text once, before it becomes an Article; every offset counts in the cleaned text.

What a reader sees stays: vowel marks, tatweel and double spaces inside a paragraph are kept. What nobody sees goes:
controls, bidi marks, zero-width joiners, lone surrogates, byte-order marks, icon-font glyphs.
"""

from __future__ import annotations

import re
import unicodedata

from waqai.arabic import BIDI

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, joiners and bidi marks; soft hyphen; interlinear and object marks; private use (icon fonts); lone
# surrogates, which no encoder would write; variation selectors and tags; noncharacters.
_UNSEEN = re.compile(
    f"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad{BIDI}\u180e\u206a-\u206f\ufff9-\uffff\ufe00-\ufe0f"
    "\ue000-\uf8ff\ufdd0-\ufdef\ud800-\udfff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
# Letters as old typesetters stored them: one code point for each position in the word, and ligatures.
_PRESENTATION = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")
_PERSIAN = (("ک", "ك"), ("ی", "ي"))


def clean(text: str) -> str:
    """`text` as it is kept: NFC, Arabic presentation forms as letters, Persian kaf and yeh as Arabic ones, every kind
    of space as a plain space, every kind of line end as a newline, nothing unseen. Cleaning twice changes nothing more.
    """
    text = _UNSEEN.sub("", _LINE_END.sub("\n", text))
    text = _PRESENTATION.sub(_letters, _SPACE.sub(" ", text))
    for persian, arabic in _PERSIAN:
        text = text.replace(persian, arabic)
    return unicodedata.normalize("NFC", text)


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a cleaned `text` without their outer spaces; empty ones are left out."""
    return tuple(stripped for line in text.split("\n") if (stripped := line.strip()))


def one_line(text: str) -> str:
    """`text` cleaned and on one line, every run of spaces and line ends as one space: for titles, names, captions."""
    return " ".join(clean(text).split())


def _letters(match: re.Match[str]) -> str:
    # Isolated marks decompose to a space and the mark; the mark belongs on the letter before it.
    return unicodedata.normalize("NFKC", match.group()).lstrip(" ")
