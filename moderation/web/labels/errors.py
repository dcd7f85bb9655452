"""Headings and sentences of error pages."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

NOT_FOUND = lazy_gettext("Not found, or you have no access to it.")


def error_title(status: int) -> str:
    """The heading of an error page."""
    titles = {
        401: _("Sign in"),
        403: _("No access"),
        404: _("Page not found"),
        409: _("Already changed"),
        413: _("Too much text"),
        429: _("Too many requests"),
        503: _("Not available right now"),
    }
    return str(titles.get(status, _("Something went wrong") if status >= 500 else _("Check your request")))


def http_error_detail(status: int) -> str | None:
    """A sentence about an error that no view raised; None if the heading says enough."""
    details = {
        400: _("This form has expired. Go back, reload the page and try again."),
        404: str(NOT_FOUND),
        413: _("The request is too large."),
    }
    return details.get(status)
