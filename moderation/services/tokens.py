"""Tokens for the editors' API."""

import hashlib
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.models import Editor, Token

_PREFIX = "cgt_"  # secret scanners look for a fixed beginning


def add_token(session: Session, editor: Editor, name: str) -> str:
    """A new token that acts as the editor. Only its digest is kept: it is seen this once."""
    token = _PREFIX + secrets.token_urlsafe(32)
    session.add(Token(editor_id=editor.id, name=name, digest=_digest(token)))
    session.commit()
    return token


def editor_of(session: Session, token: str) -> Editor | None:
    """The editor a token acts as, or None."""
    found = session.scalar(select(Token).where(Token.digest == _digest(token)))
    return found.editor if found else None


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
