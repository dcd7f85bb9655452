"""Labels for priority and for signs of spam."""

from datetime import UTC, datetime

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from moderation.domain.cases.priority import points_left
from moderation.models import Case


def priority_figure(case: Case) -> str:
    """A case's priority: its points less one per day since the last report, as the queue is sorted."""
    return str(format_decimal(points_left(case.priority, datetime.now(UTC)), "0.0"))


def priority_label(case: Case) -> str:
    """A case's priority and its reasons, for example "Priority 8.9: 7 readers, busy page"."""
    named = [_reason_label(case, reason.partition(":")[0]) for reason in case.priority_reasons]
    days = (datetime.now(UTC) - case.last_reported_at).days
    if days:
        named.append(ngettext("%(num)d day old", "%(num)d days old", days))
    return str(_("Priority %(figure)s: %(reasons)s", figure=priority_figure(case), reasons=", ".join(named)))


def _reason_label(case: Case, reason: str) -> str:
    if reason == "readers":
        return str(ngettext("%(num)d reader", "%(num)d readers", case.reader_count))
    return str(_("correction ready") if reason == "correction" else _("busy page"))


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
