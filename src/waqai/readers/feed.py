"""Feeds and sitemaps: RSS 2.0, RSS 1.0 (RDF), Atom, JSON Feed, news sitemaps and indexes of sitemaps.

An entry whose feed holds the article is read from the feed; else its page is fetched, where the feed itself came from
an address; else its summary is read and a problem says so.

Imports lxml: only `readers.Reader` imports this file, when it meets a feed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol
from urllib.parse import urljoin

from lxml import etree

from waqai.errors import InputError, NoArticle, TooLarge, Unreadable
from waqai.model import Article
from waqai.readers.assembly import NO_DATE
from waqai.readers.cleaning import clean, one_line
from waqai.readers.labels import Labels
from waqai.readers.markup import blocks, parse
from waqai.readers.table import TableReader

MAX_TAGS = 600_000  # "<" in one feed: a sitemap of the 50,000 addresses its standard allows has half as many
MAX_ENTRIES = 1_000  # of one source, also of all its sitemaps together: what a news sitemap may list
MAX_SITEMAPS = 50  # of one index and those below it
MAX_DEPTH = 3  # indexes of indexes: the standard knows none, large houses have one
MIN_CONTENT = 250  # characters: what is shorter is a summary, even where a feed calls it content
MIN_DESCRIPTION = 800  # characters: summaries run to 600, articles in descriptions begin above

SUMMARY_ONLY = "the feed holds a summary only; the page was not fetched"

_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,30});")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CUT = re.compile(r"(?:…|\.\.\.)[\s\])»\"]*$")
# Descriptions of pictures and sounds, whose titles are not the article's.
_MEDIA = ("{http://search.yahoo.com/mrss", "{http://www.itunes.com/", "media:", "itunes:")
_JSON_FEED = "jsonfeed.org/version"


class Visits(Protocol):
    """What a feed may ask of the network."""

    def text(self, url: str) -> str:
        """The decoded text behind an address. Raises InputError."""

    def articles(self, url: str) -> Iterator[Article | InputError]:
        """The articles behind an address."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as a feed gives it; `content` and `summary` are HTML or plain text."""

    title: str = ""
    url: str = ""
    id: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    source: str = ""
    content: str = ""
    summary: str = ""


class FeedReader:
    """Reads feeds with the tables of `readers/`."""

    def __init__(self, labels: Labels, table: TableReader) -> None:
        self._labels = labels
        self._table = table

    def read(self, text: str, url: str, where: str, visits: Visits | None) -> Iterator[Article | InputError]:
        """Articles of a feed or sitemap, and an error for each entry that gives none. Without `visits` no page is
        fetched. Raises Unreadable or TooLarge where it is no feed that can be read.
        """
        root = _xml(text, where)
        kind = _name(root)
        if kind in ("urlset", "sitemapindex"):
            if visits is None:
                raise Unreadable("a sitemap, not an article", where, "give its address to have its pages fetched")
            yield from _Sitemaps(self, visits, where).run(root)
            return
        entries = list(_rss(root, url) if kind in ("rss", "rdf") else _atom(root, url))
        yield from self._entries(entries, where, visits)

    def read_json(self, feed: dict[str, Any], url: str, where: str, visits: Visits | None) -> Iterator[Any]:
        """Articles of a JSON feed, as `read` gives those of the others."""
        yield from self._entries(list(_json(feed, url)), where, visits)

    def _entries(self, entries: list[Entry], where: str, visits: Visits | None) -> Iterator[Article | InputError]:
        if not entries:
            raise NoArticle("a feed without entries", where, "give the pages themselves")
        for number, entry in enumerate(entries[:MAX_ENTRIES], start=1):
            yield from self._entry(entry, f"{where}:{number}", visits)
        if len(entries) > MAX_ENTRIES:
            yield TooLarge(f"a feed of more than {MAX_ENTRIES:,} entries", where, "the others were left out")

    def _entry(self, entry: Entry, where: str, visits: Visits | None) -> Iterator[Article | InputError]:
        try:
            content, cut = self._plain(entry.content, where)
            summary, short = self._plain(entry.summary, where)
            if len(content) >= MIN_CONTENT and not cut:
                yield self._article(entry, content, where)
            elif len(summary) >= MIN_DESCRIPTION and not short:
                yield self._article(entry, summary, where)
            elif entry.url and visits is not None:
                yield from (filled(found, entry, self._table) for found in visits.articles(entry.url))
            else:
                longer = max(content, summary, key=len)
                yield self._article(entry, longer, where, (SUMMARY_ONLY,))
        except InputError as error:
            yield error

    def _article(self, entry: Entry, body: str, where: str, problems: tuple[str, ...] = ()) -> Article:
        row = {
            "title": entry.title,
            "body": body,
            "url": entry.url,
            "id": entry.id,
            "published": entry.published,
            "authors": list(self._people(entry.authors)),
            "section": entry.section,
            "source": entry.source,
        }
        article = self._table.article(row, where, mapped=False)
        told = "feed" if article.published_from == "given" else article.published_from
        return replace(article, published_from=told, problems=problems + article.problems)

    def _people(self, authors: tuple[str, ...]) -> Iterator[str]:
        for author in authors:
            yield from self._labels.people(self._labels.signature(one_line(author)))

    def _plain(self, markup: str, where: str) -> tuple[str, bool]:
        """The text of an entry's HTML, its paragraphs on lines of their own, and whether it is cut off."""
        if "<" in markup:
            kept = [block.text for block in blocks(parse(clean(markup), where)) if not (block.caption or block.aside)]
        else:
            kept = [line.strip() for line in html.unescape(markup).split("\n") if line.strip()]
        lines = [line for line in kept if self._labels.role(line) != "aside"]
        cut = bool(lines) and (self._labels.role(lines[-1]) in ("control", "related") or bool(_CUT.search(lines[-1])))
        return "\n".join(line for line in lines if self._labels.role(line) != "control"), cut


def filled(found: Article | InputError, entry: Entry, table: TableReader) -> Article | InputError:
    """An article from its page, with what the page does not say and its feed does."""
    if isinstance(found, InputError):
        return found
    if not found.published and (published := table.published(entry.published)[0]):
        problems = tuple(problem for problem in found.problems if problem != NO_DATE)
        found = replace(found, published=published, published_from="feed", problems=problems)
    return replace(
        found, section=found.section or one_line(entry.section), source=found.source or one_line(entry.source)
    )


def json_feed(text: str) -> dict[str, Any] | None:
    """The feed where `text` is a JSON Feed, else None."""
    if _JSON_FEED not in text:
        return None
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    known = isinstance(feed, dict) and isinstance(feed.get("items"), list) and _JSON_FEED in str(feed.get("version"))
    return feed if known else None


class _Sitemaps:
    """The pages of one sitemap, or of an index and the sitemaps below it, each once."""

    def __init__(self, feeds: FeedReader, visits: Visits, where: str) -> None:
        self._feeds, self._visits, self._where = feeds, visits, where
        self._seen: set[str] = {where}
        self._maps = self._pages = 0

    def run(self, root: etree._Element, depth: int = 1) -> Iterator[Article | InputError]:
        if _name(root) == "sitemapindex":
            yield from self._index(root, depth)
            return
        for entry in _listed(root):
            if entry.url in self._seen or not entry.url:
                continue
            if self._pages >= MAX_ENTRIES:
                yield TooLarge(f"sitemaps of more than {MAX_ENTRIES:,} pages", self._where, "the others were left out")
                return
            self._pages += 1
            self._seen.add(entry.url)
            yield from (filled(found, entry, self._feeds._table) for found in self._visits.articles(entry.url))

    def _index(self, root: etree._Element, depth: int) -> Iterator[Article | InputError]:
        for entry in _listed(root):
            if entry.url in self._seen or not entry.url or self._pages >= MAX_ENTRIES:
                continue
            if depth >= MAX_DEPTH or self._maps >= MAX_SITEMAPS:
                over = f"{MAX_DEPTH} deep" if depth >= MAX_DEPTH else f"more than {MAX_SITEMAPS} sitemaps"
                yield TooLarge(f"an index of sitemaps, {over}", entry.url, "give the sitemap you want")
                return
            self._maps += 1
            self._seen.add(entry.url)
            try:
                below = _xml(self._visits.text(entry.url), entry.url)
            except InputError as error:
                yield error
                continue
            yield from self.run(below, depth + 1)


# --- forms -------------------------------------------------------------------------------------------------------


def _xml(text: str, where: str) -> etree._Element:
    """The root of a feed. Entities that a document declares itself are refused: they are how bombs are written, and no
    feed needs them.
    """
    text = _DECLARATION.sub("", clean(text))
    if "<!ENTITY" in text:
        raise Unreadable("XML that declares entities of its own", where, "no feed needs them; it is not read")
    if text.count("<") > MAX_TAGS:
        raise TooLarge(f"a feed of more than {MAX_TAGS:,} tags", where, "give a part of it")
    text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)  # &nbsp; and its like, which XML does not know
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.strip().encode("utf-8", errors="ignore"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(f"broken XML: {error}", where, "give the feed as its server sends it") from error
    if root is None or _name(root) not in ("rss", "rdf", "feed", "urlset", "sitemapindex"):
        raise Unreadable("XML, but no feed and no sitemap", where, "give RSS, Atom, a sitemap or a page")
    return root


def _rss(root: etree._Element, base: str) -> Iterator[Entry]:
    outlet = _said(next((child for child in root if _name(child) == "channel"), root), "title")
    for item in root.iter("{*}item"):
        link = _said(item, "link") or (_said(item, "guid") if _said(item, "guid").startswith("http") else "")
        yield Entry(
            title=_title(_said(item, "title")),
            url=_joined(base, link),
            id=_said(item, "guid"),
            published=_said(item, "pubDate") or _said(item, "date") or _said(item, "published"),
            authors=tuple(_every(item, "creator") or _every(item, "author")),
            section=_said(item, "category"),
            source=_said(item, "source") or outlet,
            content=_said(item, "encoded") or _said(item, "content"),
            summary=_said(item, "description"),
        )


def _atom(root: etree._Element, base: str) -> Iterator[Entry]:
    outlet = _said(root, "title")
    for item in root.iter("{*}entry"):
        links = [child for child in item if _name(child) == "link" and child.get("rel", "alternate") == "alternate"]
        link = links[0].get("href") or "" if links else ""
        people = [child for child in item if _name(child) == "author"]
        categories = [child.get("term") or "" for child in item if _name(child) == "category"]
        yield Entry(
            title=_title(_said(item, "title")),
            url=_joined(base, link),
            id=_said(item, "id"),
            published=_said(item, "published") or _said(item, "issued") or _said(item, "updated"),
            authors=tuple(name for person in people if (name := _said(person, "name"))),
            section=next(iter(categories), ""),
            source=outlet,
            content=_said(item, "content"),
            summary=_said(item, "summary"),
        )


def _json(feed: dict[str, Any], base: str) -> Iterator[Entry]:
    for item in feed["items"]:
        if not isinstance(item, dict):
            continue
        said = {key: value for key, value in item.items() if isinstance(value, str)}
        people = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
        tags = item.get("tags") if isinstance(item.get("tags"), list) else []
        link = said.get("url") or said.get("external_url") or ""
        yield Entry(
            title=_title(said.get("title", "")),
            url=_joined(base, link),
            id=str(item.get("id") or ""),
            published=said.get("date_published", ""),
            authors=tuple(_names(people)),
            section=next((tag for tag in tags or () if isinstance(tag, str)), ""),
            source=str(feed.get("title") or ""),
            content=said.get("content_html") or html.escape(said.get("content_text", ""), quote=False),
            summary=said.get("summary", ""),
        )


def _names(people: Any) -> Iterator[str]:
    for person in people or ():
        if isinstance(person, dict) and isinstance(person.get("name"), str):
            yield person["name"]


def _listed(root: etree._Element) -> Iterator[Entry]:
    """Addresses of a sitemap or an index, with what a news sitemap says of them."""
    for item in root:
        news = next((child for child in item if _name(child) == "news"), None)
        outlet = next((child for child in news if _name(child) == "publication"), None) if news is not None else None
        yield Entry(
            url=_said(item, "loc"),
            published=_said(news, "publication_date") if news is not None else "",
            source=_said(outlet, "name") if outlet is not None else "",
        )


def _name(element: etree._Element) -> str:
    """The local name, also after a prefix that the feed never declared; RDF's root in small letters like the others."""
    name = str(element.tag).rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""
    return "rdf" if name == "RDF" else name


def _every(element: etree._Element, name: str) -> list[str]:
    """What the children of this local name hold: text, or for XHTML content its markup."""
    found = []
    for child in element:
        if _name(child) == name and not str(child.tag).startswith(_MEDIA):
            inner = "".join(etree.tostring(part, encoding="unicode") for part in child) if len(child) else ""
            text = (html.escape(child.text or "", quote=False) + inner) if inner else (child.text or "")
            found.append(text.strip())
    return [text for text in found if text]


def _said(element: etree._Element, name: str) -> str:
    return next(iter(_every(element, name)), "")


def _joined(base: str, link: str) -> str:
    """A link as an address; as it stands where it is none, so that its failure names it."""
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return link


def _title(title: str) -> str:
    """A title without the markup that some feeds put into it."""
    return re.sub(r"<[^<>]{1,200}>", "", html.unescape(title))
