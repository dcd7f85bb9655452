"""Saved views: a queue's filters under a name."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.session import signed_in
from moderation.desk.cases.filters import QueueQuery
from moderation.desk.refusals import refusals_flashed
from moderation.desk.undo import offer_undo
from moderation.services.cases.saved_queues import UnknownView, drop_view, rename_view, save_view
from moderation.web.extensions import db_session

blueprint = Blueprint("views", __name__, url_prefix="/desk/views")


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
def save() -> Response:
    """Save the current queue as a view."""
    query = QueueQuery(request.args, signed_in().id)
    with refusals_flashed():
        save_view(db_session(), signed_in(), request.form.get("name", ""), query.text())
    return redirect(url_for("queue.show", **query.url()))


@blueprint.post("/<uuid:view_id>/name")
@login_required  # type: ignore[untyped-decorator]
def rename(view_id: UUID) -> Response:
    """Rename a view."""
    with refusals_flashed(UnknownView):
        rename_view(db_session(), signed_in(), view_id, request.form.get("name", ""))
    return _back_to_queue()


@blueprint.post("/<uuid:view_id>/drop")
@login_required  # type: ignore[untyped-decorator]
def drop(view_id: UUID) -> Response:
    """Delete a view; the next page offers to undo it."""
    dropped = drop_view(db_session(), signed_in(), view_id)
    if dropped is not None:
        name, query = dropped
        flash(_("View “%(name)s” deleted", name=name), "info")
        offer_undo(f"{url_for('views.save')}?{query}", name=name)
    return _back_to_queue()


def _back_to_queue() -> Response:
    return redirect(url_for("queue.show", **QueueQuery(request.args, signed_in().id).url()))
