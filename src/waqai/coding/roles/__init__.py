"""Who did it to whom: fills the source and target of a trigger from the phrases around it.

The frame row says where each side stands (docs/tables.md); the clauses say which phrase stands there. finder.py knows
what verbs, participles and nouns want, reader.py looks at the units around one trigger.
"""

from __future__ import annotations

from waqai.coding.roles.finder import RoleFinder

__all__ = ["RoleFinder"]
