"""Remember for some minutes that the person at the desk confirmed who they are ("sudo mode").

A sign-in with every factor of the account confirms too. The end of the session ends it, and so do a new
password and another role.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.models import DeskSession, Editor
from moderation.services.accounts.second_factor import must_use_passkey
from moderation.services.accounts.security_log import record
from moderation.services.accounts.two_factor import is_on


@dataclass(frozen=True, slots=True)
class Factors:
    """The proofs that an account needs to confirm its owner. A passkey alone always suffices."""

    password: bool
    provider: bool
    """A fresh sign-in at the identity provider."""
    code: bool
    """A code of ours. After the provider it is needed only if the provider did not check two factors."""
    passkey: bool
    """The account has a passkey."""
    only_passkey: bool
    """Two factors are required, and a passkey is the only second factor."""


def factors_of(session: Session, editor: Editor) -> Factors:
    """Return what confirms the identity of an account."""
    has_password, only_passkey = editor.password_hash is not None, must_use_passkey(session, editor)
    return Factors(
        password=has_password and not only_passkey,
        provider=not has_password and not only_passkey,
        code=is_on(editor) and (has_password or not editor.sso_two_factor),
        passkey=bool(editor.passkeys),
        only_passkey=only_passkey,
    )


def is_confirmed(session: Session, session_id: UUID, now: datetime, valid: timedelta) -> bool:
    """Return whether the person of a session of the desk confirmed who they are, at most `valid` ago."""
    confirmed_at = session.get_one(DeskSession, session_id).confirmed_at
    return confirmed_at is not None and now - valid < confirmed_at <= now


def confirm(session: Session, editor: Editor, session_id: UUID, at: datetime, how: str) -> None:
    """Remember that the person confirmed who they are. `how`: for the security log."""
    session.get_one(DeskSession, session_id).confirmed_at = at
    record(session, editor, "identity.confirmed", how=how)
    session.commit()
