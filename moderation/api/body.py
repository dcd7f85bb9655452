"""Decode requests into schemas; every error becomes a Problem."""

from typing import TypeVar

import msgspec
from flask import request

from moderation.domain.shape_errors import shape_errors
from moderation.web.problems import Problem, invalid, invalid_shape

Shape = TypeVar("Shape")
Query = TypeVar("Query", bound=msgspec.Struct)


def read_json(decoder: msgspec.json.Decoder[Shape], *, longest: int | None = None) -> tuple[Shape, bytes]:
    """Return the body of the request, decoded and raw. `longest` allows more bytes than usual.

    Raises Problem: 413, 415, 400 or 422.
    """
    if longest is not None:
        request.max_content_length = longest
    require_json(request.mimetype)
    raw = request.get_data(cache=False)
    return decode(decoder, raw), raw


def require_json(mimetype: str) -> None:
    """Refuse a body of another media type. Raises Problem: 415."""
    if mimetype != "application/json":
        raise Problem(415, "Send the body as Content-Type: application/json.")


def decode(decoder: msgspec.json.Decoder[Shape], raw: bytes) -> Shape:
    """Return the decoded body. Raises Problem: 400 or 422."""
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError as error:
        raise invalid_shape(_errors_of_body(raw, decoder.type) or [("", str(error))]) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _not_json(error) from None


def _errors_of_body(raw: bytes, shape: object) -> list[tuple[str, str]]:
    """Return every error of a body that has at least one. Raises Problem: 400 if it is no JSON at all."""
    try:
        return shape_errors(msgspec.json.decode(raw), shape)
    except RecursionError:  # nested deeper than any of our shapes
        return []
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _not_json(error) from None


def _not_json(error: Exception) -> Problem:
    return Problem(400, f"The body is not JSON: {error}", type="not-json")


def read_query(shape: type[Query]) -> Query:
    """Return the query string as a schema. Raises Problem: 422."""
    values = request.args.to_dict()
    repeated = next((name for name in values if len(request.args.getlist(name)) > 1), None)
    if repeated:
        raise invalid(f"/{repeated}", "given more than once")
    given = {name: value for name, value in values.items() if value != ""}
    try:
        query = msgspec.convert(given, shape, strict=False)
    except msgspec.ValidationError as error:
        errors = shape_errors(given, shape, strict=False) or [("", str(error))]
        raise invalid_shape(errors) from None
    for field in msgspec.structs.fields(shape):
        # msgspec reads the text "null" as None.
        if field.encode_name in given and getattr(query, field.name) is None:
            raise invalid(f"/{field.encode_name}", "leave the parameter out instead of sending null")
    return query
