"""Password reset by a secret link that is mailed to the account's address."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import Editor, OutboxMessage, PasswordReset
from moderation.services.accounts.editors import editor_by_email, set_password
from moderation.services.accounts.security_log import record
from moderation.services.secret_links import UnknownToken, make_token, read_token

GOOD_FOR = timedelta(hours=1)


class UnknownReset(LookupError):
    """No reset has this token, or the reset was used or is too old."""


def ask(session: Session, email: str, now: datetime) -> None:
    """Mail a reset link to the account with this address. An address without an account gets no mail."""
    editor = editor_by_email(session, email)
    if editor is None or editor.password_hash is None or editor.disabled_at is not None:
        return
    session.execute(delete(PasswordReset).where(PasswordReset.editor_id == editor.id))
    reset = PasswordReset(id=uuid7(), editor_id=editor.id, expires_at=now + GOOD_FOR)
    session.add(reset)
    session.flush()
    session.add(OutboxMessage(topic="reset.asked", subject_id=reset.id))
    session.commit()


def reset_token(secret_key: str, reset: PasswordReset) -> str:
    """Return the secret part of the link."""
    return make_token(secret_key, "reset", reset.id)


def find_reset(session: Session, secret_key: str, token: str, now: datetime) -> PasswordReset:
    """Return the reset that belongs to a link. Raises UnknownReset."""
    try:
        reset = session.get(PasswordReset, read_token(secret_key, "reset", token))
    except UnknownToken:
        raise UnknownReset from None
    if reset is None or reset.expires_at <= now:
        raise UnknownReset
    return reset


def complete(session: Session, reset: PasswordReset, password: str) -> Editor:
    """Set the password, end sessions, tokens and this link. Raises InvalidAccount."""
    editor = session.get_one(Editor, reset.editor_id)
    set_password(session, editor, password)  # ends reset links too
    record(session, editor, "password.reset")
    session.commit()
    return editor
