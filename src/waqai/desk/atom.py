"""A saved search as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from waqai.desk.cards import Card, Party
from waqai.desk.setting import Desk
from waqai.store.saved import Saved

_SPACE = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(desk: Desk, saved: Saved, cards: Sequence[Card], base: str, language: str) -> bytes:
    """The feed of what `saved` finds, `cards`; `base` is the address of the desk."""
    root = etree.Element(f"{{{_SPACE}}}feed", nsmap={None: _SPACE})
    root.set(f"{{{_XML}}}lang", language)
    updated = max((card.article["added"] for card in cards), default=saved.made)
    _put(root, "id", f"urn:waqai:search:{saved.token}")
    _put(root, "title", f"{desk.texts.say(language)('name')}: {saved.name}")
    _put(root, "updated", updated)
    _link(root, "self", f"{base}/saved/{saved.token}.atom")
    _link(root, "alternate", f"{base}/events?{saved.query}")
    for card in cards:
        _entry(root, desk, card, base, language)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _entry(root: etree._Element, desk: Desk, card: Card, base: str, language: str) -> None:
    entry = etree.SubElement(root, f"{{{_SPACE}}}entry")
    _put(entry, "id", f"urn:waqai:event:{card.id}")
    _put(entry, "title", headline(desk, card, language))
    _put(entry, "updated", card.article["added"])
    _link(entry, "alternate", f"{base}{card.href}")
    author = etree.SubElement(entry, f"{{{_SPACE}}}author")
    _put(author, "name", card.article["source"] or desk.texts.say(language)("name"))
    _put(entry, "summary", card.evidence)


def headline(desk: Desk, card: Card, language: str) -> str:
    """An event in one line: date, act, status, who to whom, where."""
    say = desk.texts.say(language)
    act = desk.labels.of("type", card.type, language)
    sides = f" {say('arrow')} ".join(part for part in (_names(card.sources), _names(card.targets)) if part)
    status = "" if card.status == "happened" else desk.labels.of("status", card.status, language)
    return " · ".join(part for part in (card.date, act, status, sides, card.place) if part)


def _names(parties: Sequence[Party]) -> str:
    return "، ".join(party.name for party in parties)


def _put(over: etree._Element, name: str, words: str) -> None:
    etree.SubElement(over, f"{{{_SPACE}}}{name}").text = _NOT_XML.sub("\ufffd", words)


def _link(over: etree._Element, rel: str, href: str) -> None:
    etree.SubElement(over, f"{{{_SPACE}}}link", rel=rel, href=_NOT_XML.sub("\ufffd", href))
