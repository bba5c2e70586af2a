"""Text to a row of items: words and signs with what the lexicon says of them, number words put together."""

from __future__ import annotations

import re
from typing import NamedTuple

from waqai.analysis.times.lexicon import Entry, Lexicon
from waqai.arabic import BIDI, MARKS, ascii_digits, fold

_TOKEN = re.compile(f"(?:[^\\W\\d_]|[{MARKS}{BIDI}])+|\\d+(?:[.,:٫٬]\\d+)*|\n|[^\\s]")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.,٫]([0-5]\d)$")
_SIGNS = {
    "\n": "break", ".": "break", "؟": "break", "!": "break", "/": "slash", "\\": "slash", "-": "dash", "–": "dash",
    "—": "dash", "ـ": "dash", "،": "comma", ",": "comma", "(": "open", ")": "close", "[": "open", "]": "close",
    "_": "joint",
}  # fmt: skip
_KNOWN_WORDS = 100_000  # how many distinct written words the memory of readings holds before it is emptied


class Item(NamedTuple):
    """A word, clitic, number or sign: its kind, its value, where it stands in the text, and its folded form."""

    kind: str
    value: str
    start: int
    end: int
    form: str


class ItemReader:
    """Cuts texts into items; remembers readings of written words between texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._entries = lexicon.entries
        self._memory: dict[str, tuple[str, list[Entry]]] = {}

    def read(self, text: str) -> list[Item]:
        """All items of `text`, in order, offsets in code points of `text`."""
        tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
        items: list[Item] = []
        at = 0
        while at < len(tokens):
            at = self._take(tokens, at, items)
        return _join_numbers(items)

    def _take(self, tokens: list[tuple[str, int, int]], at: int, items: list[Item]) -> int:
        written, start, end = tokens[at]
        if written[0].isdigit():
            items.append(_digits(written, start, end))
            return at + 1
        if sign := _SIGNS.get(written):
            items.append(Item(sign, "", start, end, written))
            return at + 1
        form, entries = self._look_up(written)
        for entry in entries:
            last = self._follow(tokens, at, entry.rest)
            if last >= 0:
                _split(items, entry, form, written, start, tokens[last][2])
                return last + 1
        items.append(Item("other", "", start, end, form))
        return at + 1

    def _look_up(self, written: str) -> tuple[str, list[Entry]]:
        known = self._memory.get(written)
        if known is None:
            form = fold(written)
            known = form, self._entries.get(form, [])
            if len(self._memory) >= _KNOWN_WORDS:
                self._memory.clear()
            self._memory[written] = known
        return known

    def _follow(self, tokens: list[tuple[str, int, int]], at: int, rest: tuple[str, ...]) -> int:
        """The index of the last token of a phrase whose words after `at` are `rest`; -1 where they do not follow."""
        for word in rest:
            at += 1
            if at < len(tokens) and tokens[at][0] == "_":
                at += 1
            if at >= len(tokens) or tokens[at][0] == "\n" or self._look_up(tokens[at][0])[0] != word:
                return -1
        return at


def _split(items: list[Item], entry: Entry, form: str, written: str, start: int, end: int) -> None:
    inner = start
    for kind, letters in (("and", entry.conjunction), ("clitic", entry.preposition)):
        if letters:
            outer, inner = inner, inner + _letters_end(written[inner - start :], letters)
            items.append(Item(kind, "", outer, inner, ""))
    items.append(Item(entry.kind, entry.value, inner, end, form))


def _letters_end(written: str, letters: int) -> int:
    """How many code points of `written` its first folded `letters` take, marks after the last included."""
    at = seen = 0
    while at < len(written) and (seen < letters or not fold(written[at])):
        seen += len(fold(written[at]))
        at += 1
    return at


def _digits(written: str, start: int, end: int) -> Item:
    plain = ascii_digits(written)
    if plain.isdecimal():
        number = int(plain) if len(plain) < 16 else 10**16
        kind = "number"
        if 1 <= number <= 31 and len(plain) <= 2:
            kind = "small"
        elif len(plain) == 4 and 1800 <= number <= 2100:
            kind = "year"
        elif len(plain) == 4 and 1300 <= number <= 1500:
            kind = "hijri_year"
        return Item(kind, str(number), start, end, plain)
    if match := _CLOCK.match(plain):
        return Item("clock", f"{int(match[1]):02}:{match[2]}", start, end, plain)
    return Item("number", plain.replace("٫", ".").replace("٬", ","), start, end, plain)


def _join_numbers(items: list[Item]) -> list[Item]:
    """Number words joined: "خمسة عشر" 15, "ثلاثة وعشرين" 23, "مئة وعشرة" 110; so for ordinals, "الحادي عشر"."""
    joined: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        at += 1
        if item.kind in ("number", "ordinal", "ordinal_bare") and not item.form[0].isdigit():
            item, at = _compound(items, item, at)
        elif item.form[:1].isdigit() and at < len(items) and items[at].kind == "number":
            item, at = _times_thousands(items, item, at)
        joined.append(item)
    return joined


def _compound(items: list[Item], item: Item, at: int) -> tuple[Item, int]:
    """`item` with the number words from `at` on that belong to it, and where they end."""
    kind, total, last, end = item.kind, int(item.value), int(item.value), item.end
    while at < len(items):
        step = 1 if items[at].kind == "and" else 0
        if at + step >= len(items) or items[at + step].kind not in (
            "number",
            kind,
            "ordinal" if kind == "ordinal_bare" else kind,
        ):
            break
        following = items[at + step]
        if following.form[0].isdigit():
            break
        value = int(following.value)
        if step and _adds(last, value):
            total += value
        elif not step and value == 10 and last < 10:
            total += 10
        elif not step and value in (100, 1000, 1_000_000) and total < value and kind == "number" and total < 1000:
            total *= value
        else:
            break
        last, end, at = value, following.end, at + step + 1
    if kind == "number" and 1 <= total <= 31:
        kind = "small_word"
    return Item(kind, str(total), item.start, end, item.form), at


def _times_thousands(items: list[Item], item: Item, at: int) -> tuple[Item, int]:
    """Digits before a word for thousands or millions: "300 مليون"."""
    word = items[at]
    if word.form[0].isdigit() or int(word.value) < 1000 or not item.value.replace(".", "", 1).isdecimal():
        return item, at
    return Item("number", f"{float(item.value) * int(word.value):.15g}", item.start, word.end, item.form), at + 1


def _adds(last: int, value: int) -> bool:
    if last < 10:
        return 20 <= value <= 90 and value % 10 == 0
    return last >= 100 and value < last
