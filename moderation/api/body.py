"""Decode requests into schemas; every error becomes a Problem."""

from typing import TypeVar

import msgspec
from flask import request

from moderation.web.problems import Problem, invalid, invalid_shape

Shape = TypeVar("Shape")


def read_json(decoder: msgspec.json.Decoder[Shape]) -> tuple[Shape, bytes]:
    """Return the body of the request, decoded and raw. Raises Problem: 413, 415, 400 or 422."""
    if request.mimetype != "application/json":
        raise Problem(415, "Send the body as Content-Type: application/json.")
    raw = request.get_data(cache=False)
    try:
        return decoder.decode(raw), raw
    except msgspec.ValidationError as error:
        raise invalid_shape(error, decoder.type) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Problem(400, f"The body is not JSON: {error}") from None


def read_query(shape: type[Shape]) -> Shape:
    """Return the query string as a schema. Raises Problem: 422."""
    values = request.args.to_dict()
    repeated = next((name for name in values if len(request.args.getlist(name)) > 1), None)
    if repeated:
        raise invalid(f"/{repeated}", "given more than once")
    try:
        return msgspec.convert(
            {name: value for name, value in values.items() if value != ""}, shape, strict=False
        )
    except msgspec.ValidationError as error:
        raise invalid_shape(error, shape) from None
