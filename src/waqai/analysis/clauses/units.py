"""Cuts a sentence into units: noun phrases, verbs, times, links, punctuation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from waqai.analysis.clauses.grammar import PRONOUNS, Grammar
from waqai.arabic import fold
from waqai.model import Mention, Sentence, Span, Timex, Unit, Word

_STOPS = {
    "،": "comma", ",": "comma", "؛": "stop", ";": "stop", ":": "colon",
    ".": "stop", "!": "stop", "؟": "stop", "?": "stop",
    "(": "open", "[": "open", ")": "close", "]": "close", "-": "comma", "–": "comma", "—": "comma", "…": "stop",
    '"': "quote", "«": "quote", "»": "quote", "“": "quote", "”": "quote", "„": "quote", "'": "quote",
}  # fmt: skip
_NOMINAL = {"NOUN", "PROPN", "ADJ", "NUM", "PRON", "X", "ADV"}
_CONJUNCTIONS = {"و", "ف"}
_FUSED = {"ب", "ل", "ك"}


@dataclass(slots=True)
class _State:
    """What the words read so far hand on to the next unit."""

    preposition: str = ""
    conjunct: bool = False


class UnitBuilder:
    """Builds the units of one sentence, left to right in reading order."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def build(self, sentence: Sentence, mentions: Sequence[Mention], times: Sequence[Timex]) -> list[Unit]:
        """The units of `sentence`, covering every word once, in order."""
        words = sentence.words
        if not words:
            return []
        folded = [fold(word.form) for word in words]
        mention_at = _islands(words, sentence.span, [_standing(mention) for mention in mentions])
        time_at = _islands(words, sentence.span, [time.span for time in times])
        units: list[Unit] = []
        state = _State()
        index = 0
        while index < len(words):
            unit = self._next(index, words, folded, mention_at, time_at, state)
            if unit.kind == "comma" and units and units[-1].kind == "close" and words[index].form not in "،,":
                unit = replace(unit, kind="stop")  # the dash that ends a dateline
            if unit.mention is not None and _whole(mentions[unit.mention], words[index]):
                unit = replace(unit, preposition=state.preposition)
            units.append(self._hung(unit, units, words, mentions))
            if unit.kind not in ("particle",):
                state = _State()
            elif unit.preposition or unit.conjunct:
                state = _State(unit.preposition, unit.conjunct)
            index = unit.last
        return units

    def _next(
        self,
        index: int,
        words: Sequence[Word],
        folded: Sequence[str],
        mention_at: dict[int, tuple[int, int]],
        time_at: dict[int, tuple[int, int]],
        state: _State,
    ) -> Unit:
        word = words[index]
        if word.pos == "PUNCT":
            return Unit(_STOPS.get(word.form[:1] or "", "comma"), index, index + 1, index)
        conjunct = state.conjunct or bool(_CONJUNCTIONS & set(word.proclitics))
        if index in time_at:
            return Unit("time", index, time_at[index][1], index, state.preposition, conjunct)
        if index in mention_at:
            number, last = mention_at[index]
            preposition = state.preposition or _fused(word)
            return Unit("np", index, last, index, preposition, conjunct, mention=number)
        link = self._match(self._grammar.links, self._grammar.longest_link, index, folded)
        if link and word.pos not in ("VERB", "NOUN"):
            kind, length = link
            return Unit("link", index, index + length, index, link=kind, conjunct=conjunct, pronoun=_pronoun(word))
        return self._plain(index, words, folded, state, conjunct, set(mention_at) | set(time_at))

    def _plain(
        self,
        index: int,
        words: Sequence[Word],
        folded: Sequence[str],
        state: _State,
        conjunct: bool,
        taken: set[int],
    ) -> Unit:
        word = words[index]
        preposition = self._match(self._grammar.prepositions, self._grammar.longest_preposition, index, folded)
        if preposition and word.pos != "VERB" and not word.definite:
            name, length = preposition
            name = name or _fused(word)  # "لكل من": the phrase stands after what is fused to its first word
            pronoun = _pronoun(words[index + length - 1])
            if pronoun:
                return Unit("np", index, index + length, index, name, conjunct, pronoun=pronoun)
            return Unit("particle", index, index + length, index, name, conjunct)
        if word.pos == "ADP":
            pronoun = _pronoun(word)
            if pronoun:
                return Unit("np", index, index + 1, index, word.form, conjunct, pronoun=pronoun)
            return Unit("particle", index, index + 1, index, word.form, conjunct)
        if word.pos == "VERB":
            return Unit("verb", index, index + 1, index, conjunct=conjunct)
        if word.pos in _NOMINAL:
            last = _with_adjectives(index, words, taken)
            return Unit("np", index, last, index, state.preposition or _fused(word), conjunct)
        # A particle hands the preposition before it on: "من دون", "في هذا الاجتماع".
        return Unit("particle", index, index + 1, index, state.preposition, conjunct)

    def _hung(self, unit: Unit, before: Sequence[Unit], words: Sequence[Word], mentions: Sequence[Mention]) -> Unit:
        """`unit` with its `genitive_of`, where it is the second part of an idafa."""
        if unit.kind != "np" or unit.preposition or not before:
            return unit
        host = len(before) - 1
        # A demonstrative, a hash or a quotation mark may stand between: "زيارة هذا الوفد".
        while host and before[host].kind in ("particle", "quote") and not _governs(before[host]):
            host -= 1
        construct = before[host]
        if construct.kind != "np" or construct.pronoun:
            return unit
        if unit.conjunct:
            return unit
        if construct.mention is not None and not mentions[construct.mention].generic:
            return unit
        last = words[construct.last - 1]
        head = words[construct.head]
        open_ended = not last.definite and not last.enclitic and not head.definite and not head.enclitic
        # A sound plural keeps its ن only where nothing follows it; a number behind a group begins another phrase.
        closed = last.form.endswith("ون") or (words[unit.head].pos == "NUM" and construct.mention is not None)
        if open_ended and not closed and last.pos in ("NOUN", "NUM", "X", "ADJ", "PROPN") and not _tanwin(last):
            return replace(unit, genitive_of=host)
        # "الاجتماع الوزاري" is closed, but "زيارة الوزير الرسمية" leaves its head open for nothing more.
        return unit

    def _match(
        self, table: dict[tuple[str, ...], str], longest: int, index: int, folded: Sequence[str]
    ) -> tuple[str, int] | None:
        for length in range(min(longest, len(folded) - index), 0, -1):
            found = table.get(tuple(folded[index : index + length]))
            if found is not None:
                return found, length
        return None


def _standing(mention: Mention) -> Span:
    """The span of a mention as an island; an adjective of a state ("دعوة أميركية") stays in its noun's phrase."""
    return Span(0, 0) if mention.kind == "place" and mention.generic else mention.span


def _whole(mention: Mention, word: Word) -> bool:
    """Whether a person's name begins with the word's first letter, which is then no preposition ("بسام")."""
    return mention.kind == "person" and mention.span.start == word.span.start


def _governs(unit: Unit) -> bool:
    return bool(unit.preposition or unit.conjunct)


def _islands(words: Sequence[Word], sentence: Span, spans: Sequence[Span]) -> dict[int, tuple[int, int]]:
    """First word index of each span inside the sentence -> (number of the span, index after its last word)."""
    found: dict[int, tuple[int, int]] = {}
    cursor = 0
    for number, span in enumerate(spans):
        if span.end <= sentence.start or span.start >= sentence.end:
            continue
        while cursor < len(words) and words[cursor].span.end <= span.start:
            cursor += 1
        last = cursor
        while last < len(words) and words[last].span.start < span.end:
            last += 1
        if last > cursor and cursor not in found:
            found[cursor] = (number, last)
            cursor = last
    return found


def _with_adjectives(index: int, words: Sequence[Word], taken: set[int]) -> int:
    """The index after the adjectives that follow the noun at `index`."""
    last = index + 1
    while last < len(words) and last not in taken:
        word = words[last]
        fused = set(word.proclitics) - {"ال"}
        if word.pos != "ADJ" or fused or (words[index].enclitic and not word.definite):
            break
        last += 1
    return last


def _fused(word: Word) -> str:
    return next((clitic for clitic in word.proclitics if clitic in _FUSED), "")


def _pronoun(word: Word) -> str:
    return PRONOUNS.get(word.enclitic, "")


def _tanwin(word: Word) -> bool:
    return word.form.endswith("ا") and word.pos == "ADJ"
