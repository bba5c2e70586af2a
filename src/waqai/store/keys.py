"""The keys under which a word is filed and looked up, so that a search finds its other forms and spellings.

A word has several: "n" and a nominal lemma for each way to take clitics and endings off it, "v" and the lemma of
each verb it may be a form of. Two words match where they share a key. Broken plurals and variant spellings come from
the tables of data/search, what words there are from the spellings and verbs of data/models.
"""

from __future__ import annotations

import hashlib
import lzma
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from waqai.arabic import BIDI, MARKS, TATWEEL, fold
from waqai.resources import Library
from waqai.store.stems import Stems
from waqai.store.verb_keys import VerbKeys

VERSION = "1"  # changes with the rules below: an index made by others is made anew
_WORD = re.compile(r"[^\W_]+")
SPOKEN = re.compile(f"[{MARKS}{TATWEEL}{BIDI}]")  # what may stand inside a word without parting it
# A word as written begins with a letter or digit; marks and tatweel stand inside it.
WRITTEN = re.compile(rf"[^\W_](?:[^\W_]|{SPOKEN.pattern})*")
_HAMZA = str.maketrans("ؤئء", "ءءء")
_ARTICLE = "ال"
_PRONOUNS = ("هما", "هم", "هن", "ها", "ه", "كما", "كم", "نا")
# Endings, what may stand in their place, and how much rarer (log2) the word without them may be.
_ENDINGS = (
    ("تين", "ة", 2), ("تان", "ة", 2), ("تي", "ة", 0), ("ات", "ة", 3), ("ات", "", 3), ("يات", "ي", 3), ("ين", "", 2),
    ("ون", "", 2), ("ان", "", -1), ("ا", "", 0),
)  # fmt: skip
_LEAST = 3  # log2 of the count, plus one: a spelling met four times or more


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end (code points of `text`, half-open) and letters of each word; marks and tatweel stay inside."""
    for match in WRITTEN.finditer(text):
        yield match.start(), match.end(), match[0]


def plain(word: str) -> str:
    """`word` with all that search does not tell apart made one, but for final ة."""
    bare = SPOKEN.sub("", word)
    return fold(bare.translate(_HAMZA).replace("ة", "\x00")).replace("\x00", "ة")


def form(word: str) -> str:
    """The word as exact phrases compare it: spelling folded, nothing taken off."""
    return "".join(_WORD.findall(plain(word).replace("ة", "ه")))


class Keys:
    """Makes the keys of words; `empty` are words of grammar as `form` gives them.

    Loading takes about a third of a second, a word met before a microsecond.
    """

    def __init__(self, library: Library) -> None:
        models = [library.model(name) for name in ("words-forms.txt.xz", "words-lexicon.txt.xz", "verbs.txt.xz")]
        self._power, self._place = _spellings(models[0])
        self._adjectives = _adjectives(models[1])
        self._singulars: dict[str, list[str]] = {}
        self._people: set[str] = set()
        for row in library.rows("search", "pattern"):
            for pair in row["words"]:
                singular, plural = map(plain, pair.split())
                self._singulars.setdefault(plural, []).append(singular)
                if row["people"]:
                    self._people.add(singular)
        self._spelling = {
            word: group[0]
            for row in library.rows("search", "group")
            for group in (tuple(map(plain, entry.split())) for entry in row["words"])
            for word in group
        }
        self._whole = {plain(word) for row in library.rows("search", "whole") for word in row["words"]}
        self._apart = {plain(word) for row in library.rows("search", "apart") for word in row["words"]}
        self.empty = {form(word) for row in library.rows("search", "empty") for word in row["words"]}
        self._verbs = VerbKeys(models[2], plain)
        self.of = lru_cache(maxsize=1 << 18)(self._of)
        made_of = hashlib.sha256(b"".join(path.read_bytes() for path in models)).hexdigest()[:12]
        self.digest = f"{VERSION}-{library.digest('search')}-{made_of}"

    @cached_property
    def stems(self) -> Stems:
        """What stands in the words that have a key; made when first asked for, in a fiftieth of a second."""
        return Stems(self._singulars, self._spelling, self._verbs.stems())

    def _of(self, word: str) -> tuple[str, ...]:
        """The keys of a word as it stands in a text, none for what has neither letters nor digits."""
        whole = "".join(_WORD.findall(plain(word)))
        if not whole:
            return ()
        found: dict[str, None] = {}
        hosts = list(self._hosts(whole))
        # Where the article can be taken off, nobody looks for the word with it.
        for host, defined in [host for host in hosts if host[1]] or hosts:
            for lemma in self._lemmas(host, defined):
                found["n" + _closed(self._spelling.get(lemma, lemma))] = None
            if not defined and self._may_be_verb(host):
                found.update(dict.fromkeys("v" + _closed(lemma) for lemma in self._verbs.lemmas(host)))
        return tuple(found)

    def _hosts(self, word: str) -> Iterator[tuple[str, bool]]:
        """The word without its proclitics, in every way that is likely, and whether the article was among them."""
        yield word, False
        if word in self._whole:
            return
        bare = word
        for conjunction in ("و", "ف"):
            rest = word[1:]
            if word.startswith(conjunction) and len(rest) > 2 and self._cuts(word, rest):
                yield rest, False
                bare = rest
                break
        for prefix, instead in (
            ("ال", ""), ("بال", ""), ("كال", ""), ("لل", ""), ("لل", "ل"), ("ب", ""), ("ل", ""), ("ك", ""), ("س", ""),
        ):  # fmt: skip
            rest = instead + bare[len(prefix) :]
            if not bare.startswith(prefix) or len(rest) < 3 or bare in self._whole:
                continue
            if len(prefix) > 1:
                if self._known(rest) >= self._met(bare) - 3 or not self._met(bare):
                    yield rest, True
            elif self._cuts(bare, rest) and (prefix != "س" or rest[0] in "يتنا"):
                yield rest, False

    def _cuts(self, word: str, rest: str) -> bool:
        """Whether the first letter of `word` may be a clitic: not where the whole takes the article."""
        if rest in self._whole:
            return True
        if not self._met(word):
            return not self._met(_ARTICLE + word)
        return self._met(_ARTICLE + word) < _LEAST and self._known(rest) >= max(_LEAST, self._met(word) - 4)

    def _lemmas(self, host: str, defined: bool) -> Iterator[str]:
        """The nominal lemmas of a word without proclitics, itself first."""
        bases = [host]
        if host not in self._whole:
            bases += self._without_pronoun(host) if not defined else ()
            bases += [stem for base in tuple(bases) for stem in self._without_ending(base, defined)]
        seen = dict.fromkeys(self._open(base) for base in bases)
        for base in tuple(seen):
            yield base
            yield from self._singulars.get(base, ())
            if masculine := self._masculine(base):
                yield masculine

    def _open(self, base: str) -> str:
        """Final ة where it was written as ه."""
        feminine = base[:-1] + "ة"
        return feminine if base.endswith("ه") and self._known(feminine) > self._known(base) else base

    def _without_pronoun(self, host: str) -> Iterator[str]:
        if self._met(_ARTICLE + host) >= max(_LEAST, self._met(host) - 2):
            return
        for pronoun in _PRONOUNS:
            bare = host[: -len(pronoun)]
            if not host.endswith(pronoun) or len(bare) < 3:
                continue
            if bare.endswith("ت") and self._known(bare[:-1] + "ة") > self._known(bare):
                bare = bare[:-1] + "ة"
            elif bare.endswith("ا") and self._known(bare[:-1] + "ي") > self._known(bare):
                bare = bare[:-1] + "ي"
            if bare in self._singulars or self._known(bare) >= max(_LEAST, self._known(host)):
                yield bare

    def _without_ending(self, host: str, defined: bool) -> Iterator[str]:
        for ending, instead, slack in _ENDINGS:
            stem = host[: -len(ending)]
            if not host.endswith(ending) or len(stem) < 3 or (ending == "ا" and defined):
                continue
            power = self._known(stem + instead)
            if power >= max(_LEAST, self._known(host) - slack) and power >= self._rival(ending, stem, instead):
                yield stem + instead
        if host[-1] in "يو" and len(host) > 4 and not defined:
            stem, plural = host[:-1], host + "ن"
            if self._known(plural) >= _LEAST and self._met(_ARTICLE + host) < self._known(plural):
                yield stem

    def _rival(self, ending: str, stem: str, instead: str) -> int:
        """How common the other word is that the plural in ات may belong to: قرارات is of قرار, حكومات of حكومة."""
        if ending != "ات":
            return 0
        return self._known(stem + ("" if instead else "ة"))

    def _masculine(self, lemma: str) -> str:
        stem = lemma[:-1]
        if not lemma.endswith("ة") or lemma in self._apart or len(stem) < 3:
            return ""
        person = stem in self._people or self._known(stem + "ين") >= _LEAST
        return stem if stem in self._adjectives or person else ""

    def _may_be_verb(self, host: str) -> bool:
        """Whether the spelling is met where verbs stand, or too rare to tell."""
        return self._place.get(host, 9) > -3

    def _met(self, spelling: str) -> int:
        return self._power.get(spelling, 0)

    def _known(self, spelling: str) -> int:
        """How common a word is, alone or with the article."""
        return max(self._met(spelling), self._met(_ARTICLE + spelling))


def _closed(lemma: str) -> str:
    """The lemma as a key: ة as ه, no hamza at the end after a long vowel, where many leave it out."""
    lemma = lemma.replace("ة", "ه")
    return lemma[:-1] if lemma.endswith("ء") and len(lemma) > 3 else lemma


def _spellings(path: Path) -> tuple[dict[str, int], dict[str, int]]:
    """By spelling: whole part of log2 of its count plus one; and how much oftener it stands where verbs do."""
    power: dict[str, int] = {}
    place: dict[str, int] = {}
    for line in plain_table(lzma.decompress(path.read_bytes()).decode()).split("\n"):
        count, verbal, *forms = line.split(" ")
        for spelled in forms:
            if int(count) > power.get(spelled, 0):
                power[spelled], place[spelled] = int(count), int(verbal)
    return power, place


def _adjectives(path: Path) -> frozenset[str]:
    lines = plain_table(lzma.decompress(path.read_bytes()).decode()).split("\n")
    return frozenset(word for line in lines for kind, *forms in [line.split(" ")] if "a" in kind for word in forms)


_LETTERS = str.maketrans("أإآٱىؤئ", "اااايءء")


def plain_table(text: str) -> str:
    """`plain` of a whole table at once; tables have neither marks nor foreign letters."""
    return text.translate(_LETTERS)
