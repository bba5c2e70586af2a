"""How sure an event is: whether the words really tell this act, and with what confidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from waqai.arabic import fold
from waqai.coding.weights import LinearModel
from waqai.model import Article, Draft

# Least confidence at which an event is written; set by the five-fold check of train/coding.py.
FLOOR = 0.28
CROWD = 5  # acts beside one another beyond which a sentence is as full as can be
NEAR = 5  # words to either side that count as near the trigger
# The types on which the annotators of the gsr sentences voted.
JUDGED_ALONE = ("PROTEST", "ASSAULT")
FAR = 4  # a score of the articles' model beyond this is as sure as one can be


class Judge:
    """Gives drafts their confidence: with one trained model in articles, with a second on top of it in lone sentences.

    In an article an act has its place among others; a sentence given by itself either reports an act or does not. Its
    readers draw that line otherwise, and the second model has learnt from them where.
    """

    def __init__(self, model: LinearModel, lone: LinearModel) -> None:
        self._model, self._lone = model, lone

    def judged(self, drafts: Sequence[Draft], *, alone: bool) -> list[Draft]:
        """The drafts of one text with their confidence, 0 to 1; `alone` says that it is a sentence by itself."""
        return [
            replace(draft, event=replace(draft.event, confidence=round(self._confidence(draft, names, alone), 3)))
            for draft, names in zip(drafts, features(drafts), strict=True)
        ]

    def _confidence(self, draft: Draft, names: tuple[str, ...], alone: bool) -> float:
        if alone and draft.event.type in JUDGED_ALONE:
            return self._lone.probability((*names, *lone_features(draft, self._model.score(names))))
        return self._model.probability(names)


def lone_features(draft: Draft, score: float) -> tuple[str, ...]:
    """What the second model is told beside the draft's features: what the articles' model makes of it."""
    base = max(-FAR, min(FAR, round(score)))
    return (f"base={base}", f"base={base}|type={draft.event.type}")


def is_alone(article: Article) -> bool:
    """Whether a text is a sentence or two given by themselves: no title, one line."""
    return not article.title and "\n" not in article.text.strip()


def keep(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that are sure enough to be written."""
    return [draft for draft in drafts if draft.event.confidence >= FLOOR]


def features(drafts: Sequence[Draft]) -> list[tuple[str, ...]]:
    """The features of each draft of one article, for the model and for training it."""
    titled = {draft.event.type for draft in drafts if draft.title}
    crowd = Counter((draft.sentence, draft.event.type) for draft in drafts)
    last = max((draft.sentence for draft in drafts), default=0)
    beside: defaultdict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        beside[draft.sentence].append(draft)
    return [
        (*_features(draft, titled, crowd, last), *dict.fromkeys(_beside(draft, beside[draft.sentence])))
        for draft in drafts
    ]


def _features(draft: Draft, titled: set[str], crowd: Counter[tuple[int, str]], last: int) -> Iterator[str]:
    event, act = draft.event, draft.act
    part, kind = act.trigger.part, event.type
    sides = ("S" if event.sources else "") + ("T" if event.targets else "")
    ruled = ("S" if act.ruled.sources else "") + ("T" if act.ruled.targets else "")
    yield f"type={kind}"
    yield f"part={part}"
    yield f"type={kind}|part={part}"
    yield f"frame={event.rule}"
    yield f"frame={event.rule}|part={part}"
    yield f"sides={sides}"
    yield f"ruled={ruled}|part={part}"
    yield f"type={kind}|sides={sides}"
    yield f"status={event.status}"
    yield f"status={event.status}|part={part}"
    cue = act.status.cue
    if cue is not None:
        said = next((word for word in act.scene.sentence.words if word.span.meets(cue)), None)
        yield f"cue={fold(said.lemma) if said else 'none'}|status={event.status}"
    yield f"dated={bool(event.date)}"
    yield f"placed={event.place is not None}"
    yield f"quoted={act.quote.kind if act.quote else 'no'}"
    yield f"quoted={act.quote is not None}|type={kind}"
    yield f"where={_where(draft, last)}"
    yield f"where={_where(draft, last)}|part={part}"
    yield f"titled={kind in titled}"
    yield f"crowd={min(crowd[draft.sentence, kind], 3)}|type={kind}"
    for side, actors in (("s", event.sources), ("t", event.targets)):
        for actor in actors[:2]:
            yield f"{side}-sector={actor.code[4:]}"
            yield f"type={kind}|{side}-sector={actor.code[4:]}"
            yield f"{side}-named={bool(actor.title or actor.role)}"
    yield from _around(draft)
    yield from _words(draft)


def _beside(draft: Draft, sentence: Sequence[Draft]) -> Iterator[str]:
    """The other acts of the sentence: a demand says of the act it demands that it is no event of its own."""
    kind, part = draft.event.type, draft.act.trigger.part
    others = [other for other in sentence if other is not draft]
    size = min(len(others), CROWD)
    yield f"others={size}"
    yield f"others={size}|part={part}"
    for other in others:
        yield f"other={other.event.type}|type={kind}"
        if other.act.span.meets(draft.act.span):
            yield f"same-words={other.event.type}|type={kind}"
    before = [other for other in others if other.act.span.start < draft.act.span.start]
    if before:
        nearest = max(before, key=lambda other: other.act.span.start)
        yield f"after={nearest.event.type}|type={kind}|part={part}"
        yield f"after={nearest.event.rule}|type={kind}"


def _where(draft: Draft, last: int) -> str:
    if draft.title:
        return "title"
    if draft.sentence <= 2:
        return "lead"
    return "early" if draft.sentence * 2 <= last else "late"


def _around(draft: Draft) -> Iterator[str]:
    """What the words next to the trigger say: its article, its governor, negation, a relative clause."""
    act = draft.act
    words, units = act.scene.sentence.words, act.scene.parse.units
    index, part = act.trigger.index, act.trigger.part
    word = words[index]
    yield f"definite={word.definite}|part={part}"
    yield f"pronoun={bool(word.enclitic)}|part={part}"
    before = words[index - 1] if index else None
    yield f"before={before.pos if before else 'start'}|part={part}"
    if before is not None and before.pos in ("ADP", "PART", "CONJ"):
        yield f"before={fold(before.form)}|part={part}"
    for clitic in word.proclitics:
        yield f"clitic={clitic}|part={part}"
    if word.readings:
        yield f"aspect={word.readings[0].aspect}|person={word.readings[0].agreement[:1]}"
    own = act.scene.parse.unit_at[index]
    over = [c for c in act.scene.parse.clauses if c.verb < own < c.last]
    if part != "verb" and over:
        lemma = fold(words[units[over[-1].verb].head].lemma)
        yield f"governor={lemma}"
        yield f"governor={lemma}|type={draft.event.type}"
    elif part != "verb":
        yield "governor=none"
    clause = next((c for c in act.scene.parse.clauses if c.verb == own), None)
    if clause is not None:
        opener = units[clause.first]
        yield f"opener={opener.link or opener.kind}"
        yield f"subject={clause.subject is not None}|inherited={clause.inherited}"
        if clause.parent is not None:
            yield f"parent={fold(words[units[act.scene.parse.clauses[clause.parent].verb].head].lemma)}"


def _words(draft: Draft) -> Iterator[str]:
    """The words of the trigger's sentence: those next to it in order, those near it on either side, and the rest."""
    trigger, words = draft.act.trigger, draft.act.scene.sentence.words
    folded = [fold(word.form) for word in words]
    first, last = trigger.index, trigger.last

    def at(index: int) -> str:
        return folded[index] if 0 <= index < len(folded) else "#"

    yield f"w0={at(first)}"
    yield f"w-1={at(first - 1)}"
    yield f"w-2={at(first - 2)}"
    yield f"w+1={at(last)}"
    yield f"w+2={at(last + 1)}"
    yield f"w-1,0={at(first - 1)} {at(first)}"
    yield f"w0,1={at(first)} {at(last)}"
    yield from (f"left={word}" for word in set(folded[max(0, first - NEAR) : first]))
    yield from (f"right={word}" for word in set(folded[last : last + NEAR]))
    content = {form for form, word in zip(folded, words, strict=True) if word.pos in ("NOUN", "VERB", "ADJ")}
    yield from (f"in={word}" for word in sorted(content))
