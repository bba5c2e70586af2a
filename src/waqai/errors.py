"""The one error tree. Every message says what, where and what to do.

WaqaiError
├── InputError              one input cannot be read; the run goes on with the others
│   ├── NotFound            no such file, or a directory where a file is wanted
│   ├── NotArabic           the text is in another language
│   ├── TooLarge            over a bound on size, depth or time
│   ├── Unreadable          bytes that are no text, or no page, or no JSON
│   └── NoArticle           a page with no article text in it
├── TableError              a row of a lexicon table is wrong; names file, row id and key
├── StoreError              a store cannot be opened, read or written; says what to do
└── ArchiveError            an archive cannot be coded or read: no such folder, no Spark, no Java
"""

from __future__ import annotations


class WaqaiError(Exception):
    """Root of all errors that Waqai raises on purpose."""


class InputError(WaqaiError):
    """One input cannot be read.

    `where` names it: a path or address, with `:line` where a line is known.
    """

    def __init__(self, what: str, where: str = "", todo: str = "") -> None:
        self.what, self.where, self.todo = what, where, todo
        message = f"{where}: {what}" if where else what
        super().__init__(f"{message} ({todo})" if todo else message)


class NotFound(InputError):
    """No such file, or a directory where a file is wanted."""


class NotArabic(InputError):
    """The text is not in Arabic."""


class TooLarge(InputError):
    """The input is over a bound on size, depth or time."""


class Unreadable(InputError):
    """The bytes cannot be read as what they should be."""


class NoArticle(InputError):
    """The page holds no article text."""


class TableError(WaqaiError):
    """A row of a lexicon table is wrong."""


class StoreError(WaqaiError):
    """A store cannot be opened, read or written."""


class ArchiveError(WaqaiError):
    """An archive cannot be coded, or what was written of one cannot be read."""
