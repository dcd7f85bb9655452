"""Change the address of an account. The new address is used only after its owner followed a mailed link."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import Editor, EmailChange, OutboxMessage, PasswordReset
from moderation.secret_keys import SecretKeys
from moderation.services.accounts.editors import (
    EmailTaken,
    InvalidAccount,
    editor_by_email,
    normal_email,
)
from moderation.services.accounts.security_log import record
from moderation.services.secret_links import UnknownToken, make_token, read_token

GOOD_FOR = timedelta(days=1)


class ManagedEmail(InvalidAccount):
    """The identity provider manages the address of an account with SSO."""


class UnknownEmailChange(LookupError):
    """This account has no change with this token, or the change is too old."""


def ask(session: Session, editor: Editor, email: str, now: datetime) -> None:
    """Ask for a new address. A second request replaces the first. Raises InvalidEmail, ManagedEmail."""
    address = normal_email(email)
    if editor.password_hash is None:
        raise ManagedEmail("the address of an account with SSO is managed by the identity provider")
    session.execute(delete(EmailChange).where(EmailChange.editor_id == editor.id))
    change = EmailChange(id=uuid7(), editor_id=editor.id, email=address, expires_at=now + GOOD_FOR)
    session.add(change)
    session.flush()
    session.add(OutboxMessage(topic="email.change_asked", subject_id=change.id))
    record(session, editor, "email.change_asked")
    session.commit()


def email_token(secret_keys: SecretKeys, change: EmailChange) -> str:
    """Return the secret part of the link."""
    return make_token(secret_keys, "email", change.id)


def find_change(
    session: Session, secret_keys: SecretKeys, editor: Editor, token: str, now: datetime
) -> EmailChange:
    """Return the change of this account that belongs to a link. Raises UnknownEmailChange."""
    try:
        change = session.get(EmailChange, read_token(secret_keys, "email", token))
    except UnknownToken:
        raise UnknownEmailChange from None
    if change is None or change.editor_id != editor.id or change.expires_at <= now:
        raise UnknownEmailChange
    return change


def complete(session: Session, editor: Editor, change: EmailChange) -> None:
    """Use the new address from now on, and tell the old one by mail. Raises EmailTaken."""
    if editor_by_email(session, change.email) is not None:
        raise EmailTaken(change.email)
    session.execute(delete(PasswordReset).where(PasswordReset.email == editor.email))
    record(session, editor, "email.changed", mail_to=editor.email)
    address = change.email
    editor.email = address
    session.delete(change)
    try:
        session.commit()
    except IntegrityError:  # somebody took it at the same moment
        session.rollback()
        raise EmailTaken(address) from None
