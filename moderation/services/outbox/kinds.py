"""The kinds of subscribers. A new kind is a file in services/notify and a line here."""

from collections.abc import Mapping

from moderation.services.notify import channel, mailbox, webhook
from moderation.services.notify.kind import Kind
from moderation.services.notify.mail import Mailer
from moderation.services.pages.outbound import Outbound


def make_kinds(outbound: Outbound, mailer: Mailer) -> Mapping[str, Kind]:
    """Return the kinds by name."""
    return {
        webhook.KIND: webhook.WebhookKind(outbound, mailer.secret_keys),
        channel.KIND: channel.ChannelKind(mailer.secret_keys, mailer.base_url),
        mailbox.KIND: mailbox.MailKind(mailer),
    }
