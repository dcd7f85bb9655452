"""Corrections in the CMS at the desk: the difference in the source, whole pages, reverting."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.session import signed_in
from moderation.desk.cases.case_page import find_case
from moderation.integrations.cms.base import Refused
from moderation.models import Case, CmsConnection, CorrectionApply
from moderation.services.accounts.access import may_decide, visible
from moderation.services.apply.kinds import Connector
from moderation.services.apply.preview import open_preview
from moderation.services.cases import apply
from moderation.services.cases.apply_queue import NothingToApply, connected_sites
from moderation.services.cases.page_view import view_page
from moderation.web.deadline import restart_deadline
from moderation.web.errors import problem_of
from moderation.web.extensions import db_session
from moderation.web.labels.cms import refusal_label
from moderation.web.wiring import wiring

PATIENCE = 8.0
"""Seconds for one request to a CMS while an editor waits."""
GIT_PATIENCE = 20.0
"""Seconds for one command of Git. A first copy of a large repository takes longer: the worker makes it."""

blueprint = Blueprint("cms", __name__, url_prefix="/desk")


def can_apply(case: Case) -> bool:
    """Return whether the signed-in editor can have the case's correction applied in a CMS."""
    if "connected_sites" not in g:
        g.connected_sites = connected_sites(db_session(), visible(signed_in(), CmsConnection.site_id))
    waits = case.status in ("open", "accepted") and may_decide(signed_in(), case.site_id)
    return waits and case.report_count > 0 and case.site_id in g.connected_sites


def to_revert(asked: Sequence[CorrectionApply]) -> CorrectionApply | None:
    """Return the correction that can be taken back now. `asked`: all of its case, newest first."""
    return apply.to_revert(asked, datetime.now(UTC))


def connector() -> Connector:
    """Return the connector to the sites' CMS for a web process."""
    settings = wiring().settings
    return Connector(
        settings.secret_keys, settings.private_hosts, settings.repositories, PATIENCE, GIT_PATIENCE
    )


@blueprint.get("/cases/<uuid:case_id>/source")
@login_required  # type: ignore[untyped-decorator]
def source(case_id: UUID) -> str | tuple[str, int]:
    """Show what the correction would change in the source. It changes nothing."""
    case, correction, problem, document = find_case(case_id), None, None, None
    try:
        errand = open_preview(db_session(), case, connector())
        shown = errand.ask()
        restart_deadline()
        correction, document = shown.corrections.get(errand.key), shown.document
        if correction is None:
            problem = refusal_label(shown.refused[errand.key])
    except NothingToApply as nothing:
        problem = problem_of(nothing).detail
    except Refused as refused:
        restart_deadline()
        problem = refusal_label(refused.reason, str(refused))
    parts = {"case": case, "correction": correction, "problem": problem, "document": document}
    return render_template("desk/source.html", can_decide=can_apply(case), **parts)


@blueprint.post("/cases/<uuid:case_id>/revert")
@login_required  # type: ignore[untyped-decorator]
def revert(case_id: UUID) -> Response:
    """Have the last applied correction of a case taken back."""
    apply.revert(db_session(), signed_in(), case_id, datetime.now(UTC))
    flash(_("Reverting in the CMS…"), "info")
    return redirect(url_for("case.show", case_id=case_id))


@blueprint.post("/pages/<uuid:page_id>/apply")
@login_required  # type: ignore[untyped-decorator]
def page(page_id: UUID) -> Response:
    """Have all accepted corrections of a page applied in one step."""
    view = view_page(db_session(), signed_in(), page_id)
    count = apply.apply_page(db_session(), signed_in(), view.page.id, datetime.now(UTC))
    flash(ngettext("Applying %(num)d correction…", "Applying %(num)d corrections…", count), "info")
    return redirect(url_for("page.show", page_id=page_id))
