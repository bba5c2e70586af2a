"""What the API answers with, for its description; answers themselves are written as the store gives them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Span = list[int]


class Actor(BaseModel):
    """Who did it, or to whom; `span` are code points of the article's text, half-open."""

    name: str
    code: str = Field(description='ISO-3166 alpha-3 or "---", a space, a PLOVER sector', examples=["EGY GOV"])
    span: Span
    title: str
    role: str


class Place(BaseModel):
    """Where; {} where the article tells none."""

    model_config = ConfigDict(extra="allow")
    name: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    geonames: int = 0
    span: Span = []


class Event(BaseModel):
    """One act by one side toward another."""

    id: str
    type: str = Field(examples=["CONSULT"])
    mode: str
    contexts: list[str]
    cameo: str
    status: str
    status_cue: str
    date: str = Field(description="An ISO prefix whose length is its precision")
    date_from: str
    sources: list[Actor]
    targets: list[Actor]
    place: Place
    trigger: str
    trigger_span: Span
    evidence: str
    evidence_span: Span
    said_by: str
    said_by_span: Span
    confidence: float
    rule: str


class Source(BaseModel):
    """The article that something stands in."""

    model_config = ConfigDict(extra="allow")
    id: str
    number: int
    url: str
    source: str
    title: str
    published: str


class ListedEvent(Event):
    """An event with its article, and the fields that people have corrected."""

    corrected: list[str]
    article: Source


class ListedArticle(Source):
    """An article without its text."""

    published_from: str
    added: str
    events: int


class Quote(BaseModel):
    """What somebody is quoted as saying."""

    speaker: str
    speaker_span: Span
    kind: str
    text: str
    span: Span
    cue: str
    cue_span: Span


class ListedQuote(Quote):
    """A quote with its article."""

    article: Source


class ListedActor(BaseModel):
    """Who takes part in events, and how often."""

    name: str
    code: str
    as_source: int
    as_target: int
    first: str
    last: str


class Hit(BaseModel):
    """An article found; `marks` are what was searched for inside the snippet, in code points of the text."""

    id: str
    number: int
    title: str
    source: str
    published: str
    url: str
    snippet: str
    span: Span
    marks: list[Span]


class Time(BaseModel):
    """A time expression, its value in TIMEX3 style."""

    text: str
    span: Span
    value: str
    kind: str


class Mention(BaseModel):
    """A person, group or place named in the text."""

    name: str
    span: Span
    kind: str
    title: str
    role: str
    code: str


class Line(BaseModel):
    """A sentence of the digest."""

    text: str
    span: Span


class MadeBy(BaseModel):
    """What made a record."""

    model_config = ConfigDict(extra="allow")
    waqai: str


class Record(BaseModel):
    """All that was read from one article."""

    model_config = ConfigDict(populate_by_name=True)
    schema_: Literal["waqai/1"] = Field(alias="schema")
    id: str
    url: str
    source: str
    language: str
    title: str
    published: str
    published_from: str
    authors: list[str]
    caption: str
    credit: str
    standfirst: str
    outlet_summary: list[str]
    text: str
    digest: list[Line]
    events: list[Event]
    quotes: list[Quote]
    times: list[Time]
    mentions: list[Mention]
    made_by: MadeBy
    problems: list[str]


class _Listed(BaseModel):
    next: str | None = Field(description="The address of the next page, null at the end")


class Events(_Listed):
    """A page of events."""

    items: list[ListedEvent]


class Articles(_Listed):
    """A page of articles."""

    items: list[ListedArticle]


class Actors(_Listed):
    """A page of actors."""

    items: list[ListedActor]


class Quotes(_Listed):
    """A page of quotes."""

    items: list[ListedQuote]


class Hits(_Listed):
    """A page of articles found."""

    items: list[Hit]


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
