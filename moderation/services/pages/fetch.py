"""Fetching a page of a site: inside its origins, never a private address, never too much, politely.

The address is checked where the connection is made, after the name was resolved, so that a name cannot
point elsewhere between the check and the use.
"""

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.message import Message
from threading import Lock
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore

from moderation.domain.sites.urls import InvalidUrl, allows, origin_of

USER_AGENT = "CorrigendaBot/1 (typo reports; reads a page again after a reader reported it)"
LARGEST = 5 * 1024 * 1024
PATIENCE = 10.0
_REDIRECTS = 5
_HOST_PAUSE = 1.0
_ROBOTS_KEPT = 3600.0
_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


class NotFetched(Exception):
    """No page; `state` is the page's fetch state, the text says why."""

    def __init__(self, state: str, why: str) -> None:
        super().__init__(why)
        self.state = state


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came. `body` is None when it has not changed since (304)."""

    url: str
    """Where redirects led."""
    body: bytes | None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class _Guard(httpcore.NetworkBackend):
    """Connects to public addresses, and to the private ones that the operator named."""

    def __init__(self, private: frozenset[str]) -> None:
        self._private = private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check every address, connect to the first."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} has no address: {error}") from None
        addresses = [str(entry[4][0]) for entry in found]
        if f"{host}:{port}" not in self._private:
            for address in addresses:
                if not ipaddress.ip_address(address.partition("%")[0]).is_global:
                    raise NotFetched("refused", f"{host} is at the private address {address}")
        return self._inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._inner.sleep(seconds)


@dataclass(slots=True)
class Fetcher:
    """Fetches pages. `private` are host:port that may be private; `clock` and `sleep` are for the pauses."""

    private: frozenset[str] = frozenset()
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    pause: float = _HOST_PAUSE
    patience: float = PATIENCE
    _last: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, tuple[float, RobotFileParser]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def fetch(
        self, url: str, origins: tuple[str, ...], *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """The page, or a 304 on the validators. Raises NotFetched."""
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        wanted = {name: value for name, value in headers.items() if value}
        for _ in range(_REDIRECTS + 1):
            self._require_own(url, origins)
            if not self._robots_allow(url):
                raise NotFetched("refused", "the site's robots.txt keeps us out")
            status, answer, body = self._get(url, wanted)
            if status in (301, 302, 303, 307, 308) and answer["location"]:
                url = urljoin(url, answer["location"])
                continue
            if status == 304:
                return Fetched(url, None, etag=etag, last_modified=last_modified)
            return self._page(url, status, answer, body)
        raise NotFetched("unreachable", "too many redirects")

    def _page(self, url: str, status: int, answer: Message, body: bytes) -> Fetched:
        if status in (404, 410):
            raise NotFetched("gone", f"the page answers {status}")
        if status in (401, 402, 403, 451):
            raise NotFetched("refused", f"the page answers {status}")
        if status != 200:
            raise NotFetched("unreachable", f"the page answers {status}")
        if answer.get_content_type() not in _TYPES:
            raise NotFetched("unreadable", f"the page is {answer.get_content_type()}")
        return Fetched(url, body, answer.get_content_charset(), answer["etag"], answer["last-modified"])

    def _require_own(self, url: str, origins: tuple[str, ...]) -> None:
        try:
            own = allows(origins, origin_of(url))
        except InvalidUrl as error:
            raise NotFetched("refused", str(error)) from None
        if not own:
            raise NotFetched("refused", f"{urlsplit(url).netloc} is not the site's")

    def _robots_allow(self, url: str) -> bool:
        origin = origin_of(url)
        known = self._robots.get(origin)
        if known is None or known[0] < self.clock():
            parser = RobotFileParser()
            try:
                status, _, body = self._get(f"{origin}/robots.txt", {})
            except NotFetched as error:
                if error.state == "refused":
                    raise
                status, body = 404, b""
            # Only a file that is there forbids anything (RFC 9309, 2.3.1).
            parser.parse(body.decode("utf-8", "replace").splitlines() if status == 200 else [])
            known = (self.clock() + _ROBOTS_KEPT, parser)
            self._robots[origin] = known
        return known[1].can_fetch("CorrigendaBot", url)

    def _get(self, url: str, headers: dict[str, str]) -> tuple[int, Message, bytes]:
        """One request, within time and size. Raises NotFetched."""
        self._wait_turn(urlsplit(url).netloc)
        deadline = self.clock() + self.patience
        sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Accept": "text/html, text/plain;q=0.5"}
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), self.patience)
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=ssl.create_default_context(), network_backend=_Guard(self.private)
                ) as pool,
                pool.stream(
                    "GET", url, headers=[*(sent | headers).items()], extensions={"timeout": timeout}
                ) as response,
            ):
                answer = Message()
                for name, value in response.headers:
                    answer[name.decode("latin-1")] = value.decode("latin-1")
                return response.status, answer, self._body(response.iter_stream(), answer, deadline)
        except (
            httpcore.NetworkError,
            httpcore.TimeoutException,
            httpcore.ProtocolError,
            ssl.SSLError,
        ) as error:
            raise NotFetched("unreachable", f"no answer: {error or type(error).__name__}") from None
        except (httpcore.UnsupportedProtocol, ValueError) as error:
            raise NotFetched("refused", str(error)) from None

    def _body(self, chunks: Iterable[bytes], answer: Message, deadline: float) -> bytes:
        encoding = (answer["content-encoding"] or "identity").lower()
        if encoding not in ("identity", "gzip"):
            raise NotFetched("unreadable", f"the page is encoded as {encoding}")
        unzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        body = bytearray()
        try:
            for chunk in chunks:
                # Never more than one byte too many: a bomb does not go off.
                body += unzip.decompress(chunk, LARGEST + 1 - len(body)) if unzip else chunk
                if len(body) > LARGEST:
                    raise NotFetched("unreadable", "the page is larger than 5 MB")
                if self.clock() > deadline:
                    raise NotFetched("unreachable", "the page took longer than 10 s")
        except zlib.error:
            raise NotFetched("unreadable", "the page's compression is broken") from None
        return bytes(body)

    def _wait_turn(self, host: str) -> None:
        """At most one request a second to a host."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._last.get(host, -self.pause) + self.pause)
            self._last[host] = turn
        if turn > now:
            self.sleep(turn - now)
