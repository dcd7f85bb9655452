"""Reasons why a page was not read."""

from typing import Literal

from moderation.domain.pages.states import FetchState

UnreadReason = Literal[
    "not_found",
    "access_denied",
    "robots",
    "private_address",
    "foreign_address",
    "no_answer",
    "too_slow",
    "server_error",
    "busy",
    "redirects",
    "too_large",
    "not_html",
    "broken",
    "another_page",
    "no_text",
    "text_missing",
]

_STATES: dict[UnreadReason, FetchState] = {
    "not_found": "gone",
    "access_denied": "refused",
    "robots": "refused",
    "private_address": "refused",
    "foreign_address": "refused",
    "too_large": "unreadable",
    "not_html": "unreadable",
    "broken": "unreadable",
    "another_page": "unreadable",
    "no_text": "unreadable",
    "text_missing": "unreadable",
}


def state_of(reason: UnreadReason) -> FetchState:
    """Return the fetch state of a page that was not read for this reason."""
    return _STATES.get(reason, "unreachable")


def reason_of_status(status: int) -> UnreadReason:
    """Return the reason for an HTTP status that is not 200."""
    if status in (404, 410):
        return "not_found"
    if status in (401, 402, 403, 407, 451):
        return "access_denied"
    return "busy" if status in (429, 503) else "server_error"
