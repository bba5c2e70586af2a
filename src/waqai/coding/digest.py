"""The digest: up to three sentences of the body that tell the article."""

from __future__ import annotations

from collections.abc import Sequence

from waqai.arabic import fold
from waqai.model import Event, Sentence, Span

LENGTH = 3
# A digest repeats nothing: a sentence that shares more than half its content words with one taken is passed over.
REPEATED = 0.5


def digest(sentences: Sequence[Sentence], events: Sequence[Event]) -> tuple[Span, ...]:
    """The spans of up to three sentences, in text order: the lead, then those with most acts and title words."""
    body = [sentence for sentence in sentences if sentence.part == "body" and len(sentence.words) > 3]
    title = {word for sentence in sentences if sentence.part == "title" for word in _content(sentence)}
    ranked = sorted(range(len(body)), key=lambda n: (-_score(n, body[n], title, events), n))
    taken: list[int] = []
    for n in ranked:
        words = _content(body[n])
        if any(
            len(words & _content(body[m])) > REPEATED * min(len(words), len(_content(body[m]))) for m in taken if words
        ):
            continue
        taken.append(n)
        if len(taken) == LENGTH:
            break
    return tuple(body[n].span for n in sorted(taken))


def _score(position: int, sentence: Sentence, title: set[str], events: Sequence[Event]) -> float:
    acts = sum(event.confidence for event in events if event.evidence_span == sentence.span)
    shared = len(title & _content(sentence)) / (len(title) or 1)
    lead = 2.0 if position == 0 else 1.0 / (1 + position)
    return lead + shared + 0.5 * min(acts, 2.0)


def _content(sentence: Sentence) -> set[str]:
    return {fold(word.form) for word in sentence.words if word.pos in ("NOUN", "VERB", "PROPN", "ADJ", "NUM")}
