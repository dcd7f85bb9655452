"""Headers that every answer carries."""

from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from moderation.web.problems import Problem

# Our own pages load nothing from anywhere else. Images as data: are Bootstrap's own icons.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_LONGEST_AT_THE_DESK = 400 * 1024


class RoomAtTheDesk(Request):
    """Requests of the desk may be longer than a reader's report: word lists, many selected cases."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.path.startswith("/desk"):
            self.max_content_length = _LONGEST_AT_THE_DESK


class DeskSessions(SecureCookieSessionInterface):
    """Sessions at the desk only: readers get no cookie, and what they load may be kept by shared caches."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The editor's session; elsewhere Flask's empty one, which cannot be written."""
        return super().open_session(app, request) if request.path.startswith("/desk") else None


def register(app: Flask) -> None:
    """Refuse bodies that are no forms, add headers to every answer, and keep cookies to the desk."""
    app.before_request(_require_form)
    app.session_interface = DeskSessions()
    app.request_class = RoomAtTheDesk
    app.after_request(_headers)


def _require_form() -> None:
    """Refuse other bodies than forms, outside of the API. Raises Problem: 415.

    Flask-WTF would read a JSON body as a form, past every limit that counts a form's fields.
    """
    if request.method != "POST" or request.path.startswith("/api/"):
        return
    if request.mimetype not in _FORMS and (request.mimetype or request.content_length):
        raise Problem(415, "Send this as a form: application/x-www-form-urlencoded or multipart/form-data.")


def _headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    if response.mimetype == "text/html":
        headers.setdefault("Content-Security-Policy", _POLICY)
        headers.setdefault("Referrer-Policy", "same-origin")
    if request.path.startswith("/desk"):
        headers.setdefault("Cache-Control", "no-store")
    return response
