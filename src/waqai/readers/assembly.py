"""Puts the parts that a reader found together into an Article, and refuses what is no Arabic article."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from waqai.arabic import arabic_share
from waqai.errors import NoArticle, NotArabic
from waqai.model import Article
from waqai.readers.cleaning import clean, one_line, paragraphs

MIN_ARABIC = 0.5  # of the letters: Arabic news with many Latin names stays above 0.8, an English page below 0.2
MIN_ARTICLE = (
    0.04  # of the words begin with the article in Arabic prose (0.2 to 0.3); in Persian, Urdu, Kurdish under 0.02
)
MIN_WORDS = 40  # below this the share of articles says nothing

NO_DATE = "no publication date found; relative dates are left unresolved"
NO_TITLE = "no title found"
NO_BODY = "no body text found; only the title was read"

_WORD = re.compile(r"[^\W\d_]+")
_WITH_ARTICLE = re.compile(r"\b(?:[وف]?[بكل]?ال|[وف]?لل)\w{2,}")
_NEVER_ARABIC = re.compile("[پچژگڤۆێڕڵٹڈڑےںھہ]")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a reader found, not yet cleaned; `body` is the body with a newline between paragraphs."""

    body: str
    title: str = ""
    id: str = ""
    url: str = ""
    source: str = ""
    published: str = ""
    published_from: str = ""
    authors: tuple[str, ...] = ()
    caption: str = ""
    credit: str = ""
    standfirst: str = ""
    outlet_summary: tuple[str, ...] = ()
    section: str = ""
    problems: tuple[str, ...] = ()


def assemble(parts: Parts, where: str) -> Article:
    """The Article of `parts`. Raises NoArticle where neither title nor body holds words, NotArabic where the words
    are those of another language; both name `where`.
    """
    title, body = one_line(parts.title), "\n".join(paragraphs(clean(parts.body)))
    text = "\n\n".join(part for part in (title, body) if part)
    if not _WORD.search(text):
        raise NoArticle("no article text in it", where, "give a page that holds one news article")
    refuse_other_languages(text, where)
    url = one_line(parts.url)
    return Article(
        id=one_line(parts.id) or hashlib.sha256(f"{url}\n{title}\n{body}".encode()).hexdigest()[:16],
        text=text,
        title=title,
        url=url,
        source=one_line(parts.source),
        published=parts.published,
        published_from=parts.published_from if parts.published else "",
        authors=_each(parts.authors),
        caption=one_line(parts.caption),
        credit=one_line(parts.credit),
        standfirst=one_line(parts.standfirst),
        outlet_summary=_each(parts.outlet_summary),
        section=one_line(parts.section),
        problems=parts.problems
        + ((NO_DATE,) if not parts.published else ())
        + ((NO_TITLE,) if not title else ())
        + ((NO_BODY,) if not body else ()),
    )


def refuse_other_languages(text: str, where: str) -> None:
    """Raises NotArabic where `text` is written in other letters, or in Arabic letters but not in Arabic."""
    share = arabic_share(text)
    if share < MIN_ARABIC:
        raise NotArabic(
            f"not Arabic: {round(100 * share)} % of its letters are Arabic", where, "Waqai reads Arabic news only"
        )
    words = len(_WORD.findall(text))
    if words >= MIN_WORDS and _NEVER_ARABIC.search(text) and len(_WITH_ARTICLE.findall(text)) < MIN_ARTICLE * words:
        raise NotArabic(
            "not Arabic: Arabic letters, but another language (Persian, Urdu or Kurdish)",
            where,
            "Waqai reads Arabic news only",
        )


def _each(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kept for line in lines if (kept := one_line(line))))
