"""Reasons for refusing a webhook, a channel or a bot, for the desk. The API uses the service's sentences."""

from flask_babel import gettext as _

from moderation.services.notify.subscribers import LONGEST_NAME, MOST, Reason


def invalid_subscriber_label(reason: Reason) -> str:
    """A sentence for the form's field."""
    labels: dict[Reason, str] = {
        "too_many": _("A site has at most %(number)d webhooks and channels. Remove one first.", number=MOST),
        "bad_name": _("Enter a name of up to %(number)d characters in one line.", number=LONGEST_NAME),
        "no_event": _("Choose at least one event."),
        "bad_address": _("This address cannot be used. Check how it begins and whether it is complete."),
        "bad_time_zone": _("Choose a time zone, such as Europe/Moscow."),
        "bad_token": _("A token looks like 123456:ABC-DEF… Copy it from @BotFather."),
        "no_bot": _("Telegram did not say which bot this is. Try again later."),
        "token_refused": _(
            "Telegram refused the token: it is wrong or was revoked. Copy it from @BotFather."
        ),
        "no_answer": _("Telegram did not answer. Try again later."),
        "needs_https": _("A webhook needs an instance with https. Choose polling."),
        "bot_taken": _("Another channel uses this bot. Make a new bot with @BotFather."),
        "no_token": _("Enter the token that @BotFather gave you."),
        "token_lost": _("Enter the token again: this server's secret key has changed."),
        "secret_lost": _("The old secret cannot be read. Remove the webhook and add it again."),
        "bad_chat": _("Enter a number such as -1001234567890, or the @name of a channel."),
    }
    return labels[reason]
