"""From an analysis to a record: which acts the words name, who did them to whom, when, where, on whose word."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from waqai._version import __version__
from waqai.coding.actors import ActorCoder
from waqai.coding.circumstances import governing_place, governing_time, iso_date
from waqai.coding.confidence import Judge
from waqai.coding.contexts import ContextReader
from waqai.coding.digest import digest
from waqai.coding.frames import FrameFinder
from waqai.coding.merge import merge
from waqai.coding.places import PlaceFinder
from waqai.coding.roles import RoleFinder
from waqai.coding.status import Status, StatusReader
from waqai.model import (
    Actor,
    Analysis,
    CodedMention,
    Draft,
    Event,
    MadeBy,
    Mention,
    Place,
    Quote,
    Record,
    Scene,
    Span,
    Trigger,
)
from waqai.ontology import Ontology
from waqai.resources import Library

__all__ = ["Coder"]


class Coder:
    """Codes analysed articles; loads its tables once."""

    def __init__(self, library: Library) -> None:
        self._ontology = Ontology(library)
        self._frames = FrameFinder(library)
        self._roles = RoleFinder(library)
        self._status = StatusReader(library)
        self._actors = ActorCoder(library)
        self._places = PlaceFinder(library)
        self._contexts = ContextReader(library)
        self._judge = Judge(library)
        self._made_by = MadeBy(
            waqai=__version__,
            ontology=library.digest("ontology"),
            lexicon=library.digest("frames", "actors", "status", "speech", "times", "clauses", "contexts", "words"),
            models=library.digest("models"),
        )

    def code(self, analysis: Analysis) -> Record:
        """The record of `analysis`; its offsets are those of the article's text."""
        desk = _Article(analysis, self._actors)
        events = [draft.event for draft in self._judge.keep(merge(self._drafts(desk)))]
        article = analysis.article
        return Record(
            article=article,
            digest=digest(analysis.sentences, events),
            events=tuple(events),
            quotes=analysis.quotes,
            times=analysis.times,
            mentions=tuple(CodedMention(m, desk.code(n)) for n, m in enumerate(analysis.mentions)),
            made_by=self._made_by,
            problems=article.problems,
        )

    def drafts(self, analysis: Analysis) -> list[Draft]:
        """Every act the words name, before retellings are merged and doubtful ones dropped; for checks and training."""
        return self._drafts(_Article(analysis, self._actors))

    def _drafts(self, desk: _Article) -> list[Draft]:
        analysis = desk.analysis
        drafts: list[Draft] = []
        topic: int | None = None
        for number, sentence in enumerate(analysis.sentences):
            scene = Scene(sentence, analysis.parses[number], analysis.mentions, desk.actors, topic)
            triggers = self._frames.find(sentence.words)
            drafts.extend(self._draft(trigger, scene, number, desk) for trigger in triggers)
            topic = _topic(scene, topic)
        return drafts

    def _draft(self, trigger: Trigger, scene: Scene, number: int, desk: _Article) -> Draft:
        sentence, frame, text = scene.sentence, trigger.frame, desk.text
        trigger_span = Span(sentence.words[trigger.index].span.start, sentence.words[trigger.last - 1].span.end)
        quote = desk.quote_over(trigger_span)
        sides = self._roles.sides(trigger, scene)
        status = self._status.read(trigger, sentence, scene.parse)
        taken = frozenset((*sides.sources, *sides.targets))
        time = governing_time(
            trigger, sentence, scene.parse, desk.analysis.times, announcing=_announced(trigger, quote)
        )
        place = governing_place(trigger, sentence, scene.parse, scene.mentions, taken)
        sources = desk.side(sides.sources)
        if not sources and quote is not None and _first_person(trigger, scene):
            sources = desk.speaker(quote)
        event = Event(
            id=_event_id(desk.analysis.article.id, frame.type, trigger_span),
            type=frame.type,
            mode=frame.mode,
            cameo=frame.cameo or self._ontology.types[frame.type].cameo,
            status=_with_date(status, iso_date(time.value) if time else "", desk).value,
            status_cue=status.cue.of(text) if status.cue else "",
            date=iso_date(time.value) if time else "",
            date_from="text" if time else "",
            sources=sources,
            targets=desk.side(sides.targets),
            place=self._place(place, scene.mentions, text, desk.home) if place is not None else None,
            trigger_span=trigger_span,
            evidence_span=sentence.span,
            said_by=quote.speaker if quote else "",
            said_by_span=quote.speaker_span if quote else None,
            confidence=0.0,
            rule=frame.id,
            contexts=self._contexts.read(sentence),
        )
        return self._judge.judged(Draft(event, number, sentence.part == "title"), trigger, scene, sides)

    def _place(self, number: int, mentions: Sequence[Mention], text: str, home: str) -> Place:
        span = mentions[number].name_span
        return self._places.place(span.of(text), span, home)


class _Article:
    """What the coder looks up again and again in one article."""

    def __init__(self, analysis: Analysis, coder: ActorCoder) -> None:
        self.analysis = analysis
        self.text = analysis.article.text
        self._coder = coder
        self.home = coder.home(analysis.mentions, self.text)
        self._codes: dict[int, str] = {}
        self.actors = frozenset(
            n for n, mention in enumerate(analysis.mentions) if mention.kind != "place" or coder.acts(mention)
        )

    def code(self, number: int) -> str:
        """The actor code of a mention; "" for a place that does not act."""
        if number not in self._codes:
            mention = self.analysis.mentions[number]
            published = self.analysis.article.published
            acts = number in self.actors
            self._codes[number] = self._coder.code(mention, self.text, published, self.home) if acts else ""
        return self._codes[number]

    def side(self, numbers: Sequence[int]) -> tuple[Actor, ...]:
        """The actors of one side, each once."""
        found: dict[str, Actor] = {}
        for number in numbers:
            mention = self.analysis.mentions[number]
            span = self._where(mention)
            name = span.of(self.text)
            found.setdefault(name, Actor(name, self.code(number), span, mention.title, mention.role))
        return tuple(found.values())

    def _where(self, mention: Mention) -> Span:
        """The place where the actor's name is written: here, or where the fullest form of it stands."""
        here = mention.name_span
        if here.of(self.text) == mention.name:
            return here
        start = self.text.find(mention.name)
        return Span(start, start + len(mention.name)) if start >= 0 else here

    def quote_over(self, span: Span) -> Quote | None:
        """The shortest quote that holds `span`."""
        over = [quote for quote in self.analysis.quotes if quote.span.holds(span)]
        return min(over, key=lambda quote: quote.span.end - quote.span.start, default=None)

    def speaker(self, quote: Quote) -> tuple[Actor, ...]:
        """The speaker of a quote as an actor."""
        for number, mention in enumerate(self.analysis.mentions):
            if quote.speaker_span is not None and mention.span.meets(quote.speaker_span) and number in self.actors:
                return self.side((number,))
        return ()


def _announced(trigger: Trigger, quote: Quote | None) -> bool:
    return trigger.part == "noun" and quote is not None


def _first_person(trigger: Trigger, scene: Scene) -> bool:
    readings = scene.sentence.words[trigger.index].readings
    return trigger.part == "verb" and bool(readings) and readings[0].agreement.startswith("1")


def _with_date(status: Status, date: str, desk: _Article) -> Status:
    """What is dated after publication has not happened yet."""
    published = desk.analysis.article.published[: len(date)]
    if status.value == "happened" and date and published and date > published:
        return Status("planned", None)
    return status


def _topic(scene: Scene, before: int | None) -> int | None:
    """Whom the next sentence's verbs without a subject speak of: the subject of this one's first clause."""
    for clause in scene.parse.clauses:
        if clause.subject is not None and not clause.inherited:
            mention = scene.parse.units[clause.subject].mention
            if mention is not None and mention in scene.actors:
                return mention
    return before


def _event_id(article_id: str, type_: str, trigger: Span) -> str:
    key = f"{article_id}\0{type_}\0{trigger.start}\0{trigger.end}"
    return hashlib.sha256(key.encode()).hexdigest()[:12]
