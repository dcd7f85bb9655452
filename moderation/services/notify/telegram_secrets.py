"""The secrets of a bot, encrypted at rest: its token, and the secret that its webhook requests carry."""

import json
import secrets
from dataclasses import asdict, dataclass, field

from moderation.models import Subscriber
from moderation.secret_keys import SecretKeys
from moderation.services.secret_box import seal, unseal

KIND = "telegram"


@dataclass(frozen=True, slots=True)
class BotSecrets:
    """A repr shows none."""

    token: str = field(repr=False)
    secret: str = field(repr=False)


def seal_token(secret_keys: SecretKeys, subscriber: Subscriber, token: str) -> BotSecrets:
    """Store a token with a new secret for the webhook. The caller commits."""
    made = BotSecrets(token, secrets.token_urlsafe(32))
    subscriber.sealed = seal(secret_keys, "subscriber", json.dumps(asdict(made)))
    return made


def open_secrets(secret_keys: SecretKeys, subscriber: Subscriber) -> BotSecrets:
    """Return the secrets. Raises CannotOpen."""
    return BotSecrets(**json.loads(unseal(secret_keys, "subscriber", subscriber.sealed or b"")))
