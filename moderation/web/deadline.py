"""A deadline per request, so that no reader or editor waits for a database that does not answer."""

import time
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from moderation.web.early_refusal import WsgiApp

REQUEST_SECONDS = 4.0
"""Seconds that a request may wait for the database, counted from its start."""
STATEMENT_SECONDS = 3.0
"""Seconds after which PostgreSQL itself ends a statement of a web process."""

_ends_at: ContextVar[float | None] = ContextVar("request_ends_at", default=None)


def seconds_left() -> float:
    """Return the seconds until the deadline of this request. It can be negative.

    Outside of a request (a response that is written in parts) each call gets the time of a whole request.
    """
    ends_at = _ends_at.get()
    return REQUEST_SECONDS if ends_at is None else ends_at - time.monotonic()


def restart_deadline() -> None:
    """Start the deadline anew, after the request waited for another machine and not for the database."""
    _ends_at.set(time.monotonic() + REQUEST_SECONDS)


class RequestDeadline:
    """WSGI middleware that starts the deadline of each request."""

    def __init__(self, app: WsgiApp) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Run the application with a deadline."""
        token = _ends_at.set(time.monotonic() + REQUEST_SECONDS)
        try:
            return self._app(environ, start_response)
        finally:
            _ends_at.reset(token)
