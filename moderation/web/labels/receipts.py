"""Messages to a reader about a report, the same on the receipt page and in the API."""

from flask_babel import gettext as _


def receipt_message(status: str) -> str:
    """A sentence for the status of a report."""
    words = {
        "received": _("Your report has been sent."),
        "withdrawn": _("You withdrew this report."),
        "open": _("The editors have received your report."),
        "accepted": _("The editors accepted your report. The text will be fixed soon."),
        "rejected": _("The editors decided to leave the text as it is."),
        "spam": _("The editors could not use this report."),
        "fixed": _("The text has been fixed. Thank you!"),
    }
    return str(words[status])
