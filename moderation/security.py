"""Headers that every answer carries."""

from flask import Flask, Response, request

# Our own pages load nothing from anywhere else. Images as data: are Bootstrap's own icons.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def register(app: Flask) -> None:
    """Add the headers after each request."""
    app.after_request(_headers)


def _headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    if response.mimetype == "text/html":
        headers.setdefault("Content-Security-Policy", _POLICY)
        headers.setdefault("Referrer-Policy", "same-origin")
    if request.path.startswith("/desk"):
        headers.setdefault("Cache-Control", "no-store")
    return response
