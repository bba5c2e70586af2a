"""The file that names what to watch: see examples/sources.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waqai.errors import InputError, NotFound, Unreadable

_KINDS = ("feed", "sitemap", "folder")
_LENGTH = re.compile(r"(\d{1,6})\s*([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
EVERY = "15m"  # what feeds of news agencies that name a pace ask for
REVISIT = "1d"  # corrections to an article come within its first day
PAUSE = 1.0
MIN_EVERY = 60.0  # seconds, of addresses: nobody's server is asked more often


@dataclass(frozen=True, slots=True)
class Source:
    """Something to watch. `place` is an address or a folder; times in seconds.

    It is polled `every` so often; its pages are visited again after `revisit`, with `pause` between two visits.
    """

    name: str
    kind: str  # "feed", "sitemap", "folder"
    place: str
    every: float
    pause: float = PAUSE
    revisit: float = 86400.0


def sources_of(path: Path) -> list[Source]:
    """The sources that a file names, in its order; folders are looked for beside it.

    Raises InputError where it cannot be read, or names a source wrongly: which, and what to write.
    """
    where = str(path)
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound("no such file", where, "check the path") from error
    except (OSError, ValueError) as error:
        raise Unreadable(f"cannot be read: {error}", where, "see examples/sources.toml") from error
    rows = said.pop("source", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise Unreadable("names no source", where, "write [[source]] and below it feed, sitemap or folder")
    _refuse_others(said, {"every", "pause", "revisit"}, where)
    found = [_source(said | row, f"{where}: source {number}", path.parent) for number, row in enumerate(rows, 1)]
    names = [source.name for source in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Unreadable(f"two sources are called {twice}", where, "give each a name of its own")
    return found


def _source(row: Mapping[str, Any], where: str, folder: Path) -> Source:
    _refuse_others(row, {"name", "every", "pause", "revisit", *_KINDS}, where)
    kinds = [kind for kind in _KINDS if kind in row]
    if len(kinds) != 1 or not isinstance(row[kinds[0]], str):
        raise Unreadable("is not one thing to watch", where, "give it feed, sitemap or folder, as text")
    [kind] = kinds
    place, name, pause = row[kind], row.get("name", row[kind]), row.get("pause", PAUSE)
    if kind == "folder":
        place = str(folder / place)
    elif not re.match("https?://", place):
        raise Unreadable(f"{place}: no address", where, "an address begins with https:// or http://")
    if not isinstance(name, str) or not name:
        raise Unreadable("its name is no text", where, 'write name = "…"')
    if isinstance(pause, bool) or not isinstance(pause, int | float) or not 0 <= pause <= 120:
        raise Unreadable("its pause is no number of seconds up to 120", where, "write pause = 2")
    every = _seconds(row, "every", EVERY, where)
    if kind != "folder" and every < MIN_EVERY:
        raise Unreadable("asks a server more than once a minute", where, 'write every = "15m", or longer')
    return Source(name, kind, place, every, float(pause), _seconds(row, "revisit", REVISIT, where))


def _seconds(row: Mapping[str, Any], key: str, usual: str, where: str) -> float:
    said = row.get(key, usual)
    length = _LENGTH.fullmatch(said) if isinstance(said, str) else None
    if length is None or not int(length[1]):
        raise Unreadable(f"{key}: {said!r} is no length of time", where, f'write {key} = "15m", or s, h, d')
    return float(int(length[1]) * _SECONDS[length[2]])


def _refuse_others(row: Mapping[str, Any], known: set[str], where: str) -> None:
    if others := sorted(set(row) - known):
        error: InputError = Unreadable(f"{others[0]}: no such key", where, f"known are {', '.join(sorted(known))}")
        raise error
