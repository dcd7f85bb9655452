"""Browsers may call from any origin; whether the origin is the site's is checked with the report.

No cookie and no credential takes part, so `*` gives nothing away, and refusals can be read by the widget.
"""

from flask import Blueprint, Response, request

_DAY = "86400"


def allow_any_origin(blueprint: Blueprint, *, methods: str, headers: str) -> None:
    """Answer preflights of the blueprint's routes and open its answers, errors too."""

    @blueprint.after_app_request
    def open_answer(response: Response) -> Response:
        if request.blueprint == blueprint.name:
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = methods
                response.headers["Access-Control-Allow-Headers"] = headers
                response.headers["Access-Control-Max-Age"] = _DAY
        return response
