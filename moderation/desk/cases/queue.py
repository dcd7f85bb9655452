"""The queue: cases of one status, most urgent first, and its live updates."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response as BaseResponse

from moderation.desk.account.session import signed_in
from moderation.desk.cases.filters import AGES, LANGS, SORTS, QueueQuery
from moderation.desk.forms import StepForm
from moderation.desk.ids import read_id
from moderation.domain.cases.lifecycle import STATUSES
from moderation.models import Case
from moderation.models.report import KINDS
from moderation.services.accounts.access import sites_of
from moderation.services.cases import queue as cases
from moderation.services.cases.assign import assignable
from moderation.services.cases.changes import changes
from moderation.services.cases.decide import steps_for
from moderation.services.cases.presence import Claims
from moderation.services.cases.read import last_decisions, visible_cases
from moderation.services.cases.saved_queues import views_of
from moderation.services.paging import InvalidCursor
from moderation.web.extensions import db_session
from moderation.web.labels.cases import count_label, decider_name, status_label
from moderation.web.problems import Problem
from moderation.web.wiring import wiring

PAGE_SIZE = 30
_MOST_SHOWN = 400

blueprint = Blueprint("queue", __name__, url_prefix="/desk")


@blueprint.get("/")
@login_required  # type: ignore[untyped-decorator]
def home() -> BaseResponse:
    """Redirect the start page of the desk to the queue."""
    return redirect(url_for("queue.show"))


@blueprint.get("/queue")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """The queue, filtered and sorted by the URL."""
    session, editor = db_session(), signed_in()
    query = QueueQuery(request.args, editor.id)
    cursor, sites = request.args.get("cursor") or None, sites_of(session, editor)
    try:
        found = cases.list_cases(session, editor, query.filter, cursor=cursor, limit=PAGE_SIZE)
    except InvalidCursor:
        raise Problem(404, "This part of the queue does not exist.") from None
    return render_template(
        "desk/queue.html",
        found=found,
        cursor=cursor,
        statuses=STATUSES,
        counts=cases.count_by_status(session, editor, query.filter.site),
        sites=sites,
        colleagues=assignable(session, [site.id for site in sites]),
        sorts=SORTS,
        ages=(*AGES, "older"),
        kinds=KINDS,
        langs=LANGS,
        views=views_of(session, editor),
        **row_parts(query, found.items),
    )


@blueprint.post("/queue/live")
@login_required  # type: ignore[untyped-decorator]
def live() -> Response:
    """What changed since `since`: the counts, rows that match now, ids of those that do not any more.

    `at` is the case the editor looks at, `left` the one before it; `shown` are the rows on the screen.
    """
    session, editor, asked = db_session(), signed_in(), request.form
    query = QueueQuery(request.args, editor.id)
    since, at = _time(asked.get("since", "")), read_id(asked["at"]) if asked.get("at") else None
    claims, ids = (
        Claims(wiring().redis),
        [read_id(one) for one in asked.get("shown", "").split()][:_MOST_SHOWN],
    )
    shown = visible_cases(session, editor, [*ids, at] if at else ids)
    if asked.get("left"):
        claims.leave(editor, read_id(asked["left"]))
    if at in shown:
        claims.look(editor, at)
    found = changes(session, editor, query.filter, since)
    parts = row_parts(query, found.matching)
    return jsonify(
        at=found.at.isoformat(),
        counts={
            status: count_label(count)
            for status, count in cases.count_by_status(session, editor, query.filter.site).items()
        },
        rows=[
            {
                "id": str(case.id),
                "version": case.version,
                "key": sort_key(case, query),
                "html": render_template("desk/row.html", case=case, **parts),
            }
            for case in found.matching
        ],
        gone=_what_became([case for case in found.gone if case.id in shown]),
        claims={str(case_id): name for case_id, name in claims.of_others(editor, list(shown)).items()},
    )


def row_parts(query: QueueQuery, rows: object) -> dict[str, object]:
    """Template values of a row, apart from its case."""
    editor = signed_in()
    ids = [case.id for case in rows]  # type: ignore[attr-defined]
    return {
        "query": query,
        "form": StepForm(formdata=None),
        "steps_for": partial(steps_for, editor),
        "claims": Claims(wiring().redis).of_others(editor, ids),
        "sort_key": sort_key,
    }


def sort_key(case: Case, query: QueueQuery) -> float:
    """Sort key of a case in this order: the greatest comes first."""
    if query.sort == "priority":
        return case.priority
    if query.sort == "readers":
        return case.reader_count
    age = case.first_reported_at.timestamp()
    return -age if query.sort == "oldest" else age


def _what_became(gone: Sequence[Case]) -> dict[str, str]:
    """Why each case left this queue, as one sentence per case."""
    last = last_decisions(db_session(), [case.id for case in gone])
    return {
        str(case.id): _(
            "%(what)s by %(who)s", who=decider_name(last.get(case.id)), what=status_label(case.status)
        )
        for case in gone
    }


def _time(value: str) -> datetime:
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        raise Problem(422, "since: is not a time") from None
    if time.tzinfo is None:
        raise Problem(422, "since: has no time zone")
    return time
