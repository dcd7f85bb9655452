"""What a case's status, action, age and order are called on the desk."""

from flask_babel import gettext as _
from flask_babel import pgettext

from moderation.models import Decision
from moderation.services.cases.queue import MOST_COUNTED


def status_label(status: str) -> str:
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


def tab_label(status: str) -> str:
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


def action_label(action: str) -> str:
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


def decided_label(status: str) -> str:
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


def empty_label(status: str) -> str:
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


def sort_label(sort: str) -> str:
    """An order of the queue."""
    return str(
        {
            "priority": _("most urgent first"),
            "newest": _("newest first"),
            "oldest": _("oldest first"),
            "readers": _("most readers first"),
        }[sort]
    )


def age_label(age: str) -> str:
    """When a case was first reported."""
    return str(
        {
            "day": _("in the last day"),
            "week": _("in the last week"),
            "month": _("in the last month"),
            "older": _("longer ago"),
        }[age]
    )


def count_label(count: int) -> str:
    """A count that stopped counting says so."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def lang_label(lang: str) -> str:
    """A language that cases are in."""
    return str({"ru": _("Russian"), "en": _("English")}[lang])


def decider_name(decision: Decision | None) -> str:
    """Who took a step; without an editor, or a step, it was the service."""
    return decision.editor.called if decision and decision.editor else "Corrigenda"
