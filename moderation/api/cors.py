"""CORS: browsers may call from any origin. Intake checks with the report whether the origin is the site's.

The calls use no cookies and no credentials, so `*` is safe, and the widget can read refusals.
"""

from flask import Blueprint, Response, request

_DAY = "86400"
ANY_ORIGIN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}


def allow_any_origin(blueprint: Blueprint, *, methods: str, headers: str) -> None:
    """Answer preflight requests of the blueprint's routes, and allow any origin in its answers and errors."""

    @blueprint.after_app_request
    def open_answer(response: Response) -> Response:
        if request.blueprint == blueprint.name:
            response.headers.update(ANY_ORIGIN)
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = methods
                response.headers["Access-Control-Allow-Headers"] = headers
                response.headers["Access-Control-Max-Age"] = _DAY
        return response
