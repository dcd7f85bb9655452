"""Outbox messages that were set aside: list them and try them again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug import Response

from moderation.desk.account.session import signed_in
from moderation.services.accounts.access import sites_of
from moderation.services.outbox.attention import list_set_aside, try_again, try_all_again
from moderation.web.extensions import db_session

blueprint = Blueprint("attention", __name__, url_prefix="/desk/attention")


@blueprint.get("")
@login_required  # type: ignore[untyped-decorator]
def show() -> str:
    """List the messages that were set aside on sites that the editor runs."""
    session, editor = db_session(), signed_in()
    return render_template(
        "desk/attention.html",
        messages=list_set_aside(session, editor),
        site_names={site.id: site.name for site in sites_of(session, editor)},
    )


@blueprint.post("/<int:message_id>")
@login_required  # type: ignore[untyped-decorator]
def again(message_id: int) -> Response:
    """Try one message again."""
    try_again(db_session(), signed_in(), message_id)
    flash(_("The worker tries again in a few seconds"), "info")
    return redirect(url_for("attention.show"))


@blueprint.post("")
@login_required  # type: ignore[untyped-decorator]
def all_again() -> Response:
    """Try every message again."""
    try_all_again(db_session(), signed_in())
    flash(_("The worker tries again in a few seconds"), "info")
    return redirect(url_for("attention.show"))
