"""The 40 columns of POLECAT (Halterman, Bagozzi, Beger, Schrodt and Scarborough 2023), tab-separated, and after them
the URL, our status and the evidence. What is not known (COW numbers, Wikipedia ids, districts) is left empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from waqai.exports.pairs import country, pairs, row, sector

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip
MORE = ("URL", "Status", "Evidence")
# What `weigh` gives for a type it does not know.
_UNWEIGHED = ("", 0.0)


def lines(events: Iterable[Mapping[str, Any]], weigh: Mapping[str, tuple[str, float]], version: str) -> Iterator[str]:
    """The file line by line, heading first; a row for each source and target of an event.

    `weigh` gives quad class and intensity of each event type; `version` is that of the program.
    """
    yield row([*COLUMNS, *MORE])
    for event in events:
        for number, (source, target) in enumerate(pairs(event), start=1):
            named = _cells(event, source, target, weigh) | {"Event ID": f"{event['id']}.{number}", "Version": version}
            yield row([named.get(column, "") for column in (*COLUMNS, *MORE)])


def _cells(
    event: Mapping[str, Any],
    source: Mapping[str, Any],
    target: Mapping[str, Any],
    weigh: Mapping[str, tuple[str, float]],
) -> dict[str, Any]:
    place, article = event["place"], event["article"]
    quad, intensity = weigh.get(event["type"], _UNWEIGHED)
    cells = {
        "Event Date": event["date"],
        "Event Type": event["type"],
        "Event Mode": event["mode"],
        "Intensity": intensity,
        "Quad Code": quad,
        "Contexts": ";".join(event["contexts"]),
        "Placename": place.get("name", ""),
        "Raw Placename": place.get("name", ""),
        "Country": place.get("country", ""),
        "Latitude": place.get("lat"),
        "Longitude": place.get("lon"),
        "GeoNames ID": place.get("geonames") or "",
        "Source": article["source"],
        "Publication Date": article["published"][:10],
        "Language": "ar",
        "URL": article["url"],
        "Status": event["status"],
        "Evidence": event["evidence"],
    }
    for side, actor in (("Actor", source), ("Recipient", target)):
        cells |= {
            f"{side} Name": actor["name"],
            f"{side} Name Raw": actor["name"],
            f"{side} Country": country(actor),
            f"Primary {side} Sector": sector(actor),
            f"{side} Sectors": sector(actor),
            f"{side} Title": actor["role"] or actor["title"],
        }
    return cells
