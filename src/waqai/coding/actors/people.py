"""Known people: looked up by name, with the office they held on a day."""

from __future__ import annotations

from collections.abc import Iterable

from waqai.coding.actors.forms import bare, tokens
from waqai.coding.actors.units import phrases, split_code
from waqai.resources import Library, Row


class People:
    """The rows of people.toml by folded name."""

    def __init__(self, library: Library) -> None:
        markers = library.rows("actors", "marker")
        joined = (word for row in markers if row["does"] == "name" for word in row["words"])
        self._joined = {piece for word in joined for piece in tokens(word)}
        self._rows: dict[str, Row] = {}
        for row in library.rows("actors", "person"):
            for name in phrases(row, "name", "aliases"):
                self._rows.setdefault(self.key(name), row)

    def key(self, name: str) -> str:
        """`name` folded, without hashes, underscores and the space after عبد، أبو، بن."""
        parts: list[str] = []
        for word in tokens(name):
            if parts and parts[-1] in self._joined:
                parts[-1] += word
            else:
                parts.append(word)
        return " ".join(parts)

    def code(self, name: str, published: str) -> str:
        """The code of the person called `name` on the day `published`, "" where nobody of that name is known.

        After the last office a person is "XXX ELI"; before the first one, or with no day, the nearest office counts.
        """
        key = self.key(name)
        row = self._rows.get(key) or self._rows.get(" ".join(bare(word) for word in key.split()))
        return office_on(row.get("offices", ()), published) if row is not None else ""


def office_on(offices: Iterable[Row], day: str) -> str:
    """The code of the office held on `day`; an office has `code`, `from` and `to`, `to` "" while it lasts.

    After the last office: its country and ELI; before the first, or where `day` is "": the first, or the latest.
    """
    ordered = sorted(offices, key=lambda office: office.get("from", ""))
    if not ordered:
        return ""
    day = day[:10]
    begun = [office for office in ordered if not day or office.get("from", "") <= day]
    if not begun:
        return str(ordered[0]["code"])
    running = [office for office in begun if not day or not office.get("to", "") or day <= _last(office["to"])]
    if running:
        return str(running[-1]["code"])
    return f"{split_code(begun[-1]['code'])[0]} ELI"


def _last(prefix: str) -> str:
    """A string that sorts after every day of the ISO prefix."""
    return prefix + "~"
