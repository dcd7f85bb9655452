"""Editors' accounts: adding one, signing in."""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from moderation.domain.accounts.roles import Role
from moderation.models import Editor, Membership, Site
from moderation.services.accounts.sessions import end_others

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 256

_hasher = PasswordHasher()


class InvalidAccount(ValueError):
    """The account cannot be made as asked; the text says why."""


def add_editor(
    session: Session, email: str, password: str, *, role: Role | None, site: Site | None
) -> Editor:
    """A new account: with a role on a site, or without both as an owner. Raises InvalidAccount."""
    if (role is None) != (site is None):
        raise InvalidAccount("a role needs a site, and an owner has none: owners see every site")
    editor = Editor(email=normal_email(email), password_hash=_hash(password), is_owner=role is None)
    if role is not None and site is not None:
        editor.memberships.append(Membership(site_id=site.id, role=role))
    session.add(editor)
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        raise InvalidAccount(f"{editor.email} has an account already") from None
    return editor


def sign_in(session: Session, email: str, password: str) -> Editor | None:
    """The editor with this address and password, or None: also for a disabled account."""
    editor = session.scalar(select(Editor).where(Editor.email == email.strip().lower()))
    try:
        _hasher.verify((editor and editor.password_hash) or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return None
    if editor is None or editor.password_hash is None or editor.disabled_at is not None:
        return None
    if _hasher.check_needs_rehash(editor.password_hash):
        editor.password_hash = _hasher.hash(password)
        session.commit()
    return editor


def editor_by_email(session: Session, email: str) -> Editor | None:
    """The editor with this address, or None."""
    return session.scalar(select(Editor).where(Editor.email == email.strip().lower()))


def set_password(session: Session, editor: Editor, password: str, *, keep: UUID | None = None) -> None:
    """Set a password and end the editor's sessions but `keep`. The caller commits. Raises InvalidAccount."""
    editor.password_hash = _hash(password)
    end_others(session, editor, keep=keep)


def change_password(session: Session, editor: Editor, old: str, new: str, *, keep: UUID) -> bool:
    """Set a new password if the old one is right, and end the editor's sessions but `keep`.

    Raises InvalidAccount.
    """
    if sign_in(session, editor.email, old) is None:
        return False
    set_password(session, editor, new, keep=keep)
    session.commit()
    return True


def rename(session: Session, editor: Editor, name: str) -> None:
    """Change what colleagues see; empty: the address."""
    editor.name = name.strip() or None
    session.commit()


@cache
def _nobody() -> str:
    """Verified when the address is unknown: the time of an answer does not tell which addresses exist."""
    return _hasher.hash("nobody's password")


def editors_of(session: Session, site: Site | None) -> Sequence[Editor]:
    """All accounts by address, or those with a role on a site."""
    query = select(Editor).order_by(Editor.email)
    if site is not None:
        query = query.where(Editor.memberships.any(Membership.site_id == site.id))
    return session.scalars(query).all()


def any_editor(session: Session) -> bool:
    """Whether the instance has an account at all."""
    return session.scalar(select(Editor.id).limit(1)) is not None


def normal_email(email: str) -> str:
    """The address in lower case. Raises InvalidAccount."""
    try:
        # test_environment allows addresses at .test and example domains: demo accounts live there.
        return validate_email(email, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise InvalidAccount(f"{email}: {error}") from None


def _hash(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidAccount(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    return _hasher.hash(password)
