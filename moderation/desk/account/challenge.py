"""Challenges for passkeys: one per browser, valid for a few minutes, and once."""

from base64 import b64decode, b64encode
from datetime import UTC, datetime
from secrets import token_bytes

from flask import session
from flask_babel import gettext as _

from moderation.services.accounts import passkeys
from moderation.web.problems import Problem
from moderation.web.wiring import wiring

_CHALLENGE = "passkey"


def relying_party() -> passkeys.RelyingParty:
    """Return the site to which passkeys belong. Raises Problem: 404."""
    party = passkeys.relying_party(wiring().settings.base_url)
    if party is None:
        raise Problem(404, _("Passkeys need https and a host name (CORRIGENDA_BASE_URL)."))
    return party


def new_challenge(purpose: str) -> bytes:
    """Make a challenge for this browser. An earlier one stops working."""
    challenge = token_bytes(passkeys.CHALLENGE_BYTES)
    session[_CHALLENGE] = [purpose, b64encode(challenge).decode(), datetime.now(UTC).timestamp()]
    return challenge


def use_challenge(purpose: str) -> bytes | None:
    """Return this browser's challenge once. None if there is none for this purpose, or it was used or is old.

    A copy of the cookie could hold it again, so used challenges are also remembered by the server.
    """
    given_for, encoded, at = session.pop(_CHALLENGE, ("", "", 0))
    valid = passkeys.CHALLENGE_VALID
    is_young = datetime.now(UTC).timestamp() - at < valid.total_seconds()
    if given_for != purpose or not is_young or not wiring().single_use.use(f"passkey {encoded}", valid):
        return None
    return b64decode(encoded)
