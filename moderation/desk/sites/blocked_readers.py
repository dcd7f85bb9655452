"""Block a reader of a site from its insights, and undo it. A reader's ID is valid for one day."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.session import signed_in
from moderation.desk.sites.sites import site_to_run
from moderation.desk.undo import offer_undo
from moderation.services.sites.setting_lists import add_entry, remove_entry
from moderation.web.extensions import db_session

blueprint = Blueprint("blocked_readers", __name__, url_prefix="/desk/sites/<uuid:site_id>/blocked-readers")


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
def add(site_id: UUID) -> Response:
    """Refuse reports of the reader."""
    reader = request.form.get("reader", "")
    add_entry(db_session(), signed_in(), site_to_run(site_id), "blocked_readers", reader)
    flash(_("Reader blocked for today"), "info")
    offer_undo(url_for("blocked_readers.remove", site_id=site_id, **_period()), reader=reader)
    return _back(site_id)


@blueprint.post("/remove")
@login_required  # type: ignore[untyped-decorator]
def remove(site_id: UUID) -> Response:
    """Accept reports of the reader again."""
    reader = request.form.get("reader", "")
    remove_entry(db_session(), signed_in(), site_to_run(site_id), "blocked_readers", reader)
    flash(_("Reader unblocked"), "info")
    return _back(site_id)


def _period() -> dict[str, Any]:
    """Return the period of the insights that the button was on."""
    return {name: request.args[name] for name in ("from", "to", "days") if name in request.args}


def _back(site_id: UUID) -> Response:
    return redirect(url_for("insight.show", site=site_id, _anchor="active-readers", **_period()))
