"""An identifier, a duration and, if wanted, a log line for each request.

The identifier is in each log line of the request and in the answer's `X-Request-Id`. A line names the route:
the path of a receipt is a secret. It holds no address: those of readers are never stored.
"""

import re
import secrets
import time
from typing import Any, NamedTuple

import structlog
from flask import Flask, Response, request

from moderation.metrics import REQUESTS
from moderation.settings import Settings

log = structlog.get_logger("access")
HEADER = "X-Request-Id"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_GOOD_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_BEGUN = "corrigenda.request"


class _Begun(NamedTuple):
    id: str
    at: float


class RequestLog:
    """Measures every request. With CORRIGENDA_ACCESS_LOG each gets a line."""

    def __init__(self, settings: Settings) -> None:
        self._trusts_proxy = settings.trusted_proxies > 0
        self._writes = settings.access_log

    def register(self, app: Flask) -> None:
        """Measure the requests to an application."""
        app.before_request(self._begin)
        app.after_request(self._end)

    def begin(self, environ: dict[str, Any]) -> str:
        """Begin a request, unless it has begun, and return its identifier."""
        begun: _Begun | None = environ.get(_BEGUN)
        if begun is None:
            given = environ.get("HTTP_X_REQUEST_ID", "") if self._trusts_proxy else ""
            begun = _Begun(given if _GOOD_ID.fullmatch(given) else secrets.token_hex(8), time.perf_counter())
            environ[_BEGUN] = begun
            structlog.contextvars.clear_contextvars()
            structlog.contextvars.bind_contextvars(request_id=begun.id)
        return begun.id

    def end(self, environ: dict[str, Any], route: str, status: int) -> None:
        """End a request that has begun."""
        seconds = time.perf_counter() - environ[_BEGUN].at
        # A client can send any text as its method: each would stay in memory as a figure.
        method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in _METHODS else "other"
        REQUESTS.labels(route, method).observe(seconds)
        if self._writes:
            log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))

    def _begin(self) -> None:
        self.begin(request.environ)

    def _end(self, response: Response) -> Response:
        begun: _Begun | None = request.environ.get(_BEGUN)
        if begun is not None:  # else it was refused before the first hook
            route = request.url_rule.rule if request.url_rule else "none"
            response.headers[HEADER] = begun.id
            self.end(request.environ, route, response.status_code)
        return response
