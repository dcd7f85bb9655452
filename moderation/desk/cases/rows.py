"""A row of the queue: its template variables and its sort key."""

from collections.abc import Sequence
from functools import partial

from moderation.desk.account.session import signed_in
from moderation.desk.cases.filters import QueueQuery
from moderation.desk.forms import StepForm
from moderation.models import Case
from moderation.services.cases.apply_queue import last_applies
from moderation.services.cases.decide import steps_for
from moderation.services.cases.presence import Presence
from moderation.web.extensions import db_session
from moderation.web.wiring import wiring


def row_parts(query: QueueQuery, cases: Sequence[Case]) -> dict[str, object]:
    """Return the variables of desk/row.html, except the case."""
    editor = signed_in()
    return {
        "query": query,
        "form": StepForm(formdata=None),
        "steps_for": partial(steps_for, editor),
        "claims": Presence(wiring().redis).of_others(editor, [case.id for case in cases]),
        "sort_key": sort_key,
        "applies": last_applies(db_session(), [case.id for case in cases if case.status == "accepted"]),
    }


def sort_key(case: Case, query: QueueQuery) -> float:
    """Return the number that orders rows in the browser: the greatest is at the top."""
    if query.sort == "priority":
        return case.priority
    if query.sort == "readers":
        return case.reader_count
    age = case.first_reported_at.timestamp()
    return -age if query.sort == "oldest" else age
