"""Gives each word its part of speech: a linear-chain CRF over what the word and its neighbours show."""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import add
from pathlib import Path
from typing import NamedTuple

from waqai.analysis.chain import Chain, Scores
from waqai.analysis.words.clitics import ALIF, ARTICLE, Cut, Spellings
from waqai.analysis.words.tokens import ARABIC, FOREIGN, NUMBER
from waqai.analysis.words.verbs import Shape, VerbLexicon

_ENDINGS = ("ات", "ين", "ون", "ان", "تين", "تان", "ية", "ة", "ا", "ي", "ى", "ت")
_START, _END = ("-1 ^",), ("+1 $",)  # what the first and the last word see beyond them
_NAMES = str.maketrans("", "", "engt")  # endings come off adjectives and numbers, not off names
_BATCH = 400  # words a chain may have: longer sentences are tagged in pieces, so that time and memory stay bounded


class Seen(NamedTuple):
    """What the tagger is shown of one token: its kind, its letters, how it was cut."""

    kind: str
    surface: str
    cut: Cut


class Nominals:
    """Adjectives, names and numbers by spelling, from `words-lexicon.txt.xz`: letters that say what a form can be."""

    def __init__(self, path: Path) -> None:
        self._tags: dict[str, str] = {}
        for line in lzma.decompress(path.read_bytes()).decode().split("\n"):
            tags, *forms = line.split(" ")
            self._tags.update(dict.fromkeys(forms, tags))

    def tags(self, host: str) -> str:
        """Letters for `host`, or for its singular masculine where the host itself is not listed."""
        found = self._tags.get(host)
        if found is None:
            for ending in _ENDINGS:
                if host.endswith(ending) and len(host) > len(ending) + 1:
                    found = self._tags.get(host[: -len(ending)], "").translate(_NAMES)
                    if found:
                        break
        return found or ""

    def adjective(self, form: str) -> bool:
        """Whether `form` is listed as an adjective."""
        return "a" in self._tags.get(form, "")


class View(NamedTuple):
    """The attributes of one word: its own, and what its neighbours see of it."""

    own: tuple[str, ...]
    before: tuple[str, ...]  # as the word before
    after: tuple[str, ...]  # as the word after
    second: tuple[str, ...]  # as the word two before
    third: tuple[str, ...]  # as the word two after


class Features:
    """Attributes of words, remembered by spelling."""

    def __init__(
        self,
        spellings: Spellings,
        nominals: Nominals,
        verbs: VerbLexicon,
        closed: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._spellings, self._nominals, self._verbs, self._closed = spellings, nominals, verbs, closed
        self.view = lru_cache(maxsize=1 << 11)(self._view)

    def of(self, words: Sequence[Seen]) -> list[list[str]]:
        """The attributes of each word of a sentence, neighbours included."""
        views = [self.view(word) for word in words]
        last = len(views) - 1
        rows = []
        for place, view in enumerate(views):
            row = list(view.own)
            row += views[place - 1].before if place else _START
            row += views[place + 1].after if place < last else _END
            if place > 1:
                row += views[place - 2].second
            if place < last - 1:
                row += views[place + 2].third
            rows.append(row)
        return rows

    def _view(self, word: Seen) -> View:
        kind, surface, cut = word
        if kind != ARABIC:
            name = kind if kind in (NUMBER, FOREIGN) or not surface.isprintable() else surface
            return View(
                (f"w {name}", "bias"),
                (f"-1 {name}", "-1c m"),
                (f"+1 {name}", "+1c m"),
                (f"-2 {name}",),
                (f"+2 {name}",),
            )
        host = cut.host
        front = "+".join(cut.proclitics)
        after = "p" if cut.enclitic else ""
        closed = "/".join(self._closed.get(host, ()))
        verb, use = self._verb(cut)
        tags = self._nominals.tags(host)
        definite = self._spellings.power(ARTICLE + host)
        alone = self._spellings.power(host)
        ratio = max(-4, min(4, definite - alone)) if definite or alone else 9
        ending = host[-2:]
        bare = host.translate(ALIF)
        place = self._spellings.place(host + cut.enclitic)
        own = (
            "bias",
            f"h {bare}",
            f"w {surface.translate(ALIF)}",
            f"x {place}",
            f"xv {place} {verb[:1]} {after}",
            f"xr {place} {ratio} {verb[:1]}",
            f"xf {place} {front}",
            f"f {front}|{after}",
            f"c {closed}",
            f"v {verb}",
            f"vu {verb[:1]} {use}",
            f"vr {verb[:1]} {ratio}",
            f"vt {verb} {tags}",
            f"vf {verb} {front}|{after}",
            f"t {tags}",
            f"tf {tags} {front}",
            f"r {ratio}",
            f"n {min(alone, 9)}",
            f"l {min(len(host), 7)}",
            f"s1 {host[-1:]}",
            f"s2 {ending}",
            f"s3 {host[-3:]}",
            f"s4 {host[-4:]}",
            f"p1 {bare[:1]}",
            f"p2 {bare[:2]}",
            f"p3 {bare[:3]}",
            f"ps {bare[:1]}{host[-1:]}{len(host)}",
            f"sf {ending} {front}",
        )
        short = closed or ("v" if verb else "") + tags
        seen = (f"{closed}/{front}", f"{short}/{'ال' if ARTICLE in cut.proclitics else ''}{after}", ending)
        name = bare if alone > 8 else ""
        like = f"{verb[:4]}{'' if place == 9 else 'V' if place > 0 else 'N'}"
        return View(
            own,
            (f"-1 {name}", f"-1c {seen[0]}", f"-1s {seen[1]}", f"-1e {seen[2]}", f"-1v {verb}", f"-1x {like}"),
            (f"+1 {name}", f"+1c {seen[0]}", f"+1s {seen[1]}", f"+1e {seen[2]}", f"+1v {verb}", f"+1x {like}"),
            (f"-2 {name}", f"-2c {seen[0]}", f"-2v {verb}"),
            (f"+2c {seen[0]}", f"+2v {verb}"),
        )

    def _verb(self, cut: Cut) -> tuple[str, int]:
        """The likeliest verb reading as aspect and agreement, and how much the verb is used; "" where none."""
        if ARTICLE in cut.proclitics:
            return "", 0
        readings = self._verbs.read(cut.host, shape_of(cut))
        if not readings:
            return "", 0
        best, score = readings[0]
        return f"{best.aspect[:3]}{best.agreement}", max(-3, min(9, round(score)))


def shape_of(cut: Cut, *, jussive: bool = False) -> Shape:
    """What the clitics of a word say about it as a verb."""
    return Shape(bool(cut.enclitic), "س" in cut.proclitics, "ل" in cut.proclitics, jussive)


class Tagger:
    """Parts of speech for the words of a sentence."""

    def __init__(self, model: Path, features: Features) -> None:
        self._chain = Chain(model)
        self._features = features
        self._start, self._end = self._chain.scores(_START), self._chain.scores(_END)
        self._scores = lru_cache(maxsize=1 << 15)(self._scored)

    def tag(self, words: Sequence[Seen]) -> list[str]:
        """One part of speech for each word."""
        found: list[str] = []
        for start in range(0, len(words), _BATCH):
            found += self._chain.best(self._along(words[start : start + _BATCH]))
        return found

    def _along(self, words: Sequence[Seen]) -> Iterator[list[float]]:
        """What each word and its neighbours say for each label."""
        scored = [self._scores(word) for word in words]
        last = len(scored) - 1
        for place, (own, *_) in enumerate(scored):
            row = map(add, own, scored[place - 1][1] if place else self._start)
            row = map(add, row, scored[place + 1][2] if place < last else self._end)
            if place > 1:
                row = map(add, row, scored[place - 2][3])
            if place < last - 1:
                row = map(add, row, scored[place + 2][4])
            yield list(row)

    def _scored(self, word: Seen) -> tuple[Scores, ...]:
        """The scores of the parts of a word's view, in its order."""
        return tuple(self._chain.scores(part) for part in self._features.view(word))
