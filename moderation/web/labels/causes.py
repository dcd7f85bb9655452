"""Why the system made a decision."""

from flask_babel import gettext as _
from flask_babel import ngettext

from moderation.models import Decision
from moderation.web.labels.pages import outcome_label
from moderation.web.labels.triage import spam_label


def cause_label(decision: Decision) -> str:
    """The cause of a decision of the system. Empty for an editor's decision."""
    detail = decision.cause_detail or ""
    if decision.cause == "insisted":
        readers = int(detail) if detail.isdecimal() else 0
        return str(ngettext("%(num)d more reader reports it", "%(num)d more readers report it", readers))
    if decision.cause == "seen_mended":
        return outcome_label(detail) if detail else str(_("seen on the page"))
    if decision.cause == "scored_as_spam":
        return ", ".join(spam_label(reason) for reason in detail.split(",") if reason)
    return {
        "editor": "",
        "merged": str(_("merged into another case")),
        "emptied": str(_("its reports belong to another case")),
        "withdrawn": str(_("the reader withdrew the report")),
        "back_on_page": str(_("the mistake is on the page again")),
    }[decision.cause]
