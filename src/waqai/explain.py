"""What was seen in one sentence, layer by layer: words, mentions, times, units, clauses, rows tried, acts and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waqai.analysis.analyser import Analyser
from waqai.coding.coder import Coder
from waqai.coding.confidence import FLOOR
from waqai.coding.frames import FrameFinder
from waqai.model import Analysis, Article, Draft, Parse, Sentence
from waqai.resources import Library


class Explainer:
    """Explains sentences; loads tables and models once."""

    def __init__(self, library: Library) -> None:
        self._analyser, self._coder = Analyser(library), Coder(library)
        self._frames = FrameFinder(library)

    def explain(self, sentence: str, published: str = "") -> dict[str, Any]:
        """The layers of `sentence`, read as an article of its own published on `published` (an ISO date, or "")."""
        analysis = self._analyser.analyse(Article("explained", sentence, "", published=published))
        text = analysis.article.text
        return {
            "words": [word for found in analysis.sentences for word in _words(found, text)],
            "mentions": [
                {"name": m.name, "kind": m.kind, "role": m.role, "title": m.title, "written": m.span.of(text)}
                for m in analysis.mentions
            ],
            "times": [{"text": t.span.of(text), "value": t.value, "kind": t.kind} for t in analysis.times],
            "clauses": [
                clause
                for found, parse in zip(analysis.sentences, analysis.parses, strict=True)
                for clause in _clauses(found, parse, text)
            ],
            "quotes": [{"speaker": q.speaker, "cue": q.cue, "text": q.span.of(text)} for q in analysis.quotes],
            "rows": [row for found in analysis.sentences for row in self._rows(found, text)],
            "acts": [_act(draft, analysis) for draft in self._coder.drafts(analysis)],
        }

    def _rows(self, sentence: Sentence, text: str) -> Iterator[dict[str, str]]:
        taken = {trigger.index: trigger.frame.id for trigger in self._frames.find(sentence.words)}
        for index, word in enumerate(sentence.words):
            for frame, part, reason in self._frames.tried(sentence.words, index):
                if not reason and taken.get(index) != frame.id:
                    reason = f"{taken.get(index, 'a longer expression')} says more"
                yield {
                    "word": word.span.of(text),
                    "row": frame.id,
                    "read as": part,
                    "taken": "no: " + reason if reason else "yes",
                }


def _words(sentence: Sentence, text: str) -> Iterator[dict[str, str]]:
    for word in sentence.words:
        if word.pos != "PUNCT":
            cut = "+".join((*word.proclitics, word.form, *filter(None, (word.enclitic,))))
            yield {"word": word.span.of(text), "cut": cut, "part": word.pos, "lemma": word.lemma}


def _clauses(sentence: Sentence, parse: Parse, text: str) -> Iterator[dict[str, Any]]:
    def words(unit: int | None) -> str:
        if unit is None:
            return ""
        first, last = parse.units[unit].first, parse.units[unit].last
        return text[sentence.words[first].span.start : sentence.words[last - 1].span.end]

    for clause in parse.clauses:
        yield {
            "verb": words(clause.verb),
            "subject": words(clause.subject),
            "objects": [words(unit) for unit in clause.objects],
            "obliques": [words(unit) for unit in clause.obliques],
        }


def _act(draft: Draft, analysis: Analysis) -> dict[str, Any]:
    event, names = draft.event, analysis.mentions
    return {
        "type": event.type,
        "trigger": event.trigger_span.of(analysis.article.text),
        "row": event.rule,
        "by the row": [
            [names[n].name for n in draft.act.ruled.sources],
            [names[n].name for n in draft.act.ruled.targets],
        ],
        "sources": [actor.name for actor in event.sources],
        "targets": [actor.name for actor in event.targets],
        "status": f"{event.status} ({event.status_cue})" if event.status_cue else event.status,
        "date": event.date,
        "confidence": event.confidence,
        "written": "yes" if event.confidence >= FLOOR else f"no: under {FLOOR}",
    }
