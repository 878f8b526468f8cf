"""Where bytes may come from: a vendor's own origin, origins the operator trusts, and public https."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from cutaway.errors import ConfigError, ProviderError

Origin = tuple[str, str, int]
"""Scheme, host and port."""

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Gives every address of a host and port."""

_HOST: Final = re.compile(r"(localhost|[a-z0-9.-]{1,60}(?=:\d))(:\d{1,5})?(/[\w./-]{0,40})?")
"""A host with a port: safe to repeat, which a key in the wrong place is not."""
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Route:
    """One way to fetch a URL: `address` to connect to (`None`: the URL's own host), headers and httpx extensions."""

    address: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)


class Gate:
    """Decides about every URL before anything connects to it. `key_headers()` go to `base_url`'s own origin only."""

    def __init__(
        self,
        base_url: str,
        trusted: Iterable[str],
        key_headers: Callable[[], Mapping[str, str]],
        resolve: Resolve | None,
    ) -> None:
        self.own = origin_of(httpx.URL(base_url))
        self._trusted = frozenset(origin_of(httpx.URL(checked_base(url))) for url in trusted)
        self._key_headers = key_headers
        self._resolve = resolve or look_up

    async def admit(self, url: httpx.URL) -> list[Route]:
        """The ways to reach `url`. Raises `ProviderError` when it may not be fetched.

        A stranger's host is resolved once, every address must be public, and the connection goes to exactly these, so
        that a second answer of the name server changes nothing.
        """
        if url.userinfo or not url.host or url.scheme not in {"http", "https"}:
            raise refused(url, "is not a plain http or https address")
        if origin_of(url) == self.own:
            return [Route(headers=dict(self._key_headers()))]
        if origin_of(url) in self._trusted:
            return [Route()]
        if url.scheme != "https":
            raise refused(url, "is not https")
        host = url.raw_host.decode("ascii")
        try:
            addresses = await self._resolve(host, url.port or 443)
        except (OSError, UnicodeError):
            addresses = None
        if addresses is None:
            raise refused(url, "has a host that cannot be resolved", retryable=True)
        if not addresses or not all(is_public(address) for address in addresses):
            raise refused(url, "has an address that is not public")
        headers = {"Host": url.netloc.decode("ascii")}
        return [Route(address, headers, {"sni_hostname": host}) for address in addresses]


def is_public(address: str) -> bool:
    """True for an address of the public internet; one that wraps another is judged by what it wraps."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if wrapped is None and ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            ip = wrapped
        elif ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


async def look_up(host: str, port: int) -> list[str]:
    """Every address the system's resolver gives. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def origin_of(url: httpx.URL) -> Origin:
    """Scheme, host and port of a URL, the port always written out."""
    return url.scheme, url.host.lower(), url.port or {"https": 443, "http": 80}.get(url.scheme, 0)


def checked_base(text: str) -> str:
    """A base URL without its last slash. Raises `ConfigError` unless it is http(s)://host[:port][/path]."""
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, TypeError):
        url = httpx.URL("")
    odd_host = not url.host or not set(url.host).isdisjoint("[]<>%\\ ")
    if url.scheme not in {"http", "https"} or odd_host or url.userinfo or url.query or url.fragment:
        raise ConfigError(_not_a_base(text), fix=_likely_base(text))
    return text.rstrip("/")


def _not_a_base(text: object) -> str:
    shape = "which is not http(s)://host[:port][/path]"
    if not isinstance(text, str) or not text.strip():
        return f"A base URL is empty, {shape}."
    if _HOST.fullmatch(text):
        return f"A base URL is {text!r}, {shape}."
    # Not the text itself: what is wrong with it may be a password inside, or a key in the wrong place.
    return f"A base URL has {len(text)} characters, {shape}."


def _likely_base(text: object) -> str:
    if isinstance(text, str) and _HOST.fullmatch(text):
        return f"Did you mean http://{text}? A vendor's own is like https://api.example.com/v1."
    return "Write it like https://api.example.com/v1, without user, password, ? or #."


def parsed(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """A URL, relative to `base` when given. Raises `ProviderError` for one that cannot be read."""
    try:
        return httpx.URL(text) if base is None else base.join(text)
    except (httpx.InvalidURL, ValueError):
        problem = "The vendor names an address that cannot be read."
    raise ProviderError(problem, kind="provider")


def shown(url: httpx.URL) -> str:
    """A URL as messages show it: no user, no query (signed links hold secrets there), at most 120 characters."""
    return f"{url.scheme}://{url.netloc.decode('ascii', 'replace')}{url.path}"[:120]


def refused(url: httpx.URL, why: str, *, retryable: bool = False) -> ProviderError:
    """The error for a download that is not accepted, to be raised."""
    return ProviderError(f"The result at {shown(url)} {why}.", kind="provider", retryable=retryable)
