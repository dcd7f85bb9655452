"""Connections for fetching: one deadline for everything, and no private address.

The address is checked where the connection is made, after the name was resolved, so that a name cannot
point elsewhere between the check and the use.
"""

import socket
import ssl
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from threading import Condition
from typing import Any

import httpcore

from moderation.domain.pages.addresses import is_public


class PrivateAddress(Exception):
    """The host is not on the public Internet."""


@dataclass(slots=True)
class Deadline:
    """A moment on the wall clock. Waiting for a host's turn moves it; waiting for the host does not."""

    seconds: float
    clock: Callable[[], float] = time.monotonic
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self._end = self.clock() + self.seconds

    def left(self) -> float:
        """Seconds left. Raises httpcore.ReadTimeout when there are none."""
        left = self._end - self.clock()
        if left <= 0:
            raise httpcore.ReadTimeout(f"the answer took longer than {self.seconds:g} s")
        return left

    def move(self, seconds: float) -> None:
        """Give back time that was spent on politeness."""
        self._end += seconds


class Lookups:
    """Looks names up in threads that can be left behind: name servers answer without a timeout of ours.

    Names of one domain get a few threads, so that its name servers, which may not answer, do not stop the
    look-ups of all others. `look_up` is `socket.getaddrinfo`.
    """

    def __init__(self, look_up: Callable[..., Any] = socket.getaddrinfo, *, of_a_domain: int = 8) -> None:
        self._look_up = look_up
        self._of_a_domain = of_a_domain
        self._pool = ThreadPoolExecutor(max_workers=64, thread_name_prefix="resolve")
        self._running: Counter[str] = Counter()
        self._changed = Condition()

    def addresses(self, host: str, port: int, deadline: Deadline) -> list[str]:
        """Return the addresses of a host. Raises OSError, UnicodeError, httpcore.ReadTimeout."""
        domain = ".".join(host.split(".")[-2:])
        with self._changed:
            if not self._changed.wait_for(lambda: self._running[domain] < self._of_a_domain, deadline.left()):
                raise httpcore.ReadTimeout(f"other names of {domain} are being looked up")
            self._running[domain] += 1
        answer = self._pool.submit(self._look_up, host, port, type=socket.SOCK_STREAM)
        answer.add_done_callback(lambda _: self._end(domain))
        try:
            return [str(entry[4][0]) for entry in answer.result(deadline.left())]
        except FutureTimeout:
            raise httpcore.ReadTimeout(f"the name server took too long to find {host}") from None

    def _end(self, domain: str) -> None:
        with self._changed:
            self._running[domain] -= 1
            self._running += Counter()  # without those that are zero
            self._changed.notify_all()


_LOOKUPS = Lookups()


def resolve(host: str, port: int, deadline: Deadline) -> list[str]:
    """The addresses of a host. Raises httpcore.ConnectError, ReadTimeout."""
    try:
        return _LOOKUPS.addresses(host, port, deadline)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} has no address: {error}") from None


def require_public(host: str, addresses: Iterable[str]) -> None:
    """Refuse private addresses. Raises PrivateAddress."""
    for address in addresses:
        if not is_public(address):
            raise PrivateAddress(f"{host} is at the private address {address}")


@dataclass(slots=True)
class TimedBackend(httpcore.NetworkBackend):
    """Connects within the deadline; to a private address only when `open_hosts` names the host:port."""

    deadline: Deadline
    open_hosts: frozenset[str]
    _inner: httpcore.SyncBackend = field(default_factory=httpcore.SyncBackend)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline counts
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check every address, connect to the first that answers."""
        addresses = resolve(host, port, self.deadline)
        if f"{host}:{port}" not in self.open_hosts:
            require_public(host, addresses)
        for last, address in enumerate(addresses, 1 - len(addresses)):
            try:
                share = self.deadline.left() / (1 - last)
                stream = self._inner.connect_tcp(address, port, share, local_address, socket_options)
                return _TimedStream(stream, self.deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if not last:
                    raise
        raise httpcore.ConnectError(f"{host} has no address")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._inner.sleep(seconds)


class _TimedStream(httpcore.NetworkStream):
    """A connection that limits every read and write to the rest of the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        secure = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
