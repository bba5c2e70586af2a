"""Plain-text page dumps: gives each line of a page stripped to text its role, and keeps only the article's own text.

What stands above the first paragraph of prose is the head (title, date, caption, byline, summary); what stands below
the last one is the foot. Labels of furniture come from tables, the rest from the shape of the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waqai.arabic import fold
from waqai.readers.assembly import Parts
from waqai.readers.cleaning import clean
from waqai.readers.dates import DateReader
from waqai.readers.labels import LONG, Labels

MIN_PROSE = 8  # words: a line that ends a sentence and has fewer may be a caption or a teaser
MIN_LEAD = 15  # words: under the title, what is longer is text even where its full stop is missing
MIN_FIRST = 10  # words: the same below date, byline or caption, where standfirsts no longer come
MAX_TITLE = 30  # words: the longest headlines of the news corpus have 26
MIN_TITLE = 3  # words: shorter lines above a headline are menu entries and sections
MAX_LINKS = 6  # lines after a label of related links that are taken for links
MIN_STANDFIRST = 7  # words: shorter lines between title and prose are names, towns, sections
ENDS = (".", "؟", "?", "!", "…", "»", "”", '"', ":")

_BULLET = re.compile(r"^(?:[-–—•·●▪■◾*►▶]|\d{1,2}\s*[-.)]\s)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a dump and its role: title, date, caption, credit, control, outlet summary, byline, source,
    standfirst, related, tags, aside, body, contributors, comments, foot, other.
    """

    text: str
    role: str


class DumpReader:
    """Reads dumps with the tables of `readers/`."""

    def __init__(self, labels: Labels, dates: DateReader) -> None:
        self._labels = labels
        self._dates = dates

    def read(self, text: str, title: str = "") -> Parts:
        """The parts of a dump; `title` where it is known from elsewhere."""
        return self.parts(self.lines(clean(text).split("\n"), title), title)

    def lines(self, lines: Sequence[str], title: str = "") -> list[Line]:
        """Every line that is not empty, with its role. `lines` are cleaned; empty ones part blocks."""
        stripped = [line.strip() for line in lines]
        head, start = self._head(stripped, title)
        if start == len(stripped):  # no prose at all: every line after the title that nothing else claims is the text
            return [Line(line.text, "body" if line.role in ("other", "standfirst") else line.role) for line in head]
        named = title or next((line.text for line in head if line.role == "title"), "")
        return head + self._rest(stripped[start:], named)

    def parts(self, lines: Sequence[Line], title: str = "") -> Parts:
        """The article's parts from its lines."""
        of: dict[str, list[str]] = {}
        for line in lines:
            of.setdefault(line.role, []).append(line.text)
        caption, credit = self._caption(of.get("caption", ()))
        published = self.published(of.get("date", ()))
        people = dict.fromkeys(
            name for line in of.get("byline", ()) for name in self._labels.people(self._labels.signature(line))
        )
        return Parts(
            title=title or next(iter(of.get("title", ())), ""),
            body="\n".join(of.get("body", ())),
            published=published,
            published_from="text" if published else "",
            authors=tuple(people),
            caption=caption,
            credit=credit or next((self._labels.after(line) for line in of.get("credit", ())), ""),
            standfirst=next(iter(of.get("standfirst", ())), ""),
            outlet_summary=tuple(_BULLET.sub("", line) for line in of.get("outlet summary", ())),
        )

    def published(self, lines: Iterable[str]) -> str:
        """The publication date of date lines: the first that speaks of no update, else the first."""
        ordered = sorted(lines, key=self._dates.is_update)
        return next((value for line in ordered if (value := self._dates.line(line))), "")

    def _head(self, lines: Sequence[str], title: str) -> tuple[list[Line], int]:
        """Lines above the first paragraph of prose, and the index of that paragraph."""
        found: list[Line] = []
        titled, listing, furnished = bool(title), False, False
        start = len(lines)
        for i, line in enumerate(lines):
            role = self._head_role(line, titled)
            if role == "other" and not titled and _may_head(line) and len(line.split()) >= MIN_TITLE:
                titled = True  # the first line that can be a headline is no prose, however it ends
            elif self._opens_body(line, role, listing, MIN_FIRST if furnished else MIN_LEAD) and not _same(line, title):
                start = i
                break
            furnished = furnished or (titled and role in ("date", "byline", "caption", "credit"))
            listing = role == "summary" or (listing and role in ("", "bullet"))
            found.append(Line(line, role))
        found = self._listed(found)
        if title:
            found = [Line(line.text, "title" if _same(line.text, title) else line.role) for line in found]
        else:
            found = self._with_title(found)
        return [line for line in self._with_standfirst(found) if line.text], start

    def _opens_body(self, line: str, role: str, listing: bool, enough: int) -> bool:
        if role == "bullet":  # columnists begin paragraphs with stars; after a summary's label stars are its list
            return line.startswith("*") and not listing and is_prose(line)
        return role == "other" and (is_prose(line) or len(line.split()) >= enough)

    def _head_role(self, line: str, titled: bool) -> str:
        if not line:
            return ""
        if self._dates.line(line):
            return "date"
        role = self._labels.role(line)
        if role == "related" and not titled and not self._labels.stands_alone(line) and len(line.split()) > MIN_TITLE:
            return "other"  # headlines of clips begin as links to clips do
        if role:
            return role
        if self._labels.is_signature(line):
            return "byline"
        if self._labels.caption_and_credit(line)[1]:
            return "caption"
        return "bullet" if _BULLET.match(line) else "other"

    def _with_standfirst(self, lines: list[Line]) -> list[Line]:
        named = next((i for i, line in enumerate(lines) if line.role == "title"), -1)
        long = (
            i
            for i, line in enumerate(lines)
            if i > named and line.role == "other" and len(line.text.split()) >= MIN_STANDFIRST
        )
        chosen = next(long, None)
        return [Line(line.text, "standfirst" if i == chosen else line.role) for i, line in enumerate(lines)]

    def _listed(self, lines: list[Line]) -> list[Line]:
        """Bullets become the outlet's summary: those after its label, or two and more in a row."""
        out: list[Line] = []
        for i, line in enumerate(lines):
            near = {lines[j].role for j in (i - 1, i + 1) if 0 <= j < len(lines)}
            labelled = any(before.role == "summary" for before in lines[max(0, i - 3) : i])
            role = line.role
            if role == "bullet":
                listed = "bullet" in near and not line.text.startswith("*")  # columnists begin paragraphs with stars
                role = "outlet summary" if listed or "summary" in near or labelled else "other"
            out.append(Line(line.text, role))
        return [Line(line.text, "control" if line.role == "summary" else line.role) for line in out]

    def _with_title(self, lines: list[Line]) -> list[Line]:
        free = [i for i, line in enumerate(lines) if line.role in ("other", "caption") and _may_head(line.text)]
        named = next((i for i in free if len(lines[i].text.split()) >= MIN_TITLE), free[0] if free else None)
        return [Line(line.text, "title" if i == named else line.role) for i, line in enumerate(lines)]

    def _rest(self, lines: Sequence[str], title: str) -> list[Line]:
        """Roles from the first paragraph on."""
        out: list[Line] = []
        after = ""  # the role that the lines to come inherit
        taken = 0
        for i, line in enumerate(lines):
            if not line:
                after = "" if after in ("related", "tags", "outlet summary") and taken else after
                continue
            if after in ("comments", "contributors", "foot"):
                out.append(Line(line, after))
                continue
            role = self._body_role(line, title, after if taken < MAX_LINKS else "")
            taken = taken + 1 if role == after else 0
            if role in ("related", "tags", "summary") and not taken and self._labels.stands_alone(line):
                after = "outlet summary" if role == "summary" else role
            elif role in ("comments", "contributors") or (role == "foot" and _is_last(lines, i)):
                after = role
            elif role == "body":
                after = ""
            out.append(Line(line, "control" if role == "summary" else role))
        return out

    def _body_role(self, line: str, title: str, after: str) -> str:
        if role := self._labels.role(line):
            return role
        if _same(line, title):
            return "title"
        if after == "outlet summary" and _BULLET.match(line):
            return after
        if after in ("related", "tags") and len(line.split()) < LONG and not line.endswith((".", ":")):
            return after
        caption, credit = self._labels.caption_and_credit(line)
        if caption and self._labels.is_credit(credit) and not is_prose(caption):
            return "caption"
        return "date" if self._is_stamp(line) else "body"

    def _is_stamp(self, line: str) -> bool:
        return not is_prose(line) and len(line.split()) <= 12 and bool(self._dates.line(line))

    def _caption(self, lines: Sequence[str]) -> tuple[str, str]:
        for line in lines:
            caption, credit = self._labels.caption_and_credit(line, sure=True)
            if caption:
                return (self._labels.after(caption) or caption) if self._labels.role(caption) else caption, credit
        return "", ""


def is_prose(line: str) -> bool:
    """Whether a line has the shape of a paragraph: long, or a sentence that ends."""
    words = len(line.split())
    return words >= LONG or (words >= MIN_PROSE and line.rstrip().endswith(ENDS))


def _may_head(line: str) -> bool:
    return len(line.split()) <= MAX_TITLE and (not line.endswith(".") or line.endswith(".."))


def _same(line: str, title: str) -> bool:
    return bool(title) and " ".join(fold(line).split()) == " ".join(fold(title).split())


def _is_last(lines: Sequence[str], index: int) -> bool:
    """Whether most of the prose stands above `index`: a list of the most read in mid-page is not the foot."""
    above = sum(len(line.split()) for line in lines[:index] if is_prose(line))
    below = sum(len(line.split()) for line in lines[index + 1 :] if is_prose(line))
    return above >= below
