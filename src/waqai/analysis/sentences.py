"""Finds the sentences of an article: the title first, then those of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from waqai.model import Span
from waqai.resources import Library

LONGEST = 2000  # code points; a longer stretch without a stop is cut at a comma, else at a blank
_CLOSING = "\"'”’»)\\]}›"
_STOP = re.compile(rf"[.؟?!…۔]+(?:[{_CLOSING}]+(?=\s|$|[.،,؛])[.]?)?")
_INITIAL = re.compile(r"(?:^|[\s(«\"“./])[^\W\d_]$")
_ABBREVIATION = re.compile(r"(?:^|[\s(«\"“])(?:[A-Za-z]|[أ-ي]|إل|Mr|Mrs|Dr|St|vs|No|Inc|Ltd)$")


class SentenceFinder:
    """Cuts a text into sentences."""

    def __init__(self, library: Library) -> None:
        del library  # sentences are cut by marks alone; every step of the analysis is made the same way

    def find(self, text: str, title_end: int) -> tuple[Span, ...]:
        """The title `[0, title_end)` as one sentence, then the sentences of the body, left to right.

        No span begins or ends with a blank, none is empty, none is longer than 2,000 code points. A quotation of
        several sentences is cut like any other text; a quotation mark that closes after the stop stays with it.
        """
        found = list(_bounded(text, 0, title_end))
        for start, end in _lines(text, title_end):
            for first, last in _cut(text, start, end):
                found += _bounded(text, first, last)
        return tuple(found)


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    for match in re.compile(r"[^\n\r\u2028\u2029]+").finditer(text, start):
        yield match.start(), match.end()


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _STOP.finditer(text, start, end):
        if match.start() >= start and _ends(text, match, end):
            yield start, match.end()
            start = match.end()
    yield start, end


def _ends(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a stop ends a sentence: not in decimals, initials, addresses, abbreviations, nor before a comma."""
    mark, after = match.group(), text[match.end() : min(end, match.end() + 1)]
    if after and after in "،,؛;:)»”":
        return False
    if mark != ".":
        return True
    before = text[max(0, match.start() - 12) : match.start()]
    if after and not after.isspace():
        return not (after.isdigit() or (after.isascii() and after.isalpha())) and not _INITIAL.search(before)
    return not _ABBREVIATION.search(before)


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """`[start, end)` without outer blanks, in pieces of at most LONGEST."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        piece = text[start : start + LONGEST]
        at = max(piece.rfind("،"), piece.rfind("؛")) + 1
        if at <= LONGEST // 4:
            at = max(piece.rfind(" "), piece.rfind("\t")) + 1
        last = start + (at if at > LONGEST // 4 else LONGEST)
        yield from _bounded(text, start, last)
        start = last
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)
