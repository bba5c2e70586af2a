"""From an analysis to a record: which acts the words name, who did them to whom, when, where, on whose word."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from waqai._version import __version__
from waqai.coding.actors import ActorCoder
from waqai.coding.circumstances import governing_place, governing_time
from waqai.coding.confidence import Judge, is_alone, keep
from waqai.coding.contexts import ContextReader
from waqai.coding.digest import digest
from waqai.coding.frames import FrameFinder
from waqai.coding.merge import merge
from waqai.coding.moments import DAY, MomentChooser, moments
from waqai.coding.parties import SideChooser, Standing, parties
from waqai.coding.places import PlaceFinder
from waqai.coding.roles import RoleFinder
from waqai.coding.status import StatusReader
from waqai.coding.weights import load
from waqai.errors import TableError
from waqai.model import (
    Act,
    Actor,
    Analysis,
    CodedMention,
    Draft,
    Event,
    Frame,
    MadeBy,
    Mention,
    Place,
    Quote,
    Record,
    Scene,
    Sides,
    Span,
    Status,
    Trigger,
    Word,
)
from waqai.ontology import Ontology
from waqai.resources import LEXICON, Library

__all__ = ["Coder"]


# How many mentions before a sentence, and how many of the most named actors, it may mean without naming them.
RECENT = 6
SALIENT = 4


class Coder:
    """Codes analysed articles; loads its tables once."""

    def __init__(self, library: Library) -> None:
        self._ontology = Ontology(library)
        self._frames = FrameFinder(library)
        for frame in self._frames.frames.values():
            _known(frame, self._ontology)
        self._roles = RoleFinder(library)
        self._status = StatusReader(library)
        self._places = PlaceFinder(library)
        self._actors = ActorCoder(library, self._places.country)
        self._contexts = ContextReader(library)
        models = load(library.model("coding.json"))
        self._chooser = SideChooser(models["source"], models["target"])
        self._moment = MomentChooser(models["time"])
        self._judge = Judge(models["event"], models["lone"])
        self._made_by = MadeBy(
            waqai=__version__,
            ontology=library.digest("ontology"),
            lexicon=library.digest(*LEXICON),
            models=library.digest("models"),
        )

    def code(self, analysis: Analysis) -> Record:
        """The record of `analysis`; its offsets are those of the article's text."""
        desk = _Article(analysis, self._actors)
        events = [draft.event for draft in keep(merge(self._drafts(desk)))]
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
        drafts = [self._draft(act, desk) for act in self._acts(desk)]
        return self._judge.judged(drafts, alone=is_alone(desk.analysis.article))

    def _acts(self, desk: _Article) -> list[Act]:
        found = list(self._found(desk))
        acts = [(number, trigger, sides) for trigger, _, number, sides in found]
        standing = Standing(acts, desk.analysis.mentions, desk.codes)
        return [self._act(*act, standing, desk) for act in found]

    def _found(self, desk: _Article) -> Iterator[tuple[Trigger, Scene, int, Sides]]:
        """Every trigger of the article, its scene, the number of its sentence, and what the rules give it."""
        analysis = desk.analysis
        topic: int | None = None
        for number, sentence in enumerate(analysis.sentences):
            scene = Scene(sentence, analysis.parses[number], analysis.mentions, desk.actors, topic)
            for trigger in self._frames.find(sentence.words):
                if not desk.in_name(trigger.index, sentence.words):
                    yield trigger, scene, number, self._roles.sides(trigger, scene)
            topic = _topic(scene, topic)

    def _act(
        self, trigger: Trigger, scene: Scene, number: int, ruled: Sides, standing: Standing, desk: _Article
    ) -> Act:
        words = scene.sentence.words
        span = Span(words[trigger.index].span.start, words[trigger.last - 1].span.end)
        quote = desk.quote_over(span)
        candidates = parties(trigger, scene, ruled, desk.codes, desk.outside(scene, quote), standing, number)
        times, published = desk.analysis.times, desk.analysis.article.published[:DAY]
        announced = trigger.part == "noun" and quote is not None
        near = governing_time(trigger, scene.sentence, scene.parse, times, announced)
        return Act(
            trigger=trigger,
            scene=scene,
            number=number,
            span=span,
            quote=quote,
            ruled=ruled,
            parties=tuple(candidates),
            sides=self._chooser.choose(trigger, candidates, ruled),
            status=self._status.read(trigger, scene.sentence, scene.parse),
            moments=tuple(moments(trigger, scene, times, near, published)),
        )

    def _draft(self, act: Act, desk: _Article) -> Draft:
        frame, scene, text = act.trigger.frame, act.scene, desk.text
        taken = frozenset((*act.sides.sources, *act.sides.targets))
        date = self._moment.choose(act.moments)
        place = governing_place(act.trigger, scene.sentence, scene.parse, scene.mentions, taken)
        status = _with_date(act.status, date, desk)
        event = Event(
            id=_event_id(desk.analysis.article.id, frame.type, act.span),
            type=frame.type,
            mode=frame.mode,
            cameo=frame.cameo or self._ontology.types[frame.type].cameo,
            status=status.value,
            status_cue=status.cue.of(text) if status.cue else "",
            date=date,
            date_from="text" if date else "",
            sources=desk.side(act.sides.sources),
            targets=desk.side(act.sides.targets),
            place=self._place(scene.mentions[place].name_span, text, desk.home) if place is not None else None,
            trigger_span=act.span,
            evidence_span=scene.sentence.span,
            said_by=act.quote.speaker if act.quote else "",
            said_by_span=act.quote.speaker_span if act.quote else None,
            confidence=0.0,
            rule=frame.id,
            contexts=self._contexts.read(scene.sentence),
        )
        return Draft(event, act.number, scene.sentence.part == "title", act)

    def _place(self, span: Span, text: str, home: str) -> Place | None:
        """The place written at `span`; None for one definite word that nobody knows as a place ("في الاتفاق")."""
        name = span.of(text)
        if " " not in name and name.startswith("ال") and not self._places.country(name):
            return None
        return self._places.place(name, span, home)


class _Article:
    """What the coder looks up again and again in one article."""

    def __init__(self, analysis: Analysis, coder: ActorCoder) -> None:
        self.analysis = analysis
        self.text = analysis.article.text
        self.home = coder.home(analysis.mentions, self.text)
        self.actors = frozenset(
            n for n, mention in enumerate(analysis.mentions) if mention.kind != "place" or coder.acts(mention)
        )
        title = analysis.sentences[0].span.end if analysis.article.title and analysis.sentences else 0
        self._named = sorted(m.name_span for m in analysis.mentions if not m.generic)
        self._people = sorted(m.span for m in analysis.mentions if m.kind == "person")
        self._ordered = sorted(self.actors)
        self._starts = [analysis.mentions[n].span.start for n in self._ordered]
        self._headline = [n for n in self._ordered if analysis.mentions[n].span.end <= title]
        told = Counter(analysis.mentions[n].name for n in self._ordered)
        first = {analysis.mentions[n].name: n for n in reversed(self._ordered)}
        self._salient = [first[name] for name, times in told.most_common(SALIENT) if times > 1]
        self._states = _named_states(analysis.mentions, coder)
        published = analysis.article.published
        codes = coder.codes(analysis.mentions, self.text, published, self.home)
        self.codes = [code if number in self.actors else "" for number, code in enumerate(codes)]

    def code(self, number: int) -> str:
        """The actor code of a mention; "" for a place that does not act."""
        return self.codes[number]

    def in_name(self, index: int, words: Sequence[Word]) -> bool:
        """Whether a word belongs to a proper name, where it names no act.

        In a phrase for a person not seen to be a name, it does behind another name's word ("… بن محمد العيبان").
        """
        if self._names(words[index].span, self._named):
            return True
        behind = index > 0 and words[index - 1].pos == "PROPN"
        return behind and self._names(Span(words[index - 1].span.start, words[index].span.end), self._people)

    def _names(self, span: Span, named: Sequence[Span]) -> bool:
        at = bisect_right(named, (span.start, len(self.text)))
        return at > 0 and span.end <= named[at - 1][1]

    def side(self, numbers: Sequence[int]) -> tuple[Actor, ...]:
        """The actors of one side, each once."""
        found: dict[str, Actor] = {}
        for number in numbers:
            mention = self.analysis.mentions[self._states.get(number, number)]
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

    def outside(self, scene: Scene, quote: Quote | None) -> list[tuple[str, int]]:
        """Mentions beyond the sentence that it may mean: the quote's speaker, its topic, whom the headline is about."""
        found: list[tuple[str, int]] = []
        speaker = self._speaker(quote) if quote is not None else None
        if speaker is not None:
            found.append(("speaker", speaker))
        if scene.topic is not None:
            found.append(("topic", scene.topic))
        if scene.sentence.part == "body":
            found.extend((f"headline-{n}", number) for n, number in enumerate(self._headline[:2]))
        start = scene.sentence.span.start
        before = self._ordered[: bisect_left(self._starts, start)][-RECENT:]
        found.extend((f"recent-{n // 2}", number) for n, number in enumerate(reversed(before)))
        found.extend((f"salient-{n}", number) for n, number in enumerate(self._salient))
        return found

    def _speaker(self, quote: Quote) -> int | None:
        span = quote.speaker_span
        numbers = (n for n in self.actors if span is not None and self.analysis.mentions[n].span.meets(span))
        return min(numbers, default=None)


def _named_states(mentions: Sequence[Mention], coder: ActorCoder) -> dict[int, int]:
    """Mentions of a state by its capital or an adjective -> the first mention of it by its name, where there is one."""
    states = {n: coder.state(mention) for n, mention in enumerate(mentions) if mention.kind == "place"}
    named: dict[str, int] = {}
    for number, (country, own) in states.items():
        if country and own:
            named.setdefault(country, number)
    return {n: named[country] for n, (country, own) in states.items() if country in named and not own}


def _known(frame: Frame, ontology: Ontology) -> None:
    """Raises TableError where a frame row names a type, or a mode of it, that the ontology does not have."""
    kind = ontology.types.get(frame.type)
    if kind is None:
        raise TableError(f"frames/: row {frame.id!r}: no type {frame.type!r}; one of {', '.join(ontology.types)}")
    if frame.mode and frame.mode not in kind.modes:
        raise TableError(f"frames/: row {frame.id!r}: {frame.type} has no mode {frame.mode!r}; {', '.join(kind.modes)}")


def _with_date(status: Status, date: str, desk: _Article) -> Status:
    """What is dated after publication has not happened yet, but for acts done by being said."""
    published = desk.analysis.article.published[: len(date)]
    if status.value == "happened" and not status.sure and date and published and date > published:
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
