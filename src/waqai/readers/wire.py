"""The connection under `fetch`: it goes to the address that was checked, and ends when its time is up.

Imports httpx and httpcore: only `fetch` imports this file, when something is fetched.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

from waqai.readers import addresses


class Clock:
    """What is left of the time for one page; time slept for politeness does not count."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Seconds left, and no more than `at_most`. Raises httpcore.ReadTimeout when there are none."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("the time for one page is up")
        return seconds if at_most is None else min(seconds, at_most)

    def slept(self, seconds: float) -> None:
        """Moves the end back."""
        self._end += seconds


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._sockets = httpcore.SyncBackend()
        self.begin("", 0)

    def begin(self, where: str, seconds: float) -> None:
        """From now on the page `where` is fetched, within `seconds`."""
        self._where = where
        self.clock = Clock(seconds)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first address behind `host` that answers."""
        found = addresses.resolve(
            host, port, self._where, allow_private=self._allow_private, seconds=self.clock.left(timeout)
        )  # a name is looked up here and nowhere else, so that what was checked is what is visited
        for address in found[:-1]:
            try:
                return self._open(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._open(found[-1], port, timeout)

    def _open(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        return TimedStream(self._sockets.connect_tcp(address, port, self.clock.left(timeout)), self)


class TimedStream(httpcore.NetworkStream):
    """A stream whose every wait is bounded by the time left for the page: a slow drip ends with it."""

    def __init__(self, stream: httpcore.NetworkStream, backend: CheckedBackend) -> None:
        self._stream, self._backend = stream, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most `max_bytes` bytes."""
        return self._stream.read(max_bytes, self._backend.clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends `buffer`."""
        self._stream.write(buffer, self._backend.clock.left(timeout))

    def close(self) -> None:
        """Ends the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same stream under TLS; the certificate is checked for the host's name, not for its address."""
        inner = self._stream.start_tls(ssl_context, server_hostname, self._backend.clock.left(timeout))
        return TimedStream(inner, self._backend)

    def get_extra_info(self, info: str) -> Any:
        """What the socket says of itself."""
        return self._stream.get_extra_info(info)


class Transport(httpx.BaseTransport):
    """Joins httpx to the checked backend; raises what httpcore raises."""

    def __init__(self, backend: CheckedBackend) -> None:
        self._pool = httpcore.ConnectionPool(max_connections=8, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response to one request, its body not yet read."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Ends all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
