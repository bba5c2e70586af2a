"""Proper names of people, groups and places: rows of the actor tables, and what a trained tagger finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from waqai.analysis.cases import accusative
from waqai.analysis.names.features import Features, Lists, normal
from waqai.analysis.names.tables import QUOTES, Entity, Names
from waqai.analysis.names.tagger import SHORTEST_SURNAME, Tagger
from waqai.analysis.particles import after_letters, cuts, loose_letters
from waqai.arabic import fold
from waqai.model import Mention, Sentence, Span, Word
from waqai.resources import Library

__all__ = ["NameFinder"]

_KINDS = {"PERS": "person", "LOC": "place", "ORG": "group"}
_PERSONAL = frozenset("pqrmu")  # lists of people's names, see train/names.py
_GIVEN = frozenset("pq")  # lists of the commoner given names
_NO_END = frozenset({"ADP", "CONJ"})
_HYPHENS = frozenset("-‐‑–")
_NO_NAME = frozenset({"ADP", "CONJ", "PRON", "PART", "DET", "NUM", "ADV"})
_PAIRS = {"«": "»", "“": "”", '"': '"', "‘": "’", "'": "'"}


class NameFinder:
    """Finds bare proper names.

    `library` gives the actor tables and the models `names.crfsuite`, `names-clusters.txt`, `names-gazetteer.txt`.
    """

    def __init__(self, library: Library) -> None:
        self._lists = Lists(library.model("names-clusters.txt"), library.model("names-gazetteer.txt"))
        self._tagger = Tagger(library.model("names.crfsuite"), Features(self._lists))
        self._tables = Names(library)
        self._demonyms = {fold(form) for row in library.rows("actors", "country") for form in row.get("adjective", ())}

    def find(self, text: str, sentences: tuple[Sentence, ...]) -> tuple[Mention, ...]:
        """Mentions of kind person, group, place in order of appearance; none overlap, none is generic.

        A span leaves out particles written onto the first word where they can be cut off ("وباريس" is باريس,
        "للجيش" stays whole); # and quotation marks inside a name stay in it.
        """
        folded = [[fold(word.span.of(text)) for word in sentence.words] for sentence in sentences]
        found = [
            self._joined(
                s.words, f, _longest(_parted(s.words, list(self._tables.find(s.words, f)), self._tagged(s.words, f)))
            )
            for s, f in zip(sentences, folded, strict=True)
        ]
        surnames = frozenset(name for name in _surnames(found, folded) if self._fit_alone(name))
        mentions: list[Mention] = []
        for sentence, forms, entities in zip(sentences, folded, found, strict=True):
            alone = self._alone(sentence.words, forms, entities, surnames)
            for entity in sorted([*entities, *alone]):
                span = _span(text, sentence.words, entity)
                mentions.append(Mention(span, entity.kind, span.of(text), span))
        return tuple(mentions)

    def _tagged(self, words: Sequence[Word], folded: Sequence[str]) -> list[Entity]:
        """Entities of the tagger, their first word freed of particles."""
        places = [n for n, form in enumerate(folded) if form]
        labels = self._tagger.tag([normal(folded[n]) for n in places])
        found: list[Entity] = []
        for n, label in zip(places, labels, strict=True):
            if label[2:] not in _KINDS:  # MISC is learnt to be told from names, and not given
                continue
            goes_on = label.startswith("I-") and found and found[-1].kind == _KINDS[label[2:]]
            if goes_on and not any(folded[found[-1].last : n]):
                found[-1] = found[-1]._replace(last=n + 1)
            elif folded[n] not in QUOTES:
                found.append(Entity(n, n + 1, self._cut(words[n], folded[n]), _KINDS[label[2:]]))
        found = [self._with_given(words, folded, _trimmed(words, entity)) for entity in found]
        return [entity for entity in found if self._is_name(words, folded, entity)]

    def _with_given(self, words: Sequence[Word], folded: Sequence[str], entity: Entity) -> Entity:
        """A lone surname with the given name before it that the tagger left out: "هالة" before "الزيدي"."""
        at = entity.first - 1
        if entity.kind != "person" or entity.last - entity.first > 1 or at < 0 or loose_letters(words[entity.first]):
            return entity
        word = words[at]
        given = _GIVEN & set(self._lists.labels.get(folded[at], ""))
        if not given or word.pos not in ("NOUN", "PROPN", "X", "ADJ") or word.proclitics or word.enclitic:
            return entity
        return entity._replace(first=at, cut=0)

    def _joined(self, words: Sequence[Word], folded: Sequence[str], entities: list[Entity]) -> list[Entity]:
        """Entities with people whose names touch made one, and people's names drawn on over a proper noun."""
        joined: list[Entity] = []
        starts = {entity.first for entity in entities}
        for entity in entities:
            before = joined[-1] if joined else None
            touches = before and before.last == entity.first and not _parted_tags(words, entity.first)
            touches = touches and not entity.cut and not loose_letters(words[entity.first])
            if before and touches and before.kind == entity.kind == "person" and not (before.known and entity.known):
                joined[-1] = entity = before._replace(last=entity.last)
            else:
                joined.append(entity)
            last = entity.last
            if entity.kind == "person" and _hyphened(words, last):
                joined[-1] = entity = entity._replace(last=last + 2)
                last += 2
            if entity.known or entity.kind != "person" or last >= len(words) or last in starts:
                continue
            if self._goes_on(words[last], folded[last]):
                joined[-1] = entity._replace(last=last + 1, known=False)
        return joined

    def _goes_on(self, word: Word, folded: str) -> bool:
        """Whether a word after a person's name belongs to it: a proper noun that is no common word and no demonym."""
        if word.pos != "PROPN" or loose_letters(word) or word.enclitic or self._demonym(word):
            return False
        return folded in self._lists.labels or (word.definite and folded not in self._lists.cluster)

    def _cut(self, word: Word, folded: str) -> int:
        """How many letters of a name's first word are particles."""
        loose = loose_letters(word)
        host = folded[loose:]
        if loose and folded in self._lists.labels and host not in self._lists.labels:
            return 0
        return loose

    def _is_name(self, words: Sequence[Word], folded: Sequence[str], entity: Entity) -> bool:
        if entity.last - entity.first > 1:
            return any(form.isalpha() for form in folded[entity.first : entity.last])
        word = words[entity.first]
        form = fold(word.form)
        return (
            word.pos not in _NO_NAME
            and word.pos != "VERB"
            and folded[entity.first].isalpha()
            and len(form) > 1
            and not self._demonym(word)
        )

    def _demonym(self, word: Word) -> bool:
        form = fold(word.form)
        return form in self._demonyms or (form.endswith("ه") and form[:-1] in self._demonyms)

    def _fit_alone(self, surname: str) -> bool:
        """Whether a surname is a name wherever it stands: in a list of names, or no word of the news."""
        host = surname[2:] if surname.startswith("ال") else surname
        labels = self._lists.labels.get(surname, "") + self._lists.labels.get(host, "")
        return bool(set(labels) & _PERSONAL) or surname not in self._lists.cluster

    def _alone(
        self, words: Sequence[Word], folded: Sequence[str], entities: Iterable[Entity], surnames: frozenset[str]
    ) -> list[Entity]:
        """Bare surnames of the article's people where nothing was found."""
        if not surnames:
            return []
        taken = {n for entity in entities for n in range(entity.first, entity.last)}
        found = []
        for n, form in enumerate(folded):
            if n in taken or words[n].pos in _NO_NAME:
                continue
            for cut, host in cuts(form):
                if host not in surnames or self._demonym(words[n]):
                    continue
                if cut <= max(loose_letters(words[n]), cut if len(host) > 3 else 0):
                    found.append(Entity(n, n + 1, cut, "person"))
                    break
        return found


def _trimmed(words: Sequence[Word], entity: Entity) -> Entity:
    """The entity without prepositions, conjunctions and verbs the tagger took in at its ends."""
    first, last = entity.first, entity.last
    while last - 1 > first and words[last - 1].pos in _NO_END:
        last -= 1
    while first < last - 1 and words[first].pos in _NO_END:
        first += 1
    if entity.kind == "group":
        last = next((n for n in range(first + 1, last) if _alien(words, n)), last)
    if first == entity.first:
        return entity._replace(last=last)
    return entity._replace(first=first, last=last, cut=loose_letters(words[first]))


def _alien(words: Sequence[Word], n: int) -> bool:
    """Whether word `n` cannot go on the name of a body: a verb, a link, a noun with ب, an object."""
    word = words[n]
    if word.pos in ("VERB", "CONJ") or word.proclitics[:1] == ("ب",) or accusative(word, alif_only=True):
        return True
    return _closed(words, n) and not word.form.endswith(("ين", "ون"))


def _parted(words: Sequence[Word], known: list[Entity], tagged: list[Entity]) -> list[Entity]:
    """Both, but of tagged ones that run on from a known name over "and", from a person to a
    body, or from a body to a noun that no longer belongs to it, the known one."""
    ends = {(entity.first, entity.last) for entity in known}
    people = {entity.first for entity in known if entity.kind == "person"}

    def runs_on(entity: Entity) -> bool:
        if entity.first in people and entity.kind != "person":
            return True
        inside = [n for n in range(entity.first + 1, entity.last) if (entity.first, n) in ends]
        return any("و" in words[n].proclitics or (_closed(words, n) and entity.kind == "group") for n in inside)

    return [*known, *(entity for entity in tagged if not runs_on(entity))]


def _closed(words: Sequence[Word], n: int) -> bool:
    """Whether word `n` cannot go on a name before it: a noun with the article after another word with it."""
    return words[n].pos == "NOUN" and words[n].definite and words[n - 1].definite


def _parted_tags(words: Sequence[Word], n: int) -> bool:
    """Whether word `n` begins a hashtag of its own: blank and # part it from the word before."""
    return words[n].span.start - words[n - 1].span.end > 1


def _hyphened(words: Sequence[Word], last: int) -> bool:
    """Whether a name that ends before word `last` goes on after a hyphen with no blanks ("كيم يونغ-أون")."""
    if last + 1 >= len(words) or words[last].form not in _HYPHENS:
        return False
    return words[last - 1].span.end == words[last].span.start and words[last].span.end == words[last + 1].span.start


def _longest(entities: list[Entity]) -> list[Entity]:
    """Those that overlap no longer one; of equal ones the table's."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (e.first - e.last, not e.known, e.first)):
        if all(entity.last <= other.first or other.last <= entity.first for other in kept):
            kept.append(entity)
    return sorted(kept)


def _surnames(found: Iterable[Iterable[Entity]], folded: Sequence[Sequence[str]]) -> frozenset[str]:
    last: set[str] = set()
    for entities, forms in zip(found, folded, strict=True):
        for entity in entities:
            if entity.kind == "person" and entity.last - entity.first > 1:
                surname = forms[entity.last - 1]
                if len(surname) >= SHORTEST_SURNAME and surname.isalpha():
                    last.add(surname)
    return frozenset(last)


def _span(text: str, words: Sequence[Word], entity: Entity) -> Span:
    """The entity's stretch of `text`, with the quotation mark that closes one opened inside it."""
    start = after_letters(text, words[entity.first], entity.cut) if entity.cut else words[entity.first].span.start
    end = words[entity.last - 1].span.end
    after = text[end : end + 1]
    inside = text[start:end]
    for opening, closing in _PAIRS.items():
        opened, closed = inside.count(opening), inside.count(closing)
        if after == closing and (opened % 2 if closing == opening else closed < opened):
            return Span(start, end + 1)
    return Span(start, end)
