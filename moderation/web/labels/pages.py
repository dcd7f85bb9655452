"""Labels for the result of a page check."""

from flask_babel import gettext as _


def passage_state_label(state: str) -> str:
    """Whether the passage is still on the page."""
    return str(
        {
            "changed": _("changed on the page"),
            "gone": _("no longer on the page"),
        }[state]
    )


def page_state_label(state: str) -> str:
    """Result of fetching a page."""
    return str(
        {
            "never": _("Not checked yet"),
            "ok": _("Last checked"),
            "gone": _("Page not found (deleted)"),
            "refused": _("Checking this page is not allowed"),
            "unreachable": _("Page unavailable"),
            "unreadable": _("No article found on the page"),
        }[state]
    )


def outcome_label(outcome: str) -> str:
    """Result of the last check for one mistake."""
    return str(
        {
            "as_suggested": _("Fixed as suggested"),
            "otherwise": _("Fixed differently"),
            "gone": _("Passage removed"),
            "still_there": _("Not fixed yet"),
            "unknown": _("Could not check"),
        }[outcome]
    )
