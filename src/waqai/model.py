"""The types that travel through the house, all frozen.

Offsets are Unicode code points of `Article.text`, half-open: `text[start:end]` is the quoted string, exactly.
Dates are ISO 8601 prefixes whose length is their precision: "2024", "2024-03", "2024-03-25".
An unknown string is "", an unknown tuple is ().
"""

from __future__ import annotations

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
class Phrase:
    """A noun phrase in a clause: word indices [first, last) of its sentence, its head, and the preposition before it.

    `preposition` is "" for a bare phrase, else the preposition in plain spelling ("ب", "مع", "على يد").
    """

    first: int
    last: int
    head: int
    preposition: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb and what stands around it; indices are of `Sentence.words`.

    `first` and `last` bound the clause. `subject` may stand before the verb, or far before it where verbs are
    coordinated; None where the text leaves it to the reader.
    """

    first: int
    last: int
    verb: int
    reading: Reading | None
    passive: bool
    subject: Phrase | None
    objects: tuple[Phrase, ...] = ()
    obliques: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found in one article before anything is coded."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    times: tuple[Timex, ...]
    quotes: tuple[Quote, ...]


# --- coding ----------------------------------------------------------------------------------------------


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
