"""Security headers of every response, and cookies."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from moderation.settings import Settings
from moderation.web.problems import Problem
from moderation.web.wiring import wiring

# Our pages load nothing from other hosts. Images with data: URLs are icons of Bootstrap.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

# A response that is not a page must not run scripts when a browser opens it as one. Charts contain a style.
_DATA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_DATA = (
    "application/json", "application/problem+json", "image/svg+xml", "text/csv", "application/jsonl",
    "application/ld+json", "application/atom+xml", "application/feed+json",
)  # fmt: skip
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
_HSTS = "max-age=31536000"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
LONGEST_BODY = 400 * 1024
"""Bytes of a body at the desk. Other bodies are shorter, except lists of the API."""
MOST_FIELDS = 2_000
"""Fields of a form. To take apart 200,000 of them costs 0.14 s, and anybody can send them."""


def is_long(environ: Mapping[str, Any]) -> bool:
    """Return whether a request announces more bytes than LONGEST_BODY: a list of the API, or too much."""
    length = environ.get("CONTENT_LENGTH") or ""
    return length.isdecimal() and int(length) > LONGEST_BODY


class LargerDeskRequest(Request):
    """A larger size limit for the desk: it sends word lists and many selected cases."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.path.startswith("/desk"):
            self.max_content_length = LONGEST_BODY


class DeskSessions(SecureCookieSessionInterface):
    """Sessions at the desk only. Readers get no cookie, so shared caches can store their pages."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Open the editor's session. Outside of the desk return Flask's empty read-only session."""
        return super().open_session(app, request) if request.path.startswith("/desk") else None


def cookie_name(name: str, settings: Settings) -> str:
    """Return the cookie's name. For `__Host-` browsers require Secure, this host and the path /."""
    return f"__Host-{name}" if settings.is_https else name


def register(app: Flask) -> None:
    """Refuse bodies that are not forms, add headers to every response, and limit cookies to the desk."""
    app.before_request(_check_form)
    app.session_interface = DeskSessions()
    app.request_class = LargerDeskRequest
    app.after_request(_headers)


def _check_form() -> None:
    """Refuse bodies that are not forms, outside of the API, and forms with too many fields.

    Flask-WTF would read a JSON body as a form, and no limit on form fields would apply. Flask limits the
    parts of multipart forms itself; other forms are refused before they are taken apart. Raises Problem: 413,
    415.
    """
    if request.method != "POST" or request.path.startswith("/api/"):
        return
    if request.mimetype not in _FORMS and (request.mimetype or request.content_length):
        raise Problem(415, "Send this as a form: application/x-www-form-urlencoded or multipart/form-data.")
    if request.mimetype == _FORMS[0] and request.get_data().count(b"&") >= MOST_FIELDS:
        raise Problem(413, f"A form has at most {MOST_FIELDS} fields.", type="too-large")


def headers_of(mimetype: str, *, is_https: bool) -> dict[str, str]:
    """Return the headers of every response of this media type."""
    headers = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    if mimetype == "text/html":
        headers["Content-Security-Policy"] = _POLICY
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = _PERMISSIONS
    elif mimetype in _DATA:
        headers["Content-Security-Policy"] = _DATA_POLICY
    if is_https:
        headers["Strict-Transport-Security"] = _HSTS
    return headers


def _headers(response: Response) -> Response:
    headers = headers_of(response.mimetype or "", is_https=wiring().settings.is_https)
    if request.path.startswith("/desk"):
        headers["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return response
