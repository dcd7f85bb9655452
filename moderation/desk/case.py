"""One case: its passage, its reports, its history, and the steps an editor can take."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response as BaseResponse

from moderation.desk.account import signed_in
from moderation.desk.filters import QueueQuery
from moderation.desk.forms import StepForm
from moderation.desk.queue import row_parts, sort_key
from moderation.desk.words import done_word, status_word
from moderation.domain.lifecycle import StepNotAllowed
from moderation.extensions import db_session
from moderation.models import Case
from moderation.problems import Problem
from moderation.services import cases
from moderation.services.access import Forbidden, may_decide
from moderation.services.decide import Stale, decide, decide_elsewhere, same_elsewhere, steps_for

blueprint = Blueprint("case", __name__, url_prefix="/desk/cases")


@blueprint.get("/<uuid:case_id>")
@login_required  # type: ignore[untyped-decorator]
def show(case_id: UUID) -> str:
    """The case's page."""
    return _page(_case(case_id), StepForm(formdata=None))


@blueprint.post("/<uuid:case_id>/decisions")
@login_required  # type: ignore[untyped-decorator]
def step(case_id: UUID) -> str | BaseResponse | tuple[str | Response, int]:
    """Take one step; then back to the queue, or, to its script (which asks for JSON), what became of it.

    409 when somebody was faster: who it was and what they did, and the form to decide anew.
    """
    form, session, editor = StepForm(), db_session(), signed_in()
    case = _case(case_id)
    if not form.validate_on_submit():
        return _page(case, form), 422
    try:
        case = decide(
            session,
            editor,
            case_id,
            form.action.data,
            version=form.version.data,
            correction=(form.correction.data or None) if form.action.data in ("accept", "fix") else None,
            note=form.note.data or None,
            reason=form.reason.data or None,
            over=form.over.data,
            now=datetime.now(UTC),
        )
    except Forbidden:
        raise Problem(403, _("Your role on this site does not decide cases.")) from None
    except (Stale, StepNotAllowed):
        session.rollback()
        return _conflict(_case(case_id))
    if _wants_json():
        return jsonify(_as_it_is(case, message=done_word(case.status)))
    flash(done_word(case.status), case.status)
    if case.status != "open":
        flash(undo_offer(case), "undo")
    if form.everywhere.data:
        others = decide_elsewhere(
            session, editor, case, form.action.data, now=datetime.now(UTC), note=form.note.data or None
        )
        flash(ngettext("And %(num)d on other pages.", "And %(num)d on other pages.", others), case.status)
    return redirect(url_for("queue.show", **QueueQuery(request.args, editor.id).url()))


def _conflict(case: Case) -> tuple[str | Response, int]:
    message = _("The case changed while you looked at it. Here it is as it stands now.")
    last = cases.last_decision(db_session(), case)
    if last is not None:
        message = _(
            "Somebody was faster. %(who)s, %(when)s: %(what)s",
            who=last.editor.called if last.editor else "Corrigenda",
            when=format_timedelta(last.decided_at - datetime.now(UTC), add_direction=True),
            what=status_word(case.status),
        )
    if _wants_json():
        return jsonify(_as_it_is(case, message=message)), 409
    flash(message, "warning")
    return _page(case, StepForm(formdata=None), over=case.status != "open"), 409


def _as_it_is(case: Case, *, message: str) -> dict[str, object]:
    """The case as the queue's script wants it: with its row."""
    query = QueueQuery(request.args, signed_in().id)
    return {
        "id": str(case.id),
        "version": case.version,
        "status": case.status,
        "status_word": status_word(case.status),
        "message": message,
        "key": sort_key(case, query),
        "html": render_template("desk/row.html", case=case, **row_parts(query, [case])),
    }


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def undo_offer(case: Case) -> str:
    """What the next page needs to offer the step back: the case's id and version."""
    return f"{case.id} {case.version}"


def _page(case: Case, form: StepForm, *, over: bool = False) -> str:
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
        over=over and may_decide(signed_in(), case.site_id),
        query=QueueQuery(request.args, signed_in().id),
        elsewhere=same_elsewhere(db_session(), case),
    )


def _case(case_id: UUID) -> Case:
    try:
        return cases.get_case(db_session(), signed_in(), case_id)
    except cases.UnknownCase:
        raise Problem(404, _("No case of yours has this address.")) from None
