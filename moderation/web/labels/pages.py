"""What the last check of a page saw."""

from flask_babel import gettext as _


def passage_state_label(state: str) -> str:
    """What the page says of the passage."""
    return str(
        {
            "changed": _("mended on the page"),
            "gone": _("not on the page"),
        }[state]
    )


def page_state_label(state: str) -> str:
    """What came of the last look at a page."""
    return str(
        {
            "never": _("The page was not looked at yet"),
            "ok": _("The page was looked at"),
            "gone": _("The page is gone"),
            "refused": _("The page may not be fetched"),
            "unreachable": _("The page cannot be reached"),
            "unreadable": _("What came was not the article"),
        }[state]
    )


def outcome_label(outcome: str) -> str:
    """What the last look at the page saw of the mistake."""
    return str(
        {
            "as_suggested": _("it reads as suggested now"),
            "otherwise": _("it was mended otherwise"),
            "gone": _("the passage is gone"),
            "still_there": _("the mistake is still there"),
            "unknown": _("it could not be told"),
        }[outcome]
    )
