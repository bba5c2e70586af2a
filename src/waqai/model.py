"""The types that travel through the house, all frozen.

Offsets are Unicode code points of `Article.text`, half-open: `text[start:end]` is the quoted string, exactly.
Dates are ISO 8601 prefixes whose length is their precision: "2024", "2024-03", "2024-03-25".
An unknown string is "", an unknown tuple is ().
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words it covers in `text`."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


# --- reading ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as received, and where from."""

    url: str
    body: bytes
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One article: one text, never altered from here on.

    `text` is the title, two newlines, and the body with one newline between paragraphs.
    """

    id: str
    text: str
    title: str
    url: str = ""
    source: str = ""
    language: str = "ar"
    published: str = ""  # ISO 8601, as precise as known; may carry a time and an offset
    published_from: str = ""  # json-ld, meta, time-tag, text, feed, url, given, ""
    authors: tuple[str, ...] = ()
    caption: str = ""
    credit: str = ""
    standfirst: str = ""
    outlet_summary: tuple[str, ...] = ()
    section: str = ""
    problems: tuple[str, ...] = ()


# --- analysis --------------------------------------------------------------------------------------------


class Reading(NamedTuple):
    """One way to read a verb form.

    `lemma` is the citation form (perfect, third person masculine singular) in plain spelling: no short vowels,
    no shadda, hamza kept ("أعلن"). `agreement` is person, gender, number: "3ms", "3fs", "3mp", "1cp" …
    `voices` holds "a" where the spelling can be active, "p" where it can be passive.
    """

    lemma: str
    aspect: str  # "perfect", "imperfect", "imperative"
    agreement: str
    voices: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word between spaces or punctuation, with its clitics taken apart.

    `form` is the word without clitics, article ال, marks and tatweel, hamza kept.
    `pos` is one of VERB NOUN ADJ PROPN NUM ADP PART CONJ PRON DET ADV PUNCT X.
    `proclitics` are in order ("و", "ب", "ال"); `enclitic` is the attached pronoun ("ه", "هم") or "".
    `readings` are the ways to read it as a verb, likeliest first; filled where `pos` is VERB.
    """

    span: Span
    form: str
    lemma: str
    pos: str
    proclitics: tuple[str, ...] = ()
    enclitic: str = ""
    readings: tuple[Reading, ...] = ()

    @property
    def definite(self) -> bool:
        """Whether the word carries the article ال."""
        return "ال" in self.proclitics


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the title or the body; `part` is "title" or "body"; `words` includes punctuation."""

    span: Span
    words: tuple[Word, ...]
    part: str = "body"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, group or place named in the text.

    `span` covers the whole phrase, title and role included; `name_span` the name alone (equal to `span` for a
    bare name or a descriptive phrase such as "ستة جنود"). `name` is the fullest name of the same actor in the
    article: "الوزير" standing alone carries the man's name. `role` is the office ("وزير الخارجية التركي"),
    `title` the honorific or rank ("اللواء"). `generic` marks a descriptive phrase with no proper name.
    """

    span: Span
    kind: str  # "person", "group", "place"
    name: str
    name_span: Span
    title: str = ""
    role: str = ""
    generic: bool = False


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression; `value` in TIMEX3 style, resolved against publication; kind: date, time, duration, set."""

    span: Span
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody is quoted as saying; kind: direct, indirect, mixed."""

    span: Span
    speaker: str
    speaker_span: Span | None
    cue: str
    cue_span: Span | None
    kind: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a sentence that stands as one in its clauses: words [first, last), indices of `Sentence.words`.

    `kind`: np (noun phrase), verb, time, link (a word that opens a clause), comma, colon, stop, quote, open, close,
    particle. `head` is the word that governs. For an np, `preposition` is the one before it in plain spelling
    ("ب", "مع", "من قبل"), "" for a bare phrase; `mention` indexes the article's mentions; `genitive_of` is the unit it
    hangs on in an idafa; `conjunct` says that a "و" ties it to what came before. For a link, `link` is its kind.
    """

    kind: str
    first: int
    last: int
    head: int
    preposition: str = ""
    conjunct: bool = False
    genitive_of: int | None = None
    mention: int | None = None
    link: str = ""
    pronoun: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb and what stands around it; numbers are indices of the sentence's units.

    [first, last) bounds the clause. `subject` may stand before the verb, in the clause before it where verbs are
    coordinated, or be None where the text leaves it to the reader. `objects` are bare phrases after the subject,
    `obliques` phrases after prepositions. `complement` says that a clause with أن or إن follows as object.
    `inherited` says that the subject was taken over from another clause.
    """

    first: int
    last: int
    verb: int
    subject: int | None
    objects: tuple[int, ...] = ()
    obliques: tuple[int, ...] = ()
    complement: bool = False
    inherited: bool = False
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Parse:
    """The units of a sentence and the clauses they make."""

    units: tuple[Unit, ...]
    clauses: tuple[Clause, ...]
    unit_at: tuple[int, ...]  # word index -> unit index


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found in one article before anything is coded; `parses` runs parallel to `sentences`."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    times: tuple[Timex, ...]
    quotes: tuple[Quote, ...]
    parses: tuple[Parse, ...]


# --- coding ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of a frame table: what a word means as an act, and where its parties stand (docs/tables.md)."""

    id: str
    type: str
    mode: str
    cameo: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    genitive: str
    symmetric: bool
    rest: tuple[str, ...] = ()  # folded words that must follow the first, for a multiword entry
    having: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    needs: frozenset[str] = frozenset()
    when: frozenset[str] = frozenset()  # of a verb: "first" person, "future", "negated"; all must hold
    fallback: bool = False  # yields to every other row

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """How specific the row is: more words, then more conditions, win; a fallback loses."""
        words = len(self.rest) + bool(self.having) + bool(self.when)
        return (not self.fallback, words, bool(self.needs), bool(self.without))


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of a sentence that names an act. `part`: verb, noun, participle (active, used as a verb) or passive.

    `index` is the word; `last` the index after the last word of a multiword expression that follows directly;
    `object_index` the word that completes a frame such as "شن … هجوما", -1 where there is none.
    """

    frame: Frame
    index: int
    last: int
    part: str
    object_index: int = -1


@dataclass(frozen=True, slots=True)
class Sides:
    """Numbers of the mentions on either side, in text order; `passive` where the verb was read as one."""

    sources: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    passive: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with all that is known of it.

    `actors` marks the mentions that can act: people, groups, states. `topic` is the mention the sentence before was
    about, for verbs and pronouns that point back past the sentence's start.
    """

    sentence: Sentence
    parse: Parse
    mentions: Sequence[Mention]
    actors: frozenset[int]
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, or to whom: `code` is "EGY SPY", ISO-3166 alpha-3 or "---", a space, a PLOVER sector."""

    name: str
    code: str
    span: Span
    title: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where: `country` is ISO-3166 alpha-3; `geonames` is the GeoNames id, 0 where unknown."""

    name: str
    country: str
    span: Span
    lat: float | None = None
    lon: float | None = None
    geonames: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One act by one side toward another; see RECORD.md."""

    id: str
    type: str
    mode: str
    cameo: str
    status: str
    status_cue: str
    date: str
    date_from: str
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    place: Place | None
    trigger_span: Span
    evidence_span: Span
    said_by: str
    said_by_span: Span | None
    confidence: float
    rule: str
    contexts: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """A status and the span of its cue word, None where nothing says otherwise than that it happened.

    `sure` marks acts done by being said, which have happened whatever their content is dated to.
    """

    value: str
    cue: Span | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """A mention that could be a side, and the features that describe it.

    `tied` is the mention that a "و" ties it to, with which it stands or falls. `name`, `code` and `slot` say who it is
    and where it stands, for weighing it beside the other side.
    """

    mention: int
    features: tuple[str, ...]
    tied: int | None = None
    name: str = ""
    code: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date an act could have, "" for none, and the features that speak for it."""

    date: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """A trigger with all that was read around it, before it is written down as an event.

    `number` is that of its sentence; `ruled` the sides the frame's rules give, `sides` those chosen among `parties`.
    """

    trigger: Trigger
    scene: Scene
    number: int
    span: Span
    quote: Quote | None
    ruled: Sides
    parties: tuple[Party, ...]
    sides: Sides
    status: Status
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An event on its way, with the number of its sentence, whether that is the title, and the act behind it."""

    event: Event
    sentence: int
    title: bool
    act: Act


@dataclass(frozen=True, slots=True)
class CodedMention:
    """A mention and the actor code it was given ("" for places)."""

    mention: Mention
    code: str


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What made a record: the version of the program and digests of what it knew."""

    waqai: str
    ontology: str
    lexicon: str
    models: str


@dataclass(frozen=True, slots=True)
class Record:
    """What Waqai writes for one article."""

    article: Article
    digest: tuple[Span, ...]
    events: tuple[Event, ...]
    quotes: tuple[Quote, ...]
    times: tuple[Timex, ...]
    mentions: tuple[CodedMention, ...]
    made_by: MadeBy
    problems: tuple[str, ...] = field(default=())
