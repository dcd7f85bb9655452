"""Answers of the API."""

import msgspec
from flask import Response


def json_answer(answer: object, status: int = 200, *, cache: str = "no-store") -> Response:
    """Encode a schema as the response. `cache` is its Cache-Control."""
    return Response(
        msgspec.json.encode(answer),
        status,
        content_type="application/json",
        headers={"Cache-Control": cache},
    )
