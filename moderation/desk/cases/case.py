"""The page of one case: passage, reports, history and the decisions that an editor can make."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import format_timedelta, ngettext
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response as BaseResponse

from moderation.desk.account.session import signed_in
from moderation.desk.cases.filters import QueueQuery
from moderation.desk.cases.queue import row_parts, sort_key
from moderation.desk.forms import StepForm
from moderation.desk.ids import read_id
from moderation.domain.cases.lifecycle import StepNotAllowed, carries_correction
from moderation.domain.sites.links import cms_link, text_link
from moderation.models import Case
from moderation.services.accounts.access import Forbidden, may_decide
from moderation.services.cases.assign import CannotAssign, assign, assignable
from moderation.services.cases.decide import Stale, decide, same_elsewhere, steps_for
from moderation.services.cases.page_view import cases_beside, passage_now
from moderation.services.cases.presence import Claims
from moderation.services.cases.read import UnknownCase, decisions_of, get_case, last_decisions, reports_of
from moderation.services.paging import InvalidCursor
from moderation.services.triage.merge_split import CannotRegroup, merge, split
from moderation.web.extensions import db_session
from moderation.web.labels.cases import decided_label, decider_name, status_label
from moderation.web.problems import Problem
from moderation.web.wiring import wiring

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
        decided = decide(
            session,
            editor,
            case_id,
            form.action.data,
            version=form.version.data,
            # One form has all the buttons: the field is sent with every action.
            correction=(form.correction.data or None) if carries_correction(form.action.data) else None,
            note=form.note.data or None,
            reason=form.reason.data or None,
            override=form.override.data,
            everywhere=form.everywhere.data,
            now=datetime.now(UTC),
        )
    except Forbidden:
        raise _reads_only() from None
    except (Stale, StepNotAllowed):
        session.rollback()
        return _conflict(_case(case_id))
    case = decided.case
    if _wants_json():
        return jsonify(_as_it_is(case, message=decided_label(case)))
    flash(decided_label(case), case.status)
    if case.status != "open":
        flash(undo_offer(case), "undo")
    if form.everywhere.data:
        message = ngettext(
            "Also decided on %(num)d other page", "Also decided on %(num)d other pages", decided.twins
        )
        flash(message, case.status)
    page = request.args.get("page")
    if page:
        return redirect(url_for("page.show", page_id=read_id(page)))
    return redirect(url_for("queue.show", **QueueQuery(request.args, editor.id).url()))


@blueprint.post("/<uuid:case_id>/look")
@login_required  # type: ignore[untyped-decorator]
def look(case_id: UUID) -> Response:
    """The page is open in front of an editor, or (with `leave`) no more; answers who else looks at it."""
    case, claims = _case(case_id), Claims(wiring().redis)
    if request.form.get("leave"):
        claims.leave(signed_in(), case.id)
    else:
        claims.look(signed_in(), case.id)
    return jsonify(other=claims.of_others(signed_in(), [case.id]).get(case.id))


@blueprint.post("/<uuid:case_id>/assign")
@login_required  # type: ignore[untyped-decorator]
def give(case_id: UUID) -> BaseResponse:
    """Assign a case to an editor."""
    with _changing(case_id):
        assign(db_session(), signed_in(), case_id, _id_of("assignee"))
    flash(_("Assignee changed"), "info")
    return redirect(url_for("case.show", case_id=case_id))


@blueprint.post("/<uuid:case_id>/merge")
@login_required  # type: ignore[untyped-decorator]
def merge_into(case_id: UUID) -> BaseResponse:
    """Merge the case into another case of the page."""
    with _changing(case_id):
        into = _id_of("into")
        if into is None:
            raise CannotRegroup("no case was named")
        merge(db_session(), signed_in(), case_id, into, datetime.now(UTC))
    flash(_("Cases merged"), "info")
    return redirect(url_for("case.show", case_id=into))


@blueprint.post("/<uuid:case_id>/split")
@login_required  # type: ignore[untyped-decorator]
def split_off(case_id: UUID) -> BaseResponse:
    """Split reports off into a new case."""
    with _changing(case_id):
        _old, made = split(
            db_session(),
            signed_in(),
            case_id,
            [read_id(one) for one in request.form.getlist("report")],
            datetime.now(UTC),
        )
    flash(_("Reports moved to this new case"), "info")
    return redirect(url_for("case.show", case_id=made.id))


@contextmanager
def _changing(case_id: UUID) -> Iterator[None]:
    """A change to the case but not of its status: every refusal as a page or a message."""
    _case(case_id)
    try:
        yield
    except UnknownCase:
        raise _unknown() from None
    except Forbidden:
        raise _reads_only() from None
    except CannotAssign:
        raise Problem(422, _("This person cannot decide cases on this site.")) from None
    except CannotRegroup as error:
        raise Problem(422, _("Cannot merge or split these cases: %(why)s.", why=str(error))) from None


def _id_of(field: str) -> UUID | None:
    value = request.form.get(field)
    return read_id(value) if value else None


def _conflict(case: Case) -> tuple[str | Response, int]:
    message = _("This case was updated while you were viewing it. This is the current version.")
    last = last_decisions(db_session(), [case.id]).get(case.id)
    if last is not None:
        message = _(
            "Already %(what)s: %(who)s, %(when)s",
            who=decider_name(last),
            when=format_timedelta(last.decided_at - datetime.now(UTC), add_direction=True),
            what=status_label(case.status).lower(),
        )
    if _wants_json():
        return jsonify(_as_it_is(case, message=message)), 409
    flash(message, "warning")
    return _page(case, StepForm(formdata=None), override=case.status != "open"), 409


def _as_it_is(case: Case, *, message: str) -> dict[str, object]:
    """The case as the queue's script wants it: with its row."""
    query = QueueQuery(request.args, signed_in().id)
    return {
        "id": str(case.id),
        "version": case.version,
        "status": case.status,
        "message": message,
        "key": sort_key(case, query),
        "html": render_template("desk/row.html", case=case, **row_parts(query, [case])),
    }


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def undo_offer(case: Case) -> str:
    """The case's id and version, for the Undo button of the next page."""
    return f"{case.id} {case.version}"


def _page(case: Case, form: StepForm, *, override: bool = False) -> str:
    cursor = request.args.get("cursor") or None
    try:
        reports = reports_of(db_session(), case, cursor=cursor, limit=50)
    except InvalidCursor:
        raise Problem(404, "This part of the reports does not exist.") from None
    session, editor, settings = db_session(), signed_in(), case.site.settings
    others = Claims(wiring().redis).of_others(editor, [case.id])
    decides = may_decide(editor, case.site_id)
    return render_template(
        "desk/case.html",
        case=case,
        reports=reports,
        cursor=cursor,
        decisions=decisions_of(session, case),
        form=form,
        steps=steps_for(editor, case),
        override=override and decides,
        query=QueueQuery(request.args, editor.id),
        elsewhere=same_elsewhere(session, case),
        beside=cases_beside(session, case),
        now_there=passage_now(session, case),
        at_page=text_link(case.page.url, exact=case.exact, prefix=case.prefix, suffix=case.suffix),
        cms_link=cms_link(settings.cms_link, case.page.url),
        reasons=settings.reject_reasons,
        may_decide=decides,
        can_split=decides and case.status == "open" and case.report_count > 1,
        can_merge=decides and case.status == "open",
        assignable=assignable(session, [case.site_id]) if decides else (),
        looking=others.get(case.id),
    )


def _case(case_id: UUID) -> Case:
    try:
        return get_case(db_session(), signed_in(), case_id)
    except UnknownCase:
        raise _unknown() from None


def _unknown() -> Problem:
    return Problem(404, _("This case does not exist, or you have no access to it."))


def _reads_only() -> Problem:
    return Problem(403, _("You have view-only access to this site."))
