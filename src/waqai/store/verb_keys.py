"""Which verbs a spelling may be a form of, from the stems and affixes of data/models/verbs.txt.xz."""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterator
from pathlib import Path

_PRONOUNS = ("هما", "هم", "ها", "ه", "كم", "نا", "ني")
_LONGEST = 16
_RARER = 6.0  # a verb met this many times less often than the commonest reading is not meant
_PERSONS = ("1", "3")  # news is told in the third person, quotes in the first


class VerbKeys:
    """Verb forms looked up by prefix, stem and suffix; `plain` makes spellings one."""

    def __init__(self, path: Path, plain: Callable[[str], str]) -> None:
        paradigms, stems, counts = lzma.decompress(path.read_bytes()).decode().split("\n\n")
        self._affixes: dict[tuple[str, str], set[tuple[str, bool]]] = {}
        for number, line in enumerate(paradigms.split("\n")):
            for entry in line.split(" "):
                prefix, suffix, aspect, agreement, _, pronoun = entry.split(":")
                if aspect == "c" or agreement[0] not in _PERSONS:
                    continue
                cells = self._affixes.setdefault((plain(prefix), plain(suffix)), set())
                cells.update((str(number), attached) for attached in (True, False) if pronoun in ("b", "ny"[attached]))
        self._prefixes = sorted({prefix for prefix, _ in self._affixes})
        # Lines are kept as they are: most are never looked at.
        self._stems: dict[str, list[str]] = {}
        for line in _table(stems).split("\n"):
            stem, _, rest = line.partition(" ")
            self._stems.setdefault(stem, []).append(rest)
        self._use = {
            lemma: int(count)
            for count, *lemmas in (line.split(" ") for line in _table(counts).split("\n") if line)
            for lemma in lemmas
        }

    def stems(self) -> Iterator[tuple[str, str]]:
        """Citation form and stem of every verb."""
        for stem, lines in self._stems.items():
            for lemma in {entry.partition(":")[0] for line in lines for entry in line.split(" ")}:
                yield lemma, stem

    def lemmas(self, word: str) -> list[str]:
        """Citation forms of the verbs that `word`, without proclitics, may be a form of; rare ones left out."""
        found = set(self._read(word, False))
        for pronoun in _PRONOUNS:
            if word.endswith(pronoun) and len(word) - len(pronoun) > 2:
                found.update(self._read(word[: -len(pronoun)], True))
        most = max((self._use.get(lemma, 0) for lemma in found), default=0)
        return sorted(lemma for lemma in found if self._use.get(lemma, 0) * _RARER >= most)

    def _read(self, form: str, attached: bool) -> Iterator[str]:
        if not 1 < len(form) <= _LONGEST:
            return
        for prefix in self._prefixes:
            if not form.startswith(prefix):
                continue
            for end in range(len(prefix) + 1, len(form) + 1):
                lines = self._stems.get(form[len(prefix) : end])
                cells = self._affixes.get((prefix, form[end:])) if lines else None
                if lines and cells:
                    yield from _fitting(lines, cells, attached)


def _fitting(lines: list[str], cells: set[tuple[str, bool]], attached: bool) -> Iterator[str]:
    for line in lines:
        for entry in line.split(" "):
            lemma, _, numbers = entry.split(":")
            if any((number, attached) in cells for number in numbers.split(",")):
                yield lemma


def _table(text: str) -> str:
    return text.translate(str.maketrans("أإآٱىؤئ", "اااايءء"))
