"""The queue: cases of one status, the most urgent first."""

from functools import partial
from typing import get_args

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account import signed_in
from moderation.desk.forms import StepForm
from moderation.domain.lifecycle import STATUSES
from moderation.extensions import db_session
from moderation.problems import Problem
from moderation.services import cases
from moderation.services.decide import steps_for

PAGE_SIZE = 30
SORTS: tuple[cases.Sort, ...] = get_args(cases.Sort)

blueprint = Blueprint("queue", __name__, url_prefix="/desk")


@blueprint.get("/")
@login_required  # type: ignore[untyped-decorator]
def home() -> Response:
    """The desk opens with the queue."""
    return redirect(url_for("queue.show"))


@blueprint.get("/queue")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """One status' cases."""
    status = request.args.get("status", "open")
    if status not in STATUSES:
        raise Problem(404, f"There is no status {status[:40]}.")
    cursor = request.args.get("cursor") or None
    sort = request.args.get("sort", "priority")
    if sort not in SORTS:
        raise Problem(404, f"There is no order {sort[:40]}.")
    wanted = cases.Filter(status=status, q=request.args.get("q", "").strip()[:200] or None, sort=sort)
    try:
        found = cases.list_cases(db_session(), signed_in(), wanted, cursor=cursor, limit=PAGE_SIZE)
    except cases.InvalidCursor:
        raise Problem(404, "This part of the queue does not exist.") from None
    return render_template(
        "desk/queue.html",
        found=found,
        status=status,
        statuses=STATUSES,
        counts=cases.count_by_status(db_session(), signed_in()),
        wanted=wanted,
        sorts=SORTS,
        cursor=cursor,
        form=StepForm(formdata=None),
        steps_for=partial(steps_for, signed_in()),
    )
