"""Helpers that call the API."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from moderation.models import Editor
from moderation.services.accounts.tokens import add_token

BODY = {
    "url": "https://news.example/a?utm_source=x",
    "quote": {"exact": "расказал", "prefix": "О новых сроках ", "suffix": " на встрече"},
    "position": {"start": 15, "end": 23},
    "correction": "рассказал",
    "comment": "две «с»",
    "kind": "spelling",
    "title": "Набережную откроют",
    "lang": "ru",
}
"""A report with every field."""


def post_report(
    client: FlaskClient, site_key: str, body: object = BODY, address: str = "192.0.2.1", **headers: str
) -> TestResponse:
    """Send a report from this address. Names of headers are written with `_`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(
        "/api/v1/reports",
        json=body,
        headers={"X-Site-Key": site_key, **named},
        environ_overrides={"REMOTE_ADDR": address},
    )


def bearer(session: Session, editor: Editor) -> dict[str, str]:
    """Return headers with a new token of the editor."""
    return {"Authorization": f"Bearer {add_token(session, editor, 'test')}"}
