"""The desk's names for statuses, actions and kinds of mistake, translated."""

from flask_babel import gettext as _
from flask_babel import pgettext


def status_word(status: str) -> str:
    """A status, said of one case."""
    return str(
        {
            "open": pgettext("case", "Open"),
            "accepted": pgettext("case", "Accepted"),
            "rejected": pgettext("case", "Rejected"),
            "spam": pgettext("case", "Spam"),
            "fixed": pgettext("case", "Fixed"),
        }[status]
    )


def tab_word(status: str) -> str:
    """A status, said of all cases in it."""
    return str(
        {
            "open": pgettext("cases", "Open"),
            "accepted": pgettext("cases", "Accepted"),
            "rejected": pgettext("cases", "Rejected"),
            "spam": pgettext("cases", "Spam"),
            "fixed": pgettext("cases", "Fixed"),
        }[status]
    )


def action_word(action: str) -> str:
    """An action as its button says it."""
    return str(
        {
            "accept": _("Accept"),
            "reject": _("Reject"),
            "spam": _("It is spam"),
            "fix": _("Already fixed"),
            "reopen": _("Reopen"),
        }[action]
    )


def done_word(status: str) -> str:
    """What the desk says after a step."""
    return str(
        {
            "open": _("The case is open again."),
            "accepted": _("Accepted."),
            "rejected": _("Rejected."),
            "spam": _("Marked as spam."),
            "fixed": _("Marked as fixed."),
        }[status]
    )


def empty_word(status: str) -> str:
    """What an empty list says, and what to do next."""
    return str(
        {
            "open": _("Nothing to do: every report is settled."),
            "accepted": _("No case waits for its page to be mended."),
            "rejected": _("No case was rejected."),
            "spam": _("No case was marked as spam."),
            "fixed": _("No mistake has been mended yet."),
        }[status]
    )
