"""Labels for priority and for signs of spam."""

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from moderation.models import Case


def priority_figure(case: Case) -> str:
    """A case's priority: the sum of its reasons' points.

    `case.priority` also counts the days since a fixed date, so that newer cases come first.
    """
    points = sum(float(reason.partition(":")[2]) for reason in case.priority_reasons)
    return str(format_decimal(points, "0.0"))


def priority_label(case: Case) -> str:
    """A case's priority and its reasons, for example "Priority 8.9: 7 readers, busy page"."""
    reasons = [reason.partition(":") for reason in case.priority_reasons]
    labels = {
        "readers": ngettext("%(num)d reader", "%(num)d readers", case.reader_count),
        "correction": _("correction ready"),
        "page": _("busy page"),
    }
    named = ", ".join(labels[name] for name, _sep, _points in reasons)
    return str(_("Priority %(figure)s: %(reasons)s", figure=priority_figure(case), reasons=named))


def spam_label(reason: str) -> str:
    """A sign of spam."""
    return str(
        {
            "links": _("contains a link"),
            "flood": _("many reports from one reader"),
            "not_on_page": _("passage not found on the page"),
            "gibberish": _("random characters"),
            "learned": _("similar to known spam"),
        }[reason]
    )
