"""Decide a case at the desk. If there is a conflict, show the current case."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response as BaseResponse

from moderation.desk.account.session import signed_in
from moderation.desk.cases.case_page import case_page, find_case
from moderation.desk.cases.filters import QueueQuery
from moderation.desk.cases.rows import row_parts, sort_key
from moderation.desk.forms import StepForm
from moderation.desk.ids import read_id
from moderation.desk.undo import offer_undo
from moderation.domain.cases.lifecycle import StepNotAllowed, carries_correction
from moderation.models import Case
from moderation.services.cases.apply import accept_and_apply
from moderation.services.cases.decide import Decided, Stale, decide
from moderation.services.cases.read import last_decisions
from moderation.web.errors import wants_json
from moderation.web.extensions import db_session
from moderation.web.labels.cases import applying_label, decided_label, decider_name, status_label

blueprint = Blueprint("decision", __name__, url_prefix="/desk/cases/<uuid:case_id>/decisions")

Answer = str | BaseResponse | tuple[str | Response, int]


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
def create(case_id: UUID) -> Answer:
    """Decide the case; then go back to the queue. A script that asks for JSON gets the case's row.

    409 if another editor decided first. The answer names the editor and the decision, and offers to decide
    again.
    """
    form, case = StepForm(), find_case(case_id)
    if not form.validate_on_submit():
        return case_page(case, form), 422
    try:
        decided = _decide(case_id, form)
    except (Stale, StepNotAllowed):
        db_session().rollback()
        return _conflict(find_case(case_id))
    if wants_json():
        return jsonify(_answer(decided.case, message=_message(decided.case, form)))
    _flash(decided, _message(decided.case, form), everywhere=form.everywhere.data)
    return redirect(_next_page())


def _next_page() -> str:
    """Return where the editor goes on: the page view, the next case, or the queue."""
    query = QueueQuery(request.args, signed_in().id)
    if request.args.get("page"):
        return url_for("page.show", page_id=read_id(request.args["page"]))
    if request.args.get("next"):
        return url_for("case.show", case_id=read_id(request.args["next"]), **query.url())
    return url_for("queue.show", **query.url())


def _decide(case_id: UUID, form: StepForm) -> Decided:
    action = form.action.data
    if action == "apply":
        return accept_and_apply(
            db_session(),
            signed_in(),
            case_id,
            version=form.version.data,
            correction=form.correction.data or None,
            note=form.note.data or None,
            override=form.override.data,
            everywhere=form.everywhere.data,
            now=datetime.now(UTC),
        )
    return decide(
        db_session(),
        signed_in(),
        case_id,
        action,
        version=form.version.data,
        # One form has all the buttons: its correction is sent with every action.
        correction=(form.correction.data or None) if carries_correction(action) else None,
        note=form.note.data or None,
        reason=form.reason.data or None,
        override=form.override.data,
        everywhere=form.everywhere.data,
        now=datetime.now(UTC),
    )


def _message(case: Case, form: StepForm) -> str:
    return applying_label(case) if form.action.data == "apply" else decided_label(case)


def _flash(decided: Decided, message: str, *, everywhere: bool) -> None:
    case = decided.case
    flash(message, case.status)
    if case.status != "open":
        back = QueueQuery(request.args, signed_in().id).url()
        back |= {"next": case.id} if request.args.get("next") else {"status": "open"}
        undo = url_for("decision.create", case_id=case.id, **back)
        offer_undo(undo, version=str(case.version), action="reopen")
    if everywhere:
        message = ngettext(
            "Also decided on %(num)d other page", "Also decided on %(num)d other pages", decided.twins
        )
        flash(message, case.status)


def _conflict(case: Case) -> Answer:
    message = _("This case was updated while you were viewing it. This is the current version.")
    last = last_decisions(db_session(), [case.id]).get(case.id)
    if last is not None:
        message = _(
            "Already %(what)s: %(who)s, %(when)s",
            who=decider_name(last),
            when=format_timedelta(last.decided_at - datetime.now(UTC), add_direction=True),
            what=status_label(case.status).lower(),
        )
    if wants_json():
        return jsonify(_answer(case, message=message, with_row=True)), 409
    flash(message, "warning")
    return case_page(case, StepForm(formdata=None), override=case.status != "open"), 409


def _answer(case: Case, *, message: str, with_row: bool = False) -> dict[str, object]:
    """The case as the queue's script needs it. Only an open case, or one in conflict, comes back as a row."""
    answer = {"id": str(case.id), "version": case.version, "status": case.status, "message": message}
    if not with_row and case.status != "open":
        return answer
    query = QueueQuery(request.args, signed_in().id)
    row = render_template("desk/one_row.html", case=case, **row_parts(query, [case]))
    return answer | {"key": sort_key(case, query), "html": row}
