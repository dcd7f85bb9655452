"""Passkeys (WebAuthn): add them to an account, sign in with them, remove them.

A passkey checks the person on their device (PIN, fingerprint, face) and so counts as two factors.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from moderation.models import Editor, Passkey
from moderation.services.accounts.security_log import record
from moderation.services.accounts.standing import is_enabled, may_act

CHALLENGE_BYTES = 32
CHALLENGE_VALID = timedelta(minutes=5)
MOST = 20
"""Passkeys of one account."""
LONGEST_ANSWER = 20_000
"""Characters of a browser's answer in JSON. Real ones have one to three thousand."""
_NAMED_TRANSPORTS = ("usb", "nfc", "ble", "smart-card", "hybrid", "internal")
_MALFORMED = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError, RecursionError)


class Refused(ValueError):
    """The passkey is refused. The text is a short reason for the log."""


class TooMany(ValueError):
    """The account has MOST passkeys."""


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """The site to which passkeys belong: its host and its origin."""

    id: str
    origin: str


def relying_party(base_url: str) -> RelyingParty | None:
    """Return the relying party of an instance. None if browsers allow no passkeys there.

    They need a host name, not an IP address, and https (or localhost).
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if parts.scheme != "https" and host != "localhost" and not host.endswith(".localhost"):
        return None
    try:
        ip_address(host)
    except ValueError:
        default_port = {"https": 443, "http": 80}[parts.scheme]
        port = "" if parts.port in (None, default_port) else f":{parts.port}"
        return RelyingParty(host, f"{parts.scheme}://{host}{port}")
    return None


def options_to_add(party: RelyingParty, editor: Editor, challenge: bytes) -> str:
    """Return the options for a new passkey, as JSON for the browser. Raises TooMany."""
    if len(editor.passkeys) >= MOST:
        raise TooMany
    options = generate_registration_options(
        rp_id=party.id,
        rp_name="Corrigenda",
        user_id=editor.id.bytes,
        user_name=editor.email,
        user_display_name=editor.display_name,
        challenge=challenge,
        timeout=int(CHALLENGE_VALID.total_seconds() * 1000),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in editor.passkeys
        ],
    )
    return options_to_json(options)


def options_to_sign_in(party: RelyingParty, challenge: bytes) -> str:
    """Return the options for a sign-in with any passkey of this instance, as JSON for the browser."""
    options = generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        timeout=int(CHALLENGE_VALID.total_seconds() * 1000),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def add(
    session: Session, party: RelyingParty, editor: Editor, *, name: str, challenge: bytes, answer: str
) -> Passkey:
    """Add the passkey that the browser made for the challenge. Raises Refused, TooMany."""
    try:
        verified = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
        transports = _transports(answer)
    except _MALFORMED as error:
        raise Refused("invalid_answer") from error
    session.refresh(editor, with_for_update=True)  # requests at once do not pass MOST
    if len(editor.passkeys) >= MOST:
        raise TooMany
    if session.scalar(select(Passkey.id).where(Passkey.credential_id == verified.credential_id)):
        raise Refused("known_credential")
    passkey = Passkey(
        id=uuid7(),
        editor_id=editor.id,
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        name=name,
        transports=transports,
    )
    editor.passkeys.append(passkey)
    record(session, editor, "passkey.added")
    session.commit()
    return passkey


def _transports(answer: str) -> list[str]:
    """Return the transports that the browser names, without those that we do not know."""
    named: Any = msgspec.json.decode(answer)["response"].get("transports")
    return [known for known in _NAMED_TRANSPORTS if isinstance(named, list) and known in named]


def sign_in(
    session: Session,
    party: RelyingParty,
    *,
    challenge: bytes | None,
    answer: str,
    now: datetime,
    sso_days: int,
) -> Editor | None:
    """Return the editor whose passkey answered the challenge. None if the answer is refused.

    `challenge` is None if it was used, is too old, or was never given to this browser. `sso_days`: how many
    days passkeys of accounts with SSO work after the last sign-in at the provider.
    """
    editor = None
    try:
        credential = _read(answer)
        passkey = _find(session, credential.raw_id)
        editor = session.get_one(Editor, passkey.editor_id)
        passkey.sign_count = _new_count(party, passkey, credential, challenge)
        _require_standing(editor, now, sso_days)
    except Refused as refused:
        record(session, editor, "passkey.failed", reason=str(refused))
        session.commit()
        return None
    passkey.last_used_at = now
    session.commit()
    return editor


def _require_standing(editor: Editor, now: datetime, sso_days: int) -> None:
    if not is_enabled(editor):
        raise Refused("disabled")
    if not may_act(editor, now, sso_days):
        raise Refused("provider_long_ago")


def _read(answer: str) -> AuthenticationCredential:
    try:
        return parse_authentication_credential_json(answer)
    except _MALFORMED as error:
        raise Refused("invalid_answer") from error


def _find(session: Session, credential_id: bytes) -> Passkey:
    """Return a passkey, locked: of two answers with the same counter, only one succeeds. Raises Refused."""
    passkey = session.scalar(select(Passkey).where(Passkey.credential_id == credential_id).with_for_update())
    if passkey is None:
        raise Refused("unknown_passkey")
    return passkey


def _new_count(
    party: RelyingParty, passkey: Passkey, credential: AuthenticationCredential, challenge: bytes | None
) -> int:
    """Verify the answer of a passkey and return its new counter. Raises Refused."""
    if challenge is None:
        raise Refused("challenge_used_or_old")
    if credential.response.user_handle != passkey.editor_id.bytes:
        raise Refused("other_account")
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _MALFORMED as error:
        raise Refused("invalid_answer") from error
    return verified.new_sign_count


def remove(session: Session, editor: Editor, passkey_id: UUID) -> bool:
    """Remove a passkey of the editor. Returns False if the editor has none with this id."""
    passkey = next((passkey for passkey in editor.passkeys if passkey.id == passkey_id), None)
    if passkey is None:
        return False
    editor.passkeys.remove(passkey)
    record(session, editor, "passkey.removed")
    session.commit()
    return True


def remove_all(session: Session, editor: Editor) -> None:
    """Remove all passkeys of an account that gets another way in. The caller commits."""
    if session.execute(delete(Passkey).where(Passkey.editor_id == editor.id)).rowcount:  # type: ignore[attr-defined]
        record(session, editor, "passkey.removed")
    session.expire(editor, ["passkeys"])
