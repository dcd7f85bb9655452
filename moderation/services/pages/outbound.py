"""Send a request to an address that a site's admin entered: bounded, never private, no redirects."""

import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpcore

from moderation.services.pages.network import Deadline, PrivateAddress
from moderation.services.pages.proxy import Proxies, open_pool

SECONDS = 10.0
LARGEST = 64 * 1024
USER_AGENT = "Corrigenda/1"


class NotSent(Exception):
    """No answer came. The text says why."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer of a receiver. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.body.decode(errors="replace").replace("\x00", "")


@dataclass(frozen=True, slots=True)
class Outbound:
    """Sends requests. Threads share one. `private`: host:port that may be reached although private."""

    private: frozenset[str] = frozenset()
    proxies: Proxies = field(default_factory=Proxies)
    seconds: float = SECONDS
    largest: int = LARGEST
    """Bytes of an answer that are read. The rest is ignored."""
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, *, is_operators: bool = False
    ) -> Reply:
        """Send one request within the time. Raises NotSent.

        `is_operators`: an owner or the operator entered the address. Only then may it be one of `private`.
        """
        deadline = Deadline(self.seconds)
        open_hosts = self.private if is_operators else frozenset[str]()
        sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"} | dict(headers)
        try:
            with (
                open_pool(url, self.proxies, self.tls, deadline, open_hosts) as pool,
                pool.stream(method, url, headers=[*sent.items()], content=body) as response,
            ):
                found = {n.decode("latin-1").lower(): v.decode("latin-1") for n, v in response.headers}
                return Reply(response.status, found, _first_bytes(response.iter_stream(), self.largest))
        except PrivateAddress as error:
            raise NotSent(f"{error}. An owner can allow it: CORRIGENDA_PRIVATE_HOSTS") from None
        except httpcore.TimeoutException:
            raise NotSent(f"no answer within {self.seconds:g} s") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, OSError) as error:
            raise NotSent(f"no answer: {error or type(error).__name__}") from None
        except (httpcore.UnsupportedProtocol, ValueError) as error:
            raise NotSent(f"{urlsplit(url).netloc} cannot be called: {error}") from None


def _first_bytes(chunks: Iterable[bytes], most: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) >= most:
            break
    return bytes(body[:most])
