"""The kinds of subscribers. A new kind is a file in services/notify and a line here."""

from collections.abc import Mapping

from moderation.secret_keys import SecretKeys
from moderation.services.notify import channel, webhook
from moderation.services.notify.kind import Kind
from moderation.services.pages.outbound import Outbound


def make_kinds(outbound: Outbound, secret_keys: SecretKeys, base_url: str = "") -> Mapping[str, Kind]:
    """Return the kinds by name."""
    return {
        webhook.KIND: webhook.WebhookKind(outbound, secret_keys),
        channel.KIND: channel.ChannelKind(secret_keys, base_url),
    }
