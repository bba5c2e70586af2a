"""How well reports of one act are linked: precision and recall on pairs judged by reading. Needs a store of the news.

`python bench/story_pairs.py --db news.db` takes a store that holds the collection of ../shared/data/news, coded and
linked
(`waqai add`, `waqai stories`), and measures the linked events on bench/story_pairs.tsv, which has ids and judgements
only.
A pair whose events the store does not have (coded otherwise by now) is left out and counted. Of the pairs, "tune" ones
were used to fit the weights of waqai.stories.scoring, "test" ones were not.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from waqai.store import Store
from waqai.store.story_tables import story_members, story_sketches
from waqai.store.tables import events

PAIRS = Path(__file__).with_name("story_pairs.tsv")


def heads(store: Store) -> dict[str, str]:
    """By id of a linked report the linked event it belongs to."""
    chosen = select(events.c.event, story_members.c.head).join(story_sketches, story_sketches.c.event == events.c.id)
    chosen = chosen.outerjoin(story_members, story_members.c.event == events.c.id)
    with store.reading() as connection:
        return {row.event: row.head or row.event for row in connection.execute(chosen)}


def main() -> None:
    """Prints a line for each part."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--db", required=True)
    with Store(options.parse_args().db) as store:
        head = heads(store)
    counts: Counter[tuple[str, str]] = Counter()
    with PAIRS.open(encoding="utf-8") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
            if row["one"] not in head or row["other"] not in head:
                counts[row["part"], "absent"] += 1
                continue
            linked, same = head[row["one"]] == head[row["other"]], row["same"] == "1"
            counts[
                row["part"], {(True, True): "tp", (True, False): "fp", (False, True): "fn"}.get((linked, same), "tn")
            ] += 1
    for part in ("tune", "test"):
        tp, fp, fn = (counts[part, name] for name in ("tp", "fp", "fn"))
        print(
            f"{part}: precision {tp / max(1, tp + fp):.3f}, recall {tp / max(1, tp + fn):.3f} "
            f"({tp} right, {fp} wrong, {fn} missed, {counts[part, 'tn']} apart, {counts[part, 'absent']} absent)"
        )


if __name__ == "__main__":
    main()
