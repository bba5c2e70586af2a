"""What the ending of a noun tells of its case, where the spelling shows it; used by the steps that build phrases."""

from __future__ import annotations

from waqai.model import Word

_SHORTEST = 4  # letters of a host that may show a case by its ending: "دين" and "سنا" show none


def accusative(word: Word, *, alif_only: bool = False) -> bool:
    """Whether `word`, no preposition before it, is spelt as an object: "المواطنين", "ضابطين", "هجوما".

    With `alif_only`, only by the alif of an indefinite noun, which no genitive has.
    """
    if word.pos not in ("NOUN", "ADJ") or len(word.form) < _SHORTEST or word.form == word.lemma:
        return False
    if word.form.endswith("ين"):
        return not alif_only
    return word.form.endswith("ا") and not word.definite and not word.enclitic and word.form[-2] not in "وي"
