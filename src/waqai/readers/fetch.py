"""The only door to the network: one polite GET of a page, with every answer bounded in size, time and direction.

robots.txt is asked first and its crawl-delay kept; what it refuses is not fetched. Every redirect is a new visit, which
is asked for and checked as the first was.
"""

from __future__ import annotations

import random
import time
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from waqai._version import __version__
from waqai.errors import InputError, NotFound, Unreadable
from waqai.readers.addresses import Forbidden, refuse_other_schemes
from waqai.readers.inflate import MAX_BYTES, too_large, unpacked

if TYPE_CHECKING:
    import httpx
    from protego import Protego

    from waqai.readers.wire import CheckedBackend

AGENT = f"Waqai/{__version__} (reader of Arabic news; keeps to robots.txt)"
ROBOT = "Waqai"  # the name robots.txt may call it by

MAX_REDIRECTS = 5  # what RFC 9309 asks of robots.txt; news sites need one or two
MAX_ROBOTS = 512_000  # bytes of robots.txt that are read: RFC 9309 asks for 500 KiB
MAX_WAIT = 120.0  # seconds: a server that asks for more between pages, or before another try, is left alone
TRIES = 3
AGAIN = (429, 500, 502, 503, 504)  # answers that may be better the next time
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a visit may take, and that pass between two visits."""

    connect: float = 10.0  # as browsers wait for far hosts
    read: float = 15.0  # between two pieces of an answer
    whole: float = 60.0  # one page with its redirects and tries: a drip of single bytes ends here
    pause: float = 1.0  # between two visits to a host that names no crawl-delay
    again: float = 1.0  # before the second try; doubled before the third


@dataclass(frozen=True, slots=True)
class Capture:
    """What a visit brought: the address after redirects, the unpacked body, and what a later visit sends back."""

    url: str
    body: bytes
    etag: str = ""
    modified: str = ""


class Fetcher:
    """Visits addresses. `cache` keeps captures by address, and spares their servers what has not changed.

    `allow_private` lets it visit loopback, private and link-local addresses, whoever names them: a page or feed from
    outside could then lead it to machines inside.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        cache: MutableMapping[str, Capture] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._allow_private = allow_private
        self._cache = cache
        self._limits = limits or Limits()
        self._rules: dict[str, Protego | InputError] = {}
        self._visited: dict[str, float] = {}  # when a host was last visited

    def get(self, url: str) -> Capture:
        """The page at `url`.

        Raises NotFound where there is none, TooLarge over the bounds, Unreadable where it may not or cannot be fetched.
        """
        refuse_other_schemes(url, url)
        self._backend.begin(url, self._limits.whole)
        known = self._cache.get(url) if self._cache is not None else None
        capture = self._follow(url, url, known)
        if self._cache is not None and (capture.etag or capture.modified):
            self._cache[url] = capture
        return capture

    def _follow(self, url: str, where: str, known: Capture | None = None, *, robots: bool = True) -> Capture:
        """The capture behind `url` and its redirects. Without `robots`, of robots.txt itself."""
        for _ in range(MAX_REDIRECTS + 1):
            if robots:
                self._ask_robots(url, where)
            found = self._tried(url, where, known, robots=robots)
            if isinstance(found, Capture):
                return found
            refuse_other_schemes(found, where)
            url = found
        raise Unreadable(f"more than {MAX_REDIRECTS} redirects", where, "give the address they should lead to")

    def _tried(self, url: str, where: str, known: Capture | None, *, robots: bool) -> Capture | str:
        """A capture, or the address it is redirected to; tries again where that may help."""
        import httpcore
        import httpx

        for left in reversed(range(TRIES)):
            wait = self._limits.again * 2 ** (TRIES - 1 - left) * random.uniform(0.5, 1.5)
            self._pace(url)
            try:
                return self._visit(url, where, known, robots=robots)
            except _Again as error:
                fault: InputError = error.fault
                wait = max(wait, error.after)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                what = "no answer in time" if isinstance(error, httpcore.TimeoutException) else "the connection failed"
                fault = Unreadable(f"{what}: {error}".rstrip(": "), where, "try again later")
                if "time for one page" in str(error):
                    break
            except (httpx.InvalidURL, httpcore.UnsupportedProtocol, httpx.HTTPError, ValueError) as error:
                raise Unreadable(f"not an address that can be visited: {error}", where, "check it") from error
            except OSError as error:
                raise Unreadable(f"cannot be fetched: {error}", where, "try again later") from error
            if not left or wait > MAX_WAIT:
                break
            self._sleep(wait)
        raise fault

    def _visit(self, url: str, where: str, known: Capture | None, *, robots: bool) -> Capture | str:
        headers = {}
        if known and known.url == url:
            headers = {"if-none-match": known.etag, "if-modified-since": known.modified}
        with self._client.stream("GET", url, headers={name: text for name, text in headers.items() if text}) as answer:
            status, target = answer.status_code, answer.headers.get("location", "")
            if status == 304 and known:
                return known
            if status in REDIRECTS and target:
                return str(urljoin(url, target))
            if status in AGAIN:
                raise _Again(_status(status, where), _after(answer.headers.get("retry-after", "")))
            if status != 200:
                raise _status(status, where)
            body = _robots_body(answer, where) if not robots else _body(answer, where)
            return Capture(url, body, answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))

    # --- robots.txt and pace -------------------------------------------------------------------------------------

    def _ask_robots(self, url: str, where: str) -> None:
        """Raises Unreadable where robots.txt refuses the page, or could not be read."""
        origin = _origin(url)
        if origin not in self._rules:
            self._rules[origin] = self._robots(origin)
        rules = self._rules[origin]
        if isinstance(rules, Forbidden | NotFound):  # what is wrong is the host, not its robots.txt
            raise type(rules)(rules.what, where, rules.todo)
        if isinstance(rules, InputError):
            raise Unreadable(f"robots.txt could not be read, so nothing is fetched: {rules.what}", where, rules.todo)
        if not rules.can_fetch(url, ROBOT):
            raise Unreadable("robots.txt does not allow it", where, "ask its owners, or save the page by hand")
        if (rules.crawl_delay(ROBOT) or 0) > MAX_WAIT:
            raise Unreadable(f"robots.txt asks for over {MAX_WAIT:.0f} s between pages", where, "save the page by hand")

    def _robots(self, origin: str) -> Protego | InputError:
        from protego import Protego

        address = f"{origin}/robots.txt"
        try:
            body = self._follow(address, address, robots=False).body
        except _Refused as error:
            if not 400 <= error.status < 500:
                return error
            body = b""  # RFC 9309: where there are no rules, all is allowed
        except InputError as error:
            return error
        return Protego.parse(body.decode("utf-8", errors="replace"))

    def _pace(self, url: str) -> None:
        """Waits until the host may be visited again."""
        rules = self._rules.get(_origin(url))
        delay = None if rules is None or isinstance(rules, InputError) else rules.crawl_delay(ROBOT)
        pause = self._limits.pause if delay is None else max(delay, self._limits.pause)
        host = urlsplit(url).netloc
        self._sleep(self._visited.get(host, float("-inf")) + pause - time.monotonic())
        self._visited[host] = time.monotonic()

    def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            time.sleep(seconds)
            self._backend.clock.slept(seconds)

    # --- what is loaded when the first page is asked for ----------------------------------------------------------

    @cached_property
    def _backend(self) -> CheckedBackend:
        from waqai.readers.wire import CheckedBackend  # httpx takes a tenth of a second to import

        return CheckedBackend(allow_private=self._allow_private)

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        from waqai.readers.wire import Transport

        limits = self._limits
        return httpx.Client(
            transport=Transport(self._backend),
            trust_env=False,  # a proxy would connect to addresses that were never checked
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            headers={
                "user-agent": AGENT,
                "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                "accept-encoding": "gzip, deflate",
                "accept-language": "ar",
            },
        )


class _Refused(Unreadable):
    """The server answered with an error."""

    status = 0


class _Again(Exception):
    """An answer that may be better later; `after` seconds, where the server says so."""

    def __init__(self, fault: InputError, after: float) -> None:
        super().__init__(str(fault))
        self.fault, self.after = fault, after


def _status(status: int, where: str) -> InputError:
    if status in (404, 410):
        missing = _Missing(f"no such page: the server answered {status}", where, "check the address")
        missing.status = status
        return missing
    refused = _Refused(f"the server answered {status}", where, "try again later, or save the page by hand")
    refused.status = status
    return refused


class _Missing(NotFound, _Refused):
    """The server knows no such page."""


def _after(value: str) -> float:
    """Seconds that a Retry-After header asks for; 0 where it asks for nothing that can be read."""
    if value.strip().isascii() and value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def _body(answer: httpx.Response, where: str) -> bytes:
    size = answer.headers.get("content-length", "")
    if size.isdigit() and int(size) > MAX_BYTES:
        raise too_large(where)
    return b"".join(unpacked(answer.iter_raw(), answer.headers.get("content-encoding", ""), where))


def _robots_body(answer: httpx.Response, where: str) -> bytes:
    """The first MAX_ROBOTS bytes; what a longer file says after them is not read."""
    body = b""
    for piece in unpacked(answer.iter_raw(), answer.headers.get("content-encoding", ""), where):
        body += piece
        if len(body) > MAX_ROBOTS:
            return body[:MAX_ROBOTS]
    return body


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"
