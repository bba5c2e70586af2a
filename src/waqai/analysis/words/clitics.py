"""Takes a word apart: conjunction, preposition, article before it, pronoun after it.

The ways to cut a word are few; each gets features, and a linear model trained by train/words.py picks the best.
Context is not looked at, so that every spelling is cut once and remembered.
"""

from __future__ import annotations

import lzma
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from math import log2
from pathlib import Path
from typing import NamedTuple

ARTICLE = "ال"
_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("ب", "ل", "ك")
PRONOUNS = ("هما", "هم", "هن", "ها", "ه", "كما", "كم", "ك", "نا", "ني", "ي")
_AFTER_QUESTION = ("لم", "لا", "ليس", "ليست", "ما", "هو", "هي", "هذا", "هذه")
ALIF = str.maketrans("أإآ", "ااا")
_ALSO_ENDINGS = ("ي", "ك")
_ASSIMILATED = "ل+ال"
_FURTHER = frozenset("وفبلك")
_UNMET = (0, 9)
_LONGEST = 24  # no Arabic word with its clitics has more letters; longer strings are left whole


class Cut(NamedTuple):
    """A word taken apart: proclitics in order, the host's letters, the attached pronoun or ""."""

    proclitics: tuple[str, ...]
    host: str
    enclitic: str


def cuts(word: str) -> list[Cut]:
    """All ways to take `word` apart, the fewest clitics first; `word` has neither marks nor tatweel."""
    if len(word) > _LONGEST:
        return [Cut((), word, "")]
    found = dict.fromkeys(_cuts(word))
    return sorted(found, key=lambda cut: (len(cut.proclitics) + bool(cut.enclitic), cut))


def _cuts(word: str) -> Iterator[Cut]:
    for conjunction in _CONJUNCTIONS:
        if not word.startswith(conjunction):
            continue
        rest = word[len(conjunction) :]
        first = (conjunction,) if conjunction else ()
        for proclitics, host in _inner(rest):
            yield from _with_pronouns((*first, *proclitics), host)
    if word[:1] == "أ" and word[1:] in _AFTER_QUESTION:
        yield Cut(("أ",), word[1:], "")


def _inner(rest: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Preposition, future mark and article off `rest`."""
    yield (), rest
    if rest.startswith(ARTICLE):
        yield (ARTICLE,), rest[2:]
    letter, host = rest[:1], rest[1:]
    if letter == "س" and host[:1] in ("ي", "ت", "ن", "أ"):
        yield ("س",), host
    if letter not in _PREPOSITIONS:
        return
    yield (letter,), host
    if letter == "ل" and host[:1] == "ل":
        yield (letter, ARTICLE), host[1:]
        yield (letter, ARTICLE), host  # للجنة: the article's lam and the noun's are written as one
    elif host.startswith(ARTICLE):
        yield (letter, ARTICLE), host[2:]


def _with_pronouns(proclitics: tuple[str, ...], host: str) -> Iterator[Cut]:
    if len(host) > 1 or (host and not proclitics):
        yield Cut(proclitics, host, "")
    if ARTICLE in proclitics:
        return
    for pronoun in PRONOUNS:
        if host.endswith(pronoun):
            bare = host[: -len(pronoun)]
            if len(bare) > 1 or bare in _PREPOSITIONS:
                yield Cut(proclitics, bare, pronoun)


class Spellings:
    """How often each spelling stands in the news, and whether where verbs stand, from `words-forms.txt.xz`.

    Alif with and without hamza count as one spelling, for many papers leave the hamza out.
    """

    def __init__(self, path: Path) -> None:
        self._seen: dict[str, tuple[int, int]] = {}
        for line in lzma.decompress(path.read_bytes()).decode().split("\n"):
            power, place, *forms = line.split(" ")
            self._seen.update(dict.fromkeys(forms, (int(power), int(place))))

    def power(self, form: str) -> int:
        """Whole part of log2 of the count, plus one; 0 where the spelling is hardly met."""
        return self._seen.get(form.translate(ALIF), _UNMET)[0]

    def place(self, form: str) -> int:
        """log2 of how much oftener it stands after قد, الذي … than after في, من …: 4 verb, -4 noun, 9 unknown."""
        return self._seen.get(form.translate(ALIF), _UNMET)[1]

    def host(self, host: str, enclitic: str) -> int:
        """The power of a host, alone or with the article; before a pronoun its ت may be a ة."""
        best = max(self.power(host), self.power(ARTICLE + host))
        if enclitic and host.endswith("ت"):
            best = max(best, self.power(host[:-1] + "ة"))
        if enclitic and host.endswith("ا"):
            best = max(best, self.power(host[:-1] + "ى"))
        return best


class Cutter:
    """Picks the best cut of a word by a linear model over features of each cut."""

    def __init__(
        self,
        weights: Mapping[str, float],
        spellings: Spellings,
        closed: Collection[str],
        whole: Mapping[str, bool],
        is_verb: Callable[[str, bool], bool],
    ) -> None:
        self._weights, self._spellings = weights, spellings
        self._closed, self._whole, self._is_verb = closed, whole, is_verb
        self.cut = lru_cache(maxsize=1 << 10)(self._cut)

    def _cut(self, word: str) -> Cut:
        choices = self.choices(word)
        for cut in choices:
            if self._whole.get(cut.host) is not None and self._keeps(cut):
                return cut
        if len(choices) == 1:
            return choices[0]
        weigh = self._weights.get
        return max(choices, key=lambda cut: sum(weigh(feature, 0.0) for feature in self.features(word, cut)))

    def choices(self, word: str) -> list[Cut]:
        """The cuts of `word`, with only one of the two ways to understand ل before a host in ل."""
        return [cut for cut in cuts(word) if self.settled(cut) == cut]

    def settled(self, cut: Cut) -> Cut:
        """للجنة is "to the committee", للبنان "to Lebanon": by whether the host is met with the article."""
        if not cut.host.startswith("ل") or "ل" not in cut.proclitics:
            return cut
        article = ARTICLE in cut.proclitics
        definite, alone = self._spellings.power(ARTICLE + cut.host), self._spellings.power(cut.host)
        if definite and definite >= alone - 4:
            return cut if article else cut._replace(proclitics=(*cut.proclitics, ARTICLE))
        if article or alone > self._spellings.host(cut.host[1:], ""):
            return cut._replace(proclitics=tuple(one for one in cut.proclitics if one != ARTICLE))
        return Cut((*cut.proclitics, ARTICLE), cut.host[1:], cut.enclitic)

    def _keeps(self, cut: Cut) -> bool:
        """Whether a word listed as whole may stand in `cut`."""
        if cut.enclitic in _ALSO_ENDINGS or (cut.enclitic and len(cut.host) < 4):
            return False  # لبناني is no "my Lebanon"
        return ARTICLE not in cut.proclitics and (
            self._whole[cut.host] or (not cut.enclitic and set(cut.proclitics) <= {"و", "ف"})
        )

    def features(self, word: str, cut: Cut) -> list[str]:
        """What the model sees of one cut of `word`."""
        host, enclitic = cut.host, cut.enclitic
        front = "+".join(cut.proclitics)
        shape = f"{front}|{enclitic}"
        met = self._spellings.host(host, enclitic)
        alone = self._spellings.power(host)
        whole = self._spellings.power(word)
        verb = self._is_verb(host, bool(enclitic))
        closed = host in self._closed
        kind = f"{'v' if verb else ''}{'c' if closed else ''}"
        pair = f"{front}|{'+' if enclitic else ''}"
        length = min(len(host), 6)
        place = self._spellings.place(word)
        stands = "" if place == 9 else "v" if place > 0 else "n"
        word_key, host_key = word.translate(ALIF), host.translate(ALIF)
        lams = self._lams(host, met) if front.endswith(_ASSIMILATED) else ""
        return [
            f"ll {lams}",
            f"s {shape}",
            f"p {pair}",
            f"e {enclitic}",
            f"m {pair} {met}",
            f"m {met}",
            f"a {alone}",
            f"a {pair} {alone}",
            f"r {pair} {max(-6, min(6, met - whole))}",
            f"r {max(-6, min(6, met - whole))}",
            f"x {pair} {self._further(host, alone)}",
            f"pl {pair} {stands} {min(whole, 7)}",
            f"pl {front[:1]} {stands}",
            f"k {kind}",
            f"k {pair} {kind}",
            f"km {kind} {min(met, 8) // 2} {'+' if cut.proclitics else ''}{enclitic}",
            f"l {length} {pair}",
            f"h {host_key}",
            f"hp {host_key} {pair}",
            f"w {word_key} {shape}",
            f"b {host[:2]} {pair}",
            f"f {host[:1]} {pair}",
            f"z {host[-1:]} {shape}",
            f"zz {host[-2:]} {shape}",
        ]

    def _lams(self, host: str, met: int) -> str:
        """Of the two ways to read للجنة, with جنة and with لجنة, how much oftener this host is met."""
        other = host[1:] if host[:1] == "ل" else f"ل{host}"
        return str(max(-4, min(4, met - self._spellings.host(other, ""))))

    def _further(self, host: str, alone: int) -> str:
        """Whether the host looks like a word with a proclitic still on it: the rest is met oftener than itself."""
        if host[:2] == ARTICLE:
            return "al" if self._spellings.power(host[2:]) else ""
        if host[:1] in _FURTHER and len(host) > 3 and self._spellings.host(host[1:], "") > alone:
            return host[:1]
        return ""


def power_of(count: int) -> int:
    """The power of two under which a count is kept."""
    return int(log2(count)) + 1 if count else 0
