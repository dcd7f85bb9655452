"""Decide many cases at once: the selected cases, or all matching cases after a confirmation."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.session import signed_in
from moderation.desk.cases.chips import filter_labels, pair_words
from moderation.desk.cases.filters import QueueQuery
from moderation.desk.forms import BulkForm
from moderation.desk.undo import offer_undo
from moderation.domain.cases.lifecycle import Action, allowed
from moderation.services.accounts.access import sites_of
from moderation.services.cases import bulk
from moderation.services.cases.assign import assignees_to_filter
from moderation.services.cases.filter import Filter
from moderation.services.cases.queue import count_matching
from moderation.web.errors import wants_json
from moderation.web.extensions import db_session
from moderation.web.labels.cases import bulk_label
from moderation.web.problems import Problem

blueprint = Blueprint("bulk", __name__, url_prefix="/desk/bulk")


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
def chosen() -> Response:
    """Decide the selected cases, and go back to the queue."""
    session, editor = db_session(), signed_in()
    query, form = QueueQuery(request.args, editor.id), BulkForm()
    selected = [_id_and_version(value) for value in request.form.getlist("case")]
    if not form.validate_on_submit() or not selected:
        flash(_("No cases selected"), "warning")
        return redirect(url_for("queue.show", **query.url()))
    action, applies = _action(form)
    now, reason = datetime.now(UTC), form.reason.data or None
    asked = bulk.ask_chosen(session, editor, action, selected, now=now, reason=reason, applies=applies)
    done = bulk.progress(session, editor, asked.id)
    if wants_json():
        return _for_script(done)
    flash(bulk_label(form.action.data, done.done), "info")
    if done.done < len(selected):
        flash(_skipped(len(selected) - done.done), "warning")
    if done.can_undo and done.done:
        offer_undo(url_for("bulk.take_back", bulk_id=asked.id), is_of_many=True)
    return redirect(url_for("queue.show", **query.url()))


@blueprint.get("/matching")
@login_required  # type: ignore[untyped-decorator]
def confirm() -> str:
    """Show how many cases match, and ask for the decision."""
    return _confirm(QueueQuery(request.args, signed_in().id))


@blueprint.post("/matching")
@login_required  # type: ignore[untyped-decorator]
def matching() -> str | Response | tuple[str | Response, int]:
    """Start deciding all matching cases, if their number is still the confirmed one."""
    session, editor = db_session(), signed_in()
    query, form = QueueQuery(request.args, editor.id), BulkForm()
    if not form.validate_on_submit() or form.confirmed.data is None:
        return _confirm(query), 422
    action, applies = _action(form)
    wanted, confirmed = _confirmed(query, form, form.confirmed.data)
    try:
        asked = bulk.ask_matching(
            session,
            editor,
            action,
            wanted,
            confirmed=confirmed,
            applies=applies,
            now=datetime.now(UTC),
            note=form.note.data or None,
            reason=form.reason.data or None,
        )
    except bulk.CountChanged:
        message = _("The number of matching cases has changed. Check it and confirm again.")
        if wants_json():
            return jsonify(message=message), 409
        flash(message, "warning")
        return _confirm(query), 409
    if wants_json():
        return _for_script(bulk.progress(session, editor, asked.id))
    return redirect(url_for("bulk.show", bulk_id=asked.id))


@blueprint.get("/<uuid:bulk_id>")
@login_required  # type: ignore[untyped-decorator]
def show(bulk_id: UUID) -> str:
    """Show the progress of a bulk decision."""
    progress = bulk.progress(db_session(), signed_in(), bulk_id)
    return render_template("desk/bulk.html", progress=progress)


@blueprint.post("/<uuid:bulk_id>/undo")
@login_required  # type: ignore[untyped-decorator]
def take_back(bulk_id: UUID) -> Response:
    """Undo a bulk decision: reopen the cases that it closed."""
    undone = bulk.undo(db_session(), signed_in(), bulk_id, datetime.now(UTC))
    if wants_json():
        return _for_script(bulk.progress(db_session(), signed_in(), undone.id))
    return redirect(url_for("bulk.show", bulk_id=undone.id))


def _for_script(progress: bulk.Progress) -> Response:
    """Answer a script with the result, the link that undoes it, and the page with the progress."""
    bulk_id = progress.bulk.id
    return jsonify(
        message=" · ".join(_messages(progress)),
        undo=url_for("bulk.take_back", bulk_id=bulk_id) if progress.can_undo and progress.done else None,
        more=None if progress.bulk.finished_at else url_for("bulk.show", bulk_id=bulk_id),
        done=[str(case_id) for case_id in bulk.done_cases(db_session(), progress.bulk)],
    )


def _messages(progress: bulk.Progress) -> list[str]:
    messages = [bulk_label(progress.bulk.action, progress.done)]
    left = progress.changed + progress.refused
    if left:
        messages.append(_skipped(left))
    return messages


def _skipped(count: int) -> str:
    return str(ngettext("%(num)d case was skipped.", "%(num)d cases were skipped.", count))


def _confirmed(query: QueueQuery, form: BulkForm, count: int) -> tuple[Filter, int]:
    """The cases that the editor confirmed, and their number. A case without a suggestion is not accepted."""
    skips = form.action.data in ("accept", "apply") and form.ready.data is not None
    if not skips or query.filter.suggestion is not None:
        return query.filter, count
    return replace(query.filter, suggestion=True), form.ready.data


def _action(form: BulkForm) -> tuple[Action, bool]:
    """The action, and whether accepted corrections are applied in the CMS too."""
    return ("accept", True) if form.action.data == "apply" else (form.action.data, False)


def _confirm(query: QueueQuery) -> str:
    sites = sites_of(db_session(), signed_in())
    colleagues = assignees_to_filter(db_session(), [site.id for site in sites])
    filters = [label for _name, label in filter_labels(query, colleagues, pair_words(query))]
    return render_template(
        "desk/bulk_confirm.html",
        query=query,
        narrowed=[site.name for site in sites if site.id == query.filter.site] + filters,
        count=count_matching(db_session(), signed_in(), query.filter),
        without=_without_suggestion(query),
        steps=allowed(query.status),
        form=BulkForm(formdata=None),
    )


def _without_suggestion(query: QueueQuery) -> int:
    """Count the matching open cases that could only be accepted without a correction."""
    if query.status != "open" or query.filter.suggestion is not None:
        return 0
    return count_matching(db_session(), signed_in(), replace(query.filter, suggestion=False))


def _id_and_version(value: str) -> tuple[UUID, int]:
    case_id, _sep, version = value.partition(":")
    try:
        return UUID(case_id), int(version)
    except ValueError:
        raise Problem(422, _("Invalid case")) from None
