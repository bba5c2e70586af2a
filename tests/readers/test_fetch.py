"""Visits: polite, bounded, and to public addresses only. The server is local; nothing leaves the machine."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import time
import zlib
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hostile import QUICK, Site, send

from waqai.errors import InputError, NotFound, TooLarge, Unreadable
from waqai.model import Article
from waqai.readers import Reader
from waqai.readers.addresses import private
from waqai.readers.fetch import Capture, Fetcher, Limits
from waqai.resources import Library


def fetcher(**changes: float) -> Fetcher:
    given = {name: getattr(QUICK, name) for name in QUICK.__slots__}
    return Fetcher(allow_private=True, limits=Limits(**given | changes))


def refused(url: str, by: Fetcher | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        (by or fetcher()).get(url)
    return caught.value


# --- what a visit is ------------------------------------------------------------------------------------------------


def test_a_page_is_read_from_its_address(site: Site, visitor: Reader, pages: Path) -> None:
    site.answers["/news/1"] = send((pages / "plain.html").read_bytes())
    [item] = visitor.read(f"{site.url}/news/1")
    assert isinstance(item, Article) and item.url.endswith("/news/1") and item.published


def test_it_says_who_it_is(site: Site) -> None:
    site.answers["/"] = send("خبر")
    fetcher().get(site.url + "/")
    assert all(headers["user-agent"].startswith("Waqai/") for _, headers in site.seen)


def test_missing_page(site: Site) -> None:
    error = refused(f"{site.url}/none")
    assert isinstance(error, NotFound) and "404" in error.what and error.where == f"{site.url}/none"


def test_gzip_and_deflate(site: Site) -> None:
    for coding, body in (("gzip", gzip.compress(b"news")), ("deflate", zlib.compress(b"news"))):
        site.answers["/"] = send(body, content_encoding=coding)
        assert fetcher().get(site.url + "/").body == b"news"
    raw = zlib.compressobj(wbits=-15)
    site.answers["/"] = send(raw.compress(b"news") + raw.flush(), content_encoding="deflate")
    assert fetcher().get(site.url + "/").body == b"news"


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.answers["/"] = [
        send("خبر", etag='"7"', last_modified="Tue, 26 Mar 2024 10:00:00 GMT"),
        send(status=304),
    ]
    cache: dict[str, Capture] = {}
    for _ in range(2):
        visitor = Fetcher(allow_private=True, limits=QUICK, cache=cache)
        assert visitor.get(site.url + "/").body.decode() == "خبر"
    asked = site.seen[-1][1]
    assert asked["if-none-match"] == '"7"' and asked["if-modified-since"].startswith("Tue, 26 Mar")


# --- robots.txt and pace --------------------------------------------------------------------------------------------


def test_robots_txt_is_kept(site: Site) -> None:
    site.answers |= {"/robots.txt": send("User-agent: *\nDisallow: /no/"), "/no/1": send("خبر"), "/yes": send("خبر")}
    visitor = fetcher()
    assert "robots.txt does not allow" in refused(f"{site.url}/no/1", visitor).what
    assert visitor.get(f"{site.url}/yes").body and site.paths == ["/yes"]


def test_robots_txt_that_speaks_to_this_program(site: Site) -> None:
    site.answers["/robots.txt"] = send("User-agent: Waqai\nDisallow: /\n\nUser-agent: *\nAllow: /")
    assert "robots.txt does not allow" in refused(site.url + "/").what


@pytest.mark.parametrize("status", [500, 503])
def test_where_robots_txt_fails_nothing_is_fetched(site: Site, status: int) -> None:
    site.answers |= {"/robots.txt": send(status=status), "/": send("خبر")}
    assert "nothing is fetched" in refused(site.url + "/").what and site.paths == []


@pytest.mark.parametrize("status", [401, 403, 404])
def test_where_there_is_no_robots_txt_all_is_allowed(site: Site, status: int) -> None:
    site.answers |= {"/robots.txt": send(status=status), "/": send("خبر")}
    assert fetcher().get(site.url + "/").body


def test_robots_txt_is_asked_for_once(site: Site) -> None:
    site.answers |= {"/a": send("خبر"), "/b": send("خبر")}
    visitor = fetcher()
    visitor.get(site.url + "/a")
    visitor.get(site.url + "/b")
    assert [path for path, _ in site.seen] == ["/robots.txt", "/a", "/b"]


def test_crawl_delay_is_kept(site: Site) -> None:
    site.answers |= {"/robots.txt": send("User-agent: *\nCrawl-delay: 0.3"), "/": send("خبر")}
    visitor = fetcher()
    visitor.get(site.url + "/")
    start = time.monotonic()
    visitor.get(site.url + "/")
    assert time.monotonic() - start >= 0.2  # counted from the beginning of the visit before


def test_a_crawl_delay_of_hours_is_not_waited_for(site: Site) -> None:
    site.answers["/robots.txt"] = send("User-agent: *\nCrawl-delay: 7200")
    assert "between pages" in refused(site.url + "/").what


def test_visits_to_a_host_are_apart(site: Site) -> None:
    site.answers["/"] = send("خبر")
    visitor = fetcher(pause=0.2)
    start = time.monotonic()
    for _ in range(2):
        visitor.get(site.url + "/")
    assert time.monotonic() - start >= 0.4  # robots.txt and two pages


# --- tries ----------------------------------------------------------------------------------------------------------


def test_a_busy_server_is_asked_again(site: Site) -> None:
    site.answers["/"] = [send(status=503), send(status=502), send("خبر")]
    assert fetcher().get(site.url + "/").body


def test_tries_are_bounded(site: Site) -> None:
    site.answers["/"] = send(status=503)
    assert "503" in refused(site.url + "/").what and len(site.paths) == 3


def test_retry_after_is_kept(site: Site) -> None:
    site.answers["/"] = [send(status=429, retry_after="1"), send("خبر")]
    start = time.monotonic()
    assert fetcher().get(site.url + "/").body
    assert time.monotonic() - start >= 1.0


def test_retry_after_of_hours_is_not_waited_for(site: Site) -> None:
    site.answers["/"] = send(status=503, retry_after="86400")
    assert "503" in refused(site.url + "/").what and len(site.paths) == 1


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = refused(f"http://127.0.0.1:{port}/")
    assert isinstance(error, Unreadable) and "nothing is fetched" in error.what


# --- bounds ---------------------------------------------------------------------------------------------------------


def test_a_declared_size_over_the_bound_is_refused_at_once(site: Site) -> None:
    site.answers["/"] = send(b"x", content_length="25000000")
    start = time.monotonic()
    assert isinstance(refused(site.url + "/"), TooLarge)
    assert time.monotonic() - start < 0.5


def _chunks(piece: bytes, pause: float = 0.0) -> object:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        while True:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            time.sleep(pause)

    return answer


def test_endless_chunks(site: Site) -> None:
    site.answers["/"] = _chunks(b"<p>" * 20_000)
    assert isinstance(refused(site.url + "/", fetcher(whole=20.0)), TooLarge)


def test_slow_drip(site: Site) -> None:
    site.answers["/"] = _chunks(b"<", 0.05)
    start = time.monotonic()
    error = refused(site.url + "/", fetcher(whole=1.0))
    assert "in time" in error.what and time.monotonic() - start < 2.5 and len(site.paths) == 1


def test_slow_drip_of_headers(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(200):
            handler.wfile.write(b"X-%d: 1\r\n" % number)
            handler.wfile.flush()
            time.sleep(0.05)

    site.answers["/"] = answer
    start = time.monotonic()
    assert "in time" in refused(site.url + "/", fetcher(whole=1.0)).what
    assert time.monotonic() - start < 2.5


def test_silence(site: Site) -> None:
    site.answers["/"] = lambda handler: time.sleep(1.0)
    start = time.monotonic()
    assert "in time" in refused(site.url + "/", fetcher(read=0.2)).what
    assert time.monotonic() - start < 2.5 and len(site.paths) == 3


def test_content_length_that_promises_too_much(site: Site) -> None:
    site.answers["/"] = send(b"short", content_length="5000")
    assert "connection failed" in refused(site.url + "/").what


def test_content_length_that_promises_too_little(site: Site) -> None:
    site.answers["/"] = send(b"x" * 20_000_000, content_length="10")
    assert fetcher().get(site.url + "/").body == b"x" * 10


def test_a_bomb_stops_at_its_ratio(site: Site) -> None:
    site.answers["/"] = send(gzip.compress(b"\0" * 300_000_000, 1), content_encoding="gzip")
    start = time.monotonic()
    assert "100 to 1" in refused(site.url + "/").what and time.monotonic() - start < 2.0


def test_what_unpacks_beyond_the_bound(site: Site) -> None:
    # 12 MB at 30 to 1: no bomb by its ratio, too large by its size, which content-length does not tell.
    page = b"".join(b"%d" % (number * 7919 % 1000) + b" " * 150 for number in range(80_000))
    site.answers["/"] = send(gzip.compress(page), content_encoding="gzip")
    assert "larger than 10 MB" in refused(site.url + "/").what


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip"])
def test_other_codings_are_refused(site: Site, coding: str) -> None:
    site.answers["/"] = send(b"x", content_encoding=coding)
    assert "packed as" in refused(site.url + "/").what


RAW = [
    b"", b"garbage\r\n\r\n", b"HTTP/1.1 999 Odd\r\n\r\n", b"HTTP/1.1 200\r\n\r\n", b"HTTP/9.9 200 OK\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx", b"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nx",
    b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000,
    b"HTTP/1.1 100 Continue\r\n\r\n" * 5_000, b"HTTP/1.1 101 Switching\r\n\r\n", b"\x16\x03\x01\x00\x00",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 30_000,
    b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n", b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: http://a b/\r\n\r\n", b"HTTP/1.1 302 Found\r\n\r\n",
    b"HTTP/1.1 304 Not Modified\r\n\r\n", b"HTTP/1.1 204 No Content\r\nSet-Cookie: \xff=;;;=\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b",
    b"HTTP/1.1 503 Busy\r\nRetry-After: Tue, 99 Foo 2024\r\n\r\n", b"HTTP/1.1 503 Busy\r\nRetry-After: -1\r\n\r\n",
]  # fmt: skip


@pytest.mark.parametrize("raw", RAW, ids=range(len(RAW)))
def test_any_answer_gives_a_page_or_an_error(site: Site, raw: bytes) -> None:
    site.answers["/"] = lambda handler: handler.wfile.write(raw) and None
    start = time.monotonic()
    with suppress(InputError):
        assert fetcher().get(site.url + "/").body == b""
    assert time.monotonic() - start < 5


# --- redirects and addresses ----------------------------------------------------------------------------------------


def test_redirects_are_followed(site: Site, visitor: Reader, pages: Path) -> None:
    site.answers |= {"/a": send(status=302, location="b"), "/b": send((pages / "plain.html").read_bytes())}
    [item] = visitor.read(f"{site.url}/a")
    assert isinstance(item, Article) and item.url == f"{site.url}/b"


def test_redirects_are_bounded(site: Site) -> None:
    site.answers["/a"] = send(status=302, location="/a")
    assert "redirects" in refused(site.url + "/a").what and len(site.paths) == 6


def test_a_redirect_is_asked_of_robots_txt(site: Site) -> None:
    site.answers |= {
        "/robots.txt": send("User-agent: *\nDisallow: /no"),
        "/a": send(status=301, location="/no"),
        "/no": send("خبر"),
    }
    assert "robots.txt" in refused(site.url + "/a").what and site.paths == ["/a"]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.example/x", "gopher://127.0.0.1/", "http://", "http:///x"]
)
def test_a_redirect_out_of_the_web(site: Site, target: str) -> None:
    site.answers["/a"] = send(status=302, location=target)
    assert isinstance(refused(site.url + "/a"), InputError) and site.paths[0] == "/a"


LOCAL = [
    "127.0.0.1", "127.1", "0", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "localhost", "[::1]",
    "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "100.100.100.200", "168.63.129.16", "224.0.0.1", "255.255.255.255", "[fe80::1]", "[fc00::1]",
    "[ff02::1]", "[fec0::1]", "[64:ff9b::a00:1]", "[2002:a00:1::]", "[::127.0.0.1]", "[::]", "１２７.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("host", LOCAL)
def test_local_addresses_are_not_visited(host: str) -> None:
    start = time.monotonic()
    error = refused(f"http://{host}/", Fetcher(limits=QUICK))
    assert any(why in str(error) for why in ("private or local", "no such host", "not an address"))
    assert "robots.txt could" not in str(error) or not host.isascii()
    assert time.monotonic() - start < 1.0
    if host.isascii() and host != "localhost" and not host.startswith("["):
        assert "private or local" in str(error)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::ffff:10.0.0.1]", "2130706433"])
def test_a_redirect_to_a_local_address(site: Site, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host passes for a public one; where it redirects to does not."""
    port = int(site.url.rpartition(":")[2])
    site.answers["/a"] = send(status=302, location=f"http://{host}:{port}/secret")
    look_up = socket.getaddrinfo

    def told(name: str, *rest: object, **extra: object) -> object:
        return look_up("127.0.0.1" if name == "news.example" else name, *rest, **extra)  # type: ignore[arg-type]

    judged = private
    calls: list[str] = []

    def first_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
        calls.append(str(address))
        return len(calls) > 2 and judged(address)  # robots.txt and the page of the first host

    monkeypatch.setattr(socket, "getaddrinfo", told)
    monkeypatch.setattr("waqai.readers.addresses.private", first_is_public)
    error = refused(f"http://news.example:{port}/a", Fetcher(limits=QUICK))
    assert "private or local" in str(error) and site.paths == ["/a"]


def test_a_name_is_resolved_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is checked and local a moment later is visited where it was checked."""
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    asked: list[str] = []

    def told(name: str, port: int, **_: object) -> list[object]:
        asked.append(next(answers))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (asked[-1], port))]

    opened: list[str] = []

    def connect(self: object, host: str, *_: object) -> None:
        import httpcore

        opened.append(host)
        raise httpcore.ConnectError("not today")

    monkeypatch.setattr(socket, "getaddrinfo", told)
    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
    refused("http://rebind.example/", Fetcher(limits=QUICK))
    assert opened == ["93.184.216.34"]  # the second look-up was refused: it is local


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", site.url)
    monkeypatch.setenv("ALL_PROXY", site.url)
    refused("http://169.254.169.254/latest", Fetcher(limits=QUICK))
    assert site.seen == []


def test_public_addresses_pass() -> None:
    for text in ("93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"):
        assert not private(ipaddress.ip_address(text))


@pytest.mark.parametrize("source", ["ftp://a.example/x", "file:///etc/passwd", "http://", "http://a.example:99999/"])
def test_only_the_web(source: str) -> None:
    [error] = Reader(Library()).read(source)
    assert isinstance(error, Unreadable) and "http" in error.what


def test_private_addresses_are_refused_by_default(site: Site) -> None:
    [error] = Reader(Library()).read(site.url + "/")
    assert isinstance(error, InputError) and "--allow-private" in str(error) and site.seen == []
