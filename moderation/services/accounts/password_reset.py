"""Password reset by a secret link that is mailed to the account's address."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import Editor, OutboxMessage, PasswordReset
from moderation.secret_keys import SecretKeys
from moderation.services.accounts.editors import editor_by_email, set_password
from moderation.services.accounts.security_log import record
from moderation.services.accounts.standing import is_enabled
from moderation.services.secret_links import UnknownToken, make_token, read_token

GOOD_FOR = timedelta(hours=1)


class UnknownReset(LookupError):
    """No reset has this token, or the reset was used or is too old."""


def ask(session: Session, email: str, now: datetime) -> None:
    """Ask for a reset link. The worker mails it if the address has an account (see `account_of`).

    Known and unknown addresses cause the same work here, so the time of the answer tells nothing. Earlier
    links stay valid until their time ends or one of them is used.
    """
    session.execute(delete(PasswordReset).where(PasswordReset.expires_at <= now))
    reset = PasswordReset(id=uuid7(), email=email.strip().lower(), expires_at=now + GOOD_FOR)
    session.add(reset)
    session.flush()
    session.add(OutboxMessage(topic="reset.asked", subject_id=reset.id))
    session.commit()


def account_of(session: Session, reset: PasswordReset, now: datetime) -> Editor | None:
    """Return the account that the reset is for; None if it has no password, is disabled, or is too late."""
    editor = editor_by_email(session, reset.email)
    is_usable = editor is not None and editor.password_hash is not None and is_enabled(editor)
    return editor if is_usable and reset.expires_at > now else None


def reset_token(secret_keys: SecretKeys, reset: PasswordReset) -> str:
    """Return the secret part of the link."""
    return make_token(secret_keys, "reset", reset.id)


def find_reset(session: Session, secret_keys: SecretKeys, token: str, now: datetime) -> Editor:
    """Return the account that a link sets the password of. Raises UnknownReset.

    The link is locked until the commit: of two requests at once, only the first finds it.
    """
    try:
        reset = session.get(PasswordReset, read_token(secret_keys, "reset", token), with_for_update=True)
    except UnknownToken:
        raise UnknownReset from None
    editor = account_of(session, reset, now) if reset is not None else None
    if editor is None:
        raise UnknownReset
    return editor


def complete(session: Session, editor: Editor, password: str) -> None:
    """Set the password, and end sessions, tokens and all reset links. Raises InvalidAccount."""
    set_password(session, editor, password)  # ends reset links too
    record(session, editor, "password.reset")
    session.commit()
