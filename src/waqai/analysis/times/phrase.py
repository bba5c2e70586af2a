"""One matched expression in its surroundings: what its items are, what stands before and after, how the tense leans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from waqai.analysis.times.days import Anchor
from waqai.analysis.times.items import Item
from waqai.analysis.times.lexicon import Lexicon

_REACH = 12  # items looked back over for a tense cue
_AHEAD = 4  # and ahead, where nothing stands before


@dataclass(slots=True)
class Reading:
    """What is carried along one text: when it was published, and the day and year last spoken of."""

    anchor: Anchor
    day: date | None = None
    year: int = 0


@dataclass(slots=True)
class Phrase:
    """Items first … last (half-open) of a text, read as one expression."""

    items: list[Item]
    first: int
    last: int
    reading: Reading
    lexicon: Lexicon

    def find(self, *kinds: str) -> Item | None:
        """Its first item of one of these kinds."""
        return next((item for item in self.items[self.first : self.last] if item.kind in kinds), None)

    def all(self, *kinds: str) -> list[Item]:
        """All its items of these kinds."""
        return [item for item in self.items[self.first : self.last] if item.kind in kinds]

    def has(self, *kinds: str) -> bool:
        """Whether it has an item of one of these kinds."""
        return self.find(*kinds) is not None

    def before(self) -> Item | None:
        """The item before it, clitics and a standing و passed over."""
        at = self.first - 1
        while at >= 0 and self.items[at].kind in ("clitic", "article"):
            at -= 1
        return self.items[at] if at >= 0 else None

    def after(self) -> Item | None:
        """The item after it."""
        return self.items[self.last] if self.last < len(self.items) else None

    def after_kind(self) -> str:
        """The kind of the item after it, "break" at the end of the text."""
        after = self.after()
        return after.kind if after else "break"

    def follows(self, guard: str, reach: int = 1) -> bool:
        """Whether one of the words of a guard is among the `reach` items before it."""
        words = self.lexicon.guards.get(guard, frozenset())
        return any(item.form in words for item in self.items[max(0, self.first - reach) : self.first])

    def precedes(self, guard: str) -> bool:
        """Whether the next item is one of the words of a guard."""
        after = self.after()
        return after is not None and after.form in self.lexicon.guards.get(guard, ())

    def lean(self) -> str:
        """«future» or «past» after the nearest tense cue of the sentence, «» where there is none."""
        of = self.lexicon.tense.of
        for at in range(self.first - 1, max(-1, self.first - 1 - _REACH), -1):
            if self.items[at].kind == "break":
                break
            if lean := of(self.items[at].form):
                return lean
        for at in range(self.last, min(len(self.items), self.last + _AHEAD)):
            if self.items[at].kind in ("break", "comma"):
                break
            if lean := of(self.items[at].form, verbs_only=True):
                return lean
        return ""

    def direction(self) -> str:
        """Which way the date lies.

        "before", "after" or "current" where a modifier tells (الماضي, المقبل, الجاري), "past" after منذ, "until"
        after حتى; else how the tense leans.
        """
        modifier = self.find("past", "next", "current")
        if modifier is None:
            since = self.find("since")
            if since is not None and since.value:
                return {"past": "past", "future": "until"}[since.value]
            if (day := self.find("day")) is not None:
                return "future" if int(day.value) > 0 else "past"
            return self.lean()
        return {"past": "before", "next": "after", "current": "current"}[modifier.kind]
