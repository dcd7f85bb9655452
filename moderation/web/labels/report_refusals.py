"""Reasons for refusing a report, for readers. The API uses the sentences of intake/accept.py."""

from flask_babel import gettext as _

from moderation.services.intake.accept import Reason


def refusal_label(reason: Reason) -> str:
    """A sentence for the form."""
    foreign = _("This page belongs to another site.")
    labels: dict[Reason, str] = {
        "invalid_url": _("Enter the full page address, starting with https://"),
        "foreign_page": foreign,
        "foreign_origin": foreign,
        "blank_quote": _("Enter the passage with the typo."),
        "unstorable_text": _("The text contains a character that cannot be stored. Remove it."),
        "blocked_reader": _("This site accepts no more reports from you today."),
        "blocked_word": _("The text contains a word this site does not allow."),
        "key_reused": _("This report was sent already."),
    }
    return labels[reason]
