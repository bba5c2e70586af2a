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
KINDS = ("pairs", "absent", "tp", "fp", "fn", "tn")


def heads(store: Store) -> dict[str, str]:
    """By id of a linked report the linked event it belongs to."""
    chosen = select(events.c.event, story_members.c.head).join(story_sketches, story_sketches.c.event == events.c.id)
    chosen = chosen.outerjoin(story_members, story_members.c.event == events.c.id)
    with store.reading() as connection:
        return {row.event: row.head or row.event for row in connection.execute(chosen)}


def judged(store: Store) -> dict[str, dict[str, float]]:
    """For each part precision and recall of the links, and counts: pairs, absent, tp, fp, fn, tn."""
    head = heads(store)
    counts: Counter[tuple[str, str]] = Counter()
    with PAIRS.open(encoding="utf-8") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
            counts[row["part"], "pairs"] += 1
            if row["one"] not in head or row["other"] not in head:
                counts[row["part"], "absent"] += 1
                continue
            linked, same = head[row["one"]] == head[row["other"]], row["same"] == "1"
            kind = {(True, True): "tp", (True, False): "fp", (False, True): "fn"}.get((linked, same), "tn")
            counts[row["part"], kind] += 1
    return {part: _shares({kind: counts[part, kind] for kind in KINDS}) for part in ("tune", "test")}


def _shares(counts: dict[str, int]) -> dict[str, float]:
    tp, fp, fn = counts["tp"], counts["fp"], counts["fn"]
    return {**counts, "precision": tp / max(1, tp + fp), "recall": tp / max(1, tp + fn)}


def main() -> None:
    """Prints a line for each part."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--db", required=True)
    with Store(options.parse_args().db) as store:
        for part, told in judged(store).items():
            print(
                f"{part}: precision {told['precision']:.3f}, recall {told['recall']:.3f} "
                f"({told['tp']} right, "
                f"{told['fp']} wrong, {told['fn']} missed, {told['tn']} apart, {told['absent']} absent)"
            )


if __name__ == "__main__":
    main()
