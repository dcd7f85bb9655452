"""Two-factor authentication: time-based codes (RFC 6238), and recovery codes for a lost phone."""

import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

import pyotp
from sqlalchemy import update
from sqlalchemy.orm import Session

from moderation.models import DeskSession, Editor
from moderation.secret_keys import SecretKeys
from moderation.services.accounts.security_log import record
from moderation.services.accounts.sessions import end_others
from moderation.services.secret_box import seal, unseal

RECOVERY_CODES = 10
_STEP = 30
_PLAIN_BYTES = 32  # version 0.1 stored recovery codes as plain SHA-256
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no characters that look alike
_LENGTH = 10


def new_secret() -> str:
    """Make a secret for an authenticator app."""
    return pyotp.random_base32()


def pending_secret(session: Session, secret_keys: SecretKeys, session_id: UUID) -> str:
    """Return the secret that this session of the desk is about to turn on. The first call makes it.

    It is stored encrypted and not in the cookie, which everybody can read who sees it.
    """
    desk_session = session.get_one(DeskSession, session_id)
    if desk_session.pending_totp is None:
        desk_session.pending_totp = seal(secret_keys, "totp", new_secret())
        session.commit()
    return unseal(secret_keys, "totp", desk_session.pending_totp)


def provisioning_uri(editor: Editor, secret: str) -> str:
    """Return the otpauth URI that the app reads from a QR code or a link."""
    return pyotp.TOTP(secret).provisioning_uri(name=editor.email, issuer_name="Corrigenda")


def turn_on(
    session: Session,
    secret_keys: SecretKeys,
    editor: Editor,
    *,
    secret: str,
    code: str,
    now: datetime,
    keep: UUID,
) -> list[str] | None:
    """Turn on two-factor authentication if the code is right.

    Returns the recovery codes, which can be shown only now; None if the code is wrong.
    """
    step = _matching_step(secret, code, now)
    if step is None:
        return None
    editor.totp_secret, editor.totp_last = seal(secret_keys, "totp", secret), step
    session.execute(update(DeskSession).where(DeskSession.id == keep).values(pending_totp=None))
    end_others(session, editor, keep=keep)
    record(session, editor, "two_factor.on")
    return _make_recovery_codes(session, secret_keys, editor)


def turn_off(session: Session, editor: Editor) -> None:
    """Turn off two-factor authentication."""
    if editor.totp_secret is not None:
        record(session, editor, "two_factor.off")
    editor.totp_secret, editor.totp_last, editor.recovery_digests = None, None, []
    session.commit()


def new_recovery_codes(session: Session, secret_keys: SecretKeys, editor: Editor) -> list[str]:
    """Replace the recovery codes and return the new ones. They can be shown only now."""
    record(session, editor, "recovery_codes.renewed")
    return _make_recovery_codes(session, secret_keys, editor)


def _make_recovery_codes(session: Session, secret_keys: SecretKeys, editor: Editor) -> list[str]:
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)]
    editor.recovery_digests = [_sealed(secret_keys, _digest(code)) for code in codes]
    session.commit()
    return codes


def is_recovery_code(text: str) -> bool:
    """Return whether the text has the form of a recovery code."""
    return len(text) == _LENGTH and set(text) <= set(_ALPHABET)


def is_on(editor: Editor) -> bool:
    """Return whether the account uses two-factor authentication."""
    return editor.totp_secret is not None


def check(session: Session, secret_keys: SecretKeys, editor: Editor, code: str, now: datetime) -> bool:
    """Accept a current code or a recovery code. Each works once. Returns False for a wrong or used code."""
    if editor.totp_secret is None:
        return True
    code = code.replace(" ", "").replace("-", "").lower()
    session.refresh(editor, with_for_update=True)  # of two requests with the same code, only one succeeds
    secret = unseal(secret_keys, "totp", editor.totp_secret)
    step = _matching_step(secret, code, now)
    if step is not None and (editor.totp_last is None or step > editor.totp_last):
        editor.totp_last = step
        session.commit()
        return True
    digest, unused = _digest(code), [_unsealed(secret_keys, one) for one in editor.recovery_digests]
    if digest in unused:
        editor.recovery_digests = [_sealed(secret_keys, other) for other in unused if other != digest]
        record(session, editor, "recovery_code.used", left=len(editor.recovery_digests))
        session.commit()
        return True
    record(session, editor, "code.failed")
    session.commit()
    return False


def _matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step of a code: the current step or a neighbour, because clocks differ. Else None."""
    totp, at, given = pyotp.TOTP(secret), int(now.timestamp()) // _STEP, code.encode()
    codes = {step: totp.generate_otp(step).encode() for step in (at, at - 1, at + 1)}
    return next((step for step, right in codes.items() if hmac.compare_digest(right, given)), None)


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()


def _unsealed(secret_keys: SecretKeys, stored: bytes) -> bytes:
    if len(stored) == _PLAIN_BYTES:
        return stored
    return bytes.fromhex(unseal(secret_keys, "recovery_code", stored))


def _sealed(secret_keys: SecretKeys, digest: bytes) -> bytes:
    """Encrypt a digest: a copy of the database is not enough to guess the code.

    It is encrypted, and not keyed, so that it can move to another secret key without the code.
    """
    return seal(secret_keys, "recovery_code", digest.hex())
