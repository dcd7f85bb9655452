"""Errors as application/problem+json (RFC 9457)."""

import math
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Response

from moderation.web.problem_types import type_of_status

TYPES = "/api/v1/problems"


class FieldError(msgspec.Struct, frozen=True):
    """The error in one field. `pointer` is a JSON pointer (RFC 6901) into the body."""

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
    """An error response. Raise it from a view.

    `type` is the name of the problem type (problem_types.py); without one it follows the status. The body
    has `/api/v1/problems/NAME`, a page that explains it.
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
        self.type = f"{TYPES}/{type or type_of_status(status)}"

    def body(self) -> dict[str, Any]:
        """Return the members of the JSON response."""
        body = msgspec.to_builtins(ProblemBody(self.type, self.title, self.status, self.detail, self.errors))
        return {**body, **self.extra}

    def response(self) -> Response:
        """Return the error as an HTTP response."""
        return Response(
            msgspec.json.encode(self.body()),
            self.status,
            self.headers,
            content_type="application/problem+json",
        )


def too_many(seconds: float, say: Callable[[int], str]) -> Problem:
    """Make a 429 problem. `say` returns its sentence for the whole seconds until the next attempt."""
    wait = max(1, math.ceil(seconds))
    return Problem(429, say(wait), type="too-many", headers={"Retry-After": str(wait)})


def invalid(pointer: str, detail: str) -> Problem:
    """Make a 422 problem for one field."""
    return Problem(
        422,
        f"{pointer or 'The body'}: {detail}",
        type="invalid-request",
        errors=[FieldError(pointer, detail)],
    )


def invalid_shape(errors: Sequence[tuple[str, str]]) -> Problem:
    """Make a 422 problem from errors with their pointers, see shape_errors.py. `detail` is the first one."""
    problem = invalid(*errors[0])
    problem.errors = [FieldError(pointer, detail) for pointer, detail in errors]
    if len(errors) > 1:
        problem.detail += f". In all {len(errors)} fields are wrong: see `errors`."
    return problem
