"""The operator's HTTP proxy, from HTTP_PROXY, HTTPS_PROXY and NO_PROXY.

A proxy resolves names itself. We resolve them as well and refuse private addresses; a name that only the
proxy can resolve is the proxy's to judge: it must not let us into private networks.
"""

import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]

import httpcore

from moderation.services.pages.network import Deadline, TimedBackend, require_public, resolve

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxy of each scheme; under `no`, the hosts that are asked directly."""

    urls: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_env(cls) -> "Proxies":
        """As curl and most tools read the environment."""
        return cls(getproxies_environment())

    def proxy_of(self, url: str) -> str | None:
        """The proxy's URL, or None."""
        parts = urlsplit(url)
        if proxy_bypass_environment(parts.netloc, dict(self.urls)):
            return None
        return self.urls.get(parts.scheme) or self.urls.get("all")


def open_pool(
    url: str, proxies: Proxies, tls: ssl.SSLContext, deadline: Deadline, open_hosts: frozenset[str]
) -> httpcore.ConnectionPool:
    """Connections for one request. Raises PrivateAddress when a proxy would be asked for one."""
    proxy_url = proxies.proxy_of(url)
    if proxy_url is None:
        return httpcore.ConnectionPool(ssl_context=tls, network_backend=TimedBackend(deadline, open_hosts))
    host, port = _host_and_port(url)
    if f"{host}:{port}" not in open_hosts:
        with suppress(httpcore.ConnectError):  # a name that only the proxy knows
            require_public(host, resolve(host, port, deadline))
    parts = urlsplit(proxy_url)
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    proxy_host, proxy_port = _host_and_port(proxy_url)
    proxy = httpcore.Proxy(f"{parts.scheme}://{proxy_host}:{proxy_port}", auth=auth)
    return httpcore.ConnectionPool(
        ssl_context=tls,
        proxy=proxy,
        network_backend=TimedBackend(deadline, frozenset({f"{proxy_host}:{proxy_port}"})),
    )


def _host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 80)
