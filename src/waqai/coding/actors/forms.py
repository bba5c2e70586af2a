"""The shapes a noun or adjective of the tables takes in a text, and how a word of the text is looked up."""

from __future__ import annotations

import re

from waqai.arabic import fold, strip_marks

_TOKEN = re.compile(r"[^\W_]+")
_PROCLITICS = ("", "ال", "لل", "و", "وال", "ولل", "بال", "كال", "فال", "ب", "ل", "ك", "ف", "وب", "ول", "وبال", "فل", "فلل")
_ENCLITICS = ("", "ها", "هم", "هما", "هن", "نا", "ه", "ي")
_SHORTEST = 2  # letters that must remain when a clitic is taken off


def tokens(text: str) -> list[str]:
    """The folded words of `text`; punctuation, hashes and underscores part words and are dropped."""
    return _TOKEN.findall(fold(text))


def table_words(phrase: str) -> list[str]:
    """The folded words of a table phrase without their articles; "ألمانيا" has none."""
    return [fold(bare(word)) for word in _TOKEN.findall(strip_marks(phrase))]


def bare(word: str) -> str:
    """A word without the article ال."""
    return word[2:] if word.startswith("ال") and len(word) - 2 >= _SHORTEST else word


def noun_forms(word: str) -> set[str]:
    """Folded forms that stand for the folded table word `word`: feminine, dual, sound plurals, idafa, accusative."""
    stem = word[:-1] if word.endswith("ه") else word
    forms = {word, stem + "ات", stem + "تان", stem + "تين", stem + "تا", stem + "تي"}
    if stem == word:
        forms |= {word + ending for ending in ("ه", "ا", "ون", "ين", "ان", "و", "ي")}
    else:
        forms.add(stem + "ت")  # before a pronoun: حكومتها
    if word.endswith("ون") and len(word) > 4:
        forms |= {word[:-2] + "ين", word[:-1], word[:-2] + "ي"}
    return forms


def peelings(word: str) -> list[str]:
    """A folded word of a text with clitics taken off in every way, the least first."""
    found: dict[str, None] = {}
    for enclitic in _ENCLITICS:
        if not word.endswith(enclitic):
            continue
        trunk = word[: len(word) - len(enclitic)]
        for proclitic in _PROCLITICS:
            if trunk.startswith(proclitic) and len(trunk) - len(proclitic) >= _SHORTEST:
                found.setdefault(trunk[len(proclitic) :])
    return list(found)
