"""How long linking takes, and how that grows: a store of coded news linked in one pass. Needs such a store.

`python bench/stories.py --db news.db [--counts 5000,10000,20000]` copies the store, forgets its links, and links the
first
articles of it in one pass: processor seconds at each count; then the milliseconds of one article more, at each.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import delete, select

from waqai.resources import Library
from waqai.store import Store
from waqai.store.story_tables import (
    story_article_keys,
    story_articles,
    story_copies,
    story_event_keys,
    story_links,
    story_members,
    story_occasions,
    story_parents,
    story_sketches,
)
from waqai.store.tables import articles, revisions
from waqai.stories.linking import Linker

DERIVED = (
    story_members, story_links, story_event_keys, story_sketches, story_copies, story_article_keys, story_articles,
    story_occasions, story_parents,
)  # fmt: skip
ONE_BY_ONE = 40


def pages(store: Store) -> list[str]:
    """The pages of a store in the order of publication."""
    chosen = select(articles.c.page).join(revisions, revisions.c.id == articles.c.current)
    with store.reading() as connection:
        return list(connection.execute(chosen.order_by(revisions.c.published, articles.c.page)).scalars())


def main() -> None:
    """Prints a line for each count."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--db", required=True)
    options.add_argument("--counts", default="5000,10000,20000")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy.db")
        with (
            closing(sqlite3.connect(f"file:{given.db}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(copy)) as new,
        ):
            old.backup(new)
        with Store(str(copy)) as store:
            with store.writing() as connection:
                for table in DERIVED:
                    connection.execute(delete(table))
            linker, names, done, spent = Linker(store, Library()), pages(store), 0, 0.0
            for count in (int(count) for count in given.counts.split(",") if int(count) <= len(names)):
                started, clock = time.process_time(), time.perf_counter()
                linker.add(names[done : count - ONE_BY_ONE])
                spent += time.process_time() - started
                whole = time.perf_counter() - clock
                one = time.process_time()
                for page in names[count - ONE_BY_ONE : count]:
                    linker.add([page])
                one = (time.process_time() - one) / ONE_BY_ONE
                done, spent = count, spent + one * ONE_BY_ONE
                print(
                    f"{count} articles: {spent:.0f} s of processor time in all, {spent / count * 1000:.1f} ms each; "
                    f"one article more {one * 1000:.0f} ms (the last stretch took {whole:.0f} s by the clock)",
                    flush=True,
                )


if __name__ == "__main__":
    main()
