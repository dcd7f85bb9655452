"""Labels for priority and for signs of spam."""

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from moderation.models import Case


def priority_label(case: Case) -> str:
    """A case's priority and its reasons, for example "Priority 8.9: 7 readers, busy page".

    The figure is the sum of the reasons' points. `case.priority` also counts the days since a fixed date.
    """
    reasons = [reason.partition(":") for reason in case.priority_reasons]
    labels = {
        "readers": ngettext("%(num)d reader", "%(num)d readers", case.reader_count),
        "correction": _("correction ready"),
        "page": _("busy page"),
    }
    figure = format_decimal(sum(float(points) for _name, _sep, points in reasons), "0.0")
    named = ", ".join(labels[name] for name, _sep, _points in reasons)
    return str(_("Priority %(figure)s: %(reasons)s", figure=figure, reasons=named))


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
