"""Fetch a page of a site: inside its origins, never at a private address, within time and size, politely."""

import ssl
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import urljoin, urlsplit

import httpcore

from moderation.domain.pages.reading import UnreadReason, reason_of_status, state_of
from moderation.domain.pages.states import FetchState
from moderation.domain.sites.urls import InvalidUrl, allows, origin_of
from moderation.services.pages.network import Deadline, PrivateAddress
from moderation.services.pages.proxy import Proxies, open_pool
from moderation.services.pages.retry_after import seconds_to_wait
from moderation.services.pages.robots import Robots
from moderation.services.pages.turns import PAUSE, HostBusy, HostTurns

USER_AGENT = "CorrigendaBot/1 (typo reports; reads a page again after a reader reported it)"
LARGEST = 5 * 1024 * 1024
PATIENCE = 10.0
"""Seconds for one page, redirects and robots.txt included; pauses for politeness do not count."""
_REDIRECTS = 5
_LONGEST_HEADER = 16 * 1024
"""Characters of a header. The time to take one apart can grow with the square of its length."""
_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


class NotFetched(Exception):
    """The page was not read; `reason` says why for programs, the text for people."""

    def __init__(self, reason: UnreadReason, why: str, retry_after: float = 0.0) -> None:
        super().__init__(why)
        self.reason = reason
        self.retry_after = retry_after
        """Seconds that the host asked us to wait."""

    @property
    def state(self) -> FetchState:
        """The page's fetch state."""
        return state_of(self.reason)


@dataclass(frozen=True, slots=True)
class Source:
    """The rules of a site for fetching: its origins, its pause and its secret header."""

    origins: tuple[str, ...]
    operator_origins: tuple[str, ...] = ()
    """Origins that the operator or an owner set: only there a private host may be open."""
    pause: float = PAUSE
    header: tuple[str, str] | None = None
    """A request header with a secret that lets us past the site's own protection against bots."""
    site: str = ""
    """The site's id. Two sites can name the same host."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came. `body` is None when it has not changed since (304)."""

    url: str
    """Where redirects led."""
    body: bytes | None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    policies: tuple[str, ...] = ()
    """The values of its Content-Security-Policy headers."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Message
    body: bytes


@dataclass(slots=True)
class Fetcher:
    """Fetches pages; threads share one. `private` are host:port that may be open although private."""

    private: frozenset[str] = frozenset()
    proxies: Proxies = field(default_factory=Proxies)
    turns: HostTurns = field(default_factory=HostTurns)
    clock: Callable[[], float] = time.monotonic
    patience: float = PATIENCE
    _robots: Robots = field(init=False)
    _tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def __post_init__(self) -> None:
        self._robots = Robots(self.clock)

    def fetch(
        self, url: str, source: Source, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """Fetch the page, or learn by the validators that it did not change. Raises NotFetched."""
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in validators.items() if value}
        deadline = Deadline(self.patience, self.clock)
        for _ in range(_REDIRECTS + 1):
            _require_allowed(url, source)
            if not self._robots_allow(url, source, deadline):
                raise NotFetched("robots", "robots.txt of the site does not allow it")
            answer = self._get(url, headers, source, deadline)
            if answer.status in (301, 302, 303, 307, 308) and answer.headers["location"]:
                url = _target(url, answer.headers["location"])
            elif answer.status == 304:
                return Fetched(url, None, etag=etag, last_modified=last_modified)
            else:
                return self._page(url, answer)
        raise NotFetched("redirects", "too many redirects")

    def _page(self, url: str, answer: _Answer) -> Fetched:
        headers = answer.headers
        if answer.status != 200:
            reason, wait = reason_of_status(answer.status), seconds_to_wait(headers["retry-after"])
            if reason == "busy" and wait:
                self.turns.pause(urlsplit(url).netloc, wait)
            raise NotFetched(reason, f"the page answers {answer.status}", wait if reason == "busy" else 0.0)
        if headers.get_content_type() not in _TYPES:
            raise NotFetched("not_html", f"the page is {headers.get_content_type()}")
        return Fetched(
            url,
            answer.body,
            headers.get_content_charset(),
            headers["etag"],
            headers["last-modified"],
            tuple(headers.get_all("content-security-policy", ())),
        )

    def _robots_allow(self, url: str, source: Source, deadline: Deadline) -> bool:
        origin = origin_of(url)
        if not self._robots.known(origin):
            try:
                answer = self._get(f"{origin}/robots.txt", {}, source, deadline)
                # Only a file that is there forbids anything (RFC 9309, 2.3.1).
                self._robots.keep(origin, answer.body if answer.status == 200 else b"")
            except NotFetched as error:
                if error.reason in ("private_address", "busy"):
                    raise
                self._robots.keep(origin, b"")
        return self._robots.allow(origin, url)

    def _get(self, url: str, headers: dict[str, str], source: Source, deadline: Deadline) -> _Answer:
        """One request, within time and size, in the host's turn. Raises NotFetched."""
        try:
            with self.turns.turn(urlsplit(url).netloc, source.pause, source.site) as waited:
                deadline.move(waited)
                return self._exchange(url, headers, source, deadline)
        except HostBusy as error:
            raise NotFetched("busy", str(error), retry_after=60.0) from None
        except PrivateAddress as error:
            raise NotFetched("private_address", str(error)) from None
        except httpcore.TimeoutException:
            raise NotFetched("too_slow", f"the answer took longer than {self.patience:g} s") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, ssl.SSLError) as error:
            raise NotFetched("no_answer", f"no answer: {error or type(error).__name__}") from None
        except (httpcore.UnsupportedProtocol, ValueError) as error:
            raise NotFetched("foreign_address", str(error)) from None

    def _exchange(self, url: str, headers: dict[str, str], source: Source, deadline: Deadline) -> _Answer:
        sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Accept": "text/html, text/plain;q=0.5"}
        if source.header is not None:
            sent[source.header[0]] = source.header[1]
        is_operators = allows(source.operator_origins, origin_of(url))
        open_hosts = self.private if is_operators else frozenset[str]()
        with (
            open_pool(url, self.proxies, self._tls, deadline, open_hosts) as pool,
            pool.stream("GET", url, headers=[*(sent | headers).items()]) as response,
        ):
            answer = Message()
            for name, value in response.headers:
                answer[name.decode("latin-1")] = value.decode("latin-1")[:_LONGEST_HEADER]
            return _Answer(response.status, answer, _body(response.iter_stream(), answer))


def _target(url: str, location: str) -> str:
    """Return the address that a redirect leads to. Raises NotFetched."""
    try:
        return urljoin(url, location)
    except ValueError as error:  # such as http://[
        raise NotFetched("foreign_address", f"the redirect cannot be read: {error}") from None


def _require_allowed(url: str, source: Source) -> None:
    try:
        is_own = allows(source.origins, origin_of(url))
    except InvalidUrl as error:
        raise NotFetched("foreign_address", str(error)) from None
    if not is_own:
        raise NotFetched("foreign_address", f"{urlsplit(url).netloc} is not the site's")


def _body(chunks: Iterable[bytes], headers: Message) -> bytes:
    encoding = (headers["content-encoding"] or "identity").lower()
    if encoding not in ("identity", "gzip"):
        raise NotFetched("broken", f"the page is encoded as {encoding}")
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
    body = bytearray()
    try:
        for chunk in chunks:
            # Decompress at most LARGEST + 1 bytes, to stop decompression bombs.
            body += unzip.decompress(chunk, LARGEST + 1 - len(body)) if unzip else chunk
            if len(body) > LARGEST:
                raise NotFetched("too_large", "the page is larger than 5 MB")
            if unzip is not None and unzip.eof:
                break  # zlib would keep whatever follows
    except zlib.error:
        raise NotFetched("broken", "the page's compression is broken") from None
    return bytes(body)
