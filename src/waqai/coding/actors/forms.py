"""The shapes a noun or adjective of the tables takes in a text, and how a word of the text is looked up."""

from __future__ import annotations

import re

from waqai.arabic import fold, strip_marks

_TOKEN = re.compile(r"[^\W_]+")
_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "ال", "لل", "وال", "ولل", "بال", "كال", "فال", "وبال", "فلل")
_ENCLITICS = ("", "ها", "هم", "هما", "هن", "نا", "ه", "ي")
_SHORTEST = 2  # letters that must remain when a clitic is taken off


def tokens(text: str) -> list[str]:
    """The folded words of `text`; punctuation, hashes and underscores part words and are dropped."""
    return _TOKEN.findall(fold(text))


def table_words(phrase: str) -> list[str]:
    """The folded words of a table phrase without their articles; "ألمانيا" has none."""
    return [fold(bare(word)) for word in _TOKEN.findall(strip_marks(phrase))]


def name_key(name: str) -> list[str]:
    """The folded words of a proper name; the article is part of a name of one word ("الدوما", not the town دوما)."""
    words = table_words(name)
    return words if len(words) > 1 else tokens(name)


def bare(word: str) -> str:
    """A word as it is spelt without the article, ال or, after the preposition ل, لل."""
    return word[2:] if word.startswith(("ال", "لل")) and len(word) - 2 >= _SHORTEST else word


def noun_forms(word: str, *, plain: bool = False) -> set[str]:
    """Folded forms that stand for the folded table word `word`: feminine, dual, sound plurals, idafa, accusative.

    A `plain` word has no feminine and no plural in ات: "مفاوضات" are talks, "مباحثات" no police.
    """
    stem = word[:-1] if word.endswith("ه") else word
    forms = {word} if plain else {word, stem + "ات", stem + "تان", stem + "تين", stem + "تا", stem + "تي"}
    if stem == word:
        forms |= {word + ending for ending in ("ا", "ون", "ين", "ان", "و", "ي")} | ({word} if plain else {word + "ه"})
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
                if proclitic.endswith("لل"):
                    found.setdefault("ال" + trunk[len(proclitic) :])
                found.setdefault(trunk[len(proclitic) :])
    return list(found)
