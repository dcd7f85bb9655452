"""Labels for webhooks, channels and their deliveries."""

from flask_babel import gettext as _

from moderation.models import Delivery


def event_type_label(type_: str) -> str:
    """An event, as a person chooses it."""
    return str(
        {
            "report.received": _("A reader reports a mistake"),
            "case.opened": _("A new case"),
            "case.decided": _("A case is accepted, rejected or spam"),
            "case.fixed": _("A case is fixed"),
            "case.reopened": _("A case is reopened"),
            "test": _("Test"),
        }[type_]
    )


def delivery_label(delivery: Delivery) -> str:
    """The outcome of a delivery."""
    if delivery.set_aside_at is not None:
        return str(_("Failed"))
    if delivery.done_at is not None:
        return str(_("Not needed") if delivery.result == "unneeded" else _("Delivered"))
    return str(_("Waits for another attempt") if delivery.attempts else _("Waiting"))


def when_label(when: str) -> str:
    """The time at which a channel is told."""
    labels = {"at_once": _("At once"), "hourly": _("Hourly digest"), "daily": _("Daily digest")}
    return str(labels[when])


def mode_label(mode: str) -> str:
    """The way in which a Telegram bot's updates arrive."""
    labels = {
        "polling": _("Corrigenda asks Telegram"),
        "webhook": _("Telegram calls this instance (https)"),
    }
    return str(labels[mode])
