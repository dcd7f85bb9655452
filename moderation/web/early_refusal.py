"""Refuse a request before Flask sees it: cheap answers for an overloaded process."""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from moderation.web.problem_types import type_of_status
from moderation.web.problems import TYPES

WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]


def refuse(
    environ: dict[str, Any], start_response: Any, status: HTTPStatus, detail: str, *, retry_after: int
) -> Iterable[bytes]:
    """Answer with a problem (RFC 9457) in the API, with plain text elsewhere, and close the connection."""
    if environ.get("PATH_INFO", "").startswith("/api/"):
        media = "application/problem+json"
        text = json.dumps(
            {
                "type": f"{TYPES}/{type_of_status(status)}",
                "title": status.phrase,
                "status": status.value,
                "detail": detail,
            }
        )
    else:
        media, text = "text/plain; charset=utf-8", detail + "\n"
    body = text.encode()
    headers = [
        ("Content-Type", media),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(retry_after)),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Expose-Headers", "Retry-After"),
        ("Connection", "close"),
    ]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
