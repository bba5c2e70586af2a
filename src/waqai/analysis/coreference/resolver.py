"""Surnames, bare offices, short forms of groups, and bare spellings of names fused with a preposition.

Nearest fitting name before, by the words the mentions share; in the title, the first after. No learnt model: each
step can be told in a sentence, and every name given is one the article writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from waqai.analysis.coreference.shape import Shape, Shaper, plain
from waqai.model import Mention, Sentence
from waqai.resources import Library


class Coreferrer:
    """Resolves mentions inside one article.

    `library` gives the countries with their adjectives, and the words of `data/mentions` that only wrap a name.
    """

    def __init__(self, library: Library) -> None:
        self._shaper = Shaper(library)

    def resolve(self, text: str, sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """`mentions`, in order, each with the fullest name of its actor as the article writes it.

        Spans stay. `generic` becomes False where a bare office or a short form was resolved to a name.
        """
        shapes = self._shaper.shape(text, sentences, mentions)
        title_end = sentences[0].span.end if sentences and sentences[0].part == "title" else 0
        resolved = _Article(list(mentions), shapes, title_end)
        resolved.full_names()
        resolved.appositions(text)
        resolved.offices()
        resolved.groups()
        resolved.bare_spellings(text)
        resolved.hashtags()
        return tuple(resolved.mentions)


class _Article:
    """The mentions of one article on their way to their names."""

    def __init__(self, mentions: list[Mention], shapes: Sequence[Shape], title_end: int) -> None:
        self.mentions, self.shapes, self.title_end = mentions, shapes, title_end

    def full_names(self) -> None:
        """A name that ends a longer one of the article stands for it ("البحري" after "سالم البحري")."""
        longer: dict[str, list[int]] = defaultdict(list)
        for n, mention in enumerate(self.mentions):
            if mention.kind == "person" and not mention.generic and len(self.shapes[n].name) > 1:
                longer[self.shapes[n].name[-1]].append(n)
        for n, mention in enumerate(self.mentions):
            name = self.shapes[n].name
            if mention.kind != "person" or mention.generic or not name:
                continue
            if len(name) > 1:
                continue
            full = self._nearest(n, [k for k in longer.get(name[-1], ()) if len(self.shapes[k].name) > 1])
            if full is None:
                full = self._by_first(n, name[0])
            if full is not None:
                self.mentions[n] = replace(mention, name=self.mentions[full].name)

    def _by_first(self, n: int, name: str) -> int | None:
        """The one person of the article who is called `name` before his last name, if there is just one."""
        fits = {
            self.shapes[k].name: k
            for k, mention in enumerate(self.mentions)
            if mention.kind == "person" and not mention.generic and name in self.shapes[k].name[:-1]
        }
        return next(iter(fits.values())) if len(fits) == 1 and len(name) > 2 else None

    def appositions(self, text: str) -> None:
        """A phrase for a person and the name between commas behind it are one: "مدير المستشفى، سالم البحري، …"."""
        for n, mention in enumerate(self.mentions[:-1]):
            following = self.mentions[n + 1]
            if mention.kind != "person" or not mention.generic or following.kind != "person" or following.generic:
                continue
            parted = text[mention.span.end : following.span.start].strip() in ("،", ",")
            closed = text[following.span.end : following.span.end + 2].strip()[:1] in ("،", ",", ".", "")
            if parted and closed and len(self.shapes[n].words) > 1:
                self.mentions[n] = replace(mention, name=following.name, generic=False)

    def offices(self) -> None:
        """A definite office without a name stands for the person whose role fits it."""
        holders = [n for n, mention in enumerate(self.mentions) if mention.kind == "person" and self.shapes[n].role]
        for n, mention in enumerate(self.mentions):
            if mention.kind == "person" and mention.generic and self.shapes[n].definite:
                told = len(self.shapes[n].words) > 1
                holder = self._nearest(n, [k for k in holders if self._fits(n, k)], forward=told)
                if holder is not None:
                    self.mentions[n] = replace(mention, name=self.mentions[holder].name, generic=False)

    def _fits(self, n: int, holder: int) -> bool:
        """Whether the office of mention `n` has the head of the holder's role and says nothing else of him."""
        office, role = self.shapes[n], self.shapes[holder]
        if office.head != role.role[0] and not (office.any_office and holder < n):
            return False
        if office.countries and role.countries and not office.countries & role.countries:
            return False
        rest = set(office.words[1:]) - role.country_words - office.country_words
        return rest <= set(role.role)

    def groups(self) -> None:
        """A definite phrase stands for the nearest that says the same and more ("الحركة", "وزارة العدل")."""
        heads: dict[str, list[int]] = defaultdict(list)
        for n, mention in enumerate(self.mentions):
            if (mention.kind == "group" or mention.generic) and len(self.shapes[n].words) > 1:
                heads[self.shapes[n].head].append(n)
        for n, mention in enumerate(self.mentions):
            if mention.kind == "place" or not mention.generic or not self.shapes[n].definite:
                continue
            full = self._nearest(n, [k for k in heads.get(self.shapes[n].head, ()) if self._says_more(n, k)])
            if full is not None:
                self.mentions[n] = replace(mention, name=self.mentions[full].name, generic=self.mentions[full].generic)

    def _says_more(self, n: int, other: int) -> bool:
        """Whether mention `other` has the words of `n` and more: any more after a lone noun, else a country."""
        short, long = self.shapes[n].words, self.shapes[other].words
        if len(long) <= len(short) or long[: len(short)] != short or self.mentions[n].kind != self.mentions[other].kind:
            return False
        if len(short) > 1 and not self.mentions[other].generic:
            return True
        return len(short) == 1 or set(long[len(short) :]) <= self.shapes[other].country_words

    def bare_spellings(self, text: str) -> None:
        """A name fused with ل is given as the article writes it elsewhere; what only wraps a named body falls away."""
        names = {
            shape.plain: mention.name
            for mention, shape in zip(self.mentions, self.shapes, strict=True)
            if mention.kind == "group" and not mention.generic
        }
        for n, mention in enumerate(self.mentions):
            shape = self.shapes[n]
            if shape.wrapped in names and mention.kind == "group" and mention.generic:
                self.mentions[n] = replace(mention, name=names[shape.wrapped])
            elif mention.name == mention.name_span.of(text) and mention.name.startswith("لل"):
                bare = "ال" + mention.name[2:]
                if bare in text:
                    self.mentions[n] = replace(mention, name=bare)

    def hashtags(self) -> None:
        """A name tied together as a hashtag is given as the article writes it elsewhere: "سالم_البحري"."""
        spaced: dict[str, str] = {}
        for mention, shape in zip(self.mentions, self.shapes, strict=True):
            if "_" not in mention.name and not mention.generic:
                spaced.setdefault(shape.plain, mention.name)
        for n, mention in enumerate(self.mentions):
            if "_" in mention.name:
                self.mentions[n] = replace(mention, name=spaced.get(plain(mention.name), mention.name))

    def _nearest(self, n: int, others: Sequence[int], *, forward: bool = False) -> int | None:
        """The last of `others` before mention `n`; in the title, or where none is before, the first after it.

        A generic phrase looks ahead only with `forward`: an office told with its country ("وزير الدفاع التركي") does.
        """
        before = [k for k in others if k < n]
        after = [k for k in others if k > n]
        in_title = self.mentions[n].span.start < self.title_end
        if before and not (in_title and after):
            return before[-1]
        return after[0] if after and (in_title or forward or not self.mentions[n].generic) else None
