"""Quotes: who said what, by which word.

Cues come from data/speech: reporting verbs and participles, nouns with a pronoun ("قوله"), source phrases ("بحسب").
What is said follows the cue: after a colon, between quotation marks, after أن or إن up to the sentence's end, or, for a
source phrase, what stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waqai.analysis.quotes.said import (
    EDGES,
    Cue,
    bounded,
    quotations,
    said_after,
    said_bare,
    said_before,
    trimmed,
    wordy,
)
from waqai.arabic import fold
from waqai.model import Mention, Parse, Quote, Sentence, Span, Word
from waqai.resources import Library

# How far what is said may begin after its cue, in words: a speaker with office and name stands between.
REACH = 45


class QuoteFinder:
    """Finds the quotes of an article."""

    def __init__(self, library: Library) -> None:
        self._verbs: dict[str, tuple[str, bool]] = {}
        self._participles: dict[str, tuple[str, bool]] = {}
        self._nouns: set[str] = set()
        for row in library.rows("speech", "speech"):
            value = (row["speaker"], bool(row.get("bare", False)))
            self._verbs.update({fold(verb): value for verb in row.get("verb", ())})
            for participle in row.get("participle", ()):
                stem = fold(participle)
                for ending in ("", "ا", "ه", "ين", "ون", "ان", "ات", "يا", "يه"):
                    self._participles[stem + ending] = value
            self._nouns |= {fold(noun) for noun in row.get("noun", ())}
        self._documents = {fold(word) for row in library.rows("speech", "document") for word in row["words"]}
        self._attributions: dict[str, list[tuple[str, ...]]] = {}
        for row in library.rows("speech", "attribution"):
            for words in sorted(row["words"], key=lambda words: -len(words.split())):
                phrase = tuple(fold(words).split())
                self._attributions.setdefault(phrase[0], []).append(phrase)

    def find(
        self, text: str, sentences: Sequence[Sentence], parses: Sequence[Parse], mentions: Sequence[Mention]
    ) -> tuple[Quote, ...]:
        """The quotes in text order; their spans do not include quotation marks."""
        marks = quotations(text)
        found: list[Quote] = []
        speaker: tuple[str, Span | None] = ("", None)
        issuer: tuple[str, Span | None] | None = None
        for sentence, parse in zip(sentences, parses, strict=True):
            if sentence.part == "title":
                found.extend(_headline(text, sentence, parse, mentions))
                continue
            cues = list(self._cues(sentence))
            issuer = self._issuer(text, sentence, parse, mentions) or issuer
            spoken = False
            covered = sentence.span.start
            for number, cue in enumerate(cues):
                words = sentence.words[cue.index : cue.last]
                if words[0].span.start < covered and not _breaks(cue, sentence):
                    continue
                if cue.kind == "attribution" and spoken and covered > words[0].span.start:
                    continue
                limit = next((c.index for c in cues[number + 1 :] if _breaks(c, sentence)), len(sentence.words))
                who = None
                if not (spoken and cue.kind == "participle"):
                    who = self._speaker(text, cue, sentence, parse, mentions)
                if who is None and cue.kind != "attribution" and not _impersonal(cue, sentence):
                    who = speaker
                if who is not None and issuer is not None and self._is_document(who[0]):
                    who = issuer
                content = self._quoted(text, cue, limit, sentence, parse, marks)
                if who is None or not who[0]:
                    continue
                if cue.kind == "verb" or content is not None:
                    speaker, spoken = who, True
                if content is None:
                    continue
                span, kind = content
                cue_span = Span(words[0].span.start + _clitics(text, words[0]), words[-1].span.end)
                found.append(Quote(span, who[0], who[1], cue_span.of(text), cue_span, kind))
                covered = max(covered, span.end)
        return _settled(found)

    def _is_document(self, speaker: str) -> bool:
        """Whether the speaker is a text ("البيان"), which speaks for whoever issued it."""
        head = speaker.split(" ", 1)[0]
        return fold(head.removeprefix("ال")) in self._documents

    def _issuer(
        self, text: str, sentence: Sentence, parse: Parse, mentions: Sequence[Mention]
    ) -> tuple[str, Span | None] | None:
        """Whose statement the sentence names: "بيان الوزارة", "بيان للوزارة", "بيان صادر عن الوزارة"."""
        for number, unit in enumerate(parse.units):
            if unit.kind != "np" or fold(sentence.words[unit.head].form) not in self._documents:
                continue
            for behind in range(number + 1, min(len(parse.units), number + 5)):
                other = parse.units[behind]
                belongs = other.genitive_of == number or fold(other.preposition) in ("ل", "عن")
                if other.kind == "np" and other.mention is not None and belongs:
                    return _named(text, behind, sentence, parse, mentions)
                if other.kind in ("verb", "comma", "stop"):
                    break
        return None

    def _cues(self, sentence: Sentence) -> Iterator[Cue]:
        words = sentence.words
        index = 0
        while index < len(words):
            cue = self._cue(index, words)
            if cue is not None:
                yield cue
                index = cue.last
            else:
                index += 1

    def _cue(self, index: int, words: Sequence[Word]) -> Cue | None:
        word, folded = words[index], fold(words[index].form)
        if word.pos == "PUNCT":
            return None
        for phrase in self._attributions.get(_unfused(word), ()):
            length = _matches(phrase, index, words)
            if length:
                return Cue(index, index + length, "attribution", "", False)
        if word.pos == "VERB":
            for reading in word.readings[:1]:
                known = self._verbs.get(fold(reading.lemma))
                if known:
                    return Cue(index, index + 1, "verb", *known)
            return None
        if word.enclitic and folded in self._nouns:
            return Cue(index, index + 1, "noun", "before", False)
        known = self._participles.get(folded)
        if known and not word.definite and (folded.endswith(("ا", "ه", "ين")) or word.pos == "ADJ"):
            return Cue(index, index + 1, "participle", *known)
        return None

    # --- what is said ---

    def _quoted(
        self, text: str, cue: Cue, later: int, sentence: Sentence, parse: Parse, marks: Sequence[Span]
    ) -> tuple[Span, str] | None:
        """What is said, without blanks and quotation marks at its ends, and the kind of quote."""
        content = self._content(text, cue, later, sentence, parse, marks)
        span = trimmed(text, content[0], EDGES) if content is not None else None
        return (span, content[1]) if content is not None and span is not None else None

    def _content(
        self, text: str, cue: Cue, later: int, sentence: Sentence, parse: Parse, marks: Sequence[Span]
    ) -> tuple[Span, str] | None:
        if cue.kind == "attribution":
            return said_before(text, cue, sentence, marks)
        words = sentence.words
        for index in range(cue.last, min(len(words), cue.last + REACH)):
            word = words[index]
            unit = parse.units[parse.unit_at[index]]
            if index >= later and word.pos == "VERB":
                break
            opening = next((mark for mark in marks if mark.start - 1 == word.span.start), None)
            if opening is not None:
                if wordy(text, opening):
                    return opening, "direct"
                continue
            if unit.kind == "colon" and index - cue.last < 30:
                return said_after(text, words[index].span.end, sentence, marks, "direct")
            if unit.kind == "link" and unit.link == "complement" and index == unit.first:
                after = words[unit.last - 1].span.end
                end = words[later].span.start if index < later < len(words) else sentence.span.end
                kept = word.span.start if word.enclitic and "ب" not in word.proclitics else after
                return said_after(text, kept, sentence, marks, "", bounded(sentence, end), after)
        if cue.bare:
            return said_bare(text, cue, later, sentence, parse, marks)
        return None

    def _speaker(
        self, text: str, cue: Cue, sentence: Sentence, parse: Parse, mentions: Sequence[Mention]
    ) -> tuple[str, Span | None] | None:
        units = parse.units
        own = parse.unit_at[cue.index]
        if cue.kind == "attribution":
            number = next((n for n in range(own, len(units)) if units[n].first >= cue.last), None)
            while number is not None and number < len(units) and units[number].kind in ("quote", "particle", "verb"):
                number += 1
            if number is None or number >= len(units) or units[number].kind != "np":
                return None
            return _named(text, number, sentence, parse, mentions)
        if cue.speaker not in ("subject", "before"):
            for number in range(own + 1, len(units)):
                if units[number].kind == "np" and fold(units[number].preposition) == fold(cue.speaker):
                    return _named(text, number, sentence, parse, mentions)
        if cue.kind == "noun":
            for number in range(own - 1, -1, -1):
                if units[number].mention is not None and mentions[units[number].mention or 0].kind != "place":
                    return _named(text, number, sentence, parse, mentions)
            return None
        subject = _subject(cue, own, sentence, parse)
        if subject is None:
            return None
        return _named(text, subject, sentence, parse, mentions)


def _subject(cue: Cue, own: int, sentence: Sentence, parse: Parse) -> int | None:
    """The unit that is subject of a cue's verb or, for "مضيفا", of the main verb before it; None where unsaid."""
    if cue.kind == "participle":
        clause = next((c for c in parse.clauses if c.verb < own and c.subject is not None), None)
    else:
        clause = next((c for c in parse.clauses if c.verb == own), None)
    if clause is None or clause.subject is None or clause.inherited:
        return None
    unit = parse.units[clause.subject]
    head = sentence.words[unit.head]
    if unit.mention is None and (head.form.endswith("ا") or head.pos in ("ADV", "PRON")):
        return None  # "ومضى قائلا": an accusative is no subject
    return clause.subject


def _breaks(cue: Cue, sentence: Sentence) -> bool:
    """Whether a cue starts a statement of its own rather than standing inside what somebody says."""
    words = sentence.words
    after_comma = cue.index > 0 and words[cue.index - 1].pos == "PUNCT"
    conjunct = bool({"و", "ف"} & set(words[cue.index].proclitics))
    if cue.kind == "verb":
        return conjunct
    return after_comma or conjunct or cue.kind == "attribution"


def _impersonal(cue: Cue, sentence: Sentence) -> bool:
    """ "يذكر أن" and its like at the head of a sentence: nobody says it."""
    word = sentence.words[cue.index]
    if cue.kind != "verb" or cue.index > 1 or not word.readings:
        return False
    reading = word.readings[0]
    return reading.aspect == "imperfect" and "p" in reading.voices and reading.agreement == "3ms"


def _unfused(word: Word) -> str:
    """The folded word with the preposition fused to it but without conjunction and article: "وبحسب" is "بحسب"."""
    return fold("".join(clitic for clitic in word.proclitics if clitic not in ("و", "ف", "ال")) + word.form)


def _matches(phrase: tuple[str, ...], index: int, words: Sequence[Word]) -> int:
    """How many words of the sentence the phrase takes at `index`; its last part may be a proclitic ("وفقا ل")."""
    for n, part in enumerate(phrase):
        if index + n >= len(words):
            return 0
        word = words[index + n]
        if part in (_unfused(word), fold(word.form)):
            continue
        if n and n == len(phrase) - 1 and len(part) == 1 and part in word.proclitics:
            return n
        return 0
    return len(phrase)


def _headline(text: str, sentence: Sentence, parse: Parse, mentions: Sequence[Mention]) -> Iterator[Quote]:
    """ "X: what X says" in a title."""
    colon = next((n for n, unit in enumerate(parse.units) if unit.kind == "colon"), None)
    if not colon or parse.units[0].kind != "np" or parse.units[0].mention is None or colon > 3:
        return
    mention = mentions[parse.units[0].mention]
    if mention.kind != "person":
        return
    span = trimmed(text, Span(sentence.words[parse.units[colon].first].span.end, sentence.span.end))
    if span is not None and len(span.of(text).split()) >= 3:
        yield Quote(span, *_written(text, mention), ":", sentence.words[parse.units[colon].first].span, "indirect")


def _named(
    text: str, number: int, sentence: Sentence, parse: Parse, mentions: Sequence[Mention]
) -> tuple[str, Span | None]:
    """The name a unit stands for: its mention's, else its own words with their genitives."""
    unit = parse.units[number]
    if unit.mention is not None:
        return _written(text, mentions[unit.mention])
    last = number
    while last + 1 < len(parse.units) and parse.units[last + 1].genitive_of == last:
        last += 1
    if last > number and parse.units[last].mention is not None:
        return _written(text, mentions[parse.units[last].mention or 0])
    first, final = sentence.words[unit.first], sentence.words[parse.units[last].last - 1]
    span = Span(first.span.start + _clitics(text, first), final.span.end)
    return span.of(text), span


def _written(text: str, mention: Mention) -> tuple[str, Span]:
    """The speaker's fullest name, and where the article writes it so."""
    here = mention.name_span
    if here.of(text) == mention.name:
        return mention.name, here
    start = text.find(mention.name)
    return (mention.name, Span(start, start + len(mention.name))) if start >= 0 else (here.of(text), here)


def _clitics(text: str, word: Word) -> int:
    """How many code points of the word are conjunctions and prepositions before it, where they are written plainly."""
    length = 0
    for clitic in word.proclitics:
        if clitic == "ال" or text[word.span.start + length] != clitic:
            break
        length += 1
    return length


def _settled(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes in text order, one for each stretch of text."""
    kept: list[Quote] = []
    for quote in sorted(quotes, key=lambda q: (q.span.start, -q.span.end)):
        if kept and kept[-1].span == quote.span:
            continue
        kept.append(quote)
    return tuple(kept)
