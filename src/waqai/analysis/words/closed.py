"""The closed-class words of `data/words/`: prepositions, conjunctions, particles, pronouns."""

from __future__ import annotations

from waqai.errors import TableError
from waqai.resources import Library

POS = frozenset("VERB NOUN ADJ PROPN NUM ADP PART CONJ PRON DET ADV PUNCT X".split())


def closed_words(library: Library) -> dict[str, tuple[str, ...]]:
    """Spelling -> the parts of speech it can have, the likeliest first.

    Rows marked `pronoun` are spelled with a "+" after them: they are closed-class only before an attached pronoun.
    Raises TableError where a row lacks `form` or names an unknown part of speech.
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in library.rows("words", "word"):
        forms, pos = row.get("form"), row.get("pos")
        if not forms or not pos or not set(pos) <= POS:
            raise TableError(f"words: row {row['id']!r} needs form = [...] and pos = [...] out of {sorted(POS)}")
        for form in forms:
            found[f"{form}+" if row.get("pronoun") else form] = tuple(pos)
    return found
