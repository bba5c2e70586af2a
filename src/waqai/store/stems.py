"""What stands in every word that has a key: letters by which a text is searched before any of its words is analysed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

_LEAST = 2  # letters that are left of a base


class Stems:
    """The stems of keys, from the tables by which `keys.Keys` makes them.

    `singulars` are those of each broken plural, `spelling` the common spelling of each variant, `verbs` the stems of
    each verb.
    """

    def __init__(
        self, singulars: Mapping[str, Sequence[str]], spelling: Mapping[str, str], verbs: Iterable[tuple[str, str]]
    ) -> None:
        self._plurals: dict[str, list[str]] = {}
        for plural, found in singulars.items():
            for singular in found:
                self._plurals.setdefault(singular, []).append(plural)
        self._variants: dict[str, list[str]] = {}
        for word, common in spelling.items():
            self._variants.setdefault(common, []).append(word)
        self._verbs: dict[str, set[str]] = {}
        for lemma, stem in verbs:
            self._verbs.setdefault(lemma, set()).add(stem)

    def of(self, key: str) -> frozenset[str]:
        """Letters of which some stand together in each word that has `key`, as `keys.plain` writes it, ة as ه."""
        kind, lemma = key[:1], key[1:]
        if kind == "v":
            found = {stem for spelled in _open(lemma) for stem in self._verbs.get(spelled, ())}
        else:
            found = set(map(_least, self._bases(lemma)))
        return frozenset(stem.replace("ة", "ه") for stem in found)

    def _bases(self, lemma: str) -> Iterator[str]:
        for spelled in _open(lemma):
            for word in (spelled, *self._variants.get(spelled, ())):
                yield word
                yield from self._plurals.get(word, ())


def _open(lemma: str) -> Iterator[str]:
    """What `keys` may have closed: ة is written ه there, and a hamza at the end is left out."""
    yield lemma
    yield lemma + "ء"
    if lemma.endswith("ه"):
        yield lemma[:-1] + "ة"


def _least(base: str) -> str:
    """The letters of a base that are there whatever ending it has taken: ة and ي may stand for another, or for none."""
    return base[:-1] if base[-1:] in ("ة", "ي") and len(base) > _LEAST else base
