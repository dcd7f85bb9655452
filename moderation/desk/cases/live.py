"""Changes of a queue since the last request of the desk's script."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext as _
from flask_login import login_required

from moderation.desk.account.session import signed_in
from moderation.desk.cases.filters import QueueQuery
from moderation.desk.cases.rows import row_parts, sort_key
from moderation.desk.ids import read_id
from moderation.models import Case
from moderation.services.cases.changes import changes
from moderation.services.cases.presence import Presence
from moderation.services.cases.queue import count_by_status
from moderation.services.cases.read import last_decisions, visible_cases
from moderation.web.extensions import db_session
from moderation.web.labels.cases import count_label, decider_name, status_label
from moderation.web.problems import Problem
from moderation.web.wiring import wiring

_MOST_SHOWN = 400
_FIRST_YEAR = 2000

blueprint = Blueprint("live", __name__, url_prefix="/desk/queue/live")


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
def show() -> Response:
    """Return the counts, the rows that match now, and the ids of rows that no longer match.

    The form: `since`, the last answer's `at`; `shown`, the ids on the screen; `at`, the case that the editor
    views; `left`, the one before it.
    """
    session, editor = db_session(), signed_in()
    query = QueueQuery(request.args, editor.id, leaves_out=True)
    shown = _shown_and_claimed()
    changed = changes(session, editor, query.filter, _time(request.form.get("since", "")))
    counts = count_by_status(session, editor, query.filter)
    others = Presence(wiring().redis).of_others(editor, list(shown))
    return jsonify(
        at=changed.at.isoformat(),
        counts={status: count_label(count) for status, count in counts.items()},
        rows=_rows(query, changed.matching),
        gone=_outcomes([case for case in changed.no_longer_matching if case.id in shown]),
        claims={str(case_id): name for case_id, name in others.items()},
    )


def _shown_and_claimed() -> Collection[UUID]:
    """Record which case the editor views; return the visible cases among those on the screen."""
    editor, presence, form = signed_in(), Presence(wiring().redis), request.form
    viewed = read_id(form["at"]) if form.get("at") else None
    on_screen = [read_id(value) for value in form.get("shown", "").split()][:_MOST_SHOWN]
    shown = visible_cases(db_session(), editor, [*on_screen, viewed] if viewed else on_screen)
    if form.get("left"):
        presence.leave(editor, read_id(form["left"]))
    if viewed in shown:
        presence.enter(editor, viewed)
    return shown


def _rows(query: QueueQuery, cases: Sequence[Case]) -> list[dict[str, object]]:
    parts = row_parts(query, cases)
    return [
        {
            "id": str(case.id),
            "version": case.version,
            "key": sort_key(case, query),
            "html": render_template("desk/one_row.html", case=case, **parts),
        }
        for case in cases
    ]


def _outcomes(cases: Sequence[Case]) -> dict[str, str]:
    """By case, one sentence about the decision that moved it out of this queue."""
    last = last_decisions(db_session(), [case.id for case in cases])
    return {
        str(case.id): _(
            "%(what)s by %(who)s", who=decider_name(last.get(case.id)), what=status_label(case.status)
        )
        for case in cases
    }


def _time(value: str) -> datetime:
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        raise Problem(422, "since: is not a time") from None
    if time.tzinfo is None or time.year < _FIRST_YEAR:
        raise Problem(422, "since: has no time zone, or is too long ago")
    return time
