"""Messages to a reader about a report, the same on the receipt page and in the API."""

from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import pgettext

from moderation.services.intake.receipts import Receipt


def receipt_message(status: str) -> str:
    """A sentence for the status of a report."""
    words = {
        "received": _("Your report has been sent."),
        "withdrawn": _("You withdrew this report."),
        "erased": _("This report was erased."),
        "open": _("The editors have received your report."),
        "accepted": _("The editors accepted your report. The text will be fixed soon."),
        "rejected": _("The editors decided to leave the text as it is."),
        "spam": _("The editors could not use this report."),
        "fixed": _("The text has been fixed. Thank you!"),
    }
    return str(words[status])


class Step(NamedTuple):
    """A step of a report's time line. `is_open`: it is still expected."""

    label: str
    time: datetime | None
    is_open: bool = False


def receipt_steps(receipt: Receipt) -> list[Step]:
    """Return the time line: received, accepted (or another decision), fixed."""
    received = Step(_("Sent"), receipt.reported_at)
    if receipt.status in ("rejected", "spam"):
        return [received, Step(_("Reviewed"), receipt.decided_at)]
    steps = [received]
    is_waiting = receipt.status != "fixed"
    if receipt.decided_at != receipt.fixed_at or is_waiting:
        steps.append(Step(pgettext("case", "Accepted"), receipt.decided_at, is_waiting))
    return [*steps, Step(pgettext("case", "Fixed"), receipt.fixed_at, is_waiting)]
