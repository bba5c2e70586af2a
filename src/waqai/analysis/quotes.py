"""Quotes: who said what, by which word.

Cues come from data/speech: reporting verbs and participles, nouns with a pronoun ("قوله"), source phrases ("بحسب").
What is said follows the cue: after a colon, between quotation marks, after أن or إن up to the sentence's end, or, for a
source phrase, what stands before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waqai.arabic import fold
from waqai.model import Mention, Parse, Quote, Sentence, Span, Word
from waqai.resources import Library

_PAIRS = {"«": "»", "“": "”", "„": "”", '"': '"', "”": "”"}
# Shorter ones are scare quotes or titles: the coding guide wants a clause or more.
CLAUSE_WORDS = 4
# How far what is said may begin after its cue, in words: a speaker with office and name stands between.
REACH = 45
_TRIM = " \u00a0،,؛;:.-–\"«»“”'"


@dataclass(frozen=True, slots=True)
class _Cue:
    """A reporting word at [index, last) of its sentence."""

    index: int
    last: int
    kind: str  # verb, participle, noun, attribution
    speaker: str
    bare: bool


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
        self._attributions: dict[str, list[tuple[str, ...]]] = {}
        for row in library.rows("speech", "attribution"):
            for words in sorted(row["words"], key=lambda words: -len(words.split())):
                phrase = tuple(fold(words).split())
                self._attributions.setdefault(phrase[0], []).append(phrase)

    def find(
        self, text: str, sentences: Sequence[Sentence], parses: Sequence[Parse], mentions: Sequence[Mention]
    ) -> tuple[Quote, ...]:
        """The quotes in text order; their spans do not include quotation marks."""
        marks = _quotations(text)
        found: list[Quote] = []
        speaker: tuple[str, Span | None] = ("", None)
        for sentence, parse in zip(sentences, parses, strict=True):
            if sentence.part == "title":
                found.extend(_headline(text, sentence, parse, mentions))
                continue
            cues = list(self._cues(sentence))
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
                content = self._content(text, cue, limit, sentence, parse, marks)
                if who is None or not who[0]:
                    continue
                if cue.kind == "verb" or content is not None:
                    speaker, spoken = who, True
                if content is None:
                    continue
                span, kind = content
                cue_span = Span(words[0].span.start, words[-1].span.end)
                shown = " ".join(word.form for word in words)
                found.append(Quote(span, who[0], who[1], shown, cue_span, kind))
                covered = max(covered, span.end)
        return _settled(found)

    def _cues(self, sentence: Sentence) -> Iterator[_Cue]:
        words = sentence.words
        index = 0
        while index < len(words):
            cue = self._cue(index, words)
            if cue is not None:
                yield cue
                index = cue.last
            else:
                index += 1

    def _cue(self, index: int, words: Sequence[Word]) -> _Cue | None:
        word, folded = words[index], fold(words[index].form)
        if word.pos == "PUNCT":
            return None
        for phrase in self._attributions.get(_unfused(word), ()):
            length = _matches(phrase, index, words)
            if length:
                return _Cue(index, index + length, "attribution", "", False)
        if word.pos == "VERB":
            for reading in word.readings[:1]:
                known = self._verbs.get(fold(reading.lemma))
                if known:
                    return _Cue(index, index + 1, "verb", *known)
            return None
        if word.enclitic and folded in self._nouns:
            return _Cue(index, index + 1, "noun", "before", False)
        known = self._participles.get(folded)
        if known and not word.definite and (folded.endswith(("ا", "ه", "ين")) or word.pos == "ADJ"):
            return _Cue(index, index + 1, "participle", *known)
        return None

    # --- what is said ---

    def _content(
        self, text: str, cue: _Cue, later: int, sentence: Sentence, parse: Parse, marks: Sequence[Span]
    ) -> tuple[Span, str] | None:
        if cue.kind == "attribution":
            return _attributed(text, cue, sentence, marks)
        words = sentence.words
        for index in range(cue.last, min(len(words), cue.last + REACH)):
            word = words[index]
            unit = parse.units[parse.unit_at[index]]
            if index >= later and word.pos == "VERB":
                break
            opening = next((mark for mark in marks if mark.start - 1 == word.span.start), None)
            if opening is not None:
                if _wordy(text, opening):
                    return opening, "direct"
                continue
            if unit.kind == "colon" and index - cue.last < 30:
                return _after(text, words[index].span.end, sentence, marks, "direct")
            if unit.kind == "link" and unit.link == "complement" and index == unit.first:
                after = words[unit.last - 1].span.end
                end = words[later].span.start if index < later < len(words) else sentence.span.end
                kept = word.span.start if word.enclitic and "ب" not in word.proclitics else after
                return _after(text, kept, sentence, marks, "", _end(sentence, end), after)
        if cue.bare:
            return _bare(text, cue, later, sentence, parse, marks)
        return None

    def _speaker(
        self, text: str, cue: _Cue, sentence: Sentence, parse: Parse, mentions: Sequence[Mention]
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
        if cue.kind == "participle":
            # "مضيفا" goes on with whoever spoke; where nobody has, its subject is that of the main verb.
            clause = next((c for c in parse.clauses if c.verb < own and c.subject is not None), None)
        else:
            clause = next((c for c in parse.clauses if c.verb == own), None)
        if clause is None or clause.subject is None or clause.inherited:
            return None
        return _named(text, clause.subject, sentence, parse, mentions)


def _breaks(cue: _Cue, sentence: Sentence) -> bool:
    """Whether a cue starts a statement of its own rather than standing inside what somebody says."""
    words = sentence.words
    after_comma = cue.index > 0 and words[cue.index - 1].pos == "PUNCT"
    conjunct = bool({"و", "ف"} & set(words[cue.index].proclitics))
    if cue.kind == "verb":
        return conjunct
    return after_comma or conjunct or cue.kind == "attribution"


def _impersonal(cue: _Cue, sentence: Sentence) -> bool:
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


def _quotations(text: str) -> list[Span]:
    """The stretches between quotation marks, without the marks; none crosses a paragraph's end."""
    found: list[Span] = []
    start = -1
    closing = ""
    for offset, letter in enumerate(text):
        if letter == "\n":
            start = -1
        elif start >= 0 and letter == closing:
            found.append(Span(start, offset))
            start = -1
        elif start < 0 and letter in _PAIRS:
            start, closing = offset + 1, _PAIRS[letter]
    return found


def _wordy(text: str, span: Span) -> bool:
    return len(span.of(text).split()) >= CLAUSE_WORDS


def _after(
    text: str,
    start: int,
    sentence: Sentence,
    marks: Sequence[Span],
    kind: str,
    end: int | None = None,
    opening: int | None = None,
) -> tuple[Span, str] | None:
    """What is said from `start` on: the quotation that opens at `opening`, or the words up to `end`."""
    end = _end(sentence, sentence.span.end) if end is None else end
    opening = start if opening is None else opening
    for mark in marks:
        if mark.start >= opening and not text[opening : mark.start - 1].strip(_TRIM):
            if _wordy(text, mark):
                return mark, "direct"
            break
    span = _trimmed(text, Span(start, end))
    if span is None or len(span.of(text).split()) < 2:
        return None
    mixed = any(span.holds(mark) for mark in marks)
    return span, kind or ("mixed" if mixed else "indirect")


def _bare(
    text: str, cue: _Cue, later: int, sentence: Sentence, parse: Parse, marks: Sequence[Span]
) -> tuple[Span, str] | None:
    """What is announced as a noun: "أعلن الجيش السيطرة على البلدة", "شدد على ضرورة الحوار"."""
    clause = next((c for c in parse.clauses if c.verb == parse.unit_at[cue.index]), None)
    start: int | None = None
    if clause is not None:
        said = [n for n in clause.objects if parse.units[n].mention is None]
        said += [n for n in clause.obliques if fold(parse.units[n].preposition) in (fold("على"), fold("عن"))]
        if said:
            start = sentence.words[parse.units[min(said)].first].span.start
    elif cue.kind == "participle":
        number = parse.unit_at[cue.index] + 1
        while number < len(parse.units) and parse.units[number].kind == "particle":
            number += 1
        if number < len(parse.units) and parse.units[number].kind == "np":
            start = sentence.words[parse.units[number].first].span.start
    if start is None:
        return None
    limit = sentence.words[later].span.start if later < len(sentence.words) else sentence.span.end
    return _after(text, start, sentence, marks, "", _end(sentence, limit))


def _attributed(text: str, cue: _Cue, sentence: Sentence, marks: Sequence[Span]) -> tuple[Span, str] | None:
    """What a source phrase vouches for: all before it, or, where it opens the sentence, all after its comma."""
    words = sentence.words
    if cue.index <= 1:
        comma = next((w for w in words[cue.last :] if w.form in ("،", ",")), None)
        if comma is None:
            return None
        return _after(text, comma.span.end, sentence, marks, "")
    start, end = sentence.span.start, words[cue.index].span.start
    if set(words[0].proclitics) & {"و", "ف"} and text[start] in "وف":
        start += 1
    for mark in marks:
        if mark.end <= end and not text[mark.end + 1 : end].strip(_TRIM) and _wordy(text, mark):
            return mark, "direct"
    span = _trimmed(text, Span(start, end))
    if span is None or len(span.of(text).split()) < 3:
        return None
    return span, "mixed" if any(span.holds(mark) for mark in marks) else "indirect"


def _headline(text: str, sentence: Sentence, parse: Parse, mentions: Sequence[Mention]) -> Iterator[Quote]:
    """ "X: what X says" in a title."""
    colon = next((n for n, unit in enumerate(parse.units) if unit.kind == "colon"), None)
    if not colon or parse.units[0].kind != "np" or parse.units[0].mention is None or colon > 3:
        return
    mention = mentions[parse.units[0].mention]
    if mention.kind != "person":
        return
    span = _trimmed(text, Span(sentence.words[parse.units[colon].first].span.end, sentence.span.end))
    if span is not None and len(span.of(text).split()) >= 3:
        yield Quote(span, mention.name, mention.span, ":", sentence.words[parse.units[colon].first].span, "indirect")


def _named(
    text: str, number: int, sentence: Sentence, parse: Parse, mentions: Sequence[Mention]
) -> tuple[str, Span | None]:
    """The name a unit stands for: its mention's, else its own words with their genitives."""
    unit = parse.units[number]
    if unit.mention is not None:
        return mentions[unit.mention].name, mentions[unit.mention].span
    last = number
    while last + 1 < len(parse.units) and parse.units[last + 1].genitive_of == last:
        last += 1
    if last > number and parse.units[last].mention is not None:
        mention = mentions[parse.units[last].mention or 0]
        return mention.name, mention.span
    first, final = sentence.words[unit.first], sentence.words[parse.units[last].last - 1]
    span = Span(first.span.start + _clitics(text, first), final.span.end)
    return span.of(text), span


def _clitics(text: str, word: Word) -> int:
    """How many code points of the word are conjunctions and prepositions before it, where they are written plainly."""
    length = 0
    for clitic in word.proclitics:
        if clitic == "ال" or text[word.span.start + length] != clitic:
            break
        length += 1
    return length


def _end(sentence: Sentence, limit: int) -> int:
    return min(limit, sentence.span.end)


def _trimmed(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return Span(start, end) if end > start else None


def _settled(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes in text order, one for each stretch of text."""
    kept: list[Quote] = []
    for quote in sorted(quotes, key=lambda q: (q.span.start, -q.span.end)):
        if kept and kept[-1].span == quote.span:
            continue
        kept.append(quote)
    return tuple(kept)
