"""One case: its page, and changes to it that are not decisions (assign, merge, split)."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response as BaseResponse

from moderation.desk.account.session import signed_in
from moderation.desk.cases.case_page import case_page, case_pane, find_case
from moderation.desk.forms import StepForm
from moderation.desk.ids import read_id
from moderation.desk.undo import offer_undo
from moderation.services.cases.assign import assign
from moderation.services.cases.presence import Presence
from moderation.services.triage.merge_split import CannotRegroup, merge, split
from moderation.services.triage.undo_merge import undo_merge
from moderation.web.errors import wants_json
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring

blueprint = Blueprint("case", __name__, url_prefix="/desk/cases")


@blueprint.get("/<uuid:case_id>")
@login_required  # type: ignore[untyped-decorator]
def show(case_id: UUID) -> str:
    """Show the case's page."""
    return case_page(find_case(case_id), StepForm(formdata=None))


@blueprint.get("/<uuid:case_id>/pane")
@login_required  # type: ignore[untyped-decorator]
def pane(case_id: UUID) -> str:
    """Show the case in the reading pane of the queue."""
    return case_pane(find_case(case_id))


@blueprint.post("/<uuid:case_id>/presence")
@login_required  # type: ignore[untyped-decorator]
def announce(case_id: UUID) -> Response:
    """Record that the editor views the case, or (with `leave`) stopped. Returns the other viewers."""
    case, presence = find_case(case_id), Presence(wiring().redis)
    if request.form.get("leave"):
        presence.leave(signed_in(), case.id)
    else:
        presence.enter(signed_in(), case.id)
    return jsonify(other=presence.of_others(signed_in(), [case.id]).get(case.id))


@blueprint.post("/<uuid:case_id>/assign")
@login_required  # type: ignore[untyped-decorator]
def change_assignee(case_id: UUID) -> BaseResponse:
    """Assign the case to an editor, or remove the assignment. The undo names the assignee in its address."""
    before = find_case(case_id).assignee_id
    case = assign(db_session(), signed_in(), case_id, _id_in_request("assignee"))
    name = case.assignee.display_name if case.assignee else _("Unassigned")
    message = _("Assignee of “%(passage)s”: %(name)s", passage=case.exact[:40], name=name)
    undo = url_for("case.change_assignee", case_id=case_id, assignee=before or "")
    is_undo = "assignee" in request.args
    if wants_json():
        return jsonify(message=message, undo=None if is_undo else undo)
    flash(message, "info")
    if not is_undo:
        offer_undo(undo)
    return redirect(url_for("case.show", case_id=case_id))


@blueprint.post("/<uuid:case_id>/merge")
@login_required  # type: ignore[untyped-decorator]
def merge_into(case_id: UUID) -> BaseResponse:
    """Merge the case into another case of its page."""
    into = _id_in_request("into")
    if into is None:
        raise CannotRegroup("no case was named")
    merge(db_session(), signed_in(), case_id, into, datetime.now(UTC))
    flash(_("Cases merged"), "info")
    offer_undo(url_for("case.take_merge_back", case_id=case_id))
    return redirect(url_for("case.show", case_id=into))


@blueprint.post("/<uuid:case_id>/unmerge")
@login_required  # type: ignore[untyped-decorator]
def take_merge_back(case_id: UUID) -> BaseResponse:
    """Undo the merge of the case into another one."""
    undo_merge(db_session(), signed_in(), case_id, datetime.now(UTC))
    flash(_("Merge undone: the reports are back in this case"), "info")
    return redirect(url_for("case.show", case_id=case_id))


@blueprint.post("/<uuid:case_id>/split")
@login_required  # type: ignore[untyped-decorator]
def split_off(case_id: UUID) -> BaseResponse:
    """Split some reports into a new case."""
    chosen = ",".join(request.form.getlist("report")).split(",")  # a value holds the ids of equal reports
    report_ids = [read_id(value) for value in chosen if value]
    _old, new_case = split(db_session(), signed_in(), case_id, report_ids, datetime.now(UTC))
    flash(_("Reports moved to this new case"), "info")
    return redirect(url_for("case.show", case_id=new_case.id))


def _id_in_request(field: str) -> UUID | None:
    value = request.values.get(field)
    return read_id(value) if value else None
