"""Errors as application/problem+json (RFC 9457)."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Response

TYPES = "/api/v1/problems"
_PATH = re.compile(r" - at `(?P<path>.+)`$")


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field; `pointer` is a JSON pointer (RFC 6901) into the body."""

    pointer: str
    detail: str


class ProblemBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of every error."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None


class Problem(Exception):
    """An answer that is an error. Raise it from a view.

    `type` is the problem type's name: the body's `type` is `/api/v1/problems/NAME`, a page that explains it.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: Sequence[FieldError] | None = None,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, object] | None = None,
        type: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.title = HTTPStatus(status).phrase
        self.detail = detail
        self.errors = list(errors) if errors else None
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})
        self.type = f"{TYPES}/{type}" if type else "about:blank"

    def body(self) -> dict[str, Any]:
        """The members of the JSON answer."""
        body = msgspec.to_builtins(ProblemBody(self.type, self.title, self.status, self.detail, self.errors))
        return {**body, **self.extra}

    def response(self) -> Response:
        """The error as an HTTP answer."""
        return Response(
            msgspec.json.encode(self.body()),
            self.status,
            self.headers,
            content_type="application/problem+json",
        )


def invalid(pointer: str, detail: str) -> Problem:
    """422 for one field."""
    return Problem(
        422,
        f"{pointer or 'The body'}: {detail}",
        type="invalid-request",
        errors=[FieldError(pointer, detail)],
    )


def invalid_shape(error: msgspec.ValidationError) -> Problem:
    """422 for what msgspec found; its `$.quote.exact` becomes `/quote/exact`."""
    message = str(error)
    match = _PATH.search(message)
    path = match["path"] if match else "$"
    pointer = path.removeprefix("$").replace("[", ".").replace("]", "").replace(".", "/")
    return invalid(pointer, _PATH.sub("", message))
