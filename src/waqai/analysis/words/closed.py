"""The closed-class words of `data/words/`: prepositions, conjunctions, particles, pronouns."""

from __future__ import annotations

from waqai.analysis.words.clitics import ALIF
from waqai.errors import TableError
from waqai.resources import Library

POS = frozenset(["VERB", "NOUN", "ADJ", "PROPN", "NUM", "ADP", "PART", "CONJ", "PRON", "DET", "ADV", "PUNCT", "X"])


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
    for form, pos in list(found.items()):
        for spelling in _careless(form):
            found.setdefault(spelling, pos)
    return found


def whole_words(library: Library) -> dict[str, bool]:
    """Words that only look as though they had clitics -> whether prepositions and pronouns still come off.

    A conjunction always does. Raises TableError where a row lacks `form`.
    """
    found: dict[str, bool] = {}
    for row in library.rows("words", "whole"):
        if not row.get("form"):
            raise TableError(f"words: row {row['id']!r} needs form = [...]")
        found.update(dict.fromkeys(row["form"], bool(row.get("clitics"))))
    return found


def favoured_verbs(library: Library) -> dict[str, tuple[str, ...]]:
    """Verb form -> the lemmas that news means by it, likeliest first.

    Raises TableError where a row lacks `form` or `lemma`.
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in library.rows("words", "verb"):
        if not row.get("form") or not row.get("lemma"):
            raise TableError(f"words: row {row['id']!r} needs form = [...] and lemma = [...]")
        found.update(dict.fromkeys(row["form"], tuple(row["lemma"])))
    return found


def _careless(form: str) -> list[str]:
    """Spellings without hamza, and with ى for a last ي or the other way round; not علي, which is a name."""
    bare = form.translate(ALIF)
    spellings = [bare]
    if bare.endswith("ي"):
        spellings.append(bare[:-1] + "ى")
    if bare.endswith("ى") and form != "على":
        spellings.append(bare[:-1] + "ي")
    return spellings
