"""Proof of work (ALTCHA, version 2). It costs a reader tenths of a second, and a flood many hours."""

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from altcha import Payload, create_challenge, verify_solution

from moderation.secret_keys import SecretKeys

ALGORITHM = "PBKDF2/SHA-256"
# About 256 keys of this many rounds: measured 0.3 s in Chromium on one core of a small machine.
COST = 2000
KEY_PREFIX = "00"
VALID = timedelta(minutes=20)


class Unproven(ValueError):
    """The challenge is not solved, too old, not ours, or was used before. The text says which."""


def make_challenge(secret_keys: SecretKeys, now: datetime) -> dict[str, Any]:
    """Make a challenge in the format of ALTCHA's clients."""
    challenge = create_challenge(
        ALGORITHM,
        COST,
        key_prefix=KEY_PREFIX,
        expires_at=now + VALID,
        hmac_secret=_secret(secret_keys.current),
    )
    return challenge.to_dict()


def check_proof(secret_keys: SecretKeys, proof: str, use_once: Callable[[str, timedelta], bool]) -> None:
    """Accept a solution once. `use_once` returns False for a name that was used. Raises Unproven."""
    if not proof:
        raise Unproven("a solved challenge is missing")
    payload = _decode(proof)
    results = [verify_solution(payload, _secret(key)) for key in secret_keys]
    if any(result.expired for result in results):
        raise Unproven("the challenge is too old")
    if not any(result.verified for result in results):
        raise Unproven("the challenge is not solved")
    # The signature identifies the challenge. The proof's text does not, because white space can change it.
    if not use_once(f"challenge {payload.challenge.signature}", VALID):
        raise Unproven("the challenge was used before")


def _decode(proof: str) -> Payload:
    """Decode base64 of `{"challenge": …, "solution": …}`."""
    try:
        payload = Payload.from_dict(json.loads(base64.b64decode(proof, validate=True)))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Unproven("the challenge is not solved") from None
    if not isinstance(payload.challenge.signature, str):
        raise Unproven("the challenge is not solved")
    return payload


def _secret(key: str) -> str:
    return "altcha " + key
