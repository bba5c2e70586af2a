"""The 20 columns of ICEWS event data (Boschee et al. 2015), with CAMEO codes, tab-separated; after them the URL.

ICEWS knows only what happened: events of another status are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from waqai.exports.pairs import country, pairs, row, sector

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
MORE = ("URL",)


def fits(event: Mapping[str, Any]) -> bool:
    """Whether the format has a place for an event."""
    return bool(event["status"] == "happened")


def lines(events: Iterable[Mapping[str, Any]], weigh: Mapping[str, tuple[str, float]]) -> Iterator[str]:
    """The file line by line, heading first; `weigh` gives quad class and intensity of each event type."""
    yield row([*COLUMNS, *MORE])
    for event in events:
        if not fits(event):
            continue
        place, article = event["place"], event["article"]
        for number, (source, target) in enumerate(pairs(event), start=1):
            yield row([
                f"{event['id']}.{number}", event["date"],
                source["name"], sector(source), country(source),
                event["trigger"], event["cameo"], weigh.get(event["type"], ("", ""))[1],
                target["name"], sector(target), country(target),
                article["id"], "", article["source"],
                place.get("name", ""), "", "", place.get("country", ""), place.get("lat"), place.get("lon"),
                article["url"],
            ])  # fmt: skip
