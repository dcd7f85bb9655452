"""Keep slow request bodies from occupying the threads that serve everybody.

The web server gives each request a thread before its body has arrived. A client that sends one byte at a time
could hold that thread for any time. So there are many threads (READING), and the guard reads the whole body
before the request gets a place of web/capacity.py.

A longer body, a list of the API, is left to the application, which knows who may send one.

It refuses further bodies of an address that has many slow ones. It closes the connection of a body that takes
longer than DEADLINE. When all reading threads are busy, it closes the connections of the busiest address.

Behind a reverse proxy the proxy does this: it must buffer requests (docs/operate.md).
"""

import io
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from moderation.web.early_refusal import WsgiApp, refuse
from moderation.web.security import LONGEST_BODY, is_long
from moderation.web.threads import READING
from moderation.web.transfers import Bounds, TooManyTransfers, Transfers

DEADLINE = 20.0
"""Seconds that a body may take."""
SLOW = 1.0
"""Seconds after which a body counts as slow."""
SLOW_PER_ADDRESS = 8
MOST_PER_ADDRESS = 64
"""Bodies of one address at once, slow or not."""


class _Incomplete(Exception):
    """The body did not arrive in time."""


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
        bounds = Bounds(most, DEADLINE, SLOW, SLOW_PER_ADDRESS, MOST_PER_ADDRESS)
        self._transfers = Transfers(bounds, cut, clock)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Read the body, then run the application with it."""
        try:
            if is_long(environ):
                return self._run_while_it_reads(environ, start_response)
            if _announces_body(environ):
                self._buffer(environ)
        except TooManyTransfers as refused:
            return refuse(environ, start_response, refused.status, str(refused), retry_after=10, close=True)
        except _Incomplete as late:
            status = HTTPStatus.REQUEST_TIMEOUT
            return refuse(environ, start_response, status, str(late), retry_after=10, close=True)
        return self._app(environ, start_response)

    def _run_while_it_reads(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Run the application, which reads the body itself or refuses it. The body may take DEADLINE, too."""
        reading = self._transfers.begin(environ.get("REMOTE_ADDR", ""))
        try:
            return self._app(environ, start_response)
        finally:
            self._transfers.end(reading)

    def _buffer(self, environ: dict[str, Any]) -> None:
        stream = environ["wsgi.input"]
        reading = self._transfers.begin(environ.get("REMOTE_ADDR", ""))
        try:
            body = stream.read(LONGEST_BODY + 1)
        finally:
            self._transfers.end(reading)
        declared = environ.get("CONTENT_LENGTH") or ""
        if (reading.is_cut and not body) or (declared.isdecimal() and len(body) < int(declared)):
            raise _Incomplete("The body did not arrive in time.")
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)


def _announces_body(environ: dict[str, Any]) -> bool:
    """Return whether a body follows that the application could read. Flask refuses a longer one unread."""
    if environ["REQUEST_METHOD"] in ("GET", "HEAD", "OPTIONS"):
        return False
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isdecimal():
        return 0 < int(length) <= LONGEST_BODY
    return "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
