"""What a page says of itself in its markup: JSON-LD, OpenGraph and meta, and its visible lines as blocks."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import lxml.html
from lxml import etree

from waqai.errors import TooLarge, Unreadable

# Bounds on one page, several times what news pages have (up to 950 elements, 22 deep, 14 attributes, 60,000 letters in
# the six measured), so low that the slowest page found within them takes trafilatura under 5 s on one busy core.
MAX_ELEMENTS = 20_000
MAX_DEPTH = 100
MAX_ATTRIBUTES = 500  # of one element: libxml2 needs 70 s for 200,000
MAX_TEXT = 1_000_000  # characters
MAX_SCRIPT = 1_000_000  # characters of JSON-LD: an article with its whole body has a tenth of that
MAX_GRAPH = 2_000  # JSON-LD objects looked at

_ARTICLES = ("NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "LiveBlogPosting")
_SKIP = frozenset(("script", "style", "noscript", "template", "select", "button", "svg", "iframe", "head", "textarea"))
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_ASIDE = frozenset(("nav", "aside", "footer", "form", "menu"))
_ASIDE_CLASS = re.compile(
    r"related|sidebar|side-bar|comment|newsletter|share|social|breadcrumb|most-?read|footer|menu", re.I
)
_CAPTION_CLASS = re.compile(r"caption|img-?desc|photo-?desc|image-?desc", re.I)
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:by-?line|author|writer|journalist|reporter)(?:s|-?name)?(?:$|[\s_-])", re.I)


@dataclass(frozen=True, slots=True)
class Block:
    """One visible line: `links` is the share of its letters that stand in links."""

    text: str
    tag: str
    links: float
    aside: bool  # inside navigation, a side bar, a form, a foot
    caption: bool
    byline: bool


def parse(text: str, where: str) -> lxml.html.HtmlElement:
    """The root element of a cleaned page. Raises TooLarge over the bounds, Unreadable where there is no element."""
    body = text.encode("utf-8", errors="ignore")
    try:
        # A first pass builds no tree: building one takes time quadratic in what the bounds forbid.
        bounds: Any = _Bounds(where)
        etree.fromstring(body, etree.HTMLParser(encoding="utf-8", target=bounds))
        parser = lxml.html.HTMLParser(
            encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, collect_ids=False
        )
        return lxml.html.document_fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(f"no HTML page: {error}", where, "give the page as saved") from error


class _Bounds:
    """Counts what the parser meets, and stops it at a bound."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._elements = self._depth = self._text = 0
        self._code = False  # inside a script, whose letters nobody reads

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        self._code = tag in ("script", "style")
        self._refuse(self._elements > MAX_ELEMENTS, f"a page of more than {MAX_ELEMENTS:,} elements")
        self._refuse(self._depth > MAX_DEPTH, f"a page with elements nested over {MAX_DEPTH} deep")
        self._refuse(len(attributes) > MAX_ATTRIBUTES, f"an element with more than {MAX_ATTRIBUTES} attributes")

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._code = False

    def data(self, data: str) -> None:
        self._text += 0 if self._code else len(data)

    def close(self) -> None:
        self._refuse(self._text > MAX_TEXT, f"a page of more than {MAX_TEXT:,} characters of text")

    def _refuse(self, over: bool, what: str) -> None:
        if over:
            raise TooLarge(what, self._where, "save the article alone")


class Facts:
    """Meta values and JSON-LD of one page; every answer is "" or empty where the page is silent."""

    def __init__(self, root: etree._Element) -> None:
        self._metas: dict[str, list[str]] = {}
        for meta in root.iter("meta"):
            content = html.unescape(meta.get("content") or "").strip()  # often escaped twice
            for key in ("property", "name", "itemprop"):
                if content and (name := (meta.get(key) or "").strip().lower()):
                    self._metas.setdefault(name, []).append(content)
        self.graph = _graph(root)
        self.article = next((item for item in self.graph if _is_article(item)), {})

    def metas(self, *names: str) -> list[str]:
        """Contents of the meta elements of these names, in the order of the names."""
        return [content for name in names for content in self._metas.get(name, ())]

    def said(self, key: str) -> list[str]:
        """Strings, or names of objects, under a key of the page's JSON-LD article."""
        return list(_names(self.article.get(key)))


def blocks(root: etree._Element) -> list[Block]:
    """The visible lines of the page in order."""
    return list(_Walk().run(root))


class _Walk:
    """Gathers inline text between block boundaries, with what the elements around it say."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, bool]] = []
        self._open: list[tuple[str, bool, bool, bool]] = []  # tag, aside, caption, byline of the open elements
        self._links = 0

    def run(self, root: etree._Element) -> Iterator[Block]:
        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if skipped is None and (tag in _SKIP or not tag):
                    skipped = element
                elif skipped is None:
                    yield from self._enter(element, tag)
            elif skipped is element:
                skipped = None
                self._add(element.tail)
            elif skipped is None:
                yield from self._leave(element, tag)

    def _enter(self, element: etree._Element, tag: str) -> Iterator[Block]:
        if tag not in _INLINE:
            yield from self._flush()
        named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        up = self._open[-1] if self._open else ("", False, False, False)
        self._open.append(
            (
                up[0] if tag in _INLINE else tag,
                up[1] or tag in _ASIDE or (tag not in ("body", "html", "article") and bool(_ASIDE_CLASS.search(named))),
                up[2] or tag == "figcaption" or bool(_CAPTION_CLASS.search(named)),
                up[3] or bool(_BYLINE_CLASS.search(named)) or element.get("rel") == "author",
            )
        )
        self._links += tag == "a"
        self._add(element.text)

    def _leave(self, element: etree._Element, tag: str) -> Iterator[Block]:
        if tag not in _INLINE:
            yield from self._flush()
        self._open.pop()
        self._links -= tag == "a"
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, self._links > 0))

    def _flush(self) -> Iterator[Block]:
        text = " ".join("".join(piece for piece, _ in self._pieces).split())
        linked = sum(len(piece) for piece, link in self._pieces if link)
        whole = sum(len(piece) for piece, _ in self._pieces)
        self._pieces = []
        if text and self._open:
            tag, aside, caption, byline = self._open[-1]
            yield Block(text, tag, linked / whole, aside, caption, byline)


def _graph(root: etree._Element) -> list[dict[str, Any]]:
    """Every JSON-LD object of the page, nested ones after those that hold them."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        source = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(source) > MAX_SCRIPT:
            continue
        # Pages put line ends and tabs into strings, which strict JSON forbids.
        with suppress(ValueError, RecursionError):
            queue: list[Any] = [json.loads(source.strip().rstrip(";"), strict=False)]
            while queue and len(found) < MAX_GRAPH:
                item = queue.pop(0)
                if isinstance(item, dict):
                    found.append(item)
                    queue.extend(value for value in item.values() if isinstance(value, dict | list))
                elif isinstance(item, list):
                    queue.extend(value for value in item if isinstance(value, dict | list))
    return found


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str))


def _names(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            yield item.strip()
        elif isinstance(item, dict) and isinstance(item.get("name"), str):
            yield item["name"].strip()
