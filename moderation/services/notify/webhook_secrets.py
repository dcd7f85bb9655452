"""Signing secrets of webhooks, encrypted at rest. A replaced secret stays valid for a day."""

import base64
import json
import secrets
from datetime import datetime, timedelta

from moderation.models import Subscriber
from moderation.secret_keys import SecretKeys
from moderation.services.secret_box import seal, unseal

OVERLAP = timedelta(days=1)
_BYTES = 32


def new_secret() -> str:
    """Make a signing secret, in the notation of Standard Webhooks."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def set_secret(secret_keys: SecretKeys, subscriber: Subscriber) -> str:
    """Give the subscriber its first secret. Returns it: it is shown once."""
    secret = new_secret()
    _store(secret_keys, subscriber, [{"secret": secret}])
    return secret


def rotate_secret(secret_keys: SecretKeys, subscriber: Subscriber, now: datetime) -> str:
    """Make a new secret, and keep the last one valid for OVERLAP. Returns the new one. Raises CannotOpen."""
    last = _load(secret_keys, subscriber)[0]["secret"]
    secret = new_secret()
    until = (now + OVERLAP).isoformat()
    _store(secret_keys, subscriber, [{"secret": secret}, {"secret": last, "until": until}])
    return secret


def valid_secrets(secret_keys: SecretKeys, subscriber: Subscriber, now: datetime) -> list[str]:
    """Return the secrets to sign with, the newest first. Raises CannotOpen."""
    return [
        entry["secret"]
        for entry in _load(secret_keys, subscriber)
        if "until" not in entry or datetime.fromisoformat(entry["until"]) > now
    ]


def _load(secret_keys: SecretKeys, subscriber: Subscriber) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads(unseal(secret_keys, "subscriber", subscriber.sealed or b""))
    return entries


def _store(secret_keys: SecretKeys, subscriber: Subscriber, entries: list[dict[str, str]]) -> None:
    subscriber.sealed = seal(secret_keys, "subscriber", json.dumps(entries))
