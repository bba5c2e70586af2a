"""Arabic letters, marks and digits, and folding with an offset map.

Folding is for looking up, never for keeping: nothing folded is ever written to a record.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"  # tanwin, short vowels, shadda, sukun, Quranic marks
TATWEEL = "\u0640"
# Joiners, isolates, overrides: seen in print, never in meaning.
BIDI = "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"

_MARK = re.compile(f"[{MARKS}{TATWEEL}{BIDI}]")
_LETTERS = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
    "ى": "ي", "ی": "ي", "ې": "ي",
    "ک": "ك", "گ": "ك",
    "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
    "ؤ": "و", "ئ": "ي",
})  # fmt: skip
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")


def strip_marks(text: str) -> str:
    """`text` without vowel marks, tatweel and bidi controls; letters stay as written."""
    return _MARK.sub("", text)


def ascii_digits(text: str) -> str:
    """`text` with Arabic-Indic and Persian digits as 0-9; the length stays the same."""
    return text.translate(_DIGITS)


# A hundred thousand words of news hold about twenty thousand different ones.
@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The form by which words are looked up: no marks, hamza on its letter dropped, ة as ه, ى as ي, ASCII digits."""
    return ascii_digits(unicodedata.normalize("NFKC", _MARK.sub("", text)).translate(_LETTERS)).lower()


def fold_map(text: str) -> tuple[str, list[int]]:
    """`fold(text)` and, for each of its code points, the offset in `text` it came from, with len(text) at the end."""
    folded: list[str] = []
    origin: list[int] = []
    for offset, letter in enumerate(text):
        piece = fold(letter)
        folded.append(piece)
        origin.extend([offset] * len(piece))
    origin.append(len(text))
    return "".join(folded), origin


def arabic_share(text: str) -> float:
    """How much of the letters of `text` are Arabic script, 0 to 1; 0 where there are none."""
    letters = _LETTER.findall(text)
    return len(_ARABIC.findall(text)) / len(letters) if letters else 0.0
