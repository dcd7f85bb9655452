"""Why a case has its priority, and why it looks like spam."""

from flask_babel import gettext as _


def priority_label(reason: str) -> str:
    """A reason for a case's place in the queue, `name:points`, in words."""
    name, _sep, points = reason.partition(":")
    words = {
        "readers": _("readers who saw it"),
        "correction": _("a correction at hand"),
        "page": _("a page with many reports"),
    }
    return f"{words[name]} +{points}"


def spam_label(reason: str) -> str:
    """Why a case looks like spam."""
    return str(
        {
            "links": _("a link in what the reader wrote"),
            "flood": _("very many reports of one reader"),
            "not_on_page": _("the passage is not on the page"),
            "gibberish": _("words that nobody could say"),
            "learned": _("reads like what editors called spam"),
        }[reason]
    )
