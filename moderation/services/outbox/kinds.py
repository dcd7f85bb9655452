"""The kinds of subscribers. A new kind is a file in services/notify and a line here."""

from collections.abc import Mapping

from sqlalchemy.orm import Session, sessionmaker

from moderation.services.notify import channel, mailbox, telegram, webhook
from moderation.services.notify.kind import Kind
from moderation.services.notify.mail import Mailer
from moderation.services.notify.telegram_api import BotApi
from moderation.services.notify.telegram_secrets import KIND as TELEGRAM
from moderation.services.pages.outbound import Outbound


def make_kinds(
    outbound: Outbound, mailer: Mailer, api: BotApi, sessions: sessionmaker[Session]
) -> Mapping[str, Kind]:
    """Return the kinds by name."""
    return {
        TELEGRAM: telegram.TelegramKind(sessions, api, mailer.secret_keys, mailer.base_url),
        webhook.KIND: webhook.WebhookKind(outbound, mailer.secret_keys),
        channel.KIND: channel.ChannelKind(mailer.secret_keys, mailer.base_url),
        mailbox.KIND: mailbox.MailKind(mailer),
    }
