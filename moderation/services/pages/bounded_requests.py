"""Bound a library that sends by `requests`: one deadline for everything that it does, and short answers.

Its own timeouts are for one read: a server that sends a byte now and then would hold a thread for ever. An
answer of any length would fill the memory.
"""

import errno
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from threading import Lock, Timer
from typing import Any


class _Bounds:
    """The end of the time, the longest answer, and copies of the descriptors of all connections."""

    def __init__(self, seconds: float, largest: int) -> None:
        self.largest = largest
        self._ends_at = time.monotonic() + seconds
        self._connections: list[socket.socket] = []
        self._lock = Lock()

    def require_time(self) -> None:
        """Raise OSError if the time is over."""
        if time.monotonic() >= self._ends_at:
            raise OSError(errno.ETIMEDOUT, "the time for all requests together is over")

    def watch(self, connection: socket.socket) -> None:
        """Keep a copy of a connection: encryption takes over the library's own."""
        with self._lock:
            self._connections.append(socket.socket(fileno=os.dup(connection.fileno())))

    def cut(self) -> None:
        """Shut down all connections: whoever reads from one goes on with an error."""
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):  # it was closed, or never connected
                    connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the copies."""
        with self._lock:
            for connection in self._connections:
                connection.close()


_bounds: ContextVar[_Bounds | None] = ContextVar("bounded_requests", default=None)


@contextmanager
def bounded_requests(seconds: float, largest: int) -> Iterator[None]:
    """Bound all requests of this context together to `seconds`, and each answer to `largest` bytes.

    Beyond that they fail with `requests.RequestException`.
    """
    _install()
    bounds = _Bounds(seconds, largest)
    timer = Timer(seconds, bounds.cut)
    timer.daemon = True
    timer.start()
    token = _bounds.set(bounds)
    try:
        yield
    finally:
        _bounds.reset(token)
        timer.cancel()
        bounds.close()


@cache
def _install() -> None:
    """Hear of each connection of the process, and let answers be read in bounds. Others are left alone."""
    from requests.adapters import HTTPAdapter  # noqa: PLC0415 - most processes send nothing by requests

    send = HTTPAdapter.send

    def bounded_send(adapter: HTTPAdapter, *arguments: Any, **options: Any) -> Any:
        response, bounds = send(adapter, *arguments, **options), _bounds.get()
        if bounds is not None:
            response.raw = _Answer(response.raw, bounds.largest)
        return response

    HTTPAdapter.send = bounded_send  # type: ignore[method-assign, assignment]
    sys.addaudithook(_check)


def _check(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in ("socket.connect", "socket.getaddrinfo"):
        return
    bounds = _bounds.get()
    if bounds is not None:
        bounds.require_time()
        if event == "socket.connect":
            bounds.watch(arguments[0])


class _Answer:
    """An answer of urllib3 that ends with an error when it is too long."""

    def __init__(self, raw: Any, largest: int) -> None:
        self._raw = raw
        self._largest = largest

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def stream(self, *arguments: Any, **options: Any) -> Iterator[bytes]:
        """Yield the decoded body. Raises ProtocolError, which requests understands."""
        from urllib3.exceptions import ProtocolError  # noqa: PLC0415

        length = 0
        for chunk in self._raw.stream(*arguments, **options):
            length += len(chunk)
            if length > self._largest:
                self._raw.close()
                raise ProtocolError(f"the answer is larger than {self._largest} bytes")
            yield chunk
