"""An identifier, a duration and, if wanted, a log line for each request.

The identifier is in each log line of the request and in the answer's `X-Request-Id`. A line names the route:
the path of a receipt is a secret. It holds no address: those of readers are never stored.
"""

import re
import secrets
import time
from functools import partial

import structlog
from flask import Flask, Response, g, request

from moderation.metrics import REQUESTS
from moderation.settings import Settings

log = structlog.get_logger("access")
HEADER = "X-Request-Id"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_GOOD_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def register(app: Flask, settings: Settings) -> None:
    """Measure every request. With CORRIGENDA_ACCESS_LOG each gets a line."""
    app.before_request(partial(_begin, trusts_proxy=settings.trusted_proxies > 0))
    app.after_request(partial(_end, logs=settings.access_log))


def _begin(*, trusts_proxy: bool) -> None:
    given = request.headers.get(HEADER, "") if trusts_proxy else ""
    g.request_id = given if _GOOD_ID.fullmatch(given) else secrets.token_hex(8)
    g.began_at = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response, *, logs: bool) -> Response:
    if "request_id" not in g:  # refused before the first hook
        return response
    seconds = time.perf_counter() - g.began_at
    route = request.url_rule.rule if request.url_rule else "none"
    response.headers[HEADER] = g.request_id
    REQUESTS.labels(route, _method()).observe(seconds)
    if logs:
        milliseconds = round(seconds * 1000, 1)
        log.info("request", method=_method(), route=route, status=response.status_code, ms=milliseconds)
    return response


def _method() -> str:
    """Return the method of the request. A client can send any text: each would stay in memory as a figure."""
    return request.method if request.method in _METHODS else "other"
