"""Contexts: what an act is about (election, military, refugee …), from the words of its sentence."""

from __future__ import annotations

from waqai.arabic import fold
from waqai.model import Sentence
from waqai.resources import Library


class ContextReader:
    """Looks up the context words of data/contexts."""

    def __init__(self, library: Library) -> None:
        self._single: dict[str, str] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for row in library.rows("contexts", "context"):
            for words in row["words"]:
                key = tuple(fold(word[2:] if word.startswith("ال") else word) for word in words.split())
                if len(key) == 1:
                    self._single[key[0]] = row["name"]
                else:
                    self._phrases.setdefault(key[0], []).append((key, row["name"]))

    def read(self, sentence: Sentence) -> tuple[str, ...]:
        """The contexts named in `sentence`, each once, in alphabetical order."""
        words = [fold(word.form) for word in sentence.words]
        found: set[str] = set()
        for index, word in enumerate(words):
            context = self._single.get(word)
            if context:
                found.add(context)
            for key, name in self._phrases.get(word, ()):
                if tuple(words[index : index + len(key)]) == key:
                    found.add(name)
        return tuple(sorted(found))
