"""Keep slow downloads from occupying the threads that serve everybody, and from filling the memory.

The web server takes an answer in parts, and holds the thread until the client has read most of it. An answer
in one part frees the thread, but stays in memory until the client has read it. So short answers are given in
one part. Longer ones are given in pieces, and their number is bounded.

An answer without a Content-Length is an editor's export. It is left alone.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from moderation.web.early_refusal import WsgiApp, refuse
from moderation.web.threads import SENDING
from moderation.web.transfers import Bounds, TooManyTransfers, Transfer, Transfers

SHORT = 32 * 1024
"""Bytes of an answer that is given in one part."""
_PIECE = 16 * 1024
DEADLINE = 60.0
SLOW = 5.0
"""Seconds after which a download counts as slow."""
SLOW_PER_ADDRESS = 16
MOST_PER_ADDRESS = 64


class DownloadGuard:
    """WSGI middleware around the application.

    `cut` closes the connections of an address; None behind a proxy. `clock` returns seconds.
    """

    def __init__(
        self,
        app: WsgiApp,
        cut: Callable[[str], None] | None,
        clock: Callable[[], float] = time.monotonic,
        most: int = SENDING,
    ) -> None:
        self._app = app
        bounds = Bounds(most, DEADLINE, SLOW, SLOW_PER_ADDRESS, MOST_PER_ADDRESS)
        self._transfers = Transfers(bounds, cut, clock)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Run the application, and hand its answer on in one part or in pieces."""
        lengths: list[int] = []

        def note_length(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            lengths[:] = [int(value) for name, value in headers if name.lower() == "content-length"]
            return start_response(status, headers, *more)

        body = self._app(environ, note_length)
        if not lengths:
            return body
        if lengths[0] <= SHORT or environ["REQUEST_METHOD"] == "HEAD":
            return _whole(body)
        try:
            # Behind a proxy the application has put the client's address here.
            transfer = self._transfers.begin(environ.get("REMOTE_ADDR", ""))
        except TooManyTransfers as refused:
            _close(body)
            return refuse(environ, start_response, refused.status, str(refused), retry_after=10)
        return _Download(body, transfer, self._transfers)


class _Download:
    """An answer in pieces. It ends with its last piece, or when the server closes it."""

    def __init__(self, body: Iterable[bytes], transfer: Transfer, transfers: Transfers) -> None:
        self._body = body
        self._transfer = transfer
        self._transfers = transfers

    def __iter__(self) -> Iterator[bytes]:
        """Yield the pieces."""
        try:
            for part in self._body:
                for start in range(0, len(part), _PIECE):
                    yield part[start : start + _PIECE]
        finally:
            self._transfers.end(self._transfer)

    def close(self) -> None:
        """End the download."""
        self._transfers.end(self._transfer)
        _close(self._body)


def _whole(body: Iterable[bytes]) -> list[bytes]:
    try:
        return [b"".join(body)]
    finally:
        _close(body)


def _close(body: Iterable[bytes]) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()
