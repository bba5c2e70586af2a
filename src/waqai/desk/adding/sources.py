"""What is sent to the desk, read: a text, the bytes of a file, the page at an address.

Nothing that is sent is ever the name of a file here: bytes are read from memory, and addresses are those of the web.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from waqai.desk.setting import Desk
from waqai.errors import InputError
from waqai.model import Article, Record
from waqai.readers import Reader
from waqai.readers.addresses import refuse_other_schemes
from waqai.readers.fetch import Fetcher, Limits

_WHOLE = 30.0  # seconds that one page may take
_LONGEST_NAME = 120
# One at a time: reading is all work and no waiting, and the steps keep what they looked up.
_coding = threading.Lock()
Found = Iterator[Record | InputError]


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text and what was said of it; without a title the text is read as the dump of a whole page."""

    text: str
    title: str = ""
    published: str = ""
    source: str = ""
    url: str = ""


def from_text(desk: Desk, pasted: Pasted) -> Found:
    """The record of a pasted text."""
    if not pasted.title.strip() and not pasted.published and not pasted.url and not pasted.source:
        yield from from_file(desk, _whole(pasted.text).encode(), "")
        return
    title, _, body = (
        pasted.text.strip().partition("\n") if not pasted.title.strip() else (pasted.title, "", pasted.text)
    )
    said = {"title": title, "body": body, "published": pasted.published, "source": pasted.source, "url": pasted.url}
    row = json.dumps({name: _whole(value.strip()) for name, value in said.items() if value.strip()}, ensure_ascii=False)
    yield from from_file(desk, row.encode(), "")


def from_file(desk: Desk, body: bytes, name: str) -> Found:
    """The records of a file's bytes; `name` tells its kind where its content leaves that open."""
    found = desk.waqai.read_bytes(body, "", bare_name(name))
    while True:
        with _coding:
            record = next(found, None)
        if record is None:
            return
        yield record


def from_address(desk: Desk, url: str) -> Found:
    """The records of the page at an address, which must be a public one of http or https."""
    try:
        refuse_other_schemes(url, url[:200])
    except InputError as error:
        yield error
        return
    reader = Reader(desk.library, fetcher=Fetcher(allow_private=False, limits=Limits(whole=_WHOLE)))
    for found in reader.read(url):
        if isinstance(found, Article):
            with _coding:
                record = desk.waqai.code(found)
            yield record
        else:
            yield found


def bare_name(name: str) -> str:
    """The last part of a file's name as somebody else gave it, without what is no letter to see."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(letter for letter in last if letter.isprintable())[-_LONGEST_NAME:]


def _whole(words: str) -> str:
    """`words` without halves of characters, which JSON can carry and UTF-8 cannot."""
    return words.encode("utf-8", "replace").decode()
