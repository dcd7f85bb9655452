"""Refuse a request before Flask sees it: cheap answers for an overloaded process."""

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from moderation.web.problem_types import type_of_status
from moderation.web.problems import TYPES

WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]


def refuse(
    environ: dict[str, Any], start_response: Any, status: HTTPStatus, detail: str, *, retry_after: int,
    close: bool = False,
) -> Iterable[bytes]:  # fmt: skip
    """Answer with a problem (RFC 9457) in the API, with plain text elsewhere.

    `close`: close the connection, because its body was not read. Otherwise it is kept: a client that comes
    again would cost a new one.
    """
    media, body = _content(environ.get("PATH_INFO", "").startswith("/api/"), status, detail)
    headers = [
        ("Content-Type", media),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(retry_after)),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "Retry-After"),
    ]
    if close:
        headers.append(("Connection", "close"))
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]


@lru_cache(maxsize=16)
def _content(is_api: bool, status: HTTPStatus, detail: str) -> tuple[str, bytes]:
    """Return the media type and the body."""
    if not is_api:
        return "text/plain; charset=utf-8", f"{detail}\n".encode()
    problem = {
        "type": f"{TYPES}/{type_of_status(status)}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    return "application/problem+json", json.dumps(problem).encode()
