"""Reads the publication dates of Arabic pages; where a string leaves any doubt it reads none.

Nothing is ever filled in: no first of January for a bare year, no "today", no century for a year of two digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from waqai.arabic import ascii_digits, fold, strip_marks
from waqai.resources import Library, Row

MAX_LENGTH = 300  # characters: a line that holds a date and its labels is far shorter; bounds the patterns' work
LINE_REST = 4  # words beside date and labels that a date line may hold: an office's town, a writer's name
YEARS = range(1900, 2100)  # Gregorian years of publication that are believed
HIJRI_YEARS = range(1343, 1501)  # the years hijridate can convert

_OPEN, _CLOSE = r"(?<![^\W\d_])", r"(?![^\W\d_])"  # no letter beside the word; a digit may touch it ("26مارس2024")
_SEP = r"[\s,،؛:|\-–—/\\().]*"
_ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:t(?P<h>\d{2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?(?!\d)(?P<z>\s*(?:z|[+-]\d{2}:?\d{2})(?!\d))?)?(?!\d)"
)
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:t?(?P<h>\d{2})(?P<min>\d{2})(?P<s>\d{2})?(?P<z>z|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(\d{4})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?![\d/])")
_YEAR_LAST = re.compile(r"(?<![\d/.-])(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})(?!\d)")
_TWICE = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\1")  # a date shown twice, for two widths of screen
_PREFIX = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?")
_OFFSET = re.compile(r"(?<!\d)([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A date that was read: `value` an ISO 8601 prefix, `rest` the folded words that are no part of it."""

    value: str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    value: str  # "2024-03-26"; "" where the string names a day that is none
    start: int
    end: int
    weight: int  # Gregorian 2, Hijri 1: where both stand, the Gregorian one is taken
    clock: str = ""


class DateReader:
    """Reads dates with the words of `readers/dates.toml`."""

    def __init__(self, library: Library) -> None:
        words: dict[str, dict[str, Row]] = {}
        for row in library.rows("readers", "word"):
            for name in row["names"]:
                words.setdefault(row["is"], {})[" ".join(fold(name).split())] = row
        self._words = words
        month, hijri = _any(words["month"]), _any(words["hijri"])
        filler = rf"(?:\s*{_any(words['filler'])})*"
        twin = rf"\s*(?:[/\\|(-]|–|{_OPEN}او{_CLOSE})?\s*"
        day = rf"(?:(?<!\d)(?P<day>\d{{1,2}})|(?P<written>{_any(words['day'])}))(?:st|nd|rd|th|er)?"
        name = rf"(?P<month>{month})(?:{twin}(?P<twin>{month})\s*\)?)?"
        year = r"(?P<year>\d{4})(?!\d)"
        self._named = [
            re.compile(rf"{day}{filler}{_SEP}{name}{_SEP}{filler}\s*{year}"),
            re.compile(rf"{name}\s*{day}\s*[,،]?{filler}\s*{year}"),
            re.compile(rf"{year}\s*{name}{_SEP}{day}(?!\d)"),
        ]
        self._month = re.compile(rf"{name}{_SEP}{filler}\s*{year}")
        self._hijri = re.compile(rf"{day}{filler}{_SEP}(?P<month>{hijri}){_SEP}{filler}\s*(?P<year>1[345]\d\d)(?!\d)")
        half = _any(words["meridiem"])
        self._clock = re.compile(
            rf"(?:(?<![\d\s])\s*(?P<before>{half})\s*)?(?<![\d:.])(?P<h>\d{{1,2}})\s?(?::|\.(?=\d\d\s*{half}))\s?(?P<m>\d{{2}})"
            rf"(?::(?P<s>\d{{2}})(?:\.\d+)?)?(?![\d:])\s*(?P<half>{half})?"
        )
        self._hour = re.compile(rf"(?<![\d:./-])(?P<h>\d{{1,2}})\s*(?P<half>{half})")
        kinds = ("zone", "published", "updated", "weekday", "meridiem", "filler")
        self._known = [re.compile(_any(words[kind])) for kind in kinds]
        self._weekday = re.compile(_any(words["weekday"]))
        self._zone = re.compile(_any(words["zone"]))
        self._label = re.compile(_any({**words["published"], **words["updated"]}))

    def read(self, text: str) -> Reading:
        """The publication date that `text` gives: value "" where it gives none, or more than one, or leaves doubt."""
        if len(text) > MAX_LENGTH:
            return Reading("")
        plain = _TWICE.sub(r"\1", " ".join(fold(text).split()))
        if whole := _whole(ascii_digits(strip_marks(text)).strip()):
            return Reading(whole)
        for segment in self._segments(plain):
            reading = self._segment(segment)
            if reading.value:
                others = plain.replace(segment, " ", 1)
                return Reading(reading.value, reading.rest + self._loose(others))
        return Reading("")

    def line(self, text: str) -> str:
        """The value of a line that is a date line: a day, with no more than a few words beside it; else ""."""
        reading = self.read(text)
        return reading.value if len(reading.value) >= 10 and len(reading.rest) <= LINE_REST else ""

    def is_update(self, text: str) -> bool:
        """Whether a line says when the page was last changed, and not when it was first published."""
        kinds = {self._kind(match.group()) for match in self._label.finditer(" ".join(fold(text).split()))}
        return "updated" in kinds and "published" not in kinds

    def _kind(self, label: str) -> str:
        return "published" if label in self._words["published"] else "updated"

    def _segments(self, plain: str) -> Iterator[str]:
        """Stretches between labels, most trusted first: after "published", before any label, after "updated"."""
        found: dict[str, list[str]] = {"published": [], "": [], "updated": []}
        last, kind = 0, ""
        for label in self._label.finditer(plain):
            found[kind].append(plain[last : label.start()])
            last, kind = label.end(), self._kind(label.group())
        found[kind].append(plain[last:])
        for segments in found.values():
            yield from segments

    def _segment(self, plain: str) -> Reading:
        matches = list(self._matches(plain))
        if not matches or any(not match.value for match in matches):
            return Reading("")
        best = max(match.weight for match in matches)
        taken = [match for match in matches if match.weight == best]
        if len({match.value for match in taken}) > 1:
            return Reading("")
        rest = _without(plain, [(match.start, match.end) for match in matches])
        clock = taken[0].clock
        if not clock and len(taken[0].value) == 10:
            clock, rest = self._time(rest)
        return Reading(taken[0].value + clock, self._loose(rest))

    def _matches(self, plain: str) -> Iterator[_Match]:
        """Dates in `plain`; each pattern sees only what the ones before it left."""
        left = plain
        for pattern, reader in (
            (_ISO, _iso),
            *((named, self._gregorian) for named in self._named),
            (self._hijri, self._islamic),
            (_YEAR_FIRST, self._year_first),
            (_YEAR_LAST, self._year_last),
            (self._month, self._gregorian),
        ):
            for match in list(pattern.finditer(left)):
                if found := reader(match):
                    yield found
                    left = _without(left, [match.span()])

    def _gregorian(self, match: re.Match[str]) -> _Match | None:
        groups = match.groupdict()
        months = {self._number("month", groups["month"])}
        if groups["twin"]:
            months.add(self._number("month", groups["twin"]))
        year, month = int(groups["year"]), min(months)
        if len(months) > 1:
            return _Match("", *match.span(), 2)
        if "day" not in groups:
            return _Match(f"{year:04}-{month:02}" if year in YEARS else "", *match.span(), 2)
        return _Match(_day(year, month, self._day(groups)), *match.span(), 2)

    def _islamic(self, match: re.Match[str]) -> _Match | None:
        groups = match.groupdict()
        value = _from_hijri(int(groups["year"]), self._number("hijri", groups["month"]), self._day(groups))
        return _Match(value, *match.span(), 1)

    def _year_first(self, match: re.Match[str]) -> _Match | None:
        return self._numeric(match, int(match[1]), int(match[4]), int(match[3]))

    def _year_last(self, match: re.Match[str]) -> _Match | None:
        return self._numeric(match, int(match[4]), int(match[1]), int(match[3]))

    def _numeric(self, match: re.Match[str], year: int, day: int, month: int) -> _Match:
        if year in HIJRI_YEARS:
            return _Match(_from_hijri(year, month, day), *match.span(), 1)
        value = _day(year, month, day) or _day(year, day, month)
        weekdays = {self._number("weekday", word) for word in self._weekday.findall(match.string)}
        turned = _day(year, day, month)
        if value and turned and value != turned and len(weekdays) == 1:
            # The day stands first, unless the weekday beside it fits only the other order.
            fits = [text for text in (value, turned) if date.fromisoformat(text).weekday() in weekdays]
            value = fits[0] if len(fits) == 1 else value
        return _Match(value, *match.span(), 2)

    def _number(self, kind: str, word: str) -> int:
        return int(self._words[kind][" ".join(word.split())]["number"])

    def _day(self, groups: dict[str, str]) -> int:
        return int(groups["day"]) if groups["day"] else self._number("day", groups["written"])

    def _time(self, rest: str) -> tuple[str, str]:
        """The time of day in `rest`, as "T14:00+04:00", and `rest` without it; "" where there is none, or doubt."""
        match = self._clock.search(rest) or self._hour.search(rest)
        if not match:
            return "", rest
        groups = match.groupdict()
        half = groups.get("half") or groups.get("before") or ""
        hour = self._hour_of_day(int(groups["h"]), half, len(groups["h"]))
        minute, second = int(groups.get("m") or 0), groups.get("s")
        left = _without(rest, [match.span()])
        if hour < 0 or minute > 59 or (second and int(second) > 59):
            return "", left
        clock = f"T{hour:02}:{minute:02}" + (f":{second}" if second else "")
        return clock + self._offset(left), left

    def _hour_of_day(self, hour: int, half: str, digits: int) -> int:
        """0 to 23; -1 where the hour is none, or could be morning or evening."""
        if not half:
            return hour if hour < 24 and digits == 2 else -1
        if hour > 12:
            return hour if hour < 24 else -1
        kind = self._words["meridiem"][" ".join(half.split())]["value"]
        afternoon = {"am": False, "pm": True, "noon": hour not in (10, 11), "night": 6 <= hour < 12}[kind]
        return hour % 12 + (12 if afternoon else 0)

    def _offset(self, rest: str) -> str:
        if match := _OFFSET.search(rest):
            hours, minutes = int(match[2]), int(match[3] or 0)
            return f"{match[1]}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else ""
        zone = self._zone.search(rest)
        return str(self._words["zone"][" ".join(zone.group().split())]["value"]) if zone else ""

    def _loose(self, rest: str) -> tuple[str, ...]:
        """Words of `rest` that no table knows."""
        for known in self._known:
            rest = known.sub(" ", rest)
        return tuple(re.findall(r"[^\W\d_]{2,}", rest))


def _any(names: Iterable[str]) -> str:
    """A pattern for any of the names as whole words, longest first."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return _OPEN + "(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered) + ")" + _CLOSE


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with blanks for what stands in `spans`, so that offsets stay; a bar keeps the two sides apart."""
    for start, end in spans:
        text = text[:start] + "|" + " " * (end - start - 1) + text[end:]
    return text


def _day(year: int, month: int, day: int) -> str:
    try:
        found = date(year, month, day)
    except ValueError:
        return ""
    return found.isoformat() if year in YEARS else ""


def _from_hijri(year: int, month: int, day: int) -> str:
    """A day of the Umm al-Qura calendar as an ISO date; "" where there is no such day."""
    from hijridate import Hijri

    try:
        return str(Hijri(year, month, day).to_gregorian().isoformat()) if year in HIJRI_YEARS else ""
    except (ValueError, OverflowError):
        return ""


def _iso(match: re.Match[str]) -> _Match | None:
    groups = match.groupdict()
    year, month, day = int(groups["y"]), int(groups["m"]), int(groups["d"])
    if year in HIJRI_YEARS:
        return _Match(_from_hijri(year, month, day), *match.span(), 1)
    value = _day(year, month, day)
    if not value or (value == "1970-01-01" and groups["h"] in (None, "00")):
        return _Match("", *match.span(), 2)  # the epoch's first second is a program's zero
    return _Match(value, *match.span(), 2, _iso_clock(groups))


def _iso_clock(groups: dict[str, str | None]) -> str:
    if groups["h"] is None or int(groups["h"]) > 23 or int(groups["min"] or 0) > 59:
        return ""
    clock = f"T{groups['h']}:{groups['min']}" + (f":{groups['s']}" if groups["s"] else "")
    zone = (groups["z"] or "").strip()
    if zone in ("", "z"):
        return clock + zone.upper()
    return clock + zone if ":" in zone else f"{clock}{zone[:3]}:{zone[3:]}"


def _whole(text: str) -> str:
    """The value where the whole string is an ISO prefix ("2024", "2024-03") or a compact date ("20240326"); else ""."""
    if match := _COMPACT.fullmatch(text.lower()):
        found = _iso(match)
        return found.value + found.clock if found else ""
    match = _PREFIX.fullmatch(text)
    if not match or int(match[1]) not in YEARS or not 1 <= int(match[2] or 1) <= 12:
        return ""
    return f"{match[1]}-{int(match[2]):02}" if match[2] else match[1]
