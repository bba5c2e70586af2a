"""The digest: up to three sentences of the body that tell the article, in about forty-five words."""

from __future__ import annotations

from collections.abc import Sequence

from waqai.arabic import fold
from waqai.model import Event, Sentence, Span

LENGTH = 3
# A digest is about twice as long as what outlets write themselves (21 words in the middle), unless one sentence is
# longer than that; bench/quality.py compares it with their abstracts, and longer digests told less for their length.
WORDS = 45
# A digest repeats nothing: a sentence that shares more than half its content words with one taken is passed over.
REPEATED = 0.5


def digest(sentences: Sequence[Sentence], events: Sequence[Event]) -> tuple[Span, ...]:
    """The spans of up to three sentences, in text order: the lead, then those with most acts and title words."""
    body = [sentence for sentence in sentences if sentence.part == "body" and len(sentence.words) > 3]
    title = {word for sentence in sentences if sentence.part == "title" for word in _content(sentence)}
    ranked = sorted(range(len(body)), key=lambda n: (-_score(n, body[n], title, events), n))
    taken: list[int] = []
    left = WORDS
    for n in ranked:
        if taken and _length(body[n]) > left:
            continue
        words = _content(body[n])
        if any(
            len(words & _content(body[m])) > REPEATED * min(len(words), len(_content(body[m]))) for m in taken if words
        ):
            continue
        taken.append(n)
        left -= _length(body[n])
        if len(taken) == LENGTH:
            break
    return tuple(body[n].span for n in sorted(taken))


def _score(position: int, sentence: Sentence, title: set[str], events: Sequence[Event]) -> float:
    acts = sum(event.confidence for event in events if event.evidence_span == sentence.span)
    shared = len(title & _content(sentence)) / (len(title) or 1)
    lead = 2.0 if position == 0 else 1.0 / (1 + position)
    return lead + shared + 0.5 * min(acts, 2.0)


def _length(sentence: Sentence) -> int:
    """How many words a reader reads."""
    return sum(word.pos != "PUNCT" for word in sentence.words)


def _content(sentence: Sentence) -> set[str]:
    return {fold(word.form) for word in sentence.words if word.pos in ("NOUN", "VERB", "PROPN", "ADJ", "NUM")}
