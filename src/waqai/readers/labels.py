"""Which lines of a page are furniture: matches lines with `readers/labels.toml` and `readers/credits.toml`."""

from __future__ import annotations

import re

from waqai.arabic import fold
from waqai.resources import Library

LONG = 25  # words: a line of this length is prose, however it begins
MAX_LABELLED = 700  # characters: the longest rules for comments have 400; what is longer is not looked up
MAX_SIGNATURE = 8  # words after a byline's label: names, a town, an outlet
MAX_NAME = 5  # words of a person's name as bylines give it

_EDGE = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_NUMBER = re.compile(r"\d+")
_LEAD = re.compile(r"^[^\w©(]+")
_BRACKET = re.compile(r"\(([^()]{1,60})\)\s*$")
_CUT = re.compile(r"\s+[-–—|ـ]+\s+|[|،,/؛;:]|\s+و\s+")


class Labels:
    """Looks lines up in the tables; `role` is the question, the rest take labelled lines apart."""

    def __init__(self, library: Library) -> None:
        self._whole: dict[str, str] = {}
        starts: dict[str, str] = {}
        holds: dict[str, str] = {}
        heads: dict[str, str] = {}
        for row in library.rows("readers", "label"):
            role = row["role"]
            self._whole.update({_bare(name): role for name in row.get("whole", ())})
            starts.update({_folded(name): role for name in row.get("starts", ())})
            heads.update({_folded(name): role for name in row.get("heads", ())})
            holds.update({_folded(name): role for name in row.get("holds", ())})
        self._role_of = {**holds, **starts}
        self._starts = re.compile("|".join(_edge(name) for name in _longest(starts)) or r"(?!)")
        self._heads = re.compile("|".join(rf"{re.escape(name)}(?=\s)" for name in _longest(heads)) or r"(?!)")
        self._holds = re.compile("|".join(re.escape(name) for name in _longest(holds)) or r"(?!)")
        credits = {row["id"]: {_bare(name) for name in row["names"]} for row in library.rows("readers", "credit")}
        self._newsroom = credits.pop("newsroom", set())
        self._credits = set[str]().union(*credits.values())

    def role(self, line: str) -> str:
        """The role of a line by its label (see labels.toml), "" where the table says nothing of it."""
        if len(line) > MAX_LABELLED:
            return ""
        bare = _bare(line)
        if not bare:
            return "control"  # only signs and digits: a counter, a rule, a bullet
        if bare in self._whole:
            return self._whole[bare]
        folded = _LEAD.sub("", _folded(line))
        if held := self._holds.search(folded):
            return self._role_of[held.group()]
        begun = self._starts.match(folded)
        if not begun:
            return ""
        role = self._role_of[begun.group().strip()]
        words = len(folded.split())
        if role in ("comments", "foot", "aside"):
            return role if words < 3 * LONG else ""
        return role if words <= (MAX_SIGNATURE if role in ("byline", "source") else LONG) else ""

    def is_signature(self, line: str) -> bool:
        """Whether a line above the first paragraph is a writer's name after a bare label ("كتب سالم البحري")."""
        begun = self._heads.match(_folded(line))
        return bool(begun) and 3 <= len(line.split()) <= MAX_NAME and self.is_person(line.split(maxsplit=1)[1])

    def signature(self, line: str) -> str:
        """A signature without its label."""
        if self.role(line) == "byline":
            return self.after(line)
        return line.split(maxsplit=1)[1] if self.is_signature(line) else line

    def stands_alone(self, line: str) -> bool:
        """Whether the label is the whole line, so that what it speaks of comes on the next lines."""
        return _bare(line) in self._whole or line.rstrip().endswith(":")

    def after(self, line: str) -> str:
        """What follows the label in its line, as written."""
        begun = self._starts.match(_LEAD.sub("", _folded(line)))
        if not begun:
            return ""
        words = len(begun.group().split())
        rest = _LEAD.sub("", line).split(maxsplit=words)
        joined = rest[words] if len(rest) > words else " ".join(rest)
        return joined.split(":", 1)[-1].strip(" -–—:/ـ()")

    def people(self, signature: str) -> tuple[str, ...]:
        """The people named in a signature ("سالم البحري - القاهرة"): no address, no newsroom, no sentence."""
        names = (" ".join(part.split()).strip(" -–—.()«»\"'") for part in _CUT.split(signature))
        return (
            tuple(name for name in names if self.is_person(name))[:1]
            if " - " in signature
            else tuple(name for name in dict.fromkeys(names) if self.is_person(name))
        )

    def is_person(self, name: str) -> bool:
        """Whether `name` can be a writer's: two to five words of letters, no address, no newsroom."""
        words = name.split()
        if not 2 <= len(words) <= MAX_NAME or re.search(r"[\d@/_:<>]|\.[a-z]|www", name.lower()):
            return False
        return _bare(name) not in self._newsroom and _bare(words[0]) not in self._newsroom

    def caption_and_credit(self, line: str, sure: bool = False) -> tuple[str, str]:
        """A caption and the credit in brackets at its end, ("", "") where the line has none.

        Unless `sure` that the line is a caption, the bracket must hold a known agency, or a name of up to four words
        after words that do not end a sentence.
        """
        found = _BRACKET.search(line)
        if not found:
            return (line, "") if sure else ("", "")
        before, credit = line[: found.start()].strip(), found.group(1).strip()
        if not re.search(r"[^\W\d_]{2}", before) or re.search(r"\d", credit):
            return (line, "") if sure else ("", "")
        known = any(_bare(part) in self._credits for part in re.split(r"[/|،,\-–]", credit))
        loose = len(credit.split()) <= 4 and not before.endswith((".", "؟", "!"))
        fits = sure or known or loose
        return (before, credit) if fits and len(before.split()) <= LONG else ("", "")

    def is_credit(self, name: str) -> bool:
        """Whether a bracket's content is a known agency or platform."""
        return _bare(name) in self._credits


def _folded(text: str) -> str:
    return _NUMBER.sub("0", " ".join(fold(text).split()))


def _bare(text: str) -> str:
    """Folded, without the signs and digits at both ends."""
    return _EDGE.sub("", _folded(text))


def _longest(names: dict[str, str]) -> list[str]:
    return sorted((name for name in names if name), key=lambda name: (-len(name), name))


def _edge(name: str) -> str:
    """A label that ends in a letter must end with the word."""
    return re.escape(name) + (r"(?!\w)" if name[-1].isalnum() else "")
