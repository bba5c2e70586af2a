"""Keeps a store up to date with feeds, sitemaps and folders: reading and keeping joined, again and again."""

from waqai.watching.alone import alone
from waqai.watching.memory import Memory, State
from waqai.watching.sources import Source, sources_of
from waqai.watching.stopping import Stop, Stopped
from waqai.watching.watcher import Polled, Visitor, Watcher

__all__ = ["Memory", "Polled", "Source", "State", "Stop", "Stopped", "Visitor", "Watcher", "alone", "sources_of"]
