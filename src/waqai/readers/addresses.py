"""Which addresses may be visited: public ones, over http and https, in whatever notation they are written.

A name is resolved once and every address behind it is judged as a number, so that 2130706433, 0x7f.1 and
[::ffff:10.0.0.1] are what they are; the connection then goes to the address that was judged.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from typing import Any
from urllib.parse import urlsplit

from waqai.errors import NotFound, Unreadable

SCHEMES = ("http", "https")
MAX_ADDRESS = 2_048  # characters: what browsers and servers agree on
ALLOW = "--allow-private visits one's own network"

# Doors to a machine's own secrets that lie outside the private ranges: Azure's and Alibaba's metadata services.
_METADATA = frozenset(map(ipaddress.ip_address, ("168.63.129.16", "100.100.100.200")))
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Forbidden(Unreadable):
    """A host with no address that may be visited."""


_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def refuse_other_schemes(url: str, where: str) -> None:
    """Raises Unreadable for what is no http or https address with a host."""
    try:
        parts = urlsplit(url)
        wrong = parts.scheme.lower() not in SCHEMES or not parts.hostname or len(url) > MAX_ADDRESS
        _ = parts.port  # raises where it is no number
    except ValueError:
        wrong = True
    if wrong:
        raise Unreadable(f"not an http or https address: {url[:100]!r}", where, "give a full address")


def resolve(host: str, port: int, where: str, *, allow_private: bool, seconds: float) -> list[str]:
    """The addresses behind `host` that may be visited, IPv4 first, as numbers.

    Raises NotFound where there is none, or none within `seconds`; Forbidden where none of them may be visited; both
    name `where`.
    """
    found = _looked_up(host, port, where, seconds)
    allowed = [address for address in found if allow_private or not private(address)]
    if not allowed:
        raise Forbidden(f"{host} is a private or local address ({found[0]}), which is not visited", where, ALLOW)
    return [str(address) for address in sorted(allowed, key=lambda address: address.version)]


def private(address: _Address) -> bool:
    """Whether an address is anything but public: loopback, private, link-local, multicast, reserved, metadata; an IPv6
    address that carries an IPv4 one is what that is.
    """
    if isinstance(address, ipaddress.IPv6Address) and (inner := _carried(address)) is not None:
        return private(inner)
    return (
        not address.is_global
        or address.is_multicast
        or address.is_reserved
        or address.is_link_local
        or address in _METADATA
        or (isinstance(address, ipaddress.IPv6Address) and address.is_site_local)
    )


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _looked_up(host: str, port: int, where: str, seconds: float) -> list[_Address]:
    """Every address behind a name; the system's own look-up knows no time limit, so it is waited for beside it."""
    answer: list[Any] = []
    fault: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answer.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            fault.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if not answer:
        why = getattr(fault[0], "strerror", None) or str(fault[0]) if fault else f"no answer in {seconds:.0f} s"
        raise NotFound(f"no such host: {host} ({why})", where, "check the address and the connection")
    return list(dict.fromkeys(ipaddress.ip_address(row[4][0].partition("%")[0]) for row in answer))
