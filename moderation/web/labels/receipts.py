"""What a reader is told of a report, in the reader's language: the receipt page and the API say the same."""

from flask_babel import gettext as _


def receipt_message(status: str) -> str:
    """One plain sentence for a receipt's status."""
    words = {
        "received": _("Your report has arrived. The editors will see it in a moment."),
        "withdrawn": _("You have withdrawn this report."),
        "open": _("The editors have your report and will look at it."),
        "accepted": _("The editors agree: the text will be mended."),
        "rejected": _("The editors have looked and left the text as it is."),
        "spam": _("The editors could not use this report."),
        "fixed": _("The text has been mended. Thank you!"),
    }
    return str(words[status])
