"""Headings and sentences of error pages."""

from flask_babel import gettext as _


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
        404: _("Not found, or you have no access to it."),
        413: _("The request is too large."),
    }
    return details.get(status)


def why_label(text: str) -> str:
    """The reason why cases cannot be merged or split; another text stays as it is."""
    labels = {
        "no case was named": _("no case was named"),
        "a case cannot be merged with itself": _("a case cannot be merged with itself"),
        "the cases are on different pages": _("the cases are on different pages"),
        "a closed case keeps its reports: reopen it first": _(
            "a closed case keeps its reports: reopen it first"
        ),
        "the other case has no reports any more": _("the other case has no reports any more"),
        "not all of these reports are in the case": _("not all of these reports are in the case"),
        "a case keeps at least one report": _("a case keeps at least one report"),
        "this case was not merged into another one": _("this case was not merged into another one"),
        "the other case is closed: reopen it first": _("the other case is closed: reopen it first"),
        "one of the cases would have no reports": _("one of the cases would have no reports"),
    }
    return str(labels.get(text, text))
