"""Records that last: a store on SQLite, one file, or on PostgreSQL, with the same tables."""

from waqai.store import story_tables as story_tables
from waqai.store.store import Added, Correction, Store

__all__ = ["Added", "Correction", "Store"]
