"""Labels for rules that send cases to members and channels."""

from flask_babel import gettext as _

from moderation.domain.sites.limits import CREDIT_LENGTH
from moderation.services.notify.site_routes import InvalidRoute
from moderation.web.labels.accounts import ONE_LINE


def route_error(error: InvalidRoute) -> str:
    """The fault of a rule, and its remedy."""
    why = {
        "empty": _("Enter a section or an author."),
        "not_one_line": ONE_LINE,
        "too_long": _("A name has at most %(num)d characters.", num=CREDIT_LENGTH),
        "no_target": _("Choose a member or a channel."),
        "member": _("This member cannot decide cases of the site. Choose another one."),
        "channel": _("This channel does not exist any more. Choose another one."),
    }[error.reason]
    return str(_("Rule %(num)d: %(why)s", num=error.index + 1, why=why))


def by_label(by: str) -> str:
    """The property that a rule compares."""
    return str({"section": _("Section"), "author": _("Author")}[by])
