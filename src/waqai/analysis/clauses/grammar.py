"""The closed-class words of clauses, from data/clauses: links, prepositions, auxiliaries, genders."""

from __future__ import annotations

from waqai.arabic import fold
from waqai.resources import Library

# Pronouns that hang on a preposition or a noun, by the agreement a verb would show for them.
PRONOUNS = {
    "ه": "3ms", "ها": "3fs", "هما": "3md", "هم": "3mp", "هن": "3fp",
    "ي": "1cs", "ني": "1cs", "نا": "1cp", "ك": "2ms", "كم": "2mp",
}  # fmt: skip


class Grammar:
    """Look-ups over folded words."""

    def __init__(self, library: Library) -> None:
        self.links: dict[tuple[str, ...], str] = {}
        for row in library.rows("clauses", "link"):
            for words in row["words"]:
                self.links[_key(words)] = row["kind"]
        self.prepositions: dict[tuple[str, ...], str] = {}
        for row in library.rows("clauses", "preposition"):
            for words in row["words"]:
                self.prepositions[_key(words)] = row.get("as", words)
        self.auxiliaries = {fold(verb) for row in library.rows("clauses", "auxiliary") for verb in row["verb"]}
        self.genders: dict[str, str] = {
            fold(word): row["gender"] for row in library.rows("clauses", "gender") for word in row["words"]
        }
        self.longest_link = max(map(len, self.links), default=1)
        self.longest_preposition = max(map(len, self.prepositions), default=1)

    def gender(self, head: str) -> str:
        """ "f", "m" or "" for the folded head of a phrase, by table and ending."""
        known = self.genders.get(head)
        if known:
            return known
        if head.endswith(("ه", "ات")):
            return "f"
        return ""


def _key(words: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words.split())
