"""Labels for statuses, actions, ages and sort orders of cases on the desk."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext, pgettext

from moderation.domain.cases.lifecycle import STATUS_AFTER
from moderation.models import Case, Decision
from moderation.services.cases.queue import MOST_COUNTED

_ACTIONS = {
    "accept": lazy_gettext("Accept"),
    "reject": lazy_gettext("Reject"),
    "spam": lazy_gettext("Spam"),
    "fix": lazy_gettext("Mark as fixed"),
    "reopen": lazy_gettext("Reopen"),
    "apply": lazy_gettext("Accept and apply"),
}
"""A queue shows over a hundred: only the one that is asked for is translated."""

LONGEST_IN_TOAST = 40
"""Characters of a passage or a correction in a toast."""


def status_label(status: str) -> str:
    """A status as a property of one case."""
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
    """A status as the name of a tab: all cases that have it."""
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
    """An action on its button."""
    return str(_ACTIONS[action])


def shortcut_of(action: str) -> str:
    """The key of an action, as static/desk/keys.js knows it."""
    return {"accept": "A", "reject": "R", "spam": "S", "fix": "F", "reopen": "O", "apply": "⇧A"}[action]


def decided_label(case: Case) -> str:
    """A toast after a decision: the new status, the passage and, when accepted, the correction."""
    correction = case.correction if case.status == "accepted" else None
    return _decided_text(
        case.status, pair_label(case.exact, correction) if correction else _shortened(case.exact)
    )


def toast_texts() -> dict[str, str]:
    """Return the text of the toast for each action, shown before the service answers. `%s` is the passage."""
    texts = {action: _decided_text(status, "%s") for action, status in STATUS_AFTER.items()}
    return texts | {"apply": _("Applying: %(passage)s", passage="%s")}


def _decided_text(status: str, passage: str) -> str:
    messages = {
        "open": _("Reopened: %(passage)s", passage=passage),
        "accepted": _("Accepted: %(passage)s", passage=passage),
        "rejected": _("Rejected: %(passage)s", passage=passage),
        "spam": _("Marked as spam: %(passage)s", passage=passage),
        "fixed": _("Marked as fixed: %(passage)s", passage=passage),
    }
    return str(messages[status])


def pair_label(wrong: str, right: str) -> str:
    """A wrong text and its replacement, in one line."""
    return f"{_shortened(wrong)} → {_shortened(right)}"


def applying_label(case: Case) -> str:
    """A toast after "Accept and apply"."""
    return str(_("Applying: %(passage)s", passage=pair_label(case.exact, case.correction or "")))


def bulk_label(action: str, count: int) -> str:
    """A message after a decision about several cases."""
    messages = {
        "accept": ngettext("%(num)d case accepted", "%(num)d cases accepted", count),
        "reject": ngettext("%(num)d case rejected", "%(num)d cases rejected", count),
        "spam": ngettext("%(num)d case marked as spam", "%(num)d cases marked as spam", count),
        "fix": ngettext("%(num)d case marked as fixed", "%(num)d cases marked as fixed", count),
        "reopen": ngettext("%(num)d case reopened", "%(num)d cases reopened", count),
        "apply": ngettext("Applying %(num)d correction…", "Applying %(num)d corrections…", count),
    }
    return str(messages[action])


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_IN_TOAST else text[:LONGEST_IN_TOAST].rstrip() + "…"


def empty_label(status: str) -> str:
    """Text of an empty tab."""
    return str(
        {
            "open": _("All clear. No open cases."),
            "accepted": _("No accepted cases waiting for a fix."),
            "rejected": _("No rejected cases."),
            "spam": _("No spam."),
            "fixed": _("No fixed cases yet."),
        }[status]
    )


def empty_hint(status: str) -> str:
    """A sentence for an empty tab."""
    return str(
        {
            "open": _("New reports appear here by themselves."),
            "accepted": _("An accepted case waits here until its correction is on the page."),
            "rejected": _("If enough new readers report a rejected case, it is open again."),
            "spam": _("Reports that look like spam come here and not into the queue."),
            "fixed": _("Corrigenda checks the pages by itself. A fixed case comes here."),
        }[status]
    )


def sort_label(sort: str) -> str:
    """A sort order of the queue."""
    return str(
        {
            "priority": _("Priority"),
            "newest": _("Newest"),
            "oldest": _("Oldest"),
            "readers": _("Most readers"),
        }[sort]
    )


def age_label(age: str) -> str:
    """Age of a case in the filter."""
    return str(
        {
            "day": _("Last 24 hours"),
            "week": _("Last 7 days"),
            "month": _("Last 30 days"),
            "older": _("Older"),
        }[age]
    )


def count_label(count: int) -> str:
    """A count for a tab. Counting stops at MOST_COUNTED: "1000+"."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def lang_label(lang: str) -> str:
    """A language in the filter of cases."""
    return str({"ru": _("Russian"), "en": _("English")}[lang])


def decider_name(decision: Decision | None) -> str:
    """Name of the editor who decided or merged; "Corrigenda" if the service decided or nobody did."""
    if decision is not None and decision.cause in ("editor", "merged") and decision.editor:
        return decision.editor.display_name
    return str(_("Deleted account")) if decision is not None and decision.cause == "editor" else "Corrigenda"
