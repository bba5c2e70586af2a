"""HTML pages: trafilatura finds the body, the page's markup and visible lines give the parts around it.

Imports lxml and trafilatura, which takes a fifth of a second: only `readers.Reader` imports this file, when it meets
a page.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from waqai.arabic import arabic_share, fold
from waqai.errors import NoArticle
from waqai.model import Article
from waqai.readers.assembly import Parts, assemble, refuse_other_languages
from waqai.readers.cleaning import clean, one_line
from waqai.readers.dates import DateReader
from waqai.readers.dump import DumpReader, Line, is_prose
from waqai.readers.labels import Labels
from waqai.readers.markup import Block, Facts, blocks, parse

# Its warnings name no page and would stand between the errors of this program.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

NEAR = 25  # lines before the title, or without one before the body, in which a date still belongs to the article
MAX_HEAD = 60  # lines between title and body: beyond them the title found is not the article's own
MAX_LEAD = 3  # paragraphs of prose between title and body that the body finder left out
SAME = 40  # folded letters by which a paragraph is known again
MIN_BODY = 150  # characters: a shorter body gives way to the one in JSON-LD

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate",
    "publishdate", "publish-date", "publish_date", "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date",
    "dcterms.date", "dc:date", "parsely-pub-date", "sailthru.date", "rnews:datepublished",
    "article.published", "published_at", "published-date", "published_time", "date", "datecreated",
)  # fmt: skip
_URL_DATE = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-]?(?P<m>\d{1,2})[/-]?(?P<d>\d{1,2})(?=[/\d_-])")
_MIDNIGHT = re.compile(r"T00:00(?::00)?(?:Z|[+-]\d\d:\d\d)?$")  # what programs write where only the day is known
_SPLIT = re.compile(r"\s+[-–—|:•·»«]+\s+|\s*\|\s*|\s*::\s*")


class PageReader:
    """Reads pages with the tables of `readers/`."""

    def __init__(self, labels: Labels, dates: DateReader, dump: DumpReader) -> None:
        self._labels = labels
        self._dates = dates
        self._dump = dump

    def read(self, text: str, url: str, where: str) -> Article:
        """The Article of a decoded page. Raises TooLarge, NotArabic, NoArticle or Unreadable, naming `where`."""
        root = parse(clean(text), where)
        facts, visible = Facts(root), blocks(root)
        url = url or next(iter(facts.metas("og:url")), "") or _canonical(root)
        title, outlet = self._title_and_outlet(root, facts, visible)
        published, published_from = self._markup_date(root, facts)
        summary = self._summary(visible)
        listed = {_key(line) for line in summary}
        body = [line for line in self._body(root, facts) if _key(line) not in listed]
        if not body:
            everything = "\n".join(block.text for block in visible)
            if any(letter.isalpha() for letter in everything):
                refuse_other_languages(everything, where)
            raise NoArticle("a page with no article text in it", where, "give a page that holds one news article")
        head = [block for block in _between(visible, title, body[0]) if _key(block.text) not in listed]
        lines = self._dump.lines([*self._lead(head, body), *body], title)
        found = self._dump.parts(lines, title)
        around = self._dump.parts([Line(block.text, self._head_role(block, title)) for block in head], title)
        if not published:
            published, published_from = self._visible_date(head, visible, title, lines, url)
        caption, credit = self._caption(head, visible, facts)
        parts = replace(
            found,
            url=url,
            source=outlet,
            published=published,
            published_from=published_from,
            authors=self._authors(facts, visible, outlet) or around.authors or found.authors,
            caption=caption or around.caption or found.caption,
            credit=credit or around.credit or found.credit,
            section=next(iter(facts.said("articleSection") or facts.metas("article:section")), ""),
            outlet_summary=summary or found.outlet_summary,
        )
        return assemble(replace(parts, standfirst=self._standfirst(facts, head, parts)), where)

    # --- title and outlet ------------------------------------------------------------------------------------------

    def _title_and_outlet(self, root: etree._Element, facts: Facts, visible: Sequence[Block]) -> tuple[str, str]:
        told = [*facts.said("headline"), *facts.metas("og:title", "twitter:title"), *_texts(root, "title")]
        told = [one_line(title) for title in told if title.strip()]
        heads = [block.text for block in visible if block.tag == "h1" and not block.aside]
        outlet = self._outlet(facts, told, heads)
        if not told:
            return (heads[0] if heads else ""), outlet
        for head in sorted(heads, key=len, reverse=True):
            if len(head.split()) > 2 and any(_key(head) in _key(title) for title in told):
                return head, outlet
        title = min(told[:2], key=len) if len(told) > 1 and _key(told[1]) in _key(told[0]) else told[0]
        return _without_outlet(title, outlet, told), outlet

    def _outlet(self, facts: Facts, told: Sequence[str], heads: Sequence[str]) -> str:
        named = [*facts.metas("og:site_name"), *facts.said("publisher"), *facts.metas("application-name")]
        names = [name for name in map(one_line, named) if name and "//" not in name and len(name) < 60]
        arabic = [name for name in names if arabic_share(name) > 0.5]
        if arabic:
            return arabic[0]
        for title in told:  # "headline - outlet": what the page's own title has over the headline
            parts = [part for part in _SPLIT.split(title) if part]
            for edge in (parts[-1], parts[0]) if len(parts) > 1 else ():
                rest = _key(title.replace(edge, " ", 1))
                inside = any(_key(edge) in _key(head) for head in heads)
                if names and arabic_share(edge) < 0.5:
                    continue
                if len(edge.split()) <= 4 and not inside and any(rest == _key(other) for other in [*told, *heads]):
                    return edge
        return names[0] if names else ""

    # --- date --------------------------------------------------------------------------------------------------

    def _markup_date(self, root: etree._Element, facts: Facts) -> tuple[str, str]:
        sources = (
            ("json-ld", facts.said("datePublished") or facts.said("dateCreated")),
            ("meta", facts.metas(*_PUBLISHED)),
            ("time-tag", list(_time_tags(root))),
        )
        for name, values in sources:
            for value in values:
                if len(found := self._dates.read(value).value) >= 10:
                    return _MIDNIGHT.sub("", found), name
        return "", ""

    def _visible_date(
        self, head: Sequence[Block], visible: Sequence[Block], title: str, lines: Sequence[Line], url: str
    ) -> tuple[str, str]:
        """A date line beside the title, then one that came with the body, then the day in the address."""
        first = next((i for i, block in enumerate(visible) if _key(block.text) == _key(title)), 0)
        last = first + len(head) + 1
        near = [block.text for block in head]
        before = [block.text for block in reversed(visible[max(0, first - NEAR) : first]) if not block.aside]
        after = [block.text for block in visible[last:] if not block.aside and not is_prose(block.text)]
        for texts in (near, [line.text for line in lines if line.role == "date"], before[:NEAR], after[:NEAR]):
            if value := self._dump.published(texts):
                return value, "text"
        if match := _URL_DATE.search(url):
            value = self._dates.read(f"{match['y']}-{match['m']}-{match['d']}").value
            return value, "url" if value else ""
        return "", ""

    # --- body ------------------------------------------------------------------------------------------------------

    def _body(self, root: HtmlElement, facts: Facts) -> list[str]:
        found = bare_extraction(deepcopy(root), include_comments=False, with_metadata=False)
        text = (found.text or "") if found is not None and not isinstance(found, dict) else ""
        told = next(iter(facts.said("articleBody")), "")
        if len(text) < MIN_BODY < len(told):
            text = re.sub(r"<[^<>]{1,200}>", "\n", told)
        return [line for line in clean(text).split("\n") if line.strip()]

    def _lead(self, head: Sequence[Block], body: Sequence[str]) -> list[str]:
        """Paragraphs that stand between title and body and that the body finder left out."""
        known = {_key(line)[:SAME] for line in body}
        lead = [
            block.text
            for block in head
            if is_prose(block.text)
            and block.text.endswith((".", "؟", "!", "»", '"'))
            and not (block.aside or block.caption or block.byline)
            and block.links < 0.3
            and _key(block.text)[:SAME] not in known
        ]
        return lead if len(lead) <= MAX_LEAD else []

    # --- what stands around the body -----------------------------------------------------------------------------

    def _summary(self, visible: Sequence[Block]) -> tuple[str, ...]:
        """The items of the list under a label that says "summary"."""
        for i, block in enumerate(visible):
            if self._labels.role(block.text) == "summary":
                items = itertools.takewhile(lambda other: other.tag in ("li", "ul", "ol"), visible[i + 1 :])
                if lines := tuple(item.text.lstrip("-–•* ") for item in items):
                    return lines
        return ()

    def _head_role(self, block: Block, title: str) -> str:
        if _key(block.text) == _key(title) or block.aside or self._dates.line(block.text):
            return "other"
        if block.caption:
            return "caption"
        role = self._labels.role(block.text)
        if role in ("byline", "credit", "caption"):
            return role
        return "caption" if self._labels.caption_and_credit(block.text)[1] else "other"

    def _caption(self, head: Sequence[Block], visible: Sequence[Block], facts: Facts) -> tuple[str, str]:
        for block in (*head, *visible):
            if block.caption and not block.aside and len(block.text.split()) > 1:
                return self._labels.caption_and_credit(block.text, sure=True)
        for said in facts.metas("og:image:alt", "twitter:image:alt"):
            known = [*facts.metas("og:title", "og:description", "description"), *facts.said("headline")]
            if all(_key(said) != _key(other) for other in known) and len(said.split()) < 30:
                return self._labels.caption_and_credit(one_line(said), sure=True)
        return "", ""

    def _authors(self, facts: Facts, visible: Sequence[Block], outlet: str) -> tuple[str, ...]:
        bylines = [block.text for block in visible if block.byline and not block.aside and len(block.text.split()) <= 8]
        for signatures, latin in (
            (facts.said("author"), True),
            (facts.metas("author", "article:author", "dc.creator", "parsely-author", "sailthru.author"), True),
            (bylines, False),  # Latin words in visible bylines are mostly those of the site's makers
        ):
            names = [
                name
                for signature in signatures
                for name in self._labels.people(self._labels.signature(one_line(signature)))
            ]
            people = [name for name in names if arabic_share(name) > 0.5 or (latin and name.istitle())]
            people = [name for name in people if not _alike(name, outlet)]
            if people:
                return tuple(dict.fromkeys(people))
        return ()

    def _standfirst(self, facts: Facts, head: Sequence[Block], parts: Parts) -> str:
        """The page's own line under the title, where it says more than the title and the body's first words."""
        shown = [_key(block.text) for block in head]
        told = [one_line(line) for line in (*facts.said("description"), *facts.metas("og:description", "description"))]
        body, title = _key(parts.body), _key(parts.title)
        for line in (
            one_line(parts.standfirst),
            *(line for line in told if any(_key(line)[:SAME] in key for key in shown)),
        ):
            start = _key(line)[:SAME]
            if len(start) > SAME // 2 and start not in body and start not in title and arabic_share(line) > 0.5:
                return line
        return ""


def _between(visible: Sequence[Block], title: str, opening: str) -> list[Block]:
    """Visible lines after the title and before the body's first line."""
    start = _key(opening)[:SAME]
    ends = [i for i, block in enumerate(visible) if start and _key(block.text).startswith(start)]
    heads = [i for i, block in enumerate(visible) if title and _key(block.text) == _key(title)]
    if heads and ends and opening and _key(opening) == _key(title):
        return []
    pairs = [(end - head, head, end) for head in heads for end in ends if 0 < end - head <= MAX_HEAD]
    if pairs:
        _, head, end = min(pairs)
        return list(visible[head + 1 : end])
    if heads:
        return list(visible[heads[-1] + 1 : heads[-1] + 1 + NEAR])
    return list(visible[max(0, ends[0] - NEAR) : ends[0]]) if ends else []


def _without_outlet(title: str, outlet: str, told: Sequence[str]) -> str:
    """`title` without the outlet's name at either end."""
    names = {
        _key(outlet),
        *(_key(part) for other in told for part in (_SPLIT.split(other)[-1:] if other != title else [])),
    }
    separators = list(_SPLIT.finditer(title))
    if separators:
        last, first = separators[-1], separators[0]
        if _key(title[last.end() :]) in names:
            return title[: last.start()].strip()
        if _key(title[: first.start()]) in names:
            return title[first.end() :].strip()
    return title


def _alike(name: str, outlet: str) -> bool:
    """Whether a name is the outlet's, or a part of it, or holds it."""
    return bool(outlet) and (_key(name) in _key(outlet) or _key(outlet) in _key(name))


def _time_tags(root: etree._Element) -> Iterator[str]:
    """Dates in markup made for machines: elements marked as publication first, then the page's first <time>."""
    marked = [*root.iterfind(".//*[@itemprop]"), *root.iterfind(".//*[@property]")]
    for element in marked:
        named = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower()
        if any(word in named.split() for word in ("datepublished", "datecreated", "dc:date", "dc:created")):
            yield element.get("datetime") or element.get("content") or "".join(element.itertext())
    for element in root.iter("time"):
        above = {parent.tag for parent in element.iterancestors()}
        if not above & {"aside", "nav", "footer", "li"}:
            yield element.get("datetime") or "".join(element.itertext())
            return


def _texts(root: etree._Element, tag: str) -> list[str]:
    return ["".join(element.itertext()) for element in root.iter(tag)][:1]


def _canonical(root: etree._Element) -> str:
    return next((link.get("href") or "" for link in root.iter("link") if link.get("rel") == "canonical"), "")


@lru_cache(maxsize=4096)  # each line of a page is compared several times
def _key(text: str) -> str:
    """Folded letters and digits alone: by which two writings of a line are known as one."""
    return re.sub(r"[\W_]+", "", fold(text))
