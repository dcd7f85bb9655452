"""Keep slow request bodies from occupying the threads that serve everybody.

The web server gives each request a thread before its body has arrived. A client that sends one byte at a time
could hold that thread for any time. So there are more threads than may work at once (WORKING); the others
(READING) wait for bodies. The guard closes the connection of a body that takes longer than DEADLINE. When all
reading threads are busy, it also closes the connections of the address with the most bodies.

Behind a reverse proxy the proxy does this: it must buffer requests (docs/operate.md).
"""

import os
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, BinaryIO

import structlog
from werkzeug.exceptions import RequestTimeout, ServiceUnavailable

log = structlog.get_logger()

WORKING = 24
"""Threads of one web process that run our code at once."""
READING = 64
"""Threads that wait for bodies at once."""
DEADLINE = 20.0
"""Seconds that a body may take."""
SLOW = 1.0
"""Seconds after which a body counts as slow."""
SLOW_PER_ADDRESS = 8
PATIENCE = 5.0
"""Seconds to wait until a connection that was cut off has left its thread."""

WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Reading:
    """A body that is being read."""

    __slots__ = ("address", "is_cut", "since")

    def __init__(self, address: str, since: float) -> None:
        self.address = address
        self.since = since
        self.is_cut = False


class BodyGuard:
    """WSGI middleware around the application.

    `cut` closes the connections of an address. `clock` returns seconds.
    """

    def __init__(
        self, app: WsgiApp, cut: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._cut = cut
        self._clock = clock
        self._working = threading.BoundedSemaphore(WORKING)
        self._left = threading.Condition()
        self._readings: dict[Reading, None] = {}  # oldest first

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Run the application with a guarded input."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD", "OPTIONS"):
            environ["wsgi.input"] = _GuardedInput(environ["wsgi.input"], self, environ.get("REMOTE_ADDR", ""))
        with self._working:
            return self._app(environ, start_response)

    def read(self, address: str, read: Callable[[], bytes]) -> bytes:
        """Read from the body of a request from the address. Raises RequestTimeout, ServiceUnavailable."""
        self._working.release()
        try:
            reading = self._begin(address)
            try:
                return self._finish(reading, read())
            finally:
                with self._left:
                    del self._readings[reading]
                    self._left.notify()
        finally:
            self._working.acquire()

    def _begin(self, address: str) -> Reading:
        with self._left:
            now = self._clock()
            slow = sum(each.address == address and now - each.since > SLOW for each in self._readings)
            if slow >= SLOW_PER_ADDRESS:
                raise ServiceUnavailable("Finish your other requests first, then try again.", retry_after=10)
            self._make_room(now)
            reading = Reading(address, now)
            self._readings[reading] = None
            return reading

    def _make_room(self, now: float) -> None:
        late = [each for each in self._readings if now - each.since > DEADLINE and not each.is_cut]
        for address in {each.address for each in late}:
            self._cut_address(address)
        while len(self._readings) >= READING:
            busiest = Counter(each.address for each in self._readings if not each.is_cut).most_common(1)
            for address, _count in busiest:
                self._cut_address(address)
            if not self._left.wait(PATIENCE):
                raise ServiceUnavailable("Too many slow requests at once. Try again.", retry_after=5)

    def _cut_address(self, address: str) -> None:
        for each in self._readings:
            each.is_cut = each.is_cut or each.address == address
        log.warning("body.connections_cut", waiting=len(self._readings))
        self._cut(address)

    def _finish(self, reading: Reading, data: bytes) -> bytes:
        if reading.is_cut and not data:
            raise RequestTimeout("The body did not arrive in time.")
        return data


class _GuardedInput:
    """The request's body. It has the methods that werkzeug calls, and each goes through the guard."""

    def __init__(self, stream: BinaryIO, guard: BodyGuard, address: str) -> None:
        self._stream = stream
        self._guard = guard
        self._address = address

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes, or all."""
        return self._guard.read(self._address, lambda: self._stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        """Read to the end of a line."""
        return self._guard.read(self._address, lambda: self._stream.readline(size))


def cut_connections(port: int, address: str) -> None:
    """Shut down all connections of an address to our port: the server does not tell which one is slow."""
    for name in os.listdir("/dev/fd"):  # noqa: PTH208 - Path.iterdir() would need a Path for each
        with suppress(OSError):
            connection = socket.socket(fileno=os.dup(int(name)))
            with connection:
                if connection.getsockname()[1] == port and connection.getpeername()[0] == address:
                    connection.shutdown(socket.SHUT_RDWR)
