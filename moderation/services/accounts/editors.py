"""Editors' accounts: add an account, sign in, change the password."""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from moderation.domain.accounts.mailboxes import is_plain
from moderation.domain.accounts.names import is_one_line
from moderation.domain.accounts.passwords import LONGEST, SHORTEST, Weakness, weakness
from moderation.domain.accounts.roles import Role
from moderation.models import Editor, Membership, Site
from moderation.services.accounts.password_hash import BoundedHasher
from moderation.services.accounts.revoke_access import revoke_access
from moderation.services.accounts.security_log import record
from moderation.services.accounts.standing import is_enabled

hasher = BoundedHasher(PasswordHasher())
"""Argon2id with the recommended cost of RFC 9106. Tests replace it with a cheap one."""


class InvalidAccount(ValueError):
    """The account cannot be created or changed as requested. The text says why."""


class InvalidName(InvalidAccount):
    """The display name is not one line of text."""


class InvalidEmail(InvalidAccount):
    """The text is not an email address."""


class EmailTaken(InvalidAccount):
    """Another account has this email."""

    def __init__(self, email: str) -> None:
        super().__init__(f"An account with the email {email} already exists.")


class WeakPassword(InvalidAccount):
    """The password must not be used. `weakness` says why."""

    def __init__(self, weakness: Weakness) -> None:
        super().__init__(_WEAKNESSES[weakness])
        self.weakness = weakness


_WEAKNESSES: dict[Weakness, str] = {
    "short": f"the password must be at least {SHORTEST} characters long",
    "long": f"the password must be at most {LONGEST} characters long",
    "common": "this password is too easy to guess: use several uncommon words, or a password manager",
    "personal": "the password must not be the account's email or name",
}


def add_editor(
    session: Session, email: str, password: str, *, role: Role | None, site: Site | None
) -> Editor:
    """Create an account with a role on a site, or, without both, an owner. Raises InvalidAccount."""
    if (role is None) != (site is None):
        raise InvalidAccount("a role needs a site, and an owner has none: owners see every site")
    address = normal_email(email)
    hashed = _hash(password, email=address, name=None)
    editor = Editor(email=address, password_hash=hashed, is_owner=role is None)
    if role is not None and site is not None:
        editor.memberships.append(Membership(site_id=site.id, role=role))
    session.add(editor)
    try:
        session.flush()
        record(session, editor, "account.created")
        session.commit()
    except IntegrityError:
        session.rollback()
        raise EmailTaken(editor.email) from None
    return editor


def sign_in(session: Session, email: str, password: str) -> Editor | None:
    """Return the editor with this address and password; None if there is none or the account is disabled."""
    editor = session.scalar(select(Editor).where(Editor.email == email.strip().lower()))
    reason = _refusal(editor, password)
    if reason is not None or editor is None or editor.password_hash is None:
        record(session, editor, "sign_in.failed", reason=reason)
        session.commit()
        return None
    if hasher.check_needs_rehash(editor.password_hash):
        editor.password_hash = hasher.hash(password)
        session.commit()
    return editor


def _refusal(editor: Editor | None, password: str) -> str | None:
    """Return why this password does not sign this editor in. Each answer takes the same time."""
    try:
        hasher.verify((editor and editor.password_hash) or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return "wrong_password" if editor is not None else "unknown_account"
    if editor is None:
        return "unknown_account"
    if editor.password_hash is None:
        return "no_password"
    return None if is_enabled(editor) else "disabled"


def editor_by_email(session: Session, email: str) -> Editor | None:
    """Return the editor with this address, or None."""
    return session.scalar(select(Editor).where(Editor.email == email.strip().lower()))


def set_password(session: Session, editor: Editor, password: str, *, keep: UUID | None = None) -> None:
    """Set a password, end all sessions except `keep`, and revoke all API tokens.

    The caller commits. Raises WeakPassword.
    """
    editor.password_hash = _hash(password, email=editor.email, name=editor.name)
    revoke_access(session, editor, keep=keep)


def change_password(session: Session, editor: Editor, old: str, new: str, *, keep: UUID) -> bool:
    """Set a new password if the old one is right, and end all sessions except `keep`.

    Raises WeakPassword.
    """
    if sign_in(session, editor.email, old) is None:
        return False
    set_password(session, editor, new, keep=keep)
    record(session, editor, "password.changed")
    session.commit()
    return True


def rename(session: Session, editor: Editor, name: str) -> None:
    """Change the name that colleagues see. If it is empty, they see the address. Raises InvalidName."""
    editor.name = checked_name(name)
    session.commit()


def checked_name(name: str) -> str | None:
    """Return a display name without the spaces around it, None if it is empty. Raises InvalidName."""
    if not is_one_line(name.strip()):
        raise InvalidName("a name has no line breaks and no control characters")
    return name.strip() or None


@cache
def _nobody() -> str:
    """Return a hash to verify for an unknown address, so that the response time reveals no addresses."""
    return hasher.hash("nobody's password")


def editors_of(session: Session, site: Site | None) -> Sequence[Editor]:
    """Return all accounts by address, or the accounts with a role on a site."""
    query = select(Editor).order_by(Editor.email)
    if site is not None:
        query = query.where(Editor.memberships.any(Membership.site_id == site.id))
    return session.scalars(query).all()


def any_editor(session: Session) -> bool:
    """Return whether the instance has any account."""
    return session.scalar(select(Editor.id).limit(1)) is not None


def normal_email(email: str) -> str:
    """Return the address in lower case. Raises InvalidEmail."""
    if not is_plain(email):
        raise InvalidEmail("the address has an encoded word")
    try:
        # test_environment allows addresses at .test and example domains, which demo accounts use.
        return validate_email(email, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise InvalidEmail(f"{email}: {error}") from None


def _hash(password: str, *, email: str, name: str | None) -> str:
    """Hash a new password. Raises WeakPassword."""
    found = weakness(password, email=email, name=name)
    if found is not None:
        raise WeakPassword(found)
    return hasher.hash(password)
