"""A local server that answers as it is told, also as no server should."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from waqai.readers.fetch import Limits

QUICK = Limits(connect=2.0, read=1.0, whole=3.0, pause=0.0, again=0.01)

Answer = Callable[[BaseHTTPRequestHandler], None]


def send(body: str | bytes = b"", status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    """An answer with this body; underscores in the names of headers stand for hyphens."""
    data = body.encode() if isinstance(body, str) else body

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        told = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        for name, value in {"content-length": str(len(data)), **told}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


class Site:
    """Answers by path; `seen` holds what was asked for, in order, with the headers."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | list[Answer]] = {"/robots.txt": send(status=404)}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    @property
    def paths(self) -> list[str]:
        """The pages asked for, without robots.txt."""
        return [path for path, _ in self.seen if path != "/robots.txt"]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answers one request; of a list of answers each is given once, the last for ever."""
        self.seen.append((handler.path, {name.lower(): value for name, value in handler.headers.items()}))
        answer = self.answers.get(handler.path, send("no such page", 404))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        answer(handler)


@contextmanager
def running() -> Iterator[Site]:
    """A site on 127.0.0.1 for as long as the block lasts."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            with suppress(BrokenPipeError, ConnectionResetError):  # the reader has had enough
                site.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
