"""Errors as application/problem+json (RFC 9457)."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
import msgspec.inspect
from flask import Response

TYPES = "/api/v1/problems"
_FIELD = re.compile(r"Object (?:(?P<missing>missing required)|contains unknown) field `(?P<name>[^`]*)`")
_PATH = re.compile(r" - at `(?P<path>.+)`$")


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

    `type` is the name of the problem type. The body has `/api/v1/problems/NAME`, a page that explains it.
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


def invalid(pointer: str, detail: str) -> Problem:
    """Make a 422 problem for one field."""
    return Problem(
        422,
        f"{pointer or 'The body'}: {detail}",
        type="invalid-request",
        errors=[FieldError(pointer, detail)],
    )


def invalid_shape(error: msgspec.ValidationError, shape: type | None = None) -> Problem:
    """Make a 422 problem from a msgspec error. A path such as `$.quote.exact` becomes `/quote/exact`.

    The pointer of a missing or unknown field is the field itself. For a wrong choice the detail lists the
    allowed values of `shape`.
    """
    message = str(error)
    match = _PATH.search(message)
    path, detail = (match["path"] if match else "$"), _PATH.sub("", message)
    pointer = path.removeprefix("$").replace("[", ".").replace("]", "").replace(".", "/")
    if field := _FIELD.fullmatch(detail):
        detail = "is required" if field["missing"] else "is not a known field"
        return invalid(f"{pointer}/{field['name']}", detail)
    if shape is not None and "enum value" in detail:
        allowed = _choices(msgspec.inspect.type_info(shape), pointer.split("/")[1:])
        detail += f"; allowed: {', '.join(allowed)}" if allowed else ""
    return invalid(pointer, detail)


def _choices(node: msgspec.inspect.Type, path: Sequence[str]) -> list[str]:
    """Return the allowed values of a field; an empty list if any value is allowed."""
    if isinstance(node, msgspec.inspect.UnionType):
        return [value for each in node.types for value in _choices(each, path)]
    if not path:
        return [str(value) for value in node.values] if isinstance(node, msgspec.inspect.LiteralType) else []
    if isinstance(node, msgspec.inspect.StructType):
        inner = [field.type for field in node.fields if field.encode_name == path[0]]
    elif isinstance(node, msgspec.inspect.ListType):
        inner = [node.item_type]
    else:
        inner = []
    return [value for each in inner for value in _choices(each, path[1:])]
