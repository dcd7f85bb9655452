"""A second proof at sign-in: time-based codes (RFC 6238), and recovery codes for when the phone is gone."""

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from moderation.models import Editor
from moderation.services.secret_box import seal, unseal

RECOVERY_CODES = 10
_STEP = 30
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


def new_secret() -> str:
    """A secret for an authenticator app."""
    return pyotp.random_base32()


def provisioning_uri(editor: Editor, secret: str) -> str:
    """What the app reads from a QR code, or from a link."""
    return pyotp.TOTP(secret).provisioning_uri(name=editor.email, issuer_name="Corrigenda")


def turn_on(
    session: Session, secret_key: str, editor: Editor, *, secret: str, code: str, now: datetime
) -> list[str] | None:
    """Ask for codes from now on, if this one is right; answers the recovery codes, seen this once."""
    step = _matching_step(secret, code, now)
    if step is None:
        return None
    editor.totp_secret, editor.totp_last = seal(secret_key, "totp", secret), step
    return new_recovery_codes(session, editor)


def turn_off(session: Session, editor: Editor) -> None:
    """Ask for codes no more."""
    editor.totp_secret, editor.totp_last, editor.recovery_digests = None, None, []
    session.commit()


def new_recovery_codes(session: Session, editor: Editor) -> list[str]:
    """Fresh recovery codes in place of the old ones, seen this once."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    editor.recovery_digests = [_digest(code) for code in codes]
    session.commit()
    return codes


def is_on(editor: Editor) -> bool:
    """Whether the editor is asked for a code."""
    return editor.totp_secret is not None


def check(session: Session, secret_key: str, editor: Editor, code: str, now: datetime) -> bool:
    """Whether this is the editor's code of now, or a recovery code. Either is good once."""
    if editor.totp_secret is None:
        return True
    code = code.replace(" ", "").replace("-", "").lower()
    session.refresh(editor, with_for_update=True)  # the same code twice at once counts once
    secret = unseal(secret_key, "totp", editor.totp_secret)
    step = _matching_step(secret, code, now)
    if step is not None and (editor.totp_last is None or step > editor.totp_last):
        editor.totp_last = step
        session.commit()
        return True
    if _digest(code) in editor.recovery_digests:
        editor.recovery_digests = [one for one in editor.recovery_digests if one != _digest(code)]
        session.commit()
        return True
    session.rollback()
    return False


def _matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is: this one or a neighbour, for clocks differ."""
    totp, at = pyotp.TOTP(secret), int(now.timestamp()) // _STEP
    return next(
        (step for step in (at, at - 1, at + 1) if hmac.compare_digest(totp.generate_otp(step), code)), None
    )


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
