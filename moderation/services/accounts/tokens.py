"""Tokens for the editors' API."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from moderation.models import Editor, Token
from moderation.models.token import SCOPES, Scope

_PREFIX = "cgt_"  # secret scanners look for a fixed beginning
_NOTED_EVERY = timedelta(minutes=1)


def add_token(
    session: Session,
    editor: Editor,
    name: str,
    *,
    scopes: Sequence[Scope] = SCOPES,
    expires_at: datetime | None = None,
) -> str:
    """A new token that acts as the editor. Only its digest is kept: it is seen this once."""
    token = _PREFIX + secrets.token_urlsafe(32)
    session.add(
        Token(
            editor_id=editor.id,
            name=name,
            digest=_digest(token),
            scopes=list(scopes),
            expires_at=expires_at,
        )
    )
    session.commit()
    return token


def use_token(session: Session, token: str, now: datetime) -> Token | None:
    """The token as it is kept, or None when there is none or it has expired; its use is noted."""
    found = session.scalar(select(Token).where(Token.digest == _digest(token)))
    if found is None or (found.expires_at is not None and found.expires_at <= now):
        return None
    if found.last_used_at is None or now - found.last_used_at >= _NOTED_EVERY:
        found.last_used_at = now
        session.commit()
    return found


def tokens_of(session: Session, editor: Editor) -> Sequence[Token]:
    """The editor's tokens, newest first."""
    return session.scalars(select(Token).where(Token.editor_id == editor.id).order_by(Token.id.desc())).all()


def all_tokens(session: Session) -> Sequence[Token]:
    """The tokens of every account, newest first."""
    return session.scalars(select(Token).order_by(Token.id.desc())).all()


def revoke_token(session: Session, token_id: UUID) -> bool:
    """Revoke anybody's token; answers whether there was one."""
    revoked = session.execute(delete(Token).where(Token.id == token_id))
    session.commit()
    return bool(revoked.rowcount)  # type: ignore[attr-defined]


def drop_token(session: Session, editor: Editor, token_id: UUID) -> None:
    """Take a token of the editor's out of use; another's is left as it is."""
    session.execute(delete(Token).where(Token.id == token_id, Token.editor_id == editor.id))
    session.commit()


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
