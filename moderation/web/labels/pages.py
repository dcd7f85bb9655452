"""Labels for the result of a page check."""

from flask_babel import gettext as _


def passage_state_label(state: str) -> str:
    """Label for the passage's state on the page, such as found or gone."""
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


def page_sort_label(sort: str) -> str:
    """A sort order of the list of pages."""
    return str(
        {
            "most": _("Most cases first"),
            "waiting": _("Longest waiting first"),
            "newest": _("Newest reports first"),
        }[sort]
    )


def outcome_label(outcome: str) -> str:
    """Result of the last check for one mistake."""
    return str(
        {
            "as_suggested": _("Fixed as suggested"),
            "otherwise": _("Fixed differently"),
            "beside": _("Fixed next to the passage"),
            "gone": _("Passage removed"),
            "still_there": _("Not fixed yet"),
            "unknown": _("Could not check"),
        }[outcome]
    )


def unread_label(reason: str) -> str:
    """Why the last check did not read the page."""
    return str(
        {
            "not_found": _("The page answers “not found”"),
            "access_denied": _("The site denies access. Set a secret header or allow CorrigendaBot"),
            "robots": _("robots.txt does not allow reading this page"),
            "private_address": _("The address is private: only the operator can allow it"),
            "foreign_address": _("The page leads to a domain that is not the site's"),
            "no_answer": _("The server does not answer"),
            "too_slow": _("The server took too long to answer"),
            "server_error": _("The server answered with an error"),
            "busy": _("The server asked to come back later"),
            "redirects": _("The page redirects in a circle"),
            "too_large": _("The page is larger than 5 MB"),
            "not_html": _("The address is not a web page"),
            "broken": _("The answer is damaged or compressed in an unknown way"),
            "another_page": _("Another page was shown in its place"),
            "no_text": _("The page has no text"),
            "text_missing": _("Most of the text is missing: a sign-in page or a paywall?"),
        }[reason]
    )
