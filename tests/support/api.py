"""Helpers that call the API."""

from sqlalchemy.orm import Session

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


def bearer(session: Session, editor: Editor) -> dict[str, str]:
    """Return headers with a new token of the editor."""
    return {"Authorization": f"Bearer {add_token(session, editor, 'test')}"}
