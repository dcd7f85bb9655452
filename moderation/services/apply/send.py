"""HTTP requests to a CMS: one deadline, bounded answers, no private address unless it is allowed."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpcore

from moderation.integrations.cms.base import Refused
from moderation.integrations.cms.requests import Answer
from moderation.services.pages.network import Deadline, PrivateAddress
from moderation.services.pages.proxy import Proxies, open_pool

USER_AGENT = "Corrigenda/1 (applies corrections that editors accepted)"
PATIENCE = 20.0
"""Seconds for one request."""
LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends requests. `open_hosts` are the host:port that may be reached although private."""

    open_hosts: frozenset[str] = frozenset()
    proxies: Proxies = field(default_factory=Proxies)
    patience: float = PATIENCE
    _tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def __call__(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Send one request. Redirects are not followed. Raises Refused."""
        try:
            return self._exchange(method, url, dict(headers or {}), body)
        except PrivateAddress as error:
            raise Refused("private_address", str(error)) from None
        except httpcore.TimeoutException:
            raise Refused("unreachable", f"no answer within {self.patience:g} s") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError, ssl.SSLError) as error:
            raise Refused("unreachable", f"no answer: {error or type(error).__name__}") from None
        except (httpcore.UnsupportedProtocol, ValueError) as error:
            raise Refused("misconfigured", f"the address cannot be used: {error}") from None

    def _exchange(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Answer:
        sent = [*({"User-Agent": USER_AGENT, "Accept": "application/json"} | headers).items()]
        deadline = Deadline(self.patience)
        with (
            open_pool(url, self.proxies, self._tls, deadline, self.open_hosts) as pool,
            pool.stream(method, url, headers=sent, content=body) as response,
        ):
            received = bytearray()
            for chunk in response.iter_stream():
                received += chunk
                if len(received) > LARGEST:
                    raise Refused("misconfigured", "the answer is larger than 10 MB")
            answered = {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
            }
            return Answer(response.status, answered, bytes(received))
