"""The queue: cases of one status, filtered and sorted as the URL says."""

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.session import signed_in
from moderation.desk.cases.chips import chips, pair_words
from moderation.desk.cases.filters import AGES, LANGS, SORTS, QueueQuery
from moderation.desk.cases.rows import row_parts
from moderation.desk.site_switch import switch_sites
from moderation.domain.cases.lifecycle import STATUSES
from moderation.models import Case
from moderation.models.report import KINDS
from moderation.services.cases.assign import assignees_to_filter
from moderation.services.cases.filter import Filter
from moderation.services.cases.queue import count_by_status, count_some, is_counted, list_cases
from moderation.services.cases.resolve import resolved
from moderation.services.cases.saved_queues import views_of
from moderation.services.pages.sections import stated_sections
from moderation.services.paging import Slice
from moderation.web.extensions import db_session

PAGE_SIZE = 30

blueprint = Blueprint("queue", __name__, url_prefix="/desk")


@blueprint.get("/")
@login_required  # type: ignore[untyped-decorator]
def home() -> Response:
    """Open the desk at the queue."""
    return redirect(url_for("queue.show"))


@blueprint.get("/queue")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """Show one page of the queue. Its script asks for the rows alone."""
    session, editor = db_session(), signed_in()
    query, cursor = QueueQuery(request.args, editor.id, leaves_out=True), request.args.get("cursor") or None
    wanted = resolved(session, editor, query.filter)
    listed = list_cases(session, editor, wanted, cursor=cursor, limit=PAGE_SIZE)
    parts = {"found": listed, **row_parts(query, listed.items)}
    if request.headers.get("X-Part") == "rows":
        return render_template("desk/queue_rows.html", **parts)
    return render_template("desk/queue.html", cursor=cursor, **parts, **_around(query, wanted, listed))


def _around(query: QueueQuery, wanted: Filter, listed: Slice[Case]) -> dict[str, object]:
    """Return what the page shows around the rows: tabs with their counts, filters, saved views."""
    session, editor, sites = db_session(), signed_in(), switch_sites()
    counts = count_by_status(session, editor, wanted)
    ids = [site.id for site in sites]
    colleagues = assignees_to_filter(session, ids)
    views = views_of(session, editor)
    total = counts[query.status] if query.has_tab_counts else count_some(session, editor, wanted)
    return {
        "chips": chips(query, colleagues, pair_words(query), partial(_count_alone, query, total)),
        "statuses": STATUSES,
        "counts": counts,
        "total": total,
        "found_elsewhere": {
            status: count
            for status, count in counts.items()
            if is_counted(wanted) and status != query.status and count and not listed.items
        },
        "sites": sites,
        "colleagues": colleagues,
        "sorts": SORTS,
        "ages": (*AGES, "older"),
        "kinds": KINDS,
        "langs": LANGS,
        "views": views,
        "is_saved": any(query.shows(view.query) for view in views),
        "sections": stated_sections(session, [id_ for id_ in ids if wanted.site in (None, id_)]),
    }


def _count_alone(query: QueueQuery, total: int, name: str) -> int:
    """Count the cases of the tab and the site that one filter finds: all of the queue if it has no other."""
    kept = {key: query.given[key] for key in ("status", "site", name) if key in query.given}
    if kept.keys() == query.given.keys() - {"sort"}:
        return total
    return count_some(db_session(), signed_in(), QueueQuery(kept, signed_in().id, leaves_out=True).filter)
