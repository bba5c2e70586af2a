"""The register: what is due, what came about, what was planned and did not happen; as pages and as a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from waqai.desk.apart import Work
from waqai.desk.refusals import UnfitValue
from waqai.desk.rendering import kept, taste_of
from waqai.desk.setting import Desk, desk_of
from waqai.desk.stories.days import period, today_of
from waqai.desk.stories.views import Items, code_of
from waqai.exports.ics import lines as calendar_lines
from waqai.store.values import Unfit
from waqai.stories.register import Entry, calendar

router = APIRouter()
PAGE, _COUNTRIES = 30, 40
_DAY = len("2024-05-13")
# The tabs: what states of entries each shows.
TABS: Mapping[str, tuple[str, ...]] = {
    "due": ("due",),
    "overdue": ("overdue",),
    "done": ("fulfilled",),
    "off": ("postponed", "cancelled", "contradicted"),
    "agreed": ("agreed",),
}
THREADS = Work("threads")
KINDS = ("occasion", "planned", "agreement")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the register; `as_of` is the day taken for today, `least` how many articles tell it."""

    tab: str
    kind: str
    country: str
    since: str
    until: str
    as_of: str
    least: int
    page: int

    def query(self, **changes: str | int) -> str:
        """The query string that asks for the same but for `changes`; the first page unless it is among them."""
        said: dict[str, str | int] = {
            "state": self.tab, "kind": self.kind, "country": self.country, "since": self.since, "until": self.until,
            "as_of": self.as_of, "least": self.least if self.least > 1 else "",
        }  # fmt: skip
        return urlencode({name: value for name, value in (said | changes).items() if value != ""})


def asked_in(query: Mapping[str, str]) -> Asked:
    """What `query` asks. Raises HTTPException, 400, for what cannot be."""
    tab = _one_of(query, "state", tuple(TABS)) or "due"
    country = code_of(query, "country", 10).upper()
    if country and not (len(country) == 3 and country.isascii() and country.isalpha()):
        raise UnfitValue(Unfit(f"country {country}: three letters, as LBY", "country", country, "country"))
    since, until, as_of = (period(query, name) for name in ("since", "until", "as_of"))
    if as_of and len(as_of) < _DAY:
        raise UnfitValue(Unfit(f"as_of {as_of}: a day, as 2024-05-13", "as_of", as_of, "day"))
    least, page = (_count(query, name) for name in ("least", "page"))
    return Asked(tab, _one_of(query, "kind", KINDS), country, since, until, as_of, least, page)


@router.get("/register")
def register(request: Request) -> Response:
    """A tab of the register."""
    desk, language = desk_of(request), taste_of(request).language
    asked = asked_in(request.query_params)

    def shown() -> dict[str, Any]:
        today, fitting = _fitting(desk, asked)
        found = [entry for entry in fitting if entry.state in TABS[asked.tab]]
        if asked.tab != "due":
            found.reverse()  # the newest first
        found.sort(key=lambda entry: len(entry.date) < _DAY)  # those that have a day before months and years
        first = (asked.page - 1) * PAGE
        return {
            "query": asked, "today": today, "count": len(found), "kinds": KINDS,
            "items": Items(desk.library).of(desk, found[first : first + PAGE], language),
            "tabs": [(tab, sum(entry.state in states for entry in fitting)) for tab, states in TABS.items()],
            "countries": _countries(desk, today),
            "first": first + 1, "last": min(first + PAGE, len(found)),
            "newer": asked.query(page=asked.page - 1) if asked.page > 1 else None,
            "older": asked.query(page=asked.page + 1) if first + PAGE < len(found) else None,
        }  # fmt: skip

    return kept(request, "stories/register.html", shown)


@router.get("/register.ics")
def feed(request: Request) -> Response:
    """What fits and has a day as a calendar; of all tabs where the address names none."""
    desk, asked = desk_of(request), asked_in(request.query_params)
    _, fitting = _fitting(desk, asked)
    chosen = TABS[asked.tab] if "state" in request.query_params else ("due", "overdue", "fulfilled")
    found = (entry for entry in fitting if entry.state in chosen)
    text = "".join(calendar_lines(calendar(found), {}))
    headers = {"Content-Disposition": 'inline; filename="waqai-register.ics"'}
    return Response(text.encode("utf-8", "replace"), media_type="text/calendar; charset=utf-8", headers=headers)


def register_work(desk: Desk, today: str = "") -> Work:
    """The making of all entries as of a day; many pages choose from them."""
    return Work("register", today or today_of(desk))


def entries_as_of(desk: Desk, today: str) -> list[Entry]:
    """All entries as of a day."""
    found: list[Entry] = desk.keeping.work(register_work(desk, today))
    return found


def _fitting(desk: Desk, asked: Asked) -> tuple[str, list[Entry]]:
    """The day taken for today, and the entries that fit in whatever state."""
    today = asked.as_of or today_of(desk)
    return today, [entry for entry in entries_as_of(desk, today) if _fits(entry, asked)]


def _fits(entry: Entry, asked: Asked) -> bool:
    return (
        asked.kind in ("", entry.kind)
        and (not asked.country or asked.country in entry.countries)
        and entry.date >= asked.since
        and (not asked.until or entry.date <= asked.until + "~")
        and len({telling.revision for telling in entry.tellings}) >= asked.least
    )


def _countries(desk: Desk, today: str) -> list[str]:
    """The countries that most entries name."""
    counts: dict[str, int] = {}
    for entry in entries_as_of(desk, today):
        for country in entry.countries:
            counts[country] = counts.get(country, 0) + 1
    return sorted(counts, key=lambda country: (-counts[country], country))[:_COUNTRIES]


def _one_of(query: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    said = code_of(query, name, 20)
    if said and said not in known:
        raise UnfitValue(Unfit(f"{name} {said}: one of {', '.join(known)}", name, said, "choice", known))
    return said


def _count(query: Mapping[str, str], name: str) -> int:
    said = code_of(query, name, 6) or "1"
    if not (said.isascii() and said.isdigit() and int(said)):
        raise UnfitValue(Unfit(f"{name} {said}: a number from 1 on", name, said, "number"))
    return int(said)
