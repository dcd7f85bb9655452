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
from moderation.services.accounts.security_log import record
from moderation.services.accounts.standing import may_act

_PREFIX = "cgt_"  # secret scanners search for a fixed prefix
_NOTED_EVERY = timedelta(minutes=1)


def add_token(
    session: Session,
    editor: Editor,
    name: str,
    *,
    scopes: Sequence[Scope] = SCOPES,
    expires_at: datetime | None = None,
) -> str:
    """Create a token that acts as the editor. Only its digest is stored, so it can be shown only now."""
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
    record(session, editor, "token.created", scopes=list(scopes))
    session.commit()
    return token


def use_token(session: Session, token: str, now: datetime, sso_days: int) -> Token | None:
    """Find a valid token and store the time of its use. Returns None if it is unknown or expired.

    `sso_days`: how many days tokens of accounts with SSO work after the last sign-in at the provider.
    """
    stored = session.scalar(select(Token).where(Token.digest == _digest(token)))
    if stored is None or (stored.expires_at is not None and stored.expires_at <= now):
        return None
    if not may_act(stored.editor, now, sso_days):
        return None
    if stored.last_used_at is None or now - stored.last_used_at >= _NOTED_EVERY:
        stored.last_used_at = now
        session.commit()
    return stored


def tokens_of(session: Session, editor: Editor) -> Sequence[Token]:
    """Return the editor's tokens, newest first."""
    return session.scalars(select(Token).where(Token.editor_id == editor.id).order_by(Token.id.desc())).all()


def all_tokens(session: Session) -> Sequence[Token]:
    """Return the tokens of all accounts, newest first."""
    return session.scalars(select(Token).order_by(Token.id.desc())).all()


def revoke_token(session: Session, token_id: UUID) -> bool:
    """Revoke a token of any account. Returns whether the token existed."""
    token = session.get(Token, token_id)
    if token is None:
        return False
    session.delete(token)
    record(session, token.editor, "token.revoked")
    session.commit()
    return True


def drop_token(session: Session, editor: Editor, token_id: UUID) -> None:
    """Revoke a token of the editor. A token of another editor stays unchanged."""
    revoked = session.execute(delete(Token).where(Token.id == token_id, Token.editor_id == editor.id))
    if revoked.rowcount:  # type: ignore[attr-defined]
        record(session, editor, "token.revoked")
    session.commit()


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
