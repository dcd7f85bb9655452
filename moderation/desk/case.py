"""One case: its passage, its reports, its history, and the steps an editor can take."""

from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account import signed_in
from moderation.desk.forms import StepForm
from moderation.desk.words import done_word
from moderation.domain.lifecycle import StepNotAllowed
from moderation.extensions import db_session
from moderation.models import Case
from moderation.problems import Problem
from moderation.services import cases
from moderation.services.access import Forbidden
from moderation.services.decide import Stale, decide, decide_elsewhere, same_elsewhere, steps_for

blueprint = Blueprint("case", __name__, url_prefix="/desk/cases")


@blueprint.get("/<uuid:case_id>")
@login_required  # type: ignore[untyped-decorator]
def show(case_id: UUID) -> str:
    """The case's page."""
    return _page(_case(case_id), StepForm(formdata=None))


@blueprint.post("/<uuid:case_id>/decisions")
@login_required  # type: ignore[untyped-decorator]
def step(case_id: UUID) -> str | Response | tuple[str, int]:
    """Take one step and go back to the queue, or show what stands in the way."""
    form = StepForm()
    case = _case(case_id)
    if not form.validate_on_submit():
        return _page(case, form), 422
    try:
        case = decide(
            db_session(),
            signed_in(),
            case_id,
            form.action.data,
            version=form.version.data,
            correction=(form.correction.data or None) if form.action.data in ("accept", "fix") else None,
            note=form.note.data or None,
            now=datetime.now(UTC),
        )
    except Forbidden:
        raise Problem(403, _("Your role on this site does not decide cases.")) from None
    except (Stale, StepNotAllowed):
        db_session().rollback()
        flash(_("The case changed while you looked at it. Here it is as it stands now."), "warning")
        return _page(_case(case_id), StepForm(formdata=None)), 409
    flash(done_word(case.status), case.status)
    if case.status != "open":
        flash(undo_offer(case), "undo")
    if form.everywhere.data:
        others = decide_elsewhere(
            db_session(),
            signed_in(),
            case,
            form.action.data,
            now=datetime.now(UTC),
            note=form.note.data or None,
        )
        flash(ngettext("And %(num)d on other pages.", "And %(num)d on other pages.", others), case.status)
    return redirect(_back())


def _back() -> str:
    """The list that the editor came from."""
    given = {name: request.args[name] for name in ("status", "q", "sort") if request.args.get(name)}
    return url_for("queue.show") + "?" + urlencode({"status": "open"} | given)


def undo_offer(case: Case) -> str:
    """What the next page needs to offer the step back: the case's id and version."""
    return f"{case.id} {case.version}"


def _page(case: Case, form: StepForm) -> str:
    cursor = request.args.get("cursor") or None
    try:
        reports = cases.reports_of(db_session(), case, cursor=cursor, limit=50)
    except cases.InvalidCursor:
        raise Problem(404, "This part of the reports does not exist.") from None
    return render_template(
        "desk/case.html",
        case=case,
        reports=reports,
        cursor=cursor,
        decisions=cases.decisions_of(db_session(), case),
        form=form,
        steps=steps_for(signed_in(), case),
        elsewhere=same_elsewhere(db_session(), case),
    )


def _case(case_id: UUID) -> Case:
    try:
        return cases.get_case(db_session(), signed_in(), case_id)
    except cases.UnknownCase:
        raise Problem(404, _("No case of yours has this address.")) from None
