"""Keep slow request bodies from occupying the threads that serve everybody.

The web server gives each request a thread before its body has arrived. A client that sends one byte at a time
could hold that thread for any time. So there are many threads (READING), and the guard reads the whole body
before the request gets a place of web/capacity.py.

It refuses further bodies of an address that has many slow ones. It closes the connection of a body that takes
longer than DEADLINE. When all reading threads are busy, it closes the connections of the busiest address.

Behind a reverse proxy the proxy does this: it must buffer requests (docs/operate.md).
"""

import io
import os
import socket
import stat
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import structlog

from moderation.web.early_refusal import WsgiApp, refuse
from moderation.web.security import LONGEST_BODY
from moderation.web.threads import READING

log = structlog.get_logger()

DEADLINE = 20.0
"""Seconds that a body may take."""
SLOW = 1.0
"""Seconds after which a body counts as slow."""
SLOW_PER_ADDRESS = 8
MOST_PER_ADDRESS = 64
"""Bodies of one address at once, slow or not."""
PATIENCE = 5.0
"""Seconds to wait until a connection that was cut off has left its thread."""


class Reading:
    """A body that is being read."""

    __slots__ = ("address", "is_cut", "since")

    def __init__(self, address: str, since: float) -> None:
        self.address = address
        self.since = since
        self.is_cut = False


class _Refused(Exception):
    """The body was not read."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class BodyGuard:
    """WSGI middleware around the application.

    `cut` closes the connections of an address. `clock` returns seconds.
    """

    def __init__(
        self,
        app: WsgiApp,
        cut: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
        most: int = READING,
    ) -> None:
        self._app = app
        self._cut = cut
        self._clock = clock
        self._most = most
        self._left = threading.Condition()
        self._readings: dict[Reading, None] = {}  # oldest first

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Read the body, then run the application with it."""
        if _announces_body(environ):
            try:
                self._buffer(environ)
            except _Refused as refused:
                return refuse(
                    environ, start_response, refused.status, str(refused), retry_after=10, close=True
                )
        return self._app(environ, start_response)

    def _buffer(self, environ: dict[str, Any]) -> None:
        stream = environ["wsgi.input"]
        reading = self._begin(environ.get("REMOTE_ADDR", ""))
        try:
            body = stream.read(LONGEST_BODY + 1)
        finally:
            with self._left:
                del self._readings[reading]
                self._left.notify()
        declared = environ.get("CONTENT_LENGTH") or ""
        if (reading.is_cut and not body) or (declared.isdecimal() and len(body) < int(declared)):
            raise _Refused(HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in time.")
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)

    def _begin(self, address: str) -> Reading:
        with self._left:
            now = self._clock()
            ages = [now - each.since for each in self._readings if each.address == address]
            if len(ages) >= MOST_PER_ADDRESS or sum(age > SLOW for age in ages) >= SLOW_PER_ADDRESS:
                raise _Refused(
                    HTTPStatus.SERVICE_UNAVAILABLE, "Finish your other requests first, then try again."
                )
            self._make_room(now)
            reading = Reading(address, now)
            self._readings[reading] = None
            return reading

    def _make_room(self, now: float) -> None:
        late = [each for each in self._readings if now - each.since > DEADLINE and not each.is_cut]
        for address in {each.address for each in late}:
            self._cut_address(address)
        while len(self._readings) >= self._most:
            busiest = Counter(each.address for each in self._readings if not each.is_cut).most_common(1)
            for address, _count in busiest:
                self._cut_address(address)
            if not self._left.wait(PATIENCE):
                raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE, "Too many slow requests at once. Try again.")

    def _cut_address(self, address: str) -> None:
        for each in self._readings:
            each.is_cut = each.is_cut or each.address == address
        log.warning("body.connections_cut", waiting=len(self._readings))
        self._cut(address)


def _announces_body(environ: dict[str, Any]) -> bool:
    """Return whether a body follows that the application could read. Flask refuses a longer one unread."""
    if environ["REQUEST_METHOD"] in ("GET", "HEAD", "OPTIONS"):
        return False
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isdecimal():
        return 0 < int(length) <= LONGEST_BODY
    return "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()


def cut_connections(port: int, address: str) -> None:
    """Shut down all connections of an address to our port: the server does not tell which one is slow."""
    for name in os.listdir("/dev/fd"):  # noqa: PTH208 - Path.iterdir() would need a Path for each
        with suppress(OSError):  # it was closed meanwhile
            _cut_connection(os.dup(int(name)), port, address)


def _cut_connection(file: int, port: int, address: str) -> None:
    """Shut down what the file descriptor stands for, if it is such a connection. Close the descriptor."""
    if not stat.S_ISSOCK(os.fstat(file).st_mode):
        os.close(file)
        return
    with socket.socket(fileno=file) as connection:
        if _is_from(connection, port, address):
            connection.shutdown(socket.SHUT_RDWR)


def _is_from(connection: socket.socket, port: int, address: str) -> bool:
    if connection.family not in (socket.AF_INET, socket.AF_INET6):
        return False  # a unix socket of PostgreSQL or Redis
    return connection.getsockname()[1] == port and bool(connection.getpeername()[0] == address)
